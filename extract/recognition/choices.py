"""Which recogniser works, as the settings choose it, and what of it decides the results."""

from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from extract.recognition.labels import LabelMap

if TYPE_CHECKING:
    from extract.recognition.language_model_requests import Endpoint
    from extract.recognition.recogniser import Recogniser

SHIPPED: Final = ("default", "fast")
EXPECTED: Final = (
    "choose default, fast, rules, spacy:PIPELINE, hf:FOLDER or openai:ADDRESS, as in spacy:en_core_sci_sm, "
    "hf:/models/my-ner or openai:http://127.0.0.1:8000/v1"
)


class Kind(StrEnum):
    """The ways to recognise; all but the first two are written before a colon."""

    SHIPPED = "shipped"
    RULES = "rules"
    SPACY = "spacy"
    TRANSFORMERS = "hf"
    ENDPOINT = "openai"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecogniserChoice:
    """A recogniser by its kind and, in `target`, its name, pipeline, folder or address.

    `labels` maps the labels of a spaCy pipeline or a token classifier. `context_sentences` on either side
    are shown to a token classifier with each sentence, and to a language model with each request.
    """

    kind: Kind
    target: str
    labels: LabelMap = ()
    context_sentences: int = 0
    endpoint: "Endpoint | None" = None

    @property
    def folder(self) -> Path:
        """The folder of a token classifier."""
        return Path(self.target).expanduser()


def kind_and_target(model: str) -> tuple[Kind, str]:
    """The parts of "spacy:en_core_sci_sm"; raises ValueError, which says what there is to choose."""
    if model in SHIPPED:
        return Kind.SHIPPED, model
    if model == Kind.RULES:
        return Kind.RULES, ""
    prefix, colon, target = model.partition(":")
    if colon and target.strip() and prefix in {Kind.SPACY, Kind.TRANSFORMERS, Kind.ENDPOINT}:
        return Kind(prefix), target.strip()
    raise ValueError(EXPECTED)


def open_recogniser(choice: RecogniserChoice) -> "Recogniser | None":
    """The recogniser, loaded; None where only vocabulary and cue rules are to work.

    Raises RecogniserChoiceError where it cannot be had. An endpoint is not asked before the first document.
    """
    if choice.kind is Kind.RULES:
        return None
    if choice.kind is Kind.SHIPPED:
        from extract.recognition.shipped import ShippedRecogniser

        return ShippedRecogniser.load(choice.target)
    if choice.kind is Kind.SPACY:
        from extract.recognition.spacy_pipeline import SpacyRecogniser

        return SpacyRecogniser.load(choice.target, labels=choice.labels)
    if choice.kind is Kind.TRANSFORMERS:
        from extract.recognition.token_classifier import TokenClassifier

        return TokenClassifier.load(
            choice.folder, labels=choice.labels, context_sentences=choice.context_sentences
        )
    from extract.recognition.language_model import LanguageModelRecogniser

    return LanguageModelRecogniser(endpoint_of(choice), context_sentences=choice.context_sentences)


def recogniser_models(choice: RecogniserChoice) -> tuple[tuple[str, str], ...]:
    """Name and SHA-256 of the chosen model's files, found without loading it.

    What an endpoint serves has no hash that could be known from here; its parameters name it. Raises
    RecogniserChoiceError where the files are missing.
    """
    if choice.kind is Kind.SHIPPED:
        from extract.recognition.model_files import model_hash

        return ((f"recogniser:{choice.target}", model_hash(choice.target)),)
    if choice.kind is Kind.SPACY:
        from extract.recognition.spacy_pipeline import pipeline_files

        files = pipeline_files(choice.target)
        return ((f"spacy:{files.name}-{files.version}", files.hash()),)
    if choice.kind is Kind.TRANSFORMERS:
        from extract.recognition.token_classifier_files import classifier_hash

        return ((f"hf:{choice.folder.resolve().name}", classifier_hash(choice.folder)),)
    return ()


def recogniser_parameters(choice: RecogniserChoice) -> tuple[tuple[str, str], ...]:
    """Sorted pairs of name and value of all else that decides what the chosen recogniser finds.

    Neither keys nor places on this machine are among them.
    """
    found = {"recognition.kind": str(choice.kind)}
    if choice.kind in {Kind.SPACY, Kind.TRANSFORMERS}:
        found["recognition.labels"] = ",".join(f"{label}={name}" for label, name in choice.labels)
    if choice.kind in {Kind.TRANSFORMERS, Kind.ENDPOINT}:
        found["recognition.context_sentences"] = str(choice.context_sentences)
    if choice.kind is Kind.TRANSFORMERS:
        found |= {f"library.{name}": _installed(name) for name in ("torch", "transformers")}
    if choice.kind is Kind.ENDPOINT:
        found |= _asked(endpoint_of(choice))
    return tuple(sorted(found.items()))


def endpoint_of(choice: RecogniserChoice) -> "Endpoint":
    """The endpoint of a choice that has one."""
    if choice.endpoint is None:
        raise ValueError(f"the choice of {choice.target} says nothing of how to ask the endpoint")
    return choice.endpoint


def _asked(endpoint: "Endpoint") -> dict[str, str]:
    from extract.recognition.language_model_prompt import prompt_hash
    from extract.recognition.language_model_requests import TEMPERATURE

    return {
        "recognition.endpoint": endpoint.url,
        "recognition.llm_model": endpoint.model,
        "recognition.prompt": prompt_hash(),
        "recognition.sentences_per_request": str(endpoint.sentences_per_request),
        "recognition.temperature": str(TEMPERATURE),
    }


def _installed(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "none"
