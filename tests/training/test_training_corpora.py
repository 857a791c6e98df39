"""Corpora in their own forms become sentences of words with spans and relations."""

import gzip
import json
import lzma
from pathlib import Path

import pytest

from training.corpora import conll, files, scier, scirex, scisumm
from training.corpora.by_name import corpus
from training.corpora.files import WrongCorpusError, corpus_file
from training.sentences import LabelledRelation, LabelledSentence, words_of_tokens

Marked = tuple[str, str]


def marked(sentence: LabelledSentence) -> list[Marked]:
    return [(" ".join(sentence.words[s.start : s.end]), s.type) for s in sentence.spans]


@pytest.mark.parametrize(
    ("tokens", "words", "places"),
    [
        ("4 2 . 2 %", "42 . 2 %", [(0, 1), (0, 1), (1, 2), (2, 3), (3, 4)]),
        ("pre-training helps", "pre - training helps", [(0, 3), (3, 4)]),
        ("2 1B", "21 B", [(0, 1), (0, 2)]),
        ("top 10 5", "top 10 5", [(0, 1), (1, 2), (2, 3)]),  # whole numbers stay apart
    ],
)
def test_tokens_become_words_and_split_digits_one_number(
    tokens: str, words: str, places: list[tuple[int, int]]
) -> None:
    assert words_of_tokens(tokens.split()) == (words.split(), places)


def scier_row(tmp_path: Path, sentence: str, ner: list[Marked], relations: list[list[str]]) -> Path:
    path = tmp_path / "train.jsonl"
    row = {"doc_id": 7, "sentence": sentence, "ner": ner, "rel_plus": relations}
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    return path


def test_scier_spans_are_found_by_their_names_in_order_also_behind_split_digits(tmp_path: Path) -> None:
    path = scier_row(
        tmp_path, "We get 4 2 . 2 % with BERT on top of BERT .", [("BERT", "Method"), ("BERT", "Method")], []
    )
    (sentence,) = scier.sentences(path)
    assert sentence.document == "7"
    assert " ".join(sentence.words) == "We get 42 . 2 % with BERT on top of BERT ."
    assert [(span.start, span.end) for span in sentence.spans] == [(7, 8), (11, 12)]


def test_a_relation_of_a_repeated_name_holds_between_the_nearest_and_leaves_the_other_open(
    tmp_path: Path,
) -> None:
    names = [("BERT", "Method"), ("GLUE", "Dataset"), ("BERT", "Method")]
    path = scier_row(
        tmp_path,
        "BERT is better known than all others on GLUE , says BERT",
        names,
        [["BERT:Method", "Evaluated-With", "GLUE:Dataset"], ["BERT:Method", "Used-For", "parsing:Task"]],
    )
    (sentence,) = scier.sentences(path)
    assert sentence.relations == (LabelledRelation(head=2, tail=1, type="Evaluated-With"),)
    assert sentence.uncertain == ((0, 1),)


def test_column_files_give_documents_and_chunks_of_either_iob_scheme(tmp_path: Path) -> None:
    path = tmp_path / "train.txt"
    older = "-DOCSTART- O\n\nneural I-Method\nparsing I-Task\nof O\n\n"
    newer = "-DOCSTART- O\n\nA B-Task\nB B-Task\nC I-Task\n"
    path.write_text(older + newer, encoding="utf-8")
    first, second = conll.sentences(path, "scierc")
    assert (first.document, marked(first)) == ("scierc:1", [("neural", "Method"), ("parsing", "Task")])
    assert (second.document, marked(second)) == ("scierc:2", [("A", "Task"), ("B C", "Task")])


def scirex_paper(name: str) -> dict[str, object]:
    return {
        "doc_id": name,
        "words": "section : Results We train LSTM on SQuAD".split(),
        "sentences": [[0, 3], [3, 8]],
        "ner": [[7, 8, "Material"], [5, 6, "Method"], [2, 4, "Task"]],  # the last crosses two sentences
    }


def test_scirex_leaves_out_section_marks_and_the_documents_that_it_shares(tmp_path: Path) -> None:
    path = tmp_path / "train.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(scirex_paper(name)) + "\n" for name in ("16028acc77", "000f9038"))
    (sentence,) = scirex.sentences(path, without=scirex.SHARED_WITH_SCIER)
    assert sentence.document == "scirex:000f9038"
    assert marked(sentence) == [("LSTM", "Method"), ("SQuAD", "Material")]


def test_scisumm_gives_unlabelled_sentences_of_words(tmp_path: Path) -> None:
    path = tmp_path / "papers.jsonl.xz"
    paper = {"id": "P00-1", "sections": [{"sentences": ["We tag text.", " "]}]}
    with lzma.open(path, "wt", encoding="utf-8") as lines:
        lines.write(json.dumps(paper) + "\n")
    (sentence,) = scisumm.sentences(path)
    assert (sentence.document, sentence.words, sentence.spans) == (
        "scisumm:P00-1",
        ("We", "tag", "text", "."),
        (),
    )


def test_a_corpus_file_is_taken_only_with_its_checksum(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # of "abc"
    sums = tmp_path / "checksums.txt"
    sums.write_text(f"{digest}  scier/train.jsonl\n", encoding="utf-8")
    monkeypatch.setattr(files, "CHECKSUMS", sums)
    with pytest.raises(WrongCorpusError, match="missing"):
        corpus_file(tmp_path, "scier/train.jsonl")
    path = tmp_path / "scier" / "train.jsonl"
    path.parent.mkdir()
    path.write_bytes(b"abc")
    assert corpus_file(tmp_path, "scier/train.jsonl") == path
    path.write_bytes(b"abd")
    with pytest.raises(WrongCorpusError, match=r"expected ba7816bf8f01…"):
        corpus_file(tmp_path, "scier/train.jsonl")


@pytest.mark.parametrize("name", ["scier", "scirex", "scierc", "tdmsci"])
def test_every_corpus_from_outside_is_checked(name: str, tmp_path: Path) -> None:
    with pytest.raises(WrongCorpusError):
        corpus(name, tmp_path)


def test_the_projects_own_sentences_have_steps_and_need_no_folder(tmp_path: Path) -> None:
    sentences = corpus("steps", tmp_path)
    assert {span.type for sentence in sentences for span in sentence.spans} == {"PreprocessingStep"}


def test_no_corpus_has_a_name_that_is_not_known(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no corpus is called 'scibert'"):
        corpus("scibert", tmp_path)
