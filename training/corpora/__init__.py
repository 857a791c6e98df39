"""Converters from the corpora's own forms to sentences of words with spans and relations."""
