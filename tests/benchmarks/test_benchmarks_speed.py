"""What is timed takes turns in processes of its own; what fails there is not taken for speed."""

import sys
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

import pytest

from benchmarks import speed
from benchmarks.recognition_speed import speeds
from benchmarks.timed_rounds import TimedProcess

ROOT = Path(__file__).resolve().parents[2]
SERVING = "import time; from benchmarks.timed_rounds import serve; serve(lambda: time.sleep({}))"


def serving(seconds: float) -> list[str]:
    """A command that serves rounds of so many seconds."""
    return [sys.executable, "-c", SERVING.format(seconds)]


@pytest.fixture(autouse=True)
def _from_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_words_per_second_are_set_beside_torch_and_spacy() -> None:
    commands = {"ours": serving(0.02), "spacy-cnn": serving(0.04), "torch": serving(0.08)}
    found = speeds(commands, 1, rounds=3, words=1000)
    ours = found["ours"]
    assert 0 < (ours["words_per_second"] or 0) < 1000 / 0.02
    assert (ours["to_torch"] or 0) > (ours["to_spacy_cnn"] or 0) > 1.0
    assert found["torch"]["to_torch"] == found["spacy-cnn"]["to_spacy_cnn"] == 1.0


def test_without_torch_there_is_no_ratio_to_it() -> None:
    assert speeds({"ours": serving(0.0)}, 1, rounds=1, words=10)["ours"]["to_torch"] is None


def test_a_process_that_ends_is_an_error() -> None:
    with pytest.raises(RuntimeError, match="no answer"):
        TimedProcess([sys.executable, "-c", "raise SystemExit(3)"], threads=1)


@pytest.mark.parametrize("stage", ["reading", "recognition"])
def test_a_stage_takes_the_arguments_after_its_name(stage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[list[str]] = []
    module = SimpleNamespace(main=called.append)
    monkeypatch.setattr(sys, "argv", ["speed", stage, "--rounds", "1"])
    monkeypatch.setattr(speed, "import_module", {f"benchmarks.{stage}_speed": module}.__getitem__)
    speed.main()
    assert called == [["--rounds", "1"]]
    assert find_spec(f"benchmarks.{stage}_speed")
