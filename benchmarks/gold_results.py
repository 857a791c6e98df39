"""Results that careful readers found in the tables of papers: the gold of `benchmarks.results`."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldResult:
    """A figure of a table; each of its names may be one of several, the best first.

    `decided` tells that caption and header alone say what the figure is of. Results that are not `certain`
    count neither way.
    """

    methods: tuple[str, ...]
    datasets: tuple[str, ...]
    metrics: tuple[str, ...]
    value: float
    best: bool
    copied: bool
    certain: bool
    decided: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldTables:
    """The results of a paper's tables, by the stem of its PDF."""

    stem: str
    results: tuple[GoldResult, ...]


def gold_tables(path: Path) -> list[GoldTables]:
    """The papers of a JSONL file; raises ValueError that names the line that is none."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
            results = tuple(_result(each) for each in row["results"])
            found.append(GoldTables(stem=str(row["paper"]), results=results))
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(
                f"{path}, line {number}: {error!r} in what should be a paper's results"
            ) from error
    return found


def _result(row: Mapping[str, object]) -> GoldResult:
    def names(key: str) -> tuple[str, ...]:
        aliases = cast("Sequence[object]", row.get(f"{key}_aliases", ()))
        return tuple(name for name in (str(row[key]), *map(str, aliases)) if name)

    return GoldResult(
        methods=names("method"),
        datasets=names("dataset"),
        metrics=names("metric"),
        value=float(str(row["value"]).replace(",", "").replace("−", "-")),
        best=row["best"] is True,
        copied=row["copied"] is True,
        certain=row["certain"] is True,
        decided=row["decided"] is True,
    )
