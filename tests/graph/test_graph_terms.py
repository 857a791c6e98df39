"""Which account of an entity stands does not depend on which came first."""

import itertools
from datetime import UTC, datetime

import pytest

from graph.terms import Term, standing


def term(name: str, day: int | None) -> Term:
    as_of = None if day is None else datetime(2026, 1, day, tzinfo=UTC)
    vocabulary = "provisional" if day is None else "methods"
    return Term(id="method:x", name=name, aliases=(), vocabulary=vocabulary, as_of=as_of)


@pytest.mark.parametrize(
    ("accounts", "name"),
    [
        ([("X Net", None), ("x-net", 1)], "x-net"),  # a vocabulary beats a surface form
        ([("x-net", 1), ("X-Net", 2)], "X-Net"),  # and a later vocabulary an earlier one
        ([("b", None), ("a", None)], "a"),
        ([("b", None), ("old", 1), ("a", None), ("new", 2)], "new"),
    ],
)
def test_the_account_that_stands_is_the_same_for_every_order(
    accounts: list[tuple[str, int | None]], name: str
) -> None:
    for order in itertools.permutations([term(*account) for account in accounts]):
        stands = order[0]
        for account in order[1:]:
            stands = standing(stands, account)
        assert stands.name == name
