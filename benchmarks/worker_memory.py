"""The peak of memory of the processes that our own processes started, seen from outside through /proc."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

INTERVAL_SECONDS = 0.02
_PROCESSES = Path("/proc")


class WorkerMemory:
    """The largest resident memory of any one worker or program of a worker, in MiB, null before the first."""

    def __init__(self) -> None:
        self.peak_mib: float | None = None
        self._left = Event()

    def sample(self) -> None:
        """Looks at the high-water marks, which the system keeps for as long as a process lives."""
        parents = dict(_parents())
        ours = os.getpid()
        for process, parent in parents.items():
            if parent != ours and _descends(process, ours, parents) and (mark := _high_water_mib(process)):
                self.peak_mib = max(self.peak_mib or 0.0, mark)

    def _watch(self) -> None:
        while not self._left.wait(INTERVAL_SECONDS):
            self.sample()

    @classmethod
    @contextmanager
    def watched(cls) -> Iterator["WorkerMemory"]:
        """Samples again and again until the context is left."""
        memory = cls()
        thread = Thread(target=memory._watch, daemon=True)
        thread.start()
        try:
            yield memory
        finally:
            memory._left.set()
            thread.join()


def _parents() -> Iterator[tuple[int, int]]:
    for folder in _PROCESSES.iterdir():
        if folder.name.isdigit() and (parent := _field(int(folder.name), "PPid")) is not None:
            yield int(folder.name), parent


def _descends(process: int, ancestor: int, parents: dict[int, int]) -> bool:
    for _ in range(len(parents)):
        process = parents.get(process, 0)
        if process == ancestor:
            return True
    return False


def _high_water_mib(process: int) -> float | None:
    kibibytes = _field(process, "VmHWM")
    return None if kibibytes is None else round(kibibytes / 1024, 1)


def _field(process: int, name: str) -> int | None:
    """A number of the process's status; none where the process has ended meanwhile."""
    try:
        status = (_PROCESSES / str(process) / "status").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    found = (line.split()[1] for line in status.splitlines() if line.startswith(f"{name}:"))
    return next((int(value) for value in found), None)
