"""The recogniser that the settings choose, and what of it goes into the pipeline version."""

import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from pydantic import SecretStr

from extract.recognition.choice_error import RecogniserChoiceError
from extract.recognition.choices import (
    Kind,
    RecogniserChoice,
    kind_and_target,
    open_recogniser,
    recogniser_models,
    recogniser_parameters,
)
from extract.recognition.labels import label_map
from extract.recognition.language_model_requests import Endpoint

KEY = "sk-very-secret-0123"
ENDPOINT = Endpoint(url="http://127.0.0.1:8000/v1", model="some-model", api_key=SecretStr(KEY))


def choice_of(model: str, **settings: object) -> RecogniserChoice:
    kind, target = kind_and_target(model)
    return RecogniserChoice(kind=kind, target=target, **settings)  # type: ignore[arg-type]


def of_endpoint(endpoint: Endpoint = ENDPOINT, context_sentences: int = 0) -> RecogniserChoice:
    return choice_of(f"openai:{endpoint.url}", endpoint=endpoint, context_sentences=context_sentences)


@pytest.mark.parametrize(
    ("model", "chosen"),
    [
        ("default", (Kind.SHIPPED, "default")),
        ("fast", (Kind.SHIPPED, "fast")),
        ("rules", (Kind.RULES, "")),
        ("spacy:en_core_web_sm", (Kind.SPACY, "en_core_web_sm")),
        ("spacy:/saved/pipeline", (Kind.SPACY, "/saved/pipeline")),
        ("hf:~/models/ner", (Kind.TRANSFORMERS, "~/models/ner")),
        ("openai:http://127.0.0.1:8000/v1", (Kind.ENDPOINT, "http://127.0.0.1:8000/v1")),
    ],
)
def test_a_choice_is_a_name_or_a_kind_with_its_target(model: str, chosen: tuple[Kind, str]) -> None:
    assert kind_and_target(model) == chosen


@pytest.mark.parametrize(
    "model", ["", "best", "spacy:", "hf: ", "shipped:default", "rules:x", "SPACY:x", "http://a"]
)
def test_what_is_no_choice_is_refused_with_all_there_are(model: str) -> None:
    with pytest.raises(ValueError, match="choose default, fast, rules, spacy:"):
        kind_and_target(model)


def test_rules_are_no_recogniser_and_rest_on_no_model() -> None:
    assert open_recogniser(choice_of("rules")) is None
    assert recogniser_models(choice_of("rules")) == ()
    assert recogniser_parameters(choice_of("rules")) == (("recognition.kind", "rules"),)


def test_a_spacy_pipeline_goes_in_with_its_version_its_files_and_the_map(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.meta["version"] = "3.2.1"
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "X", "pattern": "BERT"}])  # type: ignore[attr-defined]
    nlp.to_disk(tmp_path / "saved")
    choice = choice_of(f"spacy:{tmp_path / 'saved'}", labels=label_map("X=Method"))
    [(name, sha256)] = recogniser_models(choice)
    assert (name, len(sha256)) == ("spacy:en_pipeline-3.2.1", 64)
    assert recogniser_parameters(choice) == (
        ("recognition.kind", "spacy"),
        ("recognition.labels", "X=Method"),
    )
    recogniser = open_recogniser(choice)
    assert recogniser is not None
    assert recogniser.name == "spacy:en_pipeline"


def test_a_token_classifier_goes_in_with_its_files_and_the_libraries(tmp_path: Path) -> None:
    folder = tmp_path / "my-ner"
    folder.mkdir()
    for name in ("config.json", "model.safetensors"):
        (folder / name).write_text("{}")
    choice = choice_of(f"hf:{folder}", context_sentences=2)
    [(name, sha256)] = recogniser_models(choice)
    assert (name, len(sha256)) == ("hf:my-ner", 64)
    parameters = dict(recogniser_parameters(choice))
    assert parameters["recognition.context_sentences"] == "2"
    assert {"library.torch", "library.transformers"} <= parameters.keys()
    assert str(tmp_path) not in str((name, parameters))


def test_a_model_that_is_not_there_is_missed_before_any_paper_is_read(tmp_path: Path) -> None:
    for model in ("spacy:en_core_sci_nowhere", f"hf:{tmp_path / 'nowhere'}"):
        with pytest.raises(RecogniserChoiceError):
            recogniser_models(choice_of(model))


def test_an_endpoint_goes_in_with_address_model_and_prompt_and_never_with_the_key() -> None:
    choice = of_endpoint()
    assert recogniser_models(choice) == ()
    parameters = dict(recogniser_parameters(choice))
    assert len(parameters.pop("recognition.prompt")) == 64
    assert parameters == {
        "recognition.context_sentences": "0",
        "recognition.endpoint": "http://127.0.0.1:8000/v1",
        "recognition.kind": "openai",
        "recognition.llm_model": "some-model",
        "recognition.sentences_per_request": "8",
        "recognition.temperature": "0",
    }
    assert KEY not in repr(choice)


@pytest.mark.parametrize(
    "other",
    [
        of_endpoint(Endpoint(url="http://127.0.0.1:8001/v1", model="some-model")),
        of_endpoint(Endpoint(url=ENDPOINT.url, model="another-model")),
        of_endpoint(Endpoint(url=ENDPOINT.url, model="some-model", sentences_per_request=1)),
        of_endpoint(context_sentences=1),
    ],
)
def test_what_decides_an_endpoints_answers_makes_another_version(other: RecogniserChoice) -> None:
    assert recogniser_parameters(other) != recogniser_parameters(of_endpoint())


def test_key_patience_and_concurrency_make_none() -> None:
    hurried = Endpoint(url=ENDPOINT.url, model="some-model", timeout_seconds=1, concurrent_requests=1)
    assert recogniser_parameters(of_endpoint(hurried)) == recogniser_parameters(of_endpoint())


def test_an_endpoint_is_not_asked_before_the_first_document() -> None:
    recogniser = open_recogniser(of_endpoint(Endpoint(url="http://127.0.0.1:9/v1", model="some-model")))
    assert recogniser is not None
    assert recogniser.recognise([]) == []
    assert recogniser.recognise([["1 + 1"], []]) != []


def test_the_version_is_found_without_importing_what_models_need(tmp_path: Path) -> None:
    for name in ("config.json", "model.safetensors", "meta.json"):
        (tmp_path / name).write_text('{"lang": "en", "name": "x", "version": "1"}')
    program = (
        "import sys\n"
        "from extract.recognition.choices import *\n"
        "for model in sys.argv[1:]:\n"
        "    kind, target = kind_and_target(model)\n"
        "    choice = RecogniserChoice(kind=kind, target=target)\n"
        "    assert recogniser_models(choice) and recogniser_parameters(choice)\n"
        "assert not {'spacy', 'torch', 'transformers', 'onnxruntime', 'httpx'} & sys.modules.keys()\n"
    )
    subprocess.run([sys.executable, "-c", program, f"spacy:{tmp_path}", f"hf:{tmp_path}"], check=True)
