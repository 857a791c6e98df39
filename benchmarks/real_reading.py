"""What recognition loses where text is read from a PDF instead of given as sentences.

`python -m benchmarks.recognition --pipeline [--scier FILE] [--papers FOLDER ... --corpus FILE ...]` prints

- `typeset`: the sentences of the file, set in two justified columns with hyphens at line ends, headings,
  headers and footers (`benchmarks.typeset_papers`), and read by the program's reader. SciER gives no PDFs,
  so this is how the same papers, with what people have marked on them, can be had from PDF; it has none of
  a real paper's formulas, figures and tables.
- `printed`: the real papers of the folders whose text stands in one of the corpora (see
  `benchmarks.corpus_papers`; found by the runs of seven words that they share), null without any. Here
  formulas and floats interrupt the text, and the corpus's own text has faults as well (SciREX's comes from
  LaTeX with citation keys in it), so the two differ by more than reading.

For both, the recogniser reads the corpus's sentences and what `extract` makes of the PDF. The words of the
one are found in the other (`benchmarks.word_alignment`), and mentions are compared at the corpus's words:
`from_text` and `from_pdf` are exact spans and types against what people have marked, on the types marked,
null where they have marked nothing; `lost_f1` is the difference. `agreement` is `from_pdf` against
`from_text` as if that were the truth, on all types. A mention that reading has cut, joined or lost counts
against `from_pdf`; one in text that the corpus does not hold counts nowhere. `words_found` is the share
of the corpus's words found in the PDF's text in their order.

SciREX is noisy, and its training part helped to train the shipped model: what counts is the difference.
"""

import sys
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.corpus_papers import corpus_papers
from benchmarks.labelled_text import labelled_texts, passages
from benchmarks.limited_worker import Call, limited_worker
from benchmarks.paper_matching import matched
from benchmarks.read_passages import read_passages
from benchmarks.reading_comparison import Comparison, ComparisonFigures, compared
from benchmarks.typeset_papers import papers_of, typeset
from extract.recognition.recogniser import Recogniser
from ingest import ReadingLimits


def report(
    recogniser: Recogniser, scier: Path, *, papers: Sequence[Path], corpora: Sequence[Path]
) -> dict[str, object]:
    """The figures of the typeset papers, and of the printed ones by paper and in all."""
    with limited_worker(ReadingLimits()) as call:
        in_print = printed(recogniser, papers, corpora, call) if papers and corpora else None
        return {"typeset": set_and_read(recogniser, scier, call), "printed": in_print}


class TypesetFigures(ComparisonFigures):
    """What is printed of typeset papers: how many, and of how many sentences."""

    papers: int
    sentences: int


def set_and_read(recogniser: Recogniser, scier: Path, call: Call) -> TypesetFigures:
    """The figures of a file's sentences, set and read again."""
    sentences = passages(labelled_texts(scier))
    types = frozenset(each.type for passage in sentences for text in passage for each in text.mentions)
    total, papers = Comparison(), list(papers_of(sentences))
    with TemporaryDirectory() as folder:
        for number, paper in enumerate(papers):
            path = Path(folder) / f"{number}.pdf"
            path.write_bytes(typeset(paper))
            total.include(compared(recogniser, paper, read_passages(path, call), types=types))
            print(f"typeset {number + 1} of {len(papers)}", file=sys.stderr)
    return {"papers": len(papers), "sentences": sum(map(len, sentences)), **total.report()}


def printed(
    recogniser: Recogniser, folders: Sequence[Path], corpora: Sequence[Path], call: Call
) -> dict[str, object] | None:
    """The figures of the papers that stand in a corpus; None if no one does."""
    known = chain.from_iterable(map(corpus_papers, corpora))
    files = [path for folder in folders for path in sorted(folder.glob("*.pdf"))]
    total, rows = Comparison(), []
    for path, paper in matched(files, known, call):
        sentences = paper.sentences
        types = frozenset(mention.type for each in sentences for mention in each.mentions)
        own = compared(recogniser, [sentences], read_passages(path, call), types=types)
        total.include(own)
        rows.append({"paper": path.stem, "corpus_id": paper.id, **own.report()})
        print(rows[-1], file=sys.stderr)
    return {"papers": rows, "all": total.report()} if rows else None
