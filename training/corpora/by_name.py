"""The corpora by the names that recipes use."""

from collections.abc import Iterator
from pathlib import Path

from training.corpora import conll, distant, scier, scirex, scisumm
from training.corpora.files import corpus_file
from training.sentences import LabelledSentence

SCIER_TRAIN, SCIER_DEV = "scier/train.jsonl", "scier/dev.jsonl"
OWN = Path(__file__).parents[1] / "data"
OWN_STEPS, OWN_STEPS_DEV = OWN / "steps-train.jsonl", OWN / "steps-dev.jsonl"


def corpus(name: str, folder: Path) -> list[LabelledSentence]:
    """A corpus's sentences to learn from; raises WrongCorpusError where its file is not the expected one."""
    match name:
        case "scier":
            return list(scier.sentences(corpus_file(folder, SCIER_TRAIN)))
        case "scirex":
            return list(
                scirex.sentences(
                    corpus_file(folder, "scirex/train.jsonl.gz"), without=scirex.SHARED_WITH_SCIER
                )
            )
        case "scierc":
            return list(conll.sentences(corpus_file(folder, "scierc/ner/train.txt"), "scierc"))
        case "tdmsci":
            return list(conll.sentences(corpus_file(folder, "tdmsci/train_1500_v2.conll"), "tdmsci"))
        case "steps":
            return list(scier.sentences(OWN_STEPS, "steps"))
        case distant.CORPUS:
            return distant.distant_steps(
                papers(folder),
                distant.trusted(distant.vocabulary_forms(), corpus("steps", folder)),
                without=[each.document for each in scier.sentences(OWN_STEPS_DEV)],
            )
    raise ValueError(f"no corpus is called {name!r}")


def papers(folder: Path) -> Iterator[LabelledSentence]:
    """Yields whole papers that nobody has annotated in full: SciREX's train and ScisummNet."""
    yield from corpus("scirex", folder)
    yield from scisumm.sentences(corpus_file(folder, "scisumm/papers.jsonl.xz"))


def dev_sentences(folder: Path) -> list[LabelledSentence]:
    """SciER's dev, by which runs are compared."""
    return list(scier.sentences(corpus_file(folder, SCIER_DEV)))
