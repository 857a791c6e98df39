"""Jobs with hostile text change nothing but data, and jobs with loose ends are refused whole."""

from dataclasses import replace

import pytest
from builders import document, entity, evidence, job_output, paper, reported
from crossing_jobs import BERT, OWN, PDF, SENNRICH, quotes
from graph_places import GraphPlace

from graph import GraphStore, paper_facts, statistics, write_job
from records import EntityType, JobOutput, Predicate, RejectedInputError

HOSTILE = [
    "x'}) DETACH DELETE n //",
    "a \"double\" 'single' `back` \\ slash \\u0041",
    "line\nbreak\r\n\ttab",
    "nul \x00 and \x1b[31m escape",
    "{id: $id} $rows ${x} %s",
    "emoji 😀 and \u202e direction \u200b nothing",
    "e\u0301 is not \u00e9",
    "x" * 100_000,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_from_a_document_is_only_ever_data(place: GraphPlace, text: str) -> None:
    own = paper(text, authors=[text], id="paper:own")
    thing = entity("thing", aliases=[text], vocabulary=text)
    pdf = document(text)
    with place.open() as store:
        write_job(
            store,
            job_output(pdf, own, evidence=[evidence(own, Predicate.USES, thing, document=pdf, quote=text)]),
        )
    with place.open(read_only=True) as reader:
        [row] = reader.read(
            "MATCH (e:Evidence)-[:WAS_QUOTED_FROM]->(d:Document)-[:MANIFESTATION_OF]->(p:Paper)-[:USES]->(o) "
            "RETURN e.quote AS quote, d.file_name AS file_name, p.title AS title, p.authors AS authors, "
            "o.aliases AS aliases, o.vocabulary AS vocabulary"
        )
    assert row == {
        "quote": text,
        "file_name": text,
        "title": text,
        "authors": [text],
        "aliases": [text],
        "vocabulary": text,
    }


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_table_says_of_a_result_is_only_ever_data(place: GraphPlace, text: str) -> None:
    parts = (
        entity("thing", aliases=[text]),
        entity("SQuAD", EntityType.DATASET, aliases=[text]),
        entity("F1", EntityType.METRIC, aliases=[text]),
    )
    row = reported(OWN, 93.2, parts, document=PDF, setting=text)
    with place.open() as store:
        write_job(store, job_output(PDF, OWN, evidence=[row]))
    with place.open(read_only=True) as reader:
        [found] = paper_facts(reader, OWN.id).results
    assert (found.setting, found.result.method.name, found.result.value) == (text, "thing", 93.2)


def test_a_lone_surrogate_becomes_one_replacement_character(store: GraphStore) -> None:
    pdf = document("file\udce9.pdf")
    quote = evidence(OWN, Predicate.USES, BERT, document=pdf, quote="a\ud800b")
    write_job(store, job_output(pdf, OWN, evidence=[quote]))
    rows = store.read("MATCH (e:Evidence)-->(d:Document) RETURN e.quote AS quote, d.file_name AS name")
    assert rows == [{"quote": "a\ufffdb", "name": "file\ufffd.pdf"}]


@pytest.mark.parametrize(
    ("output", "message"),
    [
        (job_output(PDF, OWN, evidence=quotes()), "a paper that the job does not hold"),
        (job_output(PDF, OWN, evidence=quotes(document("b.pdf")), cited=[SENNRICH]), "another document"),
        (
            replace(job_output(PDF, OWN, evidence=quotes(), cited=[SENNRICH]), document=PDF),
            "quotes what the document does not say from 0 to 14",
        ),
    ],
)
def test_a_job_with_loose_ends_is_refused_whole(store: GraphStore, output: JobOutput, message: str) -> None:
    with pytest.raises(RejectedInputError, match=message):
        write_job(store, output)
    assert statistics(store).nodes == ()
