"""Recognition is scored as the issue asks: exact spans, named relations, and only the types in the file."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.dictionary_recogniser import DictionaryRecogniser
from benchmarks.recognition import main, report, seen_names
from extract.recognition.recogniser import FoundMention, FoundRelation, Recognised
from records import EntityType, RelationType

ROWS = [
    ("a", "top - down BERT beats GPT on SQuAD", ["top - down BERT=Method", "GPT=Method", "SQuAD=Dataset"]),
    ("a", "Nothing here .", []),
    ("b", "We use BERT", ["BERT=Method"]),
]
RELATIONS = [["GPT:Method", "Compare-With", "top - down BERT:Method"]]


def scier_file(folder: Path, *, relations: Sequence[Sequence[str]] = RELATIONS) -> Path:
    """The rows as a file; the relations stand on the first."""
    path = folder / "rows.jsonl"
    lines = [
        {
            "doc_id": document,
            "sentence": sentence,
            "ner": [mention.split("=") for mention in mentions],
            "rel_plus": relations if number == 0 else [],
        }
        for number, (document, sentence, mentions) in enumerate(ROWS)
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


class Told:
    """A recogniser that finds what it is told to find: surface and type, by sentence."""

    name = "told"

    def __init__(
        self, mentions: dict[str, list[str]], relation: tuple[int, RelationType, int] | None = None
    ) -> None:
        self.mentions = mentions
        self.relation = relation
        self.asked: list[list[list[str]]] = []

    def recognise(self, passages: Sequence[Sequence[str]]) -> list[list[Recognised]]:
        self.asked.append([list(passage) for passage in passages])
        return [[self._recognised(sentence) for sentence in passage] for passage in passages]

    def _recognised(self, sentence: str) -> Recognised:
        found = []
        for surface, _, kind in (mention.partition("=") for mention in self.mentions.get(sentence, [])):
            start = sentence.index(surface)
            found.append(
                FoundMention(start=start, end=start + len(surface), type=EntityType(kind), confidence=1.0)
            )
        relations: tuple[FoundRelation, ...] = ()
        if self.relation and len(found) > 1:
            head, kind, tail = self.relation
            relations = (FoundRelation(head=head, tail=tail, type=kind, confidence=1.0),)
        return Recognised(mentions=tuple(found), relations=relations)


class Related(Told):
    """One that can be asked about given mentions, and relates the first two."""

    trained_names = frozenset({"bert"})

    def relations_between(
        self, passages: Sequence[Sequence[str]], mentions: Sequence[Sequence[Sequence[FoundMention]]]
    ) -> list[list[tuple[FoundRelation, ...]]]:
        assert [[list(passage)] for passage in passages] == self.asked[-len(passages) :]
        pair = FoundRelation(head=0, tail=1, type=RelationType.COMPARE_WITH, confidence=1.0)
        return [[(pair,) if len(each) > 1 else () for each in passage] for passage in mentions]


FIRST, LAST = "top-down BERT beats GPT on SQuAD", "We use BERT"
RIGHT = {FIRST: ["top-down BERT=Method", "GPT=Method", "SQuAD=Dataset"], LAST: ["BERT=Method"]}


def test_what_is_right_scores_one_and_passages_are_documents(tmp_path: Path) -> None:
    told = Related(RIGHT, (0, RelationType.COMPARE_WITH, 1))
    figures = report(told, scier_file(tmp_path), seen_names=seen_names(told, None))
    assert list(figures) == ["entities", "relations", "sentences_per_second", "empty_sentences"]
    entities, relations = figures["entities"], figures["relations"]
    assert entities["micro"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "expected": 4}
    assert sorted(entities["by_type"]) == ["Dataset", "Method"]
    assert (entities["seen"]["expected"], entities["unseen"]["expected"]) == (1, 3)
    assert relations["end_to_end"] == relations["gold_entities"]
    assert relations["end_to_end"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "expected": 1}
    assert told.asked[-2:] == [[[FIRST, "Nothing here."]], [[LAST]]]


@pytest.mark.parametrize(
    ("found", "right", "predicted"),
    [
        ("BERT=Method", 0, 1),  # short of its span
        ("top-down BER=Method", 0, 1),  # ends inside a word
        ("SQuAD=Task", 0, 0),  # no type of the file
        ("SQuAD=Method", 0, 1),
        ("SQuAD=Dataset", 1, 1),
    ],
)
def test_spans_are_exact_and_types_of_other_files_do_not_count(
    tmp_path: Path, found: str, right: int, predicted: int
) -> None:
    figures = report(Told({FIRST: [found]}), scier_file(tmp_path), seen_names=frozenset())
    micro = figures["entities"]["micro"]
    assert micro["recall"] == right / 4
    assert micro["precision"] == (right / predicted if predicted else 0.0)


@pytest.mark.parametrize(
    ("relation", "f1"),
    [
        ((1, RelationType.COMPARE_WITH, 0), 1.0),
        ((0, RelationType.COMPARE_WITH, 1), 1.0),  # it holds both ways
        ((0, RelationType.COMPARE_WITH, 2), 0.0),
        ((1, RelationType.USED_FOR, 0), 0.0),
    ],
)
def test_a_relation_needs_both_ends_and_its_type(
    tmp_path: Path, relation: tuple[int, RelationType, int], f1: float
) -> None:
    figures = report(Told(RIGHT, relation), scier_file(tmp_path), seen_names=frozenset())
    assert (figures["relations"]["end_to_end"] or {})["f1"] == f1
    assert figures["relations"]["gold_entities"] is None  # it cannot be asked


def test_a_file_without_relations_has_no_score_for_them(tmp_path: Path) -> None:
    path = scier_file(tmp_path, relations=[])
    figures = report(Related(RIGHT), path, seen_names=frozenset())
    assert figures["relations"] == {"end_to_end": None, "gold_entities": None}


def test_sentences_without_mentions_are_to_be_left_empty(tmp_path: Path) -> None:
    path = scier_file(tmp_path)
    assert report(Told(RIGHT), path, seen_names=frozenset())["empty_sentences"]["share"] == 1.0
    told = Told({"Nothing here.": ["Nothing=Method"]})
    assert report(told, path, seen_names=frozenset())["empty_sentences"] == {
        "expected": 1,
        "left_empty": 0,
        "share": 0.0,
    }


def test_the_command_prints_one_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = scier_file(tmp_path)
    main(["--scier", str(path), "--model", f"dictionary:{path}", "--seen-names", str(path)])
    figures = json.loads(capsys.readouterr().out)
    assert figures["entities"]["micro"]["f1"] == figures["entities"]["seen"]["f1"] == 1.0


def test_the_dictionary_takes_the_longest_name_it_knows(tmp_path: Path) -> None:
    floor = DictionaryRecogniser.of_file(scier_file(tmp_path))
    sentence = "A Top-Down bert, or BERT"
    found = floor.recognise([[sentence]])[0][0].mentions
    assert [sentence[each.start : each.end] for each in found] == ["Top-Down bert", "BERT"]
