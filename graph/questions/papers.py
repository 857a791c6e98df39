"""Which papers a text names, and what is known of a paper."""

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from graph.answers import DocumentSummary, FactGroup, PaperAnswer, PaperFact, PaperMatches, PaperSummary
from graph.questions.columns import (
    ENTITY_COLUMNS,
    PAPER_COLUMNS,
    QUOTE_COLUMNS,
    Columns,
    count,
    entity_summary,
    number,
    paper_summary,
    quote,
    surest_first,
    text,
)
from graph.questions.results import paper_results
from graph.store import GraphReader
from records import (
    DEFAULT_THRESHOLDS,
    BeliefThresholds,
    Predicate,
    RejectedInputError,
    normalised_title,
)

PAPER_ID: Final = re.compile(r"(?:paper:)?([0-9a-f]{6,32})", re.IGNORECASE)
SUGGESTIONS: Final = 5
NEAR_SCORE: Final = 60

PAPERS_BY_ID: Final = f"""
MATCH (p:Paper) WHERE p.id STARTS WITH $prefix
RETURN {PAPER_COLUMNS}
"""
PAPERS_BY_WORDS: Final = f"""
MATCH (p:Paper) WHERE all(word IN $words WHERE toLower(p.title) CONTAINS word)
RETURN {PAPER_COLUMNS}
"""
ALL_PAPERS: Final = f"MATCH (p:Paper) RETURN {PAPER_COLUMNS}"
ONE_PAPER: Final = f"MATCH (p:Paper {{id: $paper}}) RETURN {PAPER_COLUMNS}"
DOCUMENTS_OF_PAPER: Final = """
MATCH (p:Paper {id: $paper})<-[:MANIFESTATION_OF]-(d:Document)
RETURN d.id AS document, d.file_name AS file_name, d.page_count AS page_count, d.current_job AS job
ORDER BY document
"""
CITATION_COUNT: Final = """
MATCH (p:Paper {id: $paper})<-[:CITES]-(citing:Paper) RETURN count(DISTINCT citing) AS count
"""
FACTS_OF_PAPER: Final = f"""
MATCH (p:Paper {{id: $paper}})<-[:SUBJECT]-(f:Fact)-[:OBJECT]->(o)
MATCH (f)<-[:SUPPORTS]-(e:Evidence)-[:WAS_QUOTED_FROM]->(d:Document)
WHERE f.belief > 0 AND f.belief >= $proposed AND e.job = d.current_job AND f.predicate <> $reports
RETURN f.id AS fact, f.predicate AS predicate, f.belief AS belief,
       {ENTITY_COLUMNS},
       {QUOTE_COLUMNS}
"""


def papers_matching(store: GraphReader, wanted: str) -> PaperMatches:
    """The papers that a text names, as people type it, ingested ones first.

    The text is an id or the start of one (from 6 hex digits), or a title whatever its case and
    punctuation, or words that the title holds. Where it is none of these, near titles are suggested.
    """
    wanted = wanted.strip()
    if (id_match := PAPER_ID.fullmatch(wanted)) and (papers := _by_id(store, id_match[1])):
        return PaperMatches(papers=papers, suggestions=())
    if papers := _by_title(store, wanted):
        return PaperMatches(papers=papers, suggestions=())
    return PaperMatches(papers=(), suggestions=_near(store, wanted))


def paper_facts(
    store: GraphReader, paper_id: str, thresholds: BeliefThresholds = DEFAULT_THRESHOLDS
) -> PaperAnswer:
    """What is known of the paper: its documents, its facts by predicate, and how often it is cited.

    Doubted facts are left out. Raises RejectedInputError for an id that the graph does not have.
    """
    paper = {"paper": paper_id}
    found = store.read(ONE_PAPER, paper)
    if not found:
        raise RejectedInputError(f"there is no paper {paper_id} in the graph")
    asked = {**paper, "reports": Predicate.REPORTS.value, "proposed": thresholds.proposed}
    facts = store.read(FACTS_OF_PAPER, asked)
    documents = tuple(
        DocumentSummary(
            id=text(row, "document"),
            name=text(row, "file_name"),
            page_count=count(row, "page_count"),
            job=text(row, "job"),
        )
        for row in store.read(DOCUMENTS_OF_PAPER, paper)
    )
    return PaperAnswer(
        paper=paper_summary(found[0]),
        documents=documents,
        facts=_grouped(facts, thresholds),
        results=paper_results(store, paper_id, thresholds),
        cited_by=count(store.read(CITATION_COUNT, paper)[0], "count"),
    )


def _by_id(store: GraphReader, digits: str) -> tuple[PaperSummary, ...]:
    return _sorted_papers(store.read(PAPERS_BY_ID, {"prefix": "paper:" + digits.lower()}))


def _by_title(store: GraphReader, wanted: str) -> tuple[PaperSummary, ...]:
    words = re.findall(r"\w+", wanted.lower())
    if not words:
        return ()
    papers = _sorted_papers(store.read(PAPERS_BY_WORDS, {"words": words}))
    key = normalised_title(wanted)
    return tuple(paper for paper in papers if normalised_title(paper.title) == key) or papers


def _near(store: GraphReader, wanted: str) -> tuple[PaperSummary, ...]:
    from rapidfuzz import fuzz, process, utils

    papers = _sorted_papers(store.read(ALL_PAPERS))
    titles = [paper.title for paper in papers]
    near = process.extract(
        wanted,
        titles,
        scorer=fuzz.token_set_ratio,
        processor=utils.default_process,
        limit=SUGGESTIONS,
        score_cutoff=NEAR_SCORE,
    )
    return tuple(papers[index] for _, _, index in near)


def _sorted_papers(rows: list[dict[str, object]]) -> tuple[PaperSummary, ...]:
    papers = (paper_summary(row) for row in rows)
    return tuple(sorted(papers, key=lambda paper: (paper.status != "ingested", paper.title, paper.id)))


def _grouped(rows: Sequence[Columns], thresholds: BeliefThresholds) -> tuple[FactGroup, ...]:
    best: dict[str, Columns] = {}
    for row in sorted(rows, key=surest_first):
        best.setdefault(text(row, "fact"), row)
    groups: dict[Predicate, list[PaperFact]] = defaultdict(list)
    for row in best.values():
        groups[Predicate(text(row, "predicate"))].append(_paper_fact(row, thresholds))
    return tuple(
        FactGroup(predicate=predicate, facts=tuple(sorted(groups[predicate], key=_fact_order)))
        for predicate in Predicate
        if predicate in groups
    )


def _paper_fact(row: Columns, thresholds: BeliefThresholds) -> PaperFact:
    belief = number(row, "belief")
    return PaperFact(
        id=text(row, "fact"),
        object=entity_summary(row),
        belief=belief,
        standing=thresholds.standing(belief),
        quote=quote(row),
    )


def _fact_order(fact: PaperFact) -> tuple[float, str, str]:
    return -fact.belief, fact.object.name, fact.id
