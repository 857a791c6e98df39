"""The curated vocabularies: one TSV file a type of entity."""
