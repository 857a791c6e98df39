"""A recogniser, timed as `benchmarks.timed_rounds` says.

`python -m benchmarks.timed_recogniser CHOICE PAPERS.json --threads N`, where CHOICE is one of
`benchmarks.recognition`, or `spacy-cnn`: a blank English pipeline of spaCy's `tok2vec` and `ner` in the
shapes of its quickstart for efficiency (those of its small pipelines), initialised without training. What it
costs is what a trained one of that shape costs.
"""

import argparse
import json
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path

import spacy
from spacy.training import Example

from benchmarks.chosen_recogniser import opened
from benchmarks.timed_rounds import serve
from records import EntityType

SPACY_CNN = "spacy-cnn"
WIDTH = 96
TOK2VEC = {
    "@architectures": "spacy.Tok2Vec.v2",
    "embed": {
        "@architectures": "spacy.MultiHashEmbed.v2",
        "width": WIDTH,
        "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
        "rows": [5000, 1000, 2500, 2500],
        "include_static_vectors": False,
    },
    "encode": {
        "@architectures": "spacy.MaxoutWindowEncoder.v2",
        "width": WIDTH,
        "depth": 4,
        "window_size": 1,
        "maxout_pieces": 3,
    },
}
LISTENER = {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH}


def main() -> None:
    """Serves rounds over all passages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("choice")
    parser.add_argument("papers", type=Path)
    parser.add_argument("--threads", type=int, required=True)
    given = parser.parse_args()
    papers: list[list[list[str]]] = json.loads(given.papers.read_text(encoding="utf-8"))
    if given.choice == SPACY_CNN:
        serve(spacy_work(list(chain.from_iterable(papers)), threads=given.threads))
        return
    recogniser = opened(given.choice, threads=given.threads)
    serve(lambda: [recogniser.recognise(passages) for passages in papers])


def spacy_work(passages: Sequence[Sequence[str]], *, threads: int) -> Callable[[], object]:
    """Has a CNN pipeline find entities in the passages; on several threads by processes, as spaCy does."""
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": TOK2VEC})
    nlp.add_pipe("ner", config={"model": {"tok2vec": LISTENER}})
    text = passages[0][0]
    example = Example.from_dict(nlp.make_doc(text), {"entities": []})
    for kind in EntityType:
        nlp.get_pipe("ner").add_label(kind.value)  # type: ignore[attr-defined]
    nlp.initialize(lambda: [example])
    texts = [" ".join(passage) for passage in passages]
    return lambda: sum(len(doc.ents) for doc in nlp.pipe(texts, n_process=threads))


if __name__ == "__main__":
    main()
