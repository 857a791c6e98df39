"""The questions that the graph answers: each is one Cypher text and one function."""

from graph.questions.facts import fact_provenance
from graph.questions.introductions import introduced
from graph.questions.inventory import all_entities, statistics
from graph.questions.papers import paper_facts, papers_matching

__all__ = [
    "all_entities",
    "fact_provenance",
    "introduced",
    "paper_facts",
    "papers_matching",
    "statistics",
]
