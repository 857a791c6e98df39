"""Prefect: the flows and their reports, the server that is configured, and one of our own."""
