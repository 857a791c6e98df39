"""Files that are no exported graph, or not a whole one, are refused with the line at fault."""

import io

import pytest
from graph_exports import CITES, OTHER, PAPER, with_header

from graph.exchange import checked_export
from graph.exchange.lines import Header, header_line
from records import RejectedInputError


def checked(text: str) -> None:
    checked_export(io.BytesIO(text.encode()))


def node_with(properties: str, *, label: str = "Paper", node_id: str = '"p"') -> str:
    return with_header(f'{{"node": "{label}", "id": {node_id}, "properties": {properties}}}')


REFUSED = [
    ("", "no exported graph"),
    ("\n", "no exported graph"),
    ("%PDF-1.7", "no exported graph"),
    (PAPER, "no exported graph"),
    ('{"format": "paperlineage graph", "version": 2, "nodes": 0, "edges": 0}', "has version 2"),
    ('{"format": "paperlineage graph", "version": 1}', "nowhere how many"),
    ('{"format": "paperlineage graph", "version": 1, "nodes": true, "edges": 0}', "nowhere how many"),
    (
        header_line(Header(nodes=2, edges=1)) + "\n" + PAPER,
        "not whole: its first line promises 2 nodes and 1",
    ),
    (with_header(PAPER, OTHER, CITES)[:-10], "line 4: no JSON"),
    (with_header(PAPER, PAPER), "line 3: there is a Paper 'p' already"),
    (with_header(PAPER, CITES), "line 3: no line before it holds the Paper 'q'"),
    (with_header(PAPER, "", OTHER), "line 3: no JSON"),
    (with_header("[]"), "line 2: no JSON object"),
    (with_header("{}"), "line 2: neither a node nor an edge"),
    (with_header("[" * 100_000), "line 2: no JSON"),
    (with_header('{"node": "Paper", "id": "p"}'), "line 2: 'properties' is missing"),
    (with_header(PAPER[:-1] + ', "more": 1}'), "line 2: 'more' is no field"),
    (node_with("{}", label="Person"), "line 2: there are no nodes with the label 'Person'"),
    (node_with("{}", label="Paper {id: 1}) DETACH DELETE n //"), "line 2: there are no nodes"),
    (node_with("{}", label="Artifact", node_id='""'), "line 2: an id is empty"),
    (node_with("{}", label="Artifact", node_id="7"), "line 2: 7 is no text"),
    (node_with("{}", label="Artifact", node_id='"\\ud800"'), "line 2: .*lone surrogate"),
    (node_with("[]"), "line 2: the properties are no JSON object"),
    (node_with("{}"), "line 2: Paper has no title"),
    (node_with('{"title": ""}'), "line 2: Paper has no title"),
    (node_with('{"as_of": "2026-01-01T00:00:00Z"}', label="Task"), "line 2: Task has no name"),
    (node_with('{"n": 1}'), "line 2: Paper has no property 'n'"),
    (node_with('{"id": "x"}'), "line 2: Paper has no property 'id'"),
    (node_with('{"title": null}'), "line 2: title of Paper: None is no text"),
    (node_with('{"title": {"a": 1}}'), "line 2: title of Paper: .* is no text"),
    (node_with('{"title": "a\\ud800"}'), "line 2: title of Paper: .*lone surrogate"),
    (node_with('{"authors": "Ada"}'), "line 2: authors of Paper: 'Ada' is no list"),
    (node_with('{"authors": ["Ada", 1]}'), "line 2: authors of Paper: 1 is no text"),
    (node_with('{"year": 2026.0}'), "line 2: year of Paper: 2026.0 is no whole number"),
    (node_with('{"year": true}'), "line 2: year of Paper: True is no whole number"),
    (node_with('{"year": 9223372036854775808}'), "line 2: year of Paper: .* more than 64 bits"),
    (node_with('{"year": ' + "9" * 5000 + "}"), "line 2: no JSON"),
    (node_with('{"belief": NaN}', label="Fact"), "line 2: no JSON: NaN is written as a text"),
    (node_with('{"belief": "nan"}', label="Fact"), "line 2: belief of Fact: 'nan' is no number"),
    (node_with('{"belief": 1e999}', label="Fact"), "line 2: belief of Fact: .* too large"),
    (node_with('{"belief": false}', label="Fact"), "line 2: belief of Fact: False is no number"),
    (node_with('{"placeholder": 1}', label="ExperimentRun"), "line 2: .* 1 is neither true nor false"),
    (node_with('{"as_of": "2026-01-01T00:00:00"}', label="Task"), "line 2: as_of of Task: .* no time zone"),
    (node_with('{"as_of": "yesterday"}', label="Task"), "line 2: as_of of Task: 'yesterday' is no moment"),
    (node_with('{"as_of": "0001-01-01T00:00:00+14:00"}', label="Task"), "line 2: as_of of Task: .* calendar"),
    (with_header(PAPER, OTHER, CITES.replace("CITES", "USES")), "line 4: there are no edges 'USES' from"),
    (with_header(PAPER, OTHER, CITES.replace('["Paper", "q"]', '"q"')), "line 4: the end of an edge"),
    (with_header(PAPER, OTHER, CITES.replace("{}", '{"why": "so"}')), "line 4: CITES has no property 'why'"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_a_file_at_fault_is_refused_with_the_line_and_before_anything_is_written(
    text: str, message: str
) -> None:
    with pytest.raises(RejectedInputError, match=message):
        checked(text)


def test_a_file_in_another_encoding_is_refused() -> None:
    latin = with_header(PAPER.replace('"p"', '"é"')).encode("latin-1")
    with pytest.raises(RejectedInputError, match="line 2: no JSON"):
        checked_export(io.BytesIO(latin))
