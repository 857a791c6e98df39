"""Which parts a run is made of: the one visible mapping from settings to stores, readers and pipelines."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib.metadata import version as library_version
from typing import TYPE_CHECKING

from canonicalize import Linker, Vocabularies, Weigher, weights_hash
from flows.code_version import code_version
from flows.settings import Settings
from flows.shared_stores import SharedStores
from graph import GraphStore, open_store
from ingest import reader_parameters
from records import Agent, PipelineVersion

if TYPE_CHECKING:
    from spacy.language import Language

DECIDING_LIBRARIES = ("onnxruntime", "rapidfuzz", "scispacy", "spacy", "tokenizers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline:
    """All that turns a document into the output of its job; `version` says what decides the result."""

    nlp: "Language"
    linker: Linker
    weigher: Weigher
    version: PipelineVersion
    agent: Agent


_being_written = SharedStores()


def open_graph(settings: Settings, *, read_only: bool = False) -> AbstractContextManager[GraphStore]:
    """The graph that the settings choose; threads that write share one opening of it."""

    def opened() -> GraphStore:
        return open_store(url, password=settings.graph_password.get_secret_value(), read_only=read_only)

    url = settings.graph_url or f"kglite://{settings.home / 'graph.kgl'}"
    return opened() if read_only else _being_written.open(url, opened)


def build_pipeline(settings: Settings, vocabularies: Vocabularies, version: PipelineVersion) -> Pipeline:
    """The pipeline over the vocabularies; takes the seconds in which spaCy is imported."""
    from extract.pipeline import build_nlp
    from extract.recognition.choices import open_recogniser

    return Pipeline(
        nlp=build_nlp(vocabularies.entities, open_recogniser(settings.recognition.choice)),
        linker=Linker(vocabularies.entities),
        weigher=Weigher.shipped(),
        version=version,
        agent=Agent(name=settings.operator),
    )


def pipeline_version(settings: Settings, vocabularies: Vocabularies) -> PipelineVersion:
    """Everything that decides the results of a run, found without building or importing any of it."""
    from extract.models import model_hashes
    from extract.recognition.choices import recogniser_parameters

    choice = settings.recognition.choice
    libraries = (("library." + name, library_version(name)) for name in DECIDING_LIBRARIES)
    parameters = (*reader_parameters(settings.reading), *recogniser_parameters(choice), *libraries)
    return PipelineVersion(
        code_version=code_version(),
        models=tuple(sorted((*model_hashes(choice), ("facts", weights_hash())))),
        vocabularies=vocabularies.hashes,
        parameters=tuple(sorted(parameters)),
    )
