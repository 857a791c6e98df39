"""Tables as rows and columns of cells."""
