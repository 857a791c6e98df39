"""Labels of single sentences count instead of the teachers' where their papers are labelled."""

import numpy as np

from training.examples import Soft
from training.own_labels import OwnSteps
from training.sentences import LabelledSentence, LabelledSpan

PAPER = "scirex:0123456789abcdef"


def soft(words: int) -> Soft:
    tags = {head: np.full((words, 5), 0.2, dtype=np.float16) for head in ("step", "metric")}
    return Soft(tags=tags, spans=(), pairs=None)


def sentence(text: str, *spans: tuple[int, int], document: str = PAPER) -> LabelledSentence:
    marked = tuple(LabelledSpan(start=start, end=end, type="PreprocessingStep") for start, end in spans)
    return LabelledSentence(corpus="steps", document=document, words=tuple(text.split()), spans=marked)


OWN = OwnSteps([sentence("We split sentences .", (1, 3), document="scirex:0123456789ab")])


def test_steps_are_as_labelled_and_metrics_as_the_teacher_says() -> None:
    made = OWN.instead(sentence("We split sentences ."), soft(4))
    assert made.tags["step"].argmax(axis=1).tolist() == [0, 1, 3, 0]
    assert made.tags["step"].max(axis=1).tolist() == [1.0] * 4
    assert (made.tags["metric"] == soft(4).tags["metric"]).all()


def test_another_sentence_and_the_same_one_of_another_paper_keep_the_teachers_labels() -> None:
    for other in (sentence("We split words ."), sentence("We split sentences .", document="scirex:999")):
        before = soft(len(other.words))
        assert OWN.instead(other, before) is before
