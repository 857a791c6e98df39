"""What the environment may say about recognition."""

from pathlib import Path

import pytest

from canonicalize import Vocabularies
from extract.recognition.choices import Kind
from flows.compose import pipeline_version
from flows.settings import SettingsError, load_settings
from records import EntityType, PipelineVersion

PREFIX = "PAPERLINEAGE_RECOGNITION__"


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))


def choose(monkeypatch: pytest.MonkeyPatch, **variables: str) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(PREFIX + name, value)


def test_the_shipped_model_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PREFIX + "MODEL", raising=False)
    choice = load_settings().recognition.choice
    assert (choice.kind, choice.target, choice.endpoint) == (Kind.SHIPPED, "default", None)


def test_a_pipeline_is_chosen_with_its_map(monkeypatch: pytest.MonkeyPatch) -> None:
    choose(monkeypatch, MODEL="spacy:en_core_web_sm", LABELS="PRODUCT=Method,WORK_OF_ART=Dataset")
    choice = load_settings().recognition.choice
    assert (choice.kind, choice.target) == (Kind.SPACY, "en_core_web_sm")
    assert choice.labels == (("PRODUCT", EntityType.METHOD), ("WORK_OF_ART", EntityType.DATASET))


def test_an_endpoint_is_chosen_with_all_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    choose(
        monkeypatch,
        MODEL="openai:http://127.0.0.1:8000/v1/",
        LLM_MODEL="some-model",
        API_KEY="sk-very-secret-0123",
        TIMEOUT_SECONDS="7.5",
        CONTEXT_SENTENCES="2",
    )
    settings = load_settings().recognition
    choice = settings.choice
    assert choice.endpoint is not None
    assert choice.endpoint.url == "http://127.0.0.1:8000/v1"
    assert (choice.endpoint.model, choice.endpoint.timeout_seconds) == ("some-model", 7.5)
    assert choice.endpoint.api_key.get_secret_value() == "sk-very-secret-0123"
    assert choice.context_sentences == 2
    assert "very-secret" not in f"{settings!r} {choice!r}"


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"MODEL": "best"}, "RECOGNITION__MODEL.*choose default, fast, rules, spacy:"),
        ({"MODEL": "openai:http://127.0.0.1:8000/v1"}, "RECOGNITION__LLM_MODEL"),
        (
            {"MODEL": "openai:https://me:hunter2@models.example.org/v1", "LLM_MODEL": "m"},
            "RECOGNITION__API_KEY",
        ),
        ({"LABELS": "PRODUCT"}, "RECOGNITION__LABELS.*LABEL=Type"),
        ({"API_KEY": "hunter2\nX-Other: header"}, "RECOGNITION__API_KEY.*no spaces"),
        ({"TIMEOUT_SECONDS": "0"}, "RECOGNITION__TIMEOUT_SECONDS"),
        ({"CONTEXT_SENTENCES": "-1"}, "RECOGNITION__CONTEXT_SENTENCES"),
    ],
)
def test_a_wrong_value_is_told_with_what_to_do_and_without_secrets(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], said: str
) -> None:
    choose(monkeypatch, **variables)
    with pytest.raises(SettingsError, match=said) as refusal:
        load_settings()
    assert "hunter2" not in str(refusal.value)
    assert "hunter2" not in str(refusal.value.__cause__)


def test_facts_of_different_recognisers_never_mix_unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    def version() -> PipelineVersion:
        return pipeline_version(load_settings(), Vocabularies(entities=(), hashes=()))

    choose(monkeypatch, MODEL="rules")
    by_rules = version()
    choose(monkeypatch, MODEL="openai:http://127.0.0.1:8000/v1", LLM_MODEL="one", API_KEY="hunter2")
    by_one = version()
    choose(monkeypatch, LLM_MODEL="two")
    by_two = version()
    assert len({by_rules.id, by_one.id, by_two.id}) == 3
    assert dict(by_two.parameters)["recognition.llm_model"] == "two"
    assert "hunter2" not in repr(by_one)
    choose(monkeypatch, LLM_MODEL="one", API_KEY="another", CONCURRENT_REQUESTS="1")
    assert version().id == by_one.id
