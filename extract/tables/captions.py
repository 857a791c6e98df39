"""The data set and the metric that a table's caption names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from extract.tables.names import TableNames, folded
from extract.tables.roles import TableRoles
from records import EntityType, Mention

_A_PART = re.compile(
    r"(?:cross[- ]?validation|dev(?:elopment)?|test|train(?:ing)?|validation)\b", re.IGNORECASE
)
_ON = re.compile(r"\b(?:on|for|over) (?:the |an? |our )?$", re.IGNORECASE)
_AND = re.compile(r"^(?: (?:test |development )?(?:set|data ?set|corpus|data))?(?:,| and|/)")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptionNames:
    """Each only where the caption names one, or says of only one that the figures are on it."""

    dataset: Mention | None
    metric: Mention | None


def caption_names(roles: TableRoles, text: str, names: TableNames) -> CaptionNames:
    """What the caption names; `text` is the document's."""
    span = roles.caption_span
    inside = [
        mention for mention in (names.within(span) if span else ()) if not _A_PART.match(mention.surface)
    ]
    datasets = _distinct(mention for mention in inside if mention.type is EntityType.DATASET)
    on = [
        mention
        for mention in datasets
        if _ON.search(text[max(0, mention.span.start - 12) : mention.span.start])
    ]
    if len(datasets) > 1 and len(on) == 1 and not _AND.match(text[on[0].span.end : on[0].span.end + 40]):
        datasets = on
    metrics = _distinct(mention for mention in inside if mention.type is EntityType.METRIC)
    return CaptionNames(
        dataset=datasets[0] if len(datasets) == 1 else None, metric=metrics[0] if len(metrics) == 1 else None
    )


def _distinct(mentions: Iterable[Mention]) -> list[Mention]:
    first: dict[str, Mention] = {}
    for mention in mentions:
        first.setdefault(folded(mention.surface), mention)
    return list(first.values())
