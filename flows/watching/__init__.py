"""Watching a bucket: arrivals are listed, claimed, read into the graph, and settled in the ledger."""
