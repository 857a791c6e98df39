"""The way in for people: the program `paperlineage`."""
