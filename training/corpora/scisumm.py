"""ScisummNet (Yasunaga et al., 2019): the text of 1,018 ACL papers, without annotation."""

import json
import lzma
from collections.abc import Iterator
from pathlib import Path

from extract.recognition.words import WORD
from training.sentences import LabelledSentence


def sentences(path: Path) -> Iterator[LabelledSentence]:
    """Yields the sentences of the papers in their order; every word of them is unlabelled."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            paper = json.loads(line)
            for section in paper["sections"]:
                for text in section["sentences"]:
                    if words := tuple(WORD.findall(text)):
                        yield LabelledSentence(
                            corpus="scisumm", document="scisumm:" + paper["id"], words=words
                        )
