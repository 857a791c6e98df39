"""The recogniser that a benchmark is asked to measure."""

from pathlib import Path

from benchmarks.dictionary_recogniser import DictionaryRecogniser
from extract.recognition.choices import SHIPPED, open_recogniser
from extract.recognition.recogniser import Recogniser
from extract.recognition.shipped import ShippedRecogniser
from flows.recognition_settings import RecognitionSettings
from flows.settings import load_settings

DICTIONARY = "dictionary:"


def opened(choice: str, *, threads: int) -> Recogniser:
    """The recogniser of a choice as in the settings, or of dictionary:FILE, which knows the file's names.

    What else the settings say of recognition is taken from the environment. Threads count for shipped
    models alone. Raises ValueError for what is no recogniser, and what opening one raises.
    """
    if choice.startswith(DICTIONARY):
        return DictionaryRecogniser.of_file(Path(choice.removeprefix(DICTIONARY)))
    if choice in SHIPPED:
        return ShippedRecogniser.load(choice, threads=threads)
    settings = {**load_settings().recognition.model_dump(), "model": choice}
    recogniser = open_recogniser(RecognitionSettings.model_validate(settings).choice)
    if recogniser is None:
        raise ValueError(f"{choice} recognises nothing by itself")
    return recogniser
