"""Joining an exported graph to one that is there."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from crossing_jobs import crossing_jobs
from graph_exports import exported, imported, text_of
from graph_places import GraphPlace, embedded

from graph import write_job
from graph.exchange.lines import Edge, Node
from graph.shapes import EDGE_SHAPES
from records import JobOutput, RejectedInputError

SPLITS: list[Callable[[int], bool]] = [
    lambda number: number < 1,
    lambda number: number < 2,
    lambda number: number > 1,
    lambda number: number % 2 == 0,
    lambda number: number != 2,
    lambda _: True,
]


@pytest.mark.parametrize("split", SPLITS)
@pytest.mark.parametrize("overlap", [0, 1])
def test_merging_gives_the_graph_that_all_jobs_together_give(
    tmp_path: Path, split: Callable[[int], bool], overlap: int
) -> None:
    check_merging(embedded(tmp_path), tmp_path, split=split, overlap=overlap)


def test_merging_does_so_in_neo4j_too(neo4j_place: GraphPlace, tmp_path: Path) -> None:
    check_merging(neo4j_place, tmp_path, split=SPLITS[3], overlap=1)


def check_merging(place: GraphPlace, tmp_path: Path, *, split: Callable[[int], bool], overlap: int) -> None:
    jobs = crossing_jobs()
    whole, other = embedded(tmp_path, "whole"), embedded(tmp_path, "other")
    written(jobs, whole)
    written([job for number, job in enumerate(jobs) if split(number)], place)
    written([job for number, job in enumerate(jobs) if not split(number) or number < overlap], other)
    imported(exported(other), place, merge=True)
    assert exported(place) == exported(whole)
    again = imported(exported(other), place, merge=True)
    assert (again.new_nodes, again.new_edges) == (0, 0)
    assert exported(place) == exported(whole)


def written(jobs: Sequence[JobOutput], place: GraphPlace) -> None:
    with place.open() as store:
        for output in jobs:
            write_job(store, output)


def test_importing_into_a_graph_that_is_not_empty_takes_a_word_more(place: GraphPlace) -> None:
    written(crossing_jobs(), place)
    text = exported(place)
    with pytest.raises(RejectedInputError, match=r"not empty.*--merge"):
        imported(text, place)
    counts = imported(text, place, merge=True)
    assert (counts.new_nodes, counts.new_edges) == (0, 0)
    assert exported(place) == text


def run(node_id: str, **values: object) -> Node:
    return Node(label="ExperimentRun", id=node_id, values=values)


def judged(judgement: str, *, at: int, score: float) -> Edge:
    relation = "PROPOSED_AS" if judgement in {"proposed", "rejected"} else "APPLIES"
    shape = EDGE_SHAPES["ExperimentRun", relation, "PreprocessingStep"]
    values: dict[str, object] = {
        "link_id": "l",
        "score": score,
        "judgement": judgement,
        "judged_at": datetime(2026, 1, at, tzinfo=UTC),
    }
    return Edge(shape=shape, start="r", end="step:bpe", values=values)


DONE: dict[str, object] = {"placeholder": False, "status": "DONE"}
STEP = Node(label="PreprocessingStep", id="step:bpe", values={"name": "BPE", "vocabulary": "steps"})


@pytest.mark.parametrize(
    ("here", "there", "stands"),
    [
        (judged("automatic", at=1, score=0.8), judged("automatic", at=2, score=0.9), 0.9),
        (judged("automatic", at=3, score=0.8), judged("automatic", at=2, score=0.9), 0.8),
        (judged("rejected", at=1, score=0.8), judged("automatic", at=2, score=0.9), 0.8),
        (judged("automatic", at=3, score=0.8), judged("accepted", at=2, score=0.9), 0.9),
        (judged("accepted", at=1, score=0.8), judged("rejected", at=2, score=0.9), 0.9),
        (judged("proposed", at=1, score=0.8), judged("automatic", at=2, score=0.9), 0.9),
    ],
)
def test_of_two_judgements_a_persons_stands_and_else_the_later(
    place: GraphPlace, here: Edge, there: Edge, stands: float
) -> None:
    imported(text_of([run("r"), STEP], [here]), place)
    imported(text_of([run("r"), STEP], [there]), place, merge=True)
    with place.open(read_only=True) as store:
        assert store.read("MATCH (:ExperimentRun)-[r]->() RETURN r.score AS score") == [{"score": stands}]


@pytest.mark.parametrize(
    ("here", "there", "stands"),
    [
        (
            {"placeholder": True},
            {"placeholder": False, "status": "DONE"},
            {"placeholder": False, "status": "DONE"},
        ),
        (
            {"placeholder": False, "status": "DONE"},
            {"placeholder": True},
            {"placeholder": False, "status": "DONE"},
        ),
        ({"status": "RUNNING", "commit": "1f"}, {"status": "DONE"}, {"status": "DONE"}),
    ],
)
def test_a_description_beats_a_mere_reference_and_the_files_beats_the_graphs(
    place: GraphPlace, here: dict[str, object], there: dict[str, object], stands: dict[str, object]
) -> None:
    imported(text_of([run("r", **here)], []), place)
    imported(text_of([run("r", **there)], []), place, merge=True)
    assert exported(place) == text_of([run("r", **stands)], [])
