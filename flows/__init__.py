"""The whole way from PDFs to answers: the only room that knows every stage.

Nothing is imported here, since each part costs time that not every command has to pay:
`flows.settings` reads the environment, `flows.ingestion` reads PDFs into the graph (with `flows.ingest_flow`
where a Prefect server is configured), `flows.questions` answers, `flows.compose` puts the parts together.
"""
