"""Pages that are pictures: laid straight, read by OCR, and turned into lines."""
