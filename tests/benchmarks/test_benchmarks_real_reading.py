"""Recognition from PDF is compared at the corpus's words: what reading spoils counts, what is new not."""

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.corpus_papers import CorpusPaper, corpus_papers
from benchmarks.dictionary_recogniser import DictionaryRecogniser
from benchmarks.labelled_text import LabelledText, labelled_texts, passages
from benchmarks.limited_worker import Call
from benchmarks.paper_matching import matched, raw_text
from benchmarks.reading_comparison import compared
from benchmarks.real_reading import set_and_read
from benchmarks.typeset_papers import papers_of, typeset
from benchmarks.word_alignment import ReadWords
from records import EntityType

SENTENCES = [
    "We compare the large residual network with a support vector machine on the image corpus .",
    "Our best residual network reaches an accuracy of 4 2 . 5 % there , which nobody had expected .",
    "The support vector machine is trained for hours ( in all ) and it never sees a residual network .",
]
NAMES = {"residual network": "Method", "support vector machine": "Method", "image corpus": "Dataset"}
KNOWN = DictionaryRecogniser({tuple(name.split()): EntityType(kind) for name, kind in NAMES.items()})
TYPES = frozenset({EntityType.METHOD, EntityType.DATASET})


def scier_file(folder: Path, *, copies: int = 1) -> Path:
    """The sentences as a document of SciER's format, so many times."""
    path = folder / "rows.jsonl"
    with path.open("w", encoding="utf-8") as lines:
        for number in range(copies * len(SENTENCES)):
            sentence = SENTENCES[number % len(SENTENCES)]
            places = sorted((sentence.index(name), name) for name in NAMES if name in sentence)
            ner = [[name, NAMES[name]] for _, name in places]
            lines.write(json.dumps({"doc_id": "a", "sentence": sentence, "ner": ner}) + "\n")
    return path


def here(work: Call, *arguments: object) -> object:
    """Does in this process what a worker would."""
    return work(*arguments)


def texts(folder: Path) -> list[LabelledText]:
    """The sentences with their mentions."""
    return list(labelled_texts(scier_file(folder)))


@pytest.mark.parametrize(
    ("read", "right", "predicted"),
    [
        ([each.replace(" .", ".") for each in SENTENCES], 6, 6),
        (["A caption with a residual network.", *SENTENCES], 6, 6),  # the text has no such words
        ([SENTENCES[2], SENTENCES[0], SENTENCES[1]], 6, 6),  # reading order is not what is measured
        ([each.replace("residual network", "resid- ual network") for each in SENTENCES], 3, 3),
        ([SENTENCES[0].replace("support vector", "support [3] vector"), *SENTENCES[1:]], 5, 5),
        ([each.replace("large residual", "very residual") for each in SENTENCES], 6, 6),
        (SENTENCES[:2], 4, 4),
        (["Wholly other words."], 0, 0),
    ],
)
def test_mentions_from_pdf_count_where_the_words_of_the_text_were_read(
    tmp_path: Path, read: Sequence[str], right: int, predicted: int
) -> None:
    comparison = compared(KNOWN, [texts(tmp_path)], [read], types=TYPES)
    assert (comparison.from_text.right, comparison.from_text.expected) == (6, 6)
    assert (comparison.from_pdf.right, comparison.from_pdf.predicted) == (right, predicted)
    assert comparison.agreement.right == right


def test_without_marks_there_is_agreement_alone(tmp_path: Path) -> None:
    given = texts(tmp_path)
    read = [[each.text.text for each in given]]
    figures = compared(KNOWN, [given], read, types=frozenset()).report()
    assert figures["from_text"] is None
    assert figures["from_pdf"] is None
    assert figures["lost_f1"] is None
    assert figures["words_found"] == 1.0


@pytest.mark.parametrize(
    ("read", "found"),
    [
        ("x one two three four y", [1, 2, 3, 4]),
        ("One TWO three [ 7 ] four", [0, 1, 2, 6]),
        ("one two three", [0, 1, 2, None]),
        ("one y two z three", [None] * 4),  # no three words stand together
        ("", [None] * 4),
    ],
)
def test_words_are_found_around_what_stands_between(read: str, found: list[int | None]) -> None:
    assert ReadWords(read.split()).places("one two three four".split()) == found


def test_sentences_survive_being_set_and_read(tmp_path: Path) -> None:
    found = set_and_read(KNOWN, scier_file(tmp_path, copies=8), here)
    assert (found["papers"], found["sentences"]) == (1, 24)
    assert (found["words_found"] or 0.0) >= 0.95
    assert found["from_text"]
    assert found["from_text"]["f1"] == 1.0
    assert found["lost_f1"] is not None
    assert found["lost_f1"] <= 0.1


def test_short_documents_share_a_typeset_paper(tmp_path: Path) -> None:
    short = passages(labelled_texts(scier_file(tmp_path, copies=25)))
    assert [len(paper) for paper in papers_of(short * 3)] == [1, 1, 1]
    assert [len(paper) for paper in papers_of([[text] for text in short[0]])] == [60, 15]


SCIREX = {
    "doc_id": "x1",
    "words": ["section", ":", "Data", *SENTENCES[0].split()],
    "sentences": [[0, 3], [3, 3 + len(SENTENCES[0].split())]],
    "ner": [[7, 9, "Method"], [2, 3, "Task"]],
}
SCINLP = {
    "doc_key": "n1",
    "sentences": [["Nothing", "."], SENTENCES[0].split()],
    "ner": [[], [[6, 7, "method"], [15, 16, "dataset"], [2, 2, "tool"]]],
}
SCISUMM = {"id": "s1", "sections": [{"sentences": [SENTENCES[0]]}]}


@pytest.mark.parametrize(
    ("name", "row", "marked"),
    [
        ("a.jsonl.gz", SCIREX, ["residual network"]),
        ("a.json", SCINLP, ["residual network", "image corpus"]),
        ("a.json", SCISUMM, []),
    ],
)
def test_corpora_are_read_with_the_marks_that_fit(
    tmp_path: Path, name: str, row: object, marked: list[str]
) -> None:
    path = tmp_path / name
    line = json.dumps(row).encode()
    path.write_bytes(gzip.compress(line) if name.endswith(".gz") else line)
    (paper,) = corpus_papers(path)
    last = paper.sentences[-1]
    assert [last.text.text[each.start : each.end] for each in last.mentions] == marked


def test_a_paper_is_known_by_its_text(tmp_path: Path) -> None:
    sentences = texts(tmp_path)
    path = tmp_path / "set.pdf"
    path.write_bytes(typeset([sentences]))
    own = CorpusPaper(id="own", rows=tuple((sentence.split(), ()) for sentence in SENTENCES))
    (other,) = corpus_papers(
        _written(tmp_path / "o.json", {**SCISUMM, "sections": [{"sentences": ["a b " * 9]}]})
    )
    found = matched([path], [other, own], here)
    assert [(file.name, paper.id) for file, paper in found] == [("set.pdf", "own")]
    assert "residual" in raw_text(path)


def _written(path: Path, row: object) -> Path:
    path.write_text(json.dumps(row), encoding="utf-8")
    return path
