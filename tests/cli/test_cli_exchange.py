"""`paperlineage export` and `import`, and the same answers from a graph on a server."""

import json
import shutil
from pathlib import Path

import pytest
from graph_dump import dump
from graph_places import GraphPlace
from program import PAPERS, Run

from graph import open_store


@pytest.fixture
def on_server(neo4j_place: GraphPlace, monkeypatch: pytest.MonkeyPatch) -> GraphPlace:
    """The settings name the Neo4j server."""
    for name, value in neo4j_place.environment.items():
        monkeypatch.setenv(name, value)
    return neo4j_place


def test_a_graph_goes_to_a_server_and_back_byte_by_byte(
    run: Run, ingested_home: Path, neo4j_place: GraphPlace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = run("export", tmp_path / "first.jsonl", home=ingested_home)
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith("Exported ")
    with monkeypatch.context() as settings:
        for name, value in neo4j_place.environment.items():
            settings.setenv(name, value)
        counts = json.loads(run("import", tmp_path / "first.jsonl", "--json").out)
        assert counts["nodes"] == counts["new_nodes"] > 100
        assert json.loads(run("export", tmp_path / "second.jsonl", "--json").out)["nodes"] == counts["nodes"]
    home = tmp_path / "another"
    assert run("import", tmp_path / "second.jsonl", home=home).code == 0
    assert run("export", tmp_path / "third.jsonl", home=home).code == 0
    first, second, third = (
        (tmp_path / f"{name}.jsonl").read_bytes() for name in ("first", "second", "third")
    )
    assert first == second == third


QUESTIONS = [
    ("introduced", "byte-pair encoding"),
    ("paper", "Span Relay"),
    ("uses", "AdamW"),
    ("baselines", "Span Relay"),
]


def test_a_server_gives_the_answers_that_the_embedded_graph_gives(
    run: Run,
    ingested_home: Path,
    neo4j_place: GraphPlace,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run("export", tmp_path / "graph.jsonl", home=ingested_home)
    embedded = [run("ask", *question, "--json", home=ingested_home) for question in QUESTIONS]
    for name, value in neo4j_place.environment.items():
        monkeypatch.setenv(name, value)
    run("import", tmp_path / "graph.jsonl")
    served = [run("ask", *question, "--json") for question in QUESTIONS]
    assert [done.out for done in served] == [done.out for done in embedded]
    assert all(done.code == 0 for done in served)
    fact = json.loads(run("query", "MATCH (f:Fact) RETURN min(f.id) AS id", "--json").out)[0]["id"]
    answer = json.loads(run("ask", "fact", fact[:12], "--json").out)
    assert answer["id"] == fact
    assert answer["evidence"][0]["job"]["started_at"].endswith("+00:00")


def test_papers_are_ingested_into_a_server_once(run: Run, on_server: GraphPlace) -> None:
    first = json.loads(run("ingest", *PAPERS, "--json").out)
    assert [outcome["state"] for outcome in first] == ["ingested", "ingested"]
    with on_server.open(read_only=True) as store:
        before = dump(store)
    again = json.loads(run("ingest", *PAPERS, "--json").out)
    assert [outcome["state"] for outcome in again] == ["unchanged", "unchanged"]
    assert [outcome["facts"] for outcome in again] == [outcome["facts"] for outcome in first]
    with on_server.open(read_only=True) as store:
        assert dump(store) == before


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("MATCH (n) DETACH DELETE n", "only reading is allowed"),
        ("LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row", "LOAD CSV is not allowed"),
        ("CALL dbms.killConnections([])", "only reading is allowed"),
        ("MATCH (n", "Invalid input"),
    ],
)
def test_a_query_at_the_server_reads_and_does_nothing_else(
    run: Run, on_server: GraphPlace, query: str, message: str
) -> None:
    done = run("query", query)
    assert (done.code, done.out) == (1, "")
    assert message in done.err
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize(
    "command", [("ask", "introduced", "BPE"), ("export", "-"), ("ingest", str(PAPERS[0]))]
)
def test_a_server_that_lets_nobody_in_is_one_line(
    run: Run, on_server: GraphPlace, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("PAPERLINEAGE_GRAPH_PASSWORD", "mistaken")
    done = run(*command)
    assert (done.code, done.out, len(done.err.splitlines())) == (3, "", 1)
    assert "PAPERLINEAGE_GRAPH_PASSWORD" in done.err
    assert "mistaken" not in done.err


def test_an_import_takes_an_empty_graph_or_the_word_merge(
    run: Run, ingested_home: Path, tmp_path: Path
) -> None:
    run("export", tmp_path / "graph.jsonl", home=ingested_home)
    home = tmp_path / "home"
    assert run("import", tmp_path / "graph.jsonl", home=home).code == 0
    refused = run("import", tmp_path / "graph.jsonl")
    assert (refused.code, len(refused.err.splitlines())) == (1, 1)
    assert "--merge" in refused.err
    merged = json.loads(run("import", "--merge", tmp_path / "graph.jsonl", "--json").out)
    assert (merged["new_nodes"], merged["new_edges"]) == (0, 0)


def test_a_file_at_fault_makes_no_graph(run: Run, ingested_home: Path, tmp_path: Path) -> None:
    run("export", tmp_path / "graph.jsonl", home=ingested_home)
    whole = (tmp_path / "graph.jsonl").read_bytes()
    (tmp_path / "half.jsonl").write_bytes(whole[: len(whole) // 2])
    done = run("import", tmp_path / "half.jsonl", home=tmp_path / "new")
    assert done.code == 1
    assert "line " in done.err
    assert not (tmp_path / "new" / "graph.kgl").exists()


@pytest.mark.parametrize("name", ["missing.jsonl", "."])
def test_a_file_that_cannot_be_read_is_named(run: Run, tmp_path: Path, name: str) -> None:
    done = run("import", tmp_path / name)
    assert (done.code, len(done.err.splitlines())) == (1, 1)
    assert "cannot be read" in done.err


def test_an_export_that_fails_leaves_the_earlier_file(run: Run, ingested_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(ingested_home, home)
    with open_store(f"kglite://{home / 'graph.kgl'}") as store, store.transaction() as transaction:
        transaction.run("MATCH (p:Paper) SET p.year = 'someday'")  # in the last nodes of the file
    target = tmp_path / "graph.jsonl"
    target.write_text("an earlier export")
    done = run("export", target, home=home)
    assert (done.code, len(done.err.splitlines())) == (1, 1)
    assert "cannot be exported" in done.err
    assert target.read_text() == "an earlier export"
    assert {path.name for path in tmp_path.iterdir()} == {"graph.jsonl", "home"}


@pytest.mark.parametrize("target", ["no/such/folder/graph.jsonl", "folder"])
def test_a_place_that_cannot_be_written_is_named(
    run: Run, ingested_home: Path, tmp_path: Path, target: str
) -> None:
    (tmp_path / "folder").mkdir()
    done = run("export", tmp_path / target, home=ingested_home)
    assert done.code in {1, 3}
    assert target in done.err
    assert len(done.err.splitlines()) == 1
