"""A writer that is killed leaves whole jobs, all that it told of, and a graph that goes on."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from graph_crash_writer import output
from graph_dump import dump

from graph import GraphReader, has_job, open_store, write_job

JOBS = 25
TESTS = Path(__file__).parents[1]


def killed_after(url: str, seconds: float) -> list[int]:
    """The numbers of the jobs that a writer told of before it was killed."""
    environment = {**os.environ, "PYTHONPATH": f"{TESTS}{os.pathsep}{TESTS.parent}"}
    command = [sys.executable, str(TESTS / "graph_crash_writer.py"), url, str(JOBS)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as writer:
        assert writer.stdout is not None
        told = [int(writer.stdout.readline())]  # it has begun
        time.sleep(seconds)
        writer.kill()
        told += [int(line) for line in writer.stdout.read().split()]
    return told


def jobs_of(store: GraphReader) -> list[int]:
    return [number for number in range(JOBS) if has_job(store, output(number).job.id)]


@pytest.mark.parametrize("seconds", [0.0, 0.03, 0.07, 0.13, 0.21])
def test_a_killed_writer_leaves_whole_jobs_and_a_graph_that_goes_on(tmp_path: Path, seconds: float) -> None:
    url = f"kglite://{tmp_path / 'graph.kgl'}"
    told = killed_after(url, seconds)

    with open_store(url, read_only=True) as reader:  # before any writer has replayed the log
        left = jobs_of(reader)
        seen = dump(reader)
    assert left == list(range(len(left)))
    assert set(told) <= set(left) <= {*told, len(told)}

    with open_store(f"kglite://{tmp_path / 'undisturbed.kgl'}") as undisturbed:
        for number in left:
            write_job(undisturbed, output(number))
        assert seen == dump(undisturbed)
        with open_store(url) as again:
            assert dump(again) == seen
            for number in range(JOBS):
                write_job(again, output(number))
            finished = dump(again)
        for number in range(JOBS):
            write_job(undisturbed, output(number))
        assert finished == dump(undisturbed)
