"""Any spaCy pipeline as the recogniser: real ones, made here and saved."""

import shutil
import sys
from pathlib import Path

import pytest
import spacy

from extract.recognition.choice_error import RecogniserChoiceError
from extract.recognition.labels import label_map
from extract.recognition.recogniser import FoundMention
from extract.recognition.spacy_pipeline import (
    MOST_CHARACTERS,
    SpacyRecogniser,
    entity_labels,
    pipeline_files,
    readable,
)
from records import EntityType

PATTERNS = {"METHOD": ["BERT", "support vector machine"], "Material": ["SQuAD"], "PRODUCT": ["iPhone"]}


def saved_pipeline(folder: Path, patterns: dict[str, list[str]] = PATTERNS) -> Path:
    nlp = spacy.blank("en")
    nlp.meta["name"], nlp.meta["version"] = "tiny_papers", "1.2.3"
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(  # type: ignore[attr-defined]
        [{"label": label, "pattern": form} for label, forms in patterns.items() for form in forms]
    )
    nlp.to_disk(folder)
    return folder


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A pipeline as a package, laid out as `spacy package` does, on the import path."""
    name = "en_tiny_papers"
    package = tmp_path / "site" / name
    package.mkdir(parents=True)
    saved_pipeline(package / f"{name}-1.2.3")
    shutil.copy(package / f"{name}-1.2.3" / "meta.json", package)
    (package / "__init__.py").write_text(
        "from spacy.util import load_model_from_init_py\n"
        "def load(**overrides):\n    return load_model_from_init_py(__file__, **overrides)\n"
    )
    metadata = tmp_path / "site" / f"{name}-1.2.3.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.2.3\n")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    return name


def surfaces(sentence: str, mentions: tuple[FoundMention, ...]) -> list[tuple[str, EntityType]]:
    return [(sentence[mention.start : mention.end], mention.type) for mention in mentions]


@pytest.fixture(scope="module")
def recogniser(tmp_path_factory: pytest.TempPathFactory) -> SpacyRecogniser:
    return SpacyRecogniser.load(str(saved_pipeline(tmp_path_factory.mktemp("pipelines") / "saved")))


def test_a_saved_pipeline_finds_what_its_labels_mean_and_drops_the_rest(recogniser: SpacyRecogniser) -> None:
    first, second = "We run BERT on SQuAD and an iPhone.", "A support vector machine."
    [[one, two], [three]] = recogniser.recognise([[first, second], ["Nothing."]])
    assert surfaces(first, one.mentions) == [("BERT", EntityType.METHOD), ("SQuAD", EntityType.DATASET)]
    assert surfaces(second, two.mentions) == [("support vector machine", EntityType.METHOD)]
    assert not three.mentions
    assert not one.relations
    assert recogniser.name == "spacy:en_tiny_papers"


def test_a_map_brings_in_labels_of_other_fields(tmp_path: Path) -> None:
    saved = saved_pipeline(tmp_path / "saved", {"PRODUCT": ["iPhone"]})
    with pytest.raises(RecogniserChoiceError, match="it has PRODUCT"):
        SpacyRecogniser.load(str(saved))
    recogniser = SpacyRecogniser.load(str(saved), labels=label_map("product=Method"))
    sentence = "An iPhone."
    [[found]] = recogniser.recognise([[sentence]])
    assert surfaces(sentence, found.mentions) == [("iPhone", EntityType.METHOD)]


def test_an_installed_pipeline_is_known_without_being_imported(installed: str) -> None:
    files = pipeline_files(installed)
    assert (files.name, files.version) == (installed, "1.2.3")
    assert len(files.hash()) == 64
    assert installed not in sys.modules
    sentence = "We run BERT."
    [[found]] = SpacyRecogniser.load(installed).recognise([[sentence]])
    assert surfaces(sentence, found.mentions) == [("BERT", EntityType.METHOD)]


def test_the_hash_is_that_of_the_files_wherever_they_lie(tmp_path: Path) -> None:
    saved = saved_pipeline(tmp_path / "one")
    copy = shutil.copytree(saved, tmp_path / "two")
    before = pipeline_files(str(saved)).hash()
    assert pipeline_files(str(copy)).hash() == before
    (copy / "entity_ruler" / "patterns.jsonl").write_text('{"label":"METHOD","pattern":"GPT"}\n')
    assert pipeline_files(str(copy)).hash() != before


@pytest.mark.parametrize("pipeline", ["en_core_sci_nowhere", "/no/such/folder", "json", "sys", "..", "a.b"])
def test_what_is_no_pipeline_is_refused_with_the_way_to_install_one(pipeline: str) -> None:
    with pytest.raises(RecogniserChoiceError, match="install its package"):
        SpacyRecogniser.load(pipeline)


def test_hostile_sentences_cost_no_time_and_shift_no_place(recogniser: SpacyRecogniser) -> None:
    long, brackets = "BERT " * MOST_CHARACTERS, "(" * 3_000 + " BERT"
    assert "(" not in readable(brackets)  # spaCy's tokeniser takes seconds for them
    [[one, two]] = recogniser.recognise([[long, brackets]])
    assert not one.mentions
    assert surfaces(brackets, two.mentions) == [("BERT", EntityType.METHOD)]


def test_the_labels_of_a_trained_component_are_known() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("ner").add_label("METHOD")  # type: ignore[attr-defined]
    nlp.add_pipe("tagger").add_label("NOUN")  # type: ignore[attr-defined]
    assert entity_labels(nlp, ()) == ["METHOD"]
