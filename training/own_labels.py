"""The labels of single sentences, for where teachers label the papers that these come from."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from extract.recognition.spans_of_tags import tag_ids
from training.corpora.neighbours import short_document
from training.examples import Soft
from training.heads import HEADS
from training.sentences import LabelledSentence

HEAD = "step"
_Key = tuple[str, tuple[str, ...]]


class OwnSteps:
    """Sentences in which steps are labelled, to be found again in their papers."""

    def __init__(self, labelled: Iterable[LabelledSentence]) -> None:
        self._known: Mapping[_Key, LabelledSentence] = {_key(each): each for each in labelled}

    def instead(self, sentence: LabelledSentence, soft: Soft) -> Soft:
        """The probabilities with those of steps as labelled, or as they are where nobody has."""
        if (known := self._known.get(_key(sentence))) is None:
            return soft
        return replace(soft, tags={**soft.tags, HEAD: certain(known)})


def certain(sentence: LabelledSentence) -> NDArray[np.float16]:
    """A sentence's labels of steps as probabilities, of shape (words, tags)."""
    types = HEADS[HEAD]
    spans = [(span.start, span.end, types.index(span.type)) for span in sentence.spans]
    tags = tag_ids(len(sentence.words), spans)
    return np.eye(1 + 4 * len(types), dtype=np.float16)[tags]


def _key(sentence: LabelledSentence) -> _Key:
    return short_document(sentence.document), tuple(word.casefold() for word in sentence.words)
