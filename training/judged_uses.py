"""Verdicts on what papers use, by the names under which the program found it.

A line of the file is a paper: `{"paper": stem, "uses": [{"names": [...], "right": true | false | null}]}`;
null where a fair reader could decide either way. Nobody has looked for uses that the program did not find.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from canonicalize.surface_forms import surface_key


@dataclass(frozen=True, slots=True)
class JudgedUses:
    """The verdicts on one paper's uses, by the key of each name."""

    verdicts: Mapping[str, bool | None]

    def verdict(self, names: Iterable[str]) -> bool | None:
        """What was judged of the thing with these names; None where nothing was, or not the same of all."""
        found = {self.verdicts[key] for key in map(surface_key, names) if key in self.verdicts}
        return found.pop() if len(found) == 1 else None


def judged_uses(path: Path) -> dict[str, JudgedUses]:
    """The verdicts of a file, by paper."""
    lines = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {
        line["paper"]: JudgedUses(
            {surface_key(name): one["right"] for one in line["uses"] for name in one["names"]}
        )
        for line in lines
    }
