"""The recognisers that ship, a folder each: weights, manifest with hashes, model card."""
