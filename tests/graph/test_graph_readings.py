"""The newest reading of a document is current, in whatever order readings are written."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.readings import History, Reading


def reading(number: int) -> Reading:
    return Reading(started_at=datetime(2026, 1, number, tzinfo=UTC), job_id=f"job{number}")


def history(*given_by: frozenset[str], count: int = 3) -> History:
    readings = tuple(reading(number) for number in range(1, count + 1))
    return History(readings=readings, evidence={f"e{index}": jobs for index, jobs in enumerate(given_by)})


@pytest.mark.parametrize(
    ("jobs", "invalidated_by", "newest"),
    [
        ({"job1", "job2", "job3"}, [], "job3"),
        ({"job1"}, ["job2", "job3"], "job1"),
        ({"job1", "job3"}, ["job2"], "job3"),  # given again: it happened, and counts no more
        ({"job3"}, [], "job3"),
        ({"job2"}, ["job3"], "job2"),
    ],
)
def test_evidence_is_invalidated_by_the_later_readings_that_did_not_give_it(
    jobs: set[str], invalidated_by: list[str], newest: str
) -> None:
    told = history(frozenset(jobs))
    assert list(told.invalidations()) == [("e0", job) for job in invalidated_by]
    assert told.newest_of("e0") == newest
    assert told.current_job == "job3"


def test_readings_that_started_together_are_told_apart_by_their_ids() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    readings = (Reading(started_at=at, job_id="b"), Reading(started_at=at, job_id="a"))
    assert History(readings=readings, evidence={}).current_job == "b"


@given(jobs=st.frozensets(st.sampled_from(["job1", "job2", "job3"]), min_size=1))
def test_evidence_that_the_current_job_did_not_give_is_invalidated_by_it(jobs: frozenset[str]) -> None:
    told = history(jobs)
    assert (("e0", told.current_job) in list(told.invalidations())) == (
        told.newest_of("e0") != told.current_job
    )
