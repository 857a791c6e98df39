"""The canonicalize stage: names brought to entities, and relations to facts with their evidence."""

from canonicalize.facts import JobStamp, job_output
from canonicalize.linking import Linker, NameMatch
from canonicalize.vocabulary import Vocabularies, load_vocabularies
from canonicalize.weighing import Weigher, weights_hash

__all__ = [
    "JobStamp",
    "Linker",
    "NameMatch",
    "Vocabularies",
    "Weigher",
    "job_output",
    "load_vocabularies",
    "weights_hash",
]
