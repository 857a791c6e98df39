"""How the shipped recognisers are made, from the corpora to the files in `models/`."""
