"""Questions to a graph of two sample papers: one introduces a step, the other cites it for that."""

import json
from pathlib import Path

import pytest
from program import Run

ANSWER = {"entity": {"id", "name", "type"}, "paper": {"id", "title", "year", "authors", "status"}}
QUOTE = {"quote", "page", "document", "section", "kind", "polarity", "confidence", "job"}
BPE_PAPER = "Neural Machine Translation of Rare Words with Subword Units"


@pytest.mark.parametrize(
    "name",
    ["byte-pair encoding", "Byte Pair Encodings", "BPE", "byte-pair  ENCODING", "step:byte-pair-encoding"],
)
def test_who_introduced_it_is_answered_however_the_name_is_typed(
    run: Run, ingested_home: Path, name: str
) -> None:
    done = run("ask", "introduced", name, "--json", home=ingested_home)
    assert done.code == 0
    (found,) = json.loads(done.out)
    assert set(found) == {"entity", "paper", "belief", "standing", "evidence"}
    assert {key: set(found[key]) for key in ANSWER} == ANSWER
    assert found["paper"]["title"] == BPE_PAPER
    assert found["paper"]["status"] == "cited"
    assert 0 < found["belief"] <= 1
    for quote in found["evidence"]:
        assert set(quote) == QUOTE
        assert quote["page"] >= 1


def test_words_of_a_name_need_no_quotation_marks(run: Run, ingested_home: Path) -> None:
    assert run("ask", "introduced", "byte-pair", "encoding", home=ingested_home).code == 0


def test_the_answer_for_people_has_quote_page_document_belief_and_job(run: Run, ingested_home: Path) -> None:
    done = run("ask", "introduced", "BPE", home=ingested_home)
    (found,) = json.loads(run("ask", "introduced", "BPE", "--json", home=ingested_home).out)
    for expected in (BPE_PAPER, "Sennrich", "2016", "span-relay.pdf", "page 1", "belief", "citing sentence"):
        assert expected in done.out
    assert found["evidence"][0]["job"][:12] in done.out


def test_a_known_name_that_nobody_introduces_says_so_and_tells_what_is_known(
    run: Run, ingested_home: Path
) -> None:
    rows = json.loads(run("query", UNINTRODUCED, "--json", home=ingested_home).out)
    name = rows[0]["name"]
    done = run("ask", "introduced", name, home=ingested_home)
    assert done.code == 0
    assert "no paper that introduced it" in done.out
    assert rows[0]["title"] in done.out
    assert json.loads(run("ask", "introduced", name, "--json", home=ingested_home).out) == []


UNINTRODUCED = """
MATCH (f:Fact)-[:OBJECT]->(o), (f)-[:SUBJECT]->(p:Paper)
WHERE f.belief > 0 AND NOT EXISTS { MATCH (o)<-[:INTRODUCES]-(:Paper) }
RETURN o.name AS name, p.title AS title ORDER BY name LIMIT 1
"""


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("byte-pair encodding", "byte-pair encoding"),  # a typo is answered with what was meant
        ("zzzqqq", "nothing in the graph is called"),
        ("Mixup", "no paper in the graph says anything of"),  # the vocabularies know it, the papers do not
        ("", "nothing"),
        ("' OR 1=1 RETURN n //", "nothing in the graph is called"),
    ],
)
def test_an_unknown_name_is_told_on_stderr_and_is_an_empty_list_in_json(
    run: Run, ingested_home: Path, name: str, said: str
) -> None:
    done = run("ask", "introduced", name, "--json", home=ingested_home)
    if done.code == 0:  # a slip may be small enough to be understood at once
        assert json.loads(done.out)[0]["entity"]["name"] == said
        return
    assert done.code == 1
    assert json.loads(done.out) == []
    assert not run("ask", "introduced", name, home=ingested_home).out
    assert said in done.err
    assert len(done.err.splitlines()) == 1


def test_a_paper_is_found_by_words_of_its_title_and_by_its_id(run: Run, ingested_home: Path) -> None:
    by_words = json.loads(run("ask", "paper", "rare words subword", "--json", home=ingested_home).out)
    assert by_words["paper"]["title"] == BPE_PAPER
    assert by_words["cited_by"] == 2
    by_id = json.loads(run("ask", "paper", by_words["paper"]["id"], "--json", home=ingested_home).out)
    assert by_id == by_words
    shown = run("ask", "paper", "rare words", home=ingested_home)
    assert "introduces" in shown.out
    assert "cited by 2" in shown.out


def test_a_title_that_several_papers_share_words_of_lists_them(run: Run, ingested_home: Path) -> None:
    done = run("ask", "paper", "language", home=ingested_home)
    assert done.code == 1
    assert "paper:" in done.err
    assert not done.out


def test_a_fact_shows_its_whole_provenance(run: Run, ingested_home: Path) -> None:
    paper = json.loads(run("ask", "paper", "rare words", "--json", home=ingested_home).out)
    fact_id = paper["facts"][0]["facts"][0]["id"]
    fact = json.loads(run("ask", "fact", fact_id[:10], "--json", home=ingested_home).out)
    assert fact["id"] == fact_id
    shown = run("ask", "fact", fact_id, home=ingested_home).out
    job = fact["evidence"][0]["job"]
    assert fact["evidence"][0]["pages"]
    assert job["code_version"] in shown
    for pairs in (job["models"], job["vocabularies"], job["parameters"]):
        assert pairs
        for name, value in pairs:
            assert f"{name} = {value}" in shown


@pytest.mark.parametrize("fact_id", ["ffffffffffff", "no id", "12"])
def test_an_unknown_fact_is_one_line(run: Run, ingested_home: Path, fact_id: str) -> None:
    done = run("ask", "fact", fact_id, home=ingested_home)
    assert (done.code, done.out, len(done.err.splitlines())) == (1, "", 1)


def test_asking_before_there_is_a_graph_says_what_to_do(run: Run) -> None:
    done = run("ask", "introduced", "BPE")
    assert done.code == 1
    assert "ingest" in done.err


def test_a_query_gives_a_table_or_json(run: Run, ingested_home: Path) -> None:
    cypher = "MATCH (d:Document) RETURN d.file_name AS file, d.page_count AS pages ORDER BY file"
    rows = json.loads(run("query", cypher, "--json", home=ingested_home).out)
    assert rows == [{"file": "gap-tokenization.pdf", "pages": 2}, {"file": "span-relay.pdf", "pages": 2}]
    assert "span-relay.pdf" in run("query", cypher, home=ingested_home).out


@pytest.mark.parametrize(
    "cypher",
    [
        "CREATE (n:Paper {id: 'x'})",
        "MATCH (n) DETACH DELETE n",
        "MATCH (n",
        "LOAD CSV FROM 'x' AS row RETURN row",
    ],
)
def test_a_query_that_writes_or_is_wrong_is_refused(run: Run, ingested_home: Path, cypher: str) -> None:
    before = run("query", "MATCH (n) RETURN count(n) AS n", "--json", home=ingested_home).out
    done = run("query", cypher, home=ingested_home)
    assert (done.code, done.out, len(done.err.splitlines())) == (1, "", 1)
    assert run("query", "MATCH (n) RETURN count(n) AS n", "--json", home=ingested_home).out == before
