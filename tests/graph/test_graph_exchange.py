"""A graph goes out as lines and comes back the same, through every store."""

import io
import json
import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from crossing_jobs import BERT, BPE, SQUAD, crossing_jobs
from graph_dump import dump, unknown_properties
from graph_exports import CITES, OTHER, PAPER, exported, imported, text_of, with_header
from graph_places import GraphPlace, embedded, emptied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lineage_builders import dataset_version, lineage, model_version, run

from graph import (
    GraphStore,
    LinkCandidate,
    has_job,
    mark_synced,
    statistics,
    write_job,
    write_lineage,
    write_links,
)
from graph.exchange import ImportCounts, checked_export, export_lines, import_export
from graph.exchange.lines import Edge, Node
from graph.schema import LINEAGE_LABELS
from graph.shapes import EDGE_SHAPES, MANDATORY, NODE_PROPERTIES, Properties, PropertyType
from records import Derivation, ModelVersion, RejectedInputError

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
WHOLES = st.integers(-(2**63), 2**63 - 1)
NUMBERS = st.floats()
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
VALUES: dict[PropertyType, st.SearchStrategy[object]] = {
    PropertyType.TEXT: TEXTS,
    PropertyType.TEXTS: st.lists(TEXTS, max_size=3),
    PropertyType.WHOLE: WHOLES,
    PropertyType.WHOLES: st.lists(WHOLES, max_size=3),
    PropertyType.NUMBER: NUMBERS,
    PropertyType.NUMBERS: st.lists(NUMBERS, max_size=3),
    PropertyType.TRUTH: st.booleans(),
    PropertyType.MOMENT: st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=ZONES),  # noqa: DTZ001
}
AWKWARD: dict[PropertyType, object] = {
    PropertyType.TEXT: 'it\'s "two"\nlines\r\u2028, \x00, \x1b[31m, \u202e, \\u0041 and 😀e\u0301',
    PropertyType.TEXTS: ["", " ", "'", '"', "\n", "😀", "NaN", "null"],
    PropertyType.WHOLE: -(2**63),
    PropertyType.WHOLES: [2**63 - 1, 0, 2**53 + 1],
    PropertyType.NUMBER: math.nan,
    PropertyType.NUMBERS: [math.inf, -math.inf, math.nan, -0.0, 1.0, 1e22, 5e-324, 0.1 + 0.2],
    PropertyType.TRUTH: False,
    PropertyType.MOMENT: datetime(2026, 3, 29, 2, 30, 0, 1, tzinfo=timezone(timedelta(hours=5, minutes=45))),
}
IDS = ["'}) DETACH DELETE n //", "\ufffd", "😀", "ä\nb"]


def values_of(properties: Properties) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries({}, optional={name: VALUES[kind] for name, kind in properties.items()})


@st.composite
def exports(draw: st.DrawFn) -> str:
    """A small graph of any nodes, edges and properties that the closed lists allow."""
    ids = {
        label: draw(st.lists(TEXTS.filter(bool), max_size=2, unique=True))
        for label in sorted(NODE_PROPERTIES)
    }
    nodes = [
        Node(label=label, id=one, values=_with_name(label, draw(values_of(NODE_PROPERTIES[label]))))
        for label, of_label in ids.items()
        for one in of_label
    ]
    edges = [
        Edge(shape=shape, start=start, end=end, values=draw(values_of(shape.properties)))
        for shape in draw(st.lists(st.sampled_from(list(EDGE_SHAPES.values())), max_size=8, unique=True))
        for start in ids[shape.start]
        for end in ids[shape.end]
    ]
    return text_of(nodes, edges)


def awkward_export() -> str:
    """Nodes of every label and edges of every shape, with every property, none of them harmless."""
    nodes = [
        Node(label=label, id=one, values={name: AWKWARD[kind] for name, kind in properties.items()})
        for label, properties in NODE_PROPERTIES.items()
        for one in IDS
    ]
    edges = [
        Edge(
            shape=shape,
            start=start,
            end=IDS[0],
            values={name: AWKWARD[kind] for name, kind in shape.properties.items()},
        )
        for shape in EDGE_SHAPES.values()
        for start in IDS[:2]
    ]
    return text_of(nodes, [*edges, *edges[:3]])  # and some twice


def _with_name(label: str, values: dict[str, object]) -> dict[str, object]:
    name = MANDATORY.get(label)
    return values | {name: values.get(name) or "something"} if name else values


def sorted_lines(text: str) -> list[str]:
    return sorted(text.splitlines())


def test_every_awkward_value_makes_the_round_trip(neo4j_place: GraphPlace, tmp_path: Path) -> None:
    text = awkward_export()
    first, last = embedded(tmp_path, "first"), embedded(tmp_path, "last")
    imported(text, first)
    out = exported(first)
    assert sorted_lines(out) == sorted_lines(text)
    imported(out, neo4j_place)
    assert exported(neo4j_place) == out
    imported(exported(neo4j_place), last)
    assert exported(last) == out


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=exports())
def test_any_graph_makes_the_round_trip(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    place = embedded(tmp_path_factory.mktemp("any"))
    imported(text, place)
    assert sorted_lines(exported(place)) == sorted_lines(text)


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=exports())
def test_any_graph_makes_the_round_trip_through_neo4j(neo4j_place: GraphPlace, text: str) -> None:
    imported(text, emptied(neo4j_place))
    assert sorted_lines(exported(neo4j_place)) == sorted_lines(text)


def test_papers_make_the_round_trip_and_still_count_as_read(
    place: GraphPlace, neo4j_place: GraphPlace, tmp_path: Path
) -> None:
    jobs = crossing_jobs()
    with place.open() as store:
        for output in jobs:
            write_job(store, output)
    there, back = embedded(tmp_path, "there"), embedded(tmp_path, "back")
    counts = imported(exported(place), there)
    assert (counts.nodes, counts.edges) == (counts.new_nodes, counts.new_edges)
    imported(exported(there), emptied(neo4j_place))
    imported(exported(neo4j_place), back)
    assert exported(back) == exported(there) == exported(neo4j_place)
    with back.open() as store:
        assert all(has_job(store, output.job.id) for output in jobs)
        before = dump(store)
        for output in jobs:
            write_job(store, output)
        assert dump(store) == before


NOW = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)


def write_all_there_is(store: GraphStore) -> None:
    """Something of everything that this program writes."""
    for output in crossing_jobs():
        write_job(store, output)
    told = lineage(
        runs=[
            replace(
                run("r", name="n", parameters={"lowercase": "True"}, tags={"t": ""}, used=["ds:squad:1"]),
                experiment_name="e",
                status="FINISHED",
                commit="1f2e",
                operator="ada",
                url="https://runs.test/r",
                started_at=NOW,
                ended_at=NOW,
                metrics=(("loss", math.nan), ("wer", math.inf)),
                artifacts=("sha256:1f",),
                parent_id="parent",
            ),
            run("s", trained_on=["ds:squad:1"], evaluated_on=["ds:glue:1"], models=["models:/bert/1"]),
        ],
        datasets=[replace(dataset_version("squad", digest="1", source="hf://squad"), source_kind="hf")],
        models=[
            model_version(
                "models:/bert/1",
                parameters={"p": "v"},
                bases={f"hf://{kind.value}": kind for kind in Derivation},
                same_as=["models:/m-1"],
                created_at=NOW,
                aliases=["champion"],
            )
        ],
    )
    write_lineage(store, told)
    mark_synced(store, told.source, synced_at=NOW, swept=True, vanished=[(ModelVersion, ["models:/bert/1"])])
    ends = [("DatasetVersion", "ds:squad:1", SQUAD), ("ModelVersion", "models:/bert/1", BERT)]
    ends += [("ExperimentRun", "r", BPE)]
    for confident, judged_by in [(False, "one"), (True, "two")]:
        links = [
            LinkCandidate(
                node_label=label, node_id=node, entity=to, score=0.9, reasons=("So.",), confident=confident
            )
            for label, node, to in ends[: 2 if confident else 3]
        ]
        write_links(store, links, judged_by=judged_by, judged_at=NOW)


def test_all_that_is_ever_written_has_its_place_in_the_format(
    place: GraphPlace, neo4j_place: GraphPlace, tmp_path: Path
) -> None:
    with place.open() as store:
        write_all_there_is(store)
        assert unknown_properties(store) == set()
        found = statistics(store)
    assert {label for label, _ in found.nodes} >= {*LINEAGE_LABELS, "Paper", "Dataset"}
    assert {kind for kind, _ in found.edges} >= {
        "PROPOSED_AS",
        "SPECIALIZATION_OF",
        "PART_OF",
        "ALTERNATE_OF",
    }
    text, back = exported(place), embedded(tmp_path, "back")
    imported(text, emptied(neo4j_place))
    imported(exported(neo4j_place), back)
    assert exported(back) == text
    with back.open(read_only=True) as store:
        assert statistics(store) == found


def test_a_file_without_graph_is_a_graph_without_anything(place: GraphPlace) -> None:
    assert imported(with_header(), place) == ImportCounts(nodes=0, edges=0, new_nodes=0, new_edges=0)
    assert exported(place) == with_header()


class BrokenFile(io.BytesIO):
    """A file that can be read once to its end, and breaks off the second time."""

    readings = 0

    def seek(self, *arguments: int) -> int:
        self.readings += 1
        return super().seek(*arguments)

    def readline(self, size: int | None = -1, /) -> bytes:
        line = super().readline(size)
        if self.readings > 1 and b'"CITES"' in line:
            raise OSError("the disk is gone")
        return line


def test_an_import_that_breaks_off_leaves_nothing(place: GraphPlace) -> None:
    export = checked_export(BrokenFile(with_header(PAPER, OTHER, CITES).encode()))
    with place.open() as store:
        with pytest.raises(OSError, match="the disk is gone"):
            import_export(store, export)
        assert statistics(store).nodes == ()


@pytest.fixture
def strange(store: GraphStore) -> GraphStore:
    with store.transaction() as transaction:
        transaction.run("CREATE (:Paper {id: 'p', title: 'P'})-[:CITES]->(:Paper {id: 'q', title: 'Q'})")
        transaction.run("CREATE (:Person {id: 'ada'})-[:LIKES]->(:Person {id: 'bob'})")
    return store


def test_what_is_none_of_ours_on_the_same_server_is_left_out(strange: GraphStore) -> None:
    header, *lines = export_lines(strange)
    assert json.loads(header) | {"nodes": 2, "edges": 1} == json.loads(header)
    assert len(lines) == 3


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        (
            "MATCH (p:Paper {id: 'p'}) CREATE (p)-[:LIKES]->(p)",
            "cannot export edges LIKES from Paper to Paper",
        ),
        (
            "MATCH (p:Paper {id: 'p'}) SET p.year = 'last'",
            "year of Paper 'p' cannot be exported: 'last' is no",
        ),
        (
            "MATCH (p:Paper {id: 'p'}) SET p.year = 1.5",
            "year of Paper 'p' cannot be exported: 1.5 is no whole",
        ),
    ],
)
def test_what_has_no_place_in_the_format_is_an_error_and_not_a_loss(
    strange: GraphStore, statement: str, message: str
) -> None:
    with strange.transaction() as transaction:
        transaction.run(statement)
    with pytest.raises(RejectedInputError, match=message):
        list(export_lines(strange))
