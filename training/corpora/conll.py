"""Column files with B-, I- and O: SciERC (Luan et al., 2018) and TDMSci (Hou et al., 2021)."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from training.sentences import LabelledSentence, spans_of, words_of_tokens


def sentences(path: Path, corpus: str) -> Iterator[LabelledSentence]:
    """Yields the sentences of a file whose first column is the token and whose last is the tag.

    A new document begins at a -DOCSTART- line; files without any are one document.
    """
    document, rows = 0, []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        columns = line.split()
        if columns and columns[0] == "-DOCSTART-":
            document += 1
        elif columns:
            rows.append((columns[0], columns[-1]))
        elif rows:
            words, places = words_of_tokens([token for token, _ in rows])
            yield LabelledSentence(
                corpus=corpus,
                document=f"{corpus}:{document}",
                words=tuple(words),
                spans=tuple(spans_of(places, chunks([tag for _, tag in rows]))),
            )
            rows = []


def chunks(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yields the chunks of IOB1 or IOB2 tags: a chunk also begins where the type changes."""
    start, name = 0, ""
    for position, tag in enumerate([*tags, "O"]):
        prefix, _, kind = tag.partition("-")
        if name and (prefix != "I" or kind != name):
            yield start, position, name
            name = ""
        if not name and prefix in {"B", "I"}:
            start, name = position, kind
