"""Single pages: their text layer, what of it can be seen, and how it is printed."""
