"""Work that is timed in a process of its own, round by round as it is told to, so that rivals take turns.

The standard library alone: processes of other environments take part.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType

GO = "go\n"
THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What a round took: by the clock, and of this process's and its ended children's CPU time."""

    seconds: float
    cpu_seconds: float


def serve(work: Callable[[], object]) -> None:
    """Does the work once to warm up, then once for each line of standard input, and prints what it took."""
    work()
    print("{}", flush=True)
    for _ in sys.stdin:
        began, cpu_began = time.perf_counter(), _cpu_seconds()
        work()
        taken = {"seconds": time.perf_counter() - began, "cpu_seconds": _cpu_seconds() - cpu_began}
        print(json.dumps(taken), flush=True)


def _cpu_seconds() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


class TimedProcess:
    """A process that serves, on so many threads and no more cores."""

    def __init__(self, command: Sequence[str], *, threads: int) -> None:
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={
                **os.environ,
                **dict.fromkeys(THREAD_VARIABLES, str(threads)),
                "TOKENIZERS_PARALLELISM": "false",
            },
        )
        os.sched_setaffinity(self._process.pid, sorted(os.sched_getaffinity(0))[:threads])
        try:
            self._answer()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> "TimedProcess":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the process."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                stream.close()

    def round(self) -> Round:
        """Has the work done once."""
        if self._process.stdin is None:
            raise RuntimeError("the process has no standard input")
        self._process.stdin.write(GO)
        self._process.stdin.flush()
        return Round(**self._answer())

    def _answer(self) -> dict[str, float]:
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            raise RuntimeError(f"{self._process.args!r} ended with {self._process.wait()} and no answer")
        answer: dict[str, float] = json.loads(line)
        return answer
