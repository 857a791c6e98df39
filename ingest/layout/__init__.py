"""From printed lines to reading text: margins, columns, blocks, hyphens, captions."""
