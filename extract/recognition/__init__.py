"""Trained recognition: one encoder, with heads for entities and for the relations between them."""
