"""A local transformer token classifier as the recogniser.

The model is a real one of transformers, so small that each word alone decides its tag. These tests need the
extra [transformers] and are skipped without it, but for those of what is said when it is missing.
"""

import importlib.util
import json
import shutil
from pathlib import Path

import pytest

from extract.recognition.choice_error import RecogniserChoiceError
from extract.recognition.labels import label_map
from extract.recognition.recogniser import Recognised
from extract.recognition.token_classifier import ENDS, TokenClassifier, batches, trimmed
from extract.recognition.token_classifier_files import classifier_hash
from records import EntityType, Span

INSTALLED = all(importlib.util.find_spec(name) for name in ("torch", "transformers"))
needs_torch = pytest.mark.skipif(
    not INSTALLED, reason="torch and transformers are not installed (the extra [transformers])"
)
TAGS = ("O", "B-Method", "I-Method", "B-Material", "B-PERSON")
TAG_OF_PIECE = {"bert": 1, "support": 1, "vector": 2, "machine": 2, "##s": 4, "squad": 3, "ada": 4}
VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *TAG_OF_PIECE, "we", "run", "on", "a", ".", "("]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT without layers, whose word embeddings are the tags themselves."""
    import torch
    from transformers import BertConfig, BertForTokenClassification, BertTokenizerFast

    made = tmp_path_factory.mktemp("models") / "tiny-ner"
    made.mkdir()
    (made / "vocab.txt").write_text("\n".join(VOCABULARY))
    config = BertConfig(
        vocab_size=len(VOCABULARY),
        hidden_size=8,
        num_hidden_layers=0,
        num_attention_heads=1,
        intermediate_size=8,
        max_position_embeddings=64,
        id2label=dict(enumerate(TAGS)),
        label2id={tag: number for number, tag in enumerate(TAGS)},
    )
    model = BertForTokenClassification(config)
    with torch.no_grad():
        for weights in model.parameters():
            weights.zero_()
        model.bert.embeddings.LayerNorm.weight.fill_(1.0)
        for number, piece in enumerate(VOCABULARY):
            model.bert.embeddings.word_embeddings.weight[number, TAG_OF_PIECE.get(piece, 0)] = 1.0
        model.classifier.weight[: len(TAGS), : len(TAGS)] = 3 * torch.eye(len(TAGS))
    model.save_pretrained(made)
    BertTokenizerFast(vocab=str(made / "vocab.txt"), do_lower_case=True).save_pretrained(made)
    return made


def found_in(sentence: str, found: Recognised) -> list[tuple[str, EntityType]]:
    return [(sentence[each.start : each.end], each.type) for each in found.mentions]


@needs_torch
@pytest.mark.parametrize("context_sentences", [0, 1, 5])
def test_mentions_stand_at_their_characters_whatever_context_is_shown(
    folder: Path, context_sentences: int
) -> None:
    recogniser = TokenClassifier.load(folder, context_sentences=context_sentences)
    passage = ["We run  BERT on SQuAD.", "", "A support vector machines (BERT).", "Ada run a \u2028x."]
    [[one, two, three, four], [], [alone]] = recogniser.recognise([passage, [], ["BERT"]])
    assert found_in(passage[0], one) == [("BERT", EntityType.METHOD), ("SQuAD", EntityType.DATASET)]
    assert found_in(passage[2], three) == [
        ("support vector machines", EntityType.METHOD),  # a word's first piece decides
        ("BERT", EntityType.METHOD),
    ]
    assert not two.mentions
    assert not four.mentions  # PERSON means no type
    assert found_in("BERT", alone) == [("BERT", EntityType.METHOD)]
    assert all(0.9 < each.confidence <= 1 for each in one.mentions)
    assert recogniser.name == "hf:tiny-ner"


@needs_torch
def test_a_map_brings_in_labels_of_other_fields(folder: Path) -> None:
    recogniser = TokenClassifier.load(folder, labels=label_map("PERSON=Task"))
    [[found]] = recogniser.recognise([["Ada run."]])
    assert found_in("Ada run.", found) == [("Ada", EntityType.TASK)]


@needs_torch
def test_a_sentence_beyond_the_models_length_is_read_as_far_as_it_goes(folder: Path) -> None:
    sentence = "bert on " * 5_000
    [[found, after]] = TokenClassifier.load(folder, context_sentences=1).recognise([[sentence, "On BERT."]])
    assert 20 < len(found.mentions) <= 64 // 2
    assert len(after.mentions) == 1


@needs_torch
def test_a_model_that_was_never_trained_to_classify_tokens_is_refused(folder: Path, tmp_path: Path) -> None:
    from transformers import BertForTokenClassification

    shutil.copytree(folder, tmp_path / "bare")
    (tmp_path / "bare" / "model.safetensors").unlink()
    BertForTokenClassification.from_pretrained(folder).bert.save_pretrained(tmp_path / "bare")
    config = json.loads((folder / "config.json").read_text())
    (tmp_path / "bare" / "config.json").write_text(json.dumps(config))
    with pytest.raises(RecogniserChoiceError, match=r"never trained.*classifier"):
        TokenClassifier.load(tmp_path / "bare")


@needs_torch
def test_code_that_lies_with_a_model_is_never_run(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "evil")
    ran = tmp_path / "ran"
    (tmp_path / "evil" / "evil.py").write_text(f"open({str(ran)!r}, 'w')\nclass Model: ...\n")
    config = json.loads((folder / "config.json").read_text())
    config |= {"model_type": "evil", "auto_map": {"AutoConfig": "evil.Model"}}
    (tmp_path / "evil" / "config.json").write_text(json.dumps(config))
    with pytest.raises(RecogniserChoiceError, match="cannot be loaded"):
        TokenClassifier.load(tmp_path / "evil")
    assert not ran.exists()


@pytest.mark.skipif(INSTALLED, reason="torch and transformers are installed")
def test_without_the_extra_it_is_said_how_to_install_it(tmp_path: Path) -> None:
    for name in ("config.json", "model.safetensors"):
        (tmp_path / name).write_text("{}")
    with pytest.raises(RecogniserChoiceError, match=r"pip install 'paperlineage\[transformers\]'"):
        TokenClassifier.load(tmp_path)


@pytest.mark.parametrize("files", [[], ["config.json"], ["config.json", "pytorch_model.bin"]])
def test_a_folder_without_safetensors_is_refused(tmp_path: Path, files: list[str]) -> None:
    for name in files:
        (tmp_path / name).write_text("{}")
    with pytest.raises(RecogniserChoiceError, match="safetensors"):
        TokenClassifier.load(tmp_path)


def test_the_hash_is_that_of_weights_configuration_and_tokenizer(tmp_path: Path) -> None:
    for name in ("config.json", "model.safetensors", "vocab.txt", "README.md"):
        (tmp_path / name).write_text(name)
    before = classifier_hash(tmp_path)
    (tmp_path / "README.md").write_text("other words")
    assert classifier_hash(tmp_path) == before
    (tmp_path / "vocab.txt").write_text("other words")
    assert classifier_hash(tmp_path) != before


def test_inputs_of_like_size_share_a_batch_and_none_is_lost() -> None:
    sizes = [508, 3, 400, 7, 508, 0, *[20] * 500]
    made = list(batches(sizes))
    assert sorted(number for batch in made for number in batch) == list(range(len(sizes)))
    assert all((max(sizes[number] for number in batch) + ENDS) * len(batch) <= 4096 for batch in made)
    assert len(made) < 8


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("\u2581BERT", "\u2581BERT"),
        (" BERT", "BERT"),
        ("BERT.", "BERT"),
        ("(BERT),", "BERT"),
        ("C++", "C++"),
        ("f(x).", "f(x)"),
        (" . ", None),
    ],
)
def test_stops_and_spaces_at_the_edges_are_no_part_of_a_mention(text: str, inner: str | None) -> None:
    span = trimmed("xx" + text, 2, 2 + len(text))
    assert (span and ("xx" + text)[span.start : span.end]) == inner
    assert span is None or isinstance(span, Span)
