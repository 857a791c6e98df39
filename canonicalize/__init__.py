"""The canonicalize stage: names brought to entities, and relations to facts with their evidence."""

from canonicalize.facts import JobStamp, job_output
from canonicalize.linking import Linker, NameMatch
from canonicalize.vocabulary import Vocabularies, load_vocabularies

__all__ = ["JobStamp", "Linker", "NameMatch", "Vocabularies", "job_output", "load_vocabularies"]
