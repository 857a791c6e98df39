"""What the text is made of: front matter, sections, bibliography, callouts."""
