"""Who read what, when, and with which version of everything that decides the result."""

from dataclasses import dataclass
from datetime import datetime

from records.documents import Document
from records.entities import Entity
from records.facts import Evidence
from records.identity import content_id
from records.papers import Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class PipelineVersion:
    """Everything that decides what a document turns into (prov:Plan); two equal versions give equal facts.

    `models`, `vocabularies` and `parameters` are sorted pairs: name and SHA-256 for the first two, name and
    value as text for the third.
    """

    code_version: str
    models: tuple[tuple[str, str], ...]
    vocabularies: tuple[tuple[str, str], ...]
    parameters: tuple[tuple[str, str], ...]

    @property
    def id(self) -> str:
        """The hash of all four."""
        groups = (self.models, self.vocabularies, self.parameters)
        hashes = [content_id(*(text for pair in group for text in pair)) for group in groups]
        return content_id("pipeline", self.code_version, *hashes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """Who or what is answerable for a job (prov:Agent): an operator's name."""

    name: str

    @property
    def id(self) -> str:
        """The hash of the name."""
        return content_id("agent", self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractionJob:
    """One document read by one pipeline version (prov:Activity).

    The times are aware UTC and outside the identity; `flow_run_id` and `flow_run_url` are empty where
    no Prefect server took part. `dropped` counts, by reason, what was found but is no evidence, sorted.
    """

    document_id: str
    pipeline_version_id: str
    started_at: datetime
    ended_at: datetime
    flow_run_id: str
    flow_run_url: str
    mention_count: int
    dropped: tuple[tuple[str, int], ...] = ()

    @property
    def id(self) -> str:
        """The hash of document and pipeline version."""
        return content_id("job", self.document_id, self.pipeline_version_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class JobOutput:
    """All that one extraction job adds to the graph, written whole or not at all.

    `cited` are the works in the document's bibliography; `evidence` carries its facts and links; `entities`
    holds every entity that evidence links to, once.
    """

    job: ExtractionJob
    pipeline_version: PipelineVersion
    agent: Agent
    document: Document
    paper: Paper
    cited: tuple[Paper, ...]
    entities: tuple[Entity, ...]
    evidence: tuple[Evidence, ...]
