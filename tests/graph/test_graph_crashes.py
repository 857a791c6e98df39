"""A writer that is killed leaves whole jobs, all that it told of, and a graph that goes on."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from graph_crash_writer import output
from graph_dump import dump
from graph_places import GraphPlace, embedded

from graph import GraphReader, write_job

JOBS = 40
MOMENTS = 20
FURTHER_JOBS = 4
SEED = 20261122
TESTS = Path(__file__).parents[1]


def killed_after(place: GraphPlace, told: int, seconds: float, *, first: int) -> list[int]:
    """The numbers of the jobs, from the first on, that a writer told of before it was killed.

    It is killed so many seconds after it told of so many.
    """
    environment = {**os.environ, "PYTHONPATH": f"{TESTS}{os.pathsep}{TESTS.parent}", **place.environment}
    command = [sys.executable, str(TESTS / "graph_crash_writer.py"), str(first), str(first + JOBS)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "open\n"
        lines = [writer.stdout.readline() for _ in range(told)]
        time.sleep(seconds)
        writer.kill()
        return [int(line) for line in (*lines, *writer.stdout.read().split())]


def jobs_of(store: GraphReader) -> list[int]:
    found = {row["id"] for row in store.read("MATCH (j:ExtractionJob) RETURN j.id AS id")}
    return [number for number in range(MOMENTS * JOBS) if output(number).job.id in found]


def moments(longest: float) -> list[tuple[int, float]]:
    """Jobs and seconds, the same in every run; a failure can be repeated."""
    chance = random.Random(SEED)  # noqa: S311 - no secret
    return [(chance.randint(0, 3), round(chance.uniform(0.0, longest), 4)) for _ in range(MOMENTS)]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_writer_killed_at_random_moments_leaves_whole_jobs_and_a_graph_that_goes_on(
    place: GraphPlace, tmp_path: Path
) -> None:
    """Twenty writers, each killed and followed by the next one, which goes on with the same graph."""
    undisturbed = embedded(tmp_path, "undisturbed")
    done = 2
    for graph in (place, undisturbed):  # a server that has just started thinks about each statement first
        with graph.open() as store:
            for number in range(done):
                write_job(store, output(number))
    for jobs, seconds in moments(0.15 if place.password else 0.02):
        told = killed_after(place, jobs, seconds, first=done - 1)  # what is there already changes nothing
        with place.open(read_only=True) as reader:  # before any writer has replayed an embedded graph's log
            seen = dump(reader)  # waits for what a server is still about to commit
            left = jobs_of(reader)
        print(f"killed {seconds} s after {jobs} jobs: {told} told, {len(left)} there")  # noqa: T201
        assert left == list(range(len(left)))
        assert set(told) <= set(left)
        assert len(left) <= max([done, *told]) + 2  # at most one that was committed and not told of
        with undisturbed.open() as same:
            for number in range(done, len(left)):
                write_job(same, output(number))
            assert seen == dump(same)
        done = len(left)
    assert done > MOMENTS / 2
    with place.open() as again, undisturbed.open() as same:
        for store in (again, same):
            for number in range(done + FURTHER_JOBS):
                write_job(store, output(number))
        assert dump(again) == dump(same)
