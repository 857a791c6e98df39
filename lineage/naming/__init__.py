"""What runs, dataset versions and model versions may be called in papers: names with weights and reasons."""
