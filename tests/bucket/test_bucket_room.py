"""What importing the room costs."""

import subprocess
import sys

from program import CHECKOUT


def test_the_room_is_cheap_to_import() -> None:
    heavy = "import sys, bucket; print({'obstore', 'watchfiles', 'httpx'} & sys.modules.keys() or 'cheap')"
    told = subprocess.run(
        [sys.executable, "-c", heavy], capture_output=True, text=True, cwd=CHECKOUT, check=True
    )
    assert told.stdout == "cheap\n"
