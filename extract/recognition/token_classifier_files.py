"""The folder of a token classifier: what it is made of, and how it is loaded with torch."""

from pathlib import Path
from typing import Any, Final

from extract.recognition.choice_error import RecogniserChoiceError
from extract.recognition.folder_hash import hash_of_files

DECIDING_FILES: Final = frozenset({".json", ".model", ".safetensors", ".txt"})


def classifier_files(folder: Path) -> list[Path]:
    """The files that decide what a model says: weights, configuration and tokenizer.

    Raises RecogniserChoiceError where there are no weights as safetensors or no configuration.
    """
    files = [file for file in folder.glob("*") if file.suffix in DECIDING_FILES and file.is_file()]
    if not any(file.suffix == ".safetensors" for file in files) or not (folder / "config.json").is_file():
        raise RecogniserChoiceError(
            f"{folder} holds no token classifier: give a folder with config.json, a tokenizer and weights "
            "as .safetensors, as save_pretrained writes it (nothing is downloaded, and no pickled weights "
            "are read)"
        )
    return files


def classifier_hash(folder: Path) -> str:
    """SHA-256 of those files."""
    return hash_of_files(folder, classifier_files(folder))


def loaded_classifier(folder: Path) -> tuple[Any, Any]:
    """Model and tokenizer of a folder; raises RecogniserChoiceError."""
    classifier_files(folder)
    try:
        import torch  # noqa: F401 - what transformers needs and does not require
        from transformers import AutoModelForTokenClassification, AutoTokenizer
        from transformers.utils.logging import disable_progress_bar
    except ImportError as error:
        raise RecogniserChoiceError(
            "hf: needs torch and transformers, which are not installed: "
            "pip install 'paperlineage[transformers]'"
        ) from error
    disable_progress_bar()  # the terminal is the program's
    closed = {"local_files_only": True, "trust_remote_code": False}
    try:
        tokenizer = AutoTokenizer.from_pretrained(folder, use_fast=True, **closed)
        model, report = AutoModelForTokenClassification.from_pretrained(
            folder, use_safetensors=True, output_loading_info=True, **closed
        )
    except (OSError, ValueError, KeyError, ImportError, RuntimeError) as error:
        raise RecogniserChoiceError(f"the token classifier in {folder} cannot be loaded: {error}") from error
    if missing := sorted(report["missing_keys"]):
        raise RecogniserChoiceError(
            f"the model in {folder} was never trained to classify tokens: it lacks {', '.join(missing[:4])}"
        )
    if not tokenizer.is_fast:
        raise RecogniserChoiceError(
            f"the tokenizer in {folder} tells no places: give one with tokenizer.json"
        )
    return model, tokenizer
