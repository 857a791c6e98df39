"""What recognition costs, beside spaCy's CNN pipeline and the same encoder in torch, in the same run.

`python -m benchmarks.speed recognition --papers FOLDER ... [--models default fast] [--rounds 5]
[--training-python PATH --encoder FOLDER --network FILE]` reads the papers as the program does, and has every
system recognise the same sentences on one thread and on two. Each system is a process of its own, held to as
many cores as it has threads; after a first round that is not counted they take turns round by round, so that
whatever else the machine does slows all of them. Words are those between white space; figures are medians
over the rounds.

`spacy-cnn` is described in `benchmarks.timed_recogniser`; two threads are two processes for it, which is how
spaCy uses two cores. `torch` is the same network with the same work in `training.torch_speed`, in float32,
run by `--training-python`, the Python of the training environment; without it there is no such figure, and
`torch` is null. `to_torch` and `to_spacy_cnn` are the words per second in those of the other one on as many
threads.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.limited_worker import limited_worker
from benchmarks.read_passages import read_passages
from benchmarks.timed_recogniser import SPACY_CNN
from benchmarks.timed_rounds import Round, TimedProcess
from ingest import ReadingLimits

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
THREADS = (1, 2)
TORCH = "torch"

Speeds = dict[str, dict[str, float | None]]


def main(arguments: Sequence[str]) -> None:
    """Measures, and prints one JSON object."""
    parser = argparse.ArgumentParser(
        prog="benchmarks.speed recognition",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--papers", nargs="+", type=Path, default=[SAMPLES], metavar="FOLDER")
    parser.add_argument("--most-papers", type=int, default=10)
    parser.add_argument("--models", nargs="*", default=["default", "fast"])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--training-python", type=Path, help="of an environment with torch")
    parser.add_argument("--encoder", type=Path, help="in transformers' form, for torch")
    parser.add_argument("--network", type=Path, help="what training has left, for torch; else random weights")
    given = parser.parse_args(arguments)
    papers = [path for folder in given.papers for path in sorted(folder.glob("*.pdf"))][: given.most_papers]
    read = passages_of(papers)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "passages.json"
        path.write_text(json.dumps(read), encoding="utf-8")
        commands = {
            name: [sys.executable, "-m", "benchmarks.timed_recogniser", name, str(path)]
            for name in (*given.models, SPACY_CNN)
        }
        if given.training_python and given.encoder:
            commands[TORCH] = torch_command(given, path)
        else:
            print("torch is left out: give --training-python and --encoder", file=sys.stderr)
        print(json.dumps(report(read, commands, rounds=given.rounds), indent=2))


def passages_of(papers: Sequence[Path]) -> list[list[list[str]]]:
    """The passages of each paper, raising UnreadablePdfError for what is none."""
    with limited_worker(ReadingLimits()) as call:
        return [read_passages(paper, call) for paper in papers]


def torch_command(given: argparse.Namespace, passages: Path) -> list[str]:
    """What runs the network in the training environment."""
    command = [
        str(given.training_python),
        "-m",
        "training.torch_speed",
        str(passages),
        "--encoder",
        str(given.encoder),
    ]
    return [*command, "--network", str(given.network)] if given.network else command


def report(
    papers: Sequence[Sequence[Sequence[str]]], commands: Mapping[str, Sequence[str]], *, rounds: int
) -> dict[str, object]:
    """The speeds of all systems, on one thread and on two."""
    sentences = [sentence for paper in papers for passage in paper for sentence in passage]
    words = sum(len(sentence.split()) for sentence in sentences)
    return {
        "papers": len(papers),
        "sentences": len(sentences),
        "words": words,
        "threads": {
            str(threads): speeds(commands, threads, rounds=rounds, words=words) for threads in THREADS
        },
    }


def speeds(commands: Mapping[str, Sequence[str]], threads: int, *, rounds: int, words: int) -> Speeds:
    """The words per second of each system, and their ratios."""
    taken: dict[str, list[Round]] = {name: [] for name in commands}
    with ExitStack() as stack:
        processes = {
            name: stack.enter_context(TimedProcess([*command, "--threads", str(threads)], threads=threads))
            for name, command in commands.items()
        }
        for _ in range(rounds):
            for name, process in processes.items():
                taken[name].append(process.round())
                print(f"{threads} threads: {name} {taken[name][-1].seconds:.2f} s", file=sys.stderr)
    by_clock = {name: words / median(each.seconds for each in times) for name, times in taken.items()}
    return {
        name: {
            "words_per_second": round(by_clock[name], 1),
            "words_per_cpu_second": by_cpu(words, median(each.cpu_seconds for each in times)),
            "to_torch": round(by_clock[name] / by_clock[TORCH], 3) if TORCH in by_clock else None,
            "to_spacy_cnn": round(by_clock[name] / by_clock[SPACY_CNN], 3) if SPACY_CNN in by_clock else None,
        }
        for name, times in taken.items()
    }


def by_cpu(words: int, seconds: float) -> float | None:
    """Words per CPU second; None where it was too little to be counted."""
    return round(words / seconds, 1) if seconds else None
