"""What runs say that they used, as names to look up: "optimizer=adam" and "dropout=0.1" name two methods."""

from collections.abc import Iterable, Iterator
from typing import Final

from lineage.naming.logged_values import listed, says_no, says_yes
from lineage.naming.model_clues import bare_name
from lineage.naming.step_clues import LONGEST_KEY, switched_names
from records import ExperimentRun

LONGEST_VALUE: Final = 500


def tried_names(runs: Iterable[ExperimentRun]) -> frozenset[str]:
    """The names in the parameters and tags of the runs, save those that a run says it did without."""
    pairs = {pair for run in runs for pair in (*run.parameters, *run.tags)}
    return frozenset(name for pair in pairs for name in _names(*pair))


def _names(key: str, value: str) -> Iterator[str]:
    if key.startswith("mlflow.") or len(key) > LONGEST_KEY or says_no(value):
        return
    if says_yes(value):
        yield from switched_names(key)
    else:
        for item in listed(value[:LONGEST_VALUE]):
            yield item
            yield bare_name(item)
