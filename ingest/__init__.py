"""From PDF files to documents: text, structure, references, read in limited processes."""

from ingest.files import file_hash
from ingest.limits import ReadingLimits, reader_parameters
from ingest.pool import PdfReaderPool

__all__ = ["PdfReaderPool", "ReadingLimits", "file_hash", "reader_parameters"]
