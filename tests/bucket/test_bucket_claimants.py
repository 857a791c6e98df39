"""Who lives: a lock that ends with its process."""

import signal
import subprocess
import sys
from pathlib import Path

from program import CHECKOUT

from bucket import claimant, is_alive

HOLDER = """
import sys, time
from pathlib import Path
from bucket import claimant
with claimant(Path(sys.argv[1])) as name:
    print(name, flush=True)
    time.sleep(60)
"""


def test_a_claimant_lives_as_long_as_its_context(tmp_path: Path) -> None:
    with claimant(tmp_path) as first, claimant(tmp_path) as second:
        assert first != second
        assert is_alive(tmp_path, first)
        assert is_alive(tmp_path, second)
    assert not is_alive(tmp_path, first)
    assert not list(tmp_path.iterdir())


def test_a_claimant_of_another_process_dies_with_it_and_its_lock_is_removed(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd=CHECKOUT
    ) as holder:
        assert holder.stdout
        name = holder.stdout.readline().strip()
        assert is_alive(tmp_path, name)
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    assert not is_alive(tmp_path, name)
    assert not list(tmp_path.iterdir())
