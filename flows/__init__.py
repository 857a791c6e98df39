"""The whole way from PDFs to answers: the only room that knows every stage.

Nothing is imported here, since each part costs time that not every command has to pay. `flows.settings` reads
the environment, `flows.compose` and `flows.workbench` put the parts together. `flows.ingestion` reads PDFs
into the graph, `flows.watching` does so with what arrives in a bucket, `flows.orchestration` shows both to
Prefect. `flows.lineage_sync` and `flows.publishing` bring runs, `flows.bridging` links them to what papers
speak of. `flows.questions` and `flows.lineage_questions` answer.
"""
