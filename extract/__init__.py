"""Recognition: mentions of methods, datasets, steps, tasks and metrics, and what papers do with them.

A spaCy pipeline whose components declare what they need and give. Importing this package costs nothing;
`extract.pipeline` brings spaCy in.
"""
