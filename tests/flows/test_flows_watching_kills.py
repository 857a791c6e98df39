"""A watcher that is killed again and again: in the end everything is done, each content once."""

import hashlib
import os
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest
from bucket_places import Place, folder_place, store_place
from program import PAPERS, own_process
from watchers import jobs_in, left_in_spool, settings_of, states, tiny_pdf

from flows.settings import Settings

KILLS = int(os.environ.get("WATCHER_KILLS", "5"))
LONGEST_LIFE_SECONDS = 7.0  # a watcher is done with its first documents after some four seconds
pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

GOOD = {f"{number}.pdf": tiny_pdf(f"number {number}") for number in range(10)} | {
    "sample.pdf": PAPERS[1].read_bytes(),
    "sub/again.pdf": tiny_pdf("number 3"),
}
BAD = {"notes.txt": b"no PDF", "sub/empty.pdf": b"", "broken.pdf": b"%PDF-1.7 %%EOF"}


@pytest.fixture(params=["folder", "s3"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "s3":
        return store_place(request.getfixturevalue("s3_bucket"))
    return folder_place(tmp_path / "inbox")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_of(tmp_path / "home")


def started(place: Place, settings: Settings, *options: str) -> "subprocess.Popen[str]":
    environment = {
        "PAPERLINEAGE_HOME": str(settings.home),
        "PAPERLINEAGE_WORKERS": "1",
        "PAPERLINEAGE_WATCH__SETTLE_SECONDS": "0.1",
        "PAPERLINEAGE_WATCH__PATIENCE_SECONDS": "0.1",
        "PAPERLINEAGE_WATCH__BATCH_SIZE": "4",
        "PAPERLINEAGE_WATCH__RETRY_SECONDS": "0.2",
        "PAPERLINEAGE_WATCH__LONGEST_RETRY_SECONDS": "0.5",
        "PREFECT_HOME": str(settings.home / "prefect"),
    }
    return own_process(
        "watch", place.bucket.url, *options, environment=environment, folder=settings.home.parent
    )


def live_for(watcher: "subprocess.Popen[str]", seconds: float) -> None:
    time.sleep(seconds)
    watcher.send_signal(signal.SIGKILL)
    watcher.communicate()


def test_everything_is_done_once_however_often_the_watcher_is_killed(
    place: Place, settings: Settings
) -> None:
    seed = int(os.environ.get("WATCHER_SEED", random.randrange(1 << 32)))  # noqa: S311
    print(f"WATCHER_SEED={seed}")  # noqa: T201 - shown where the test fails
    chance = random.Random(seed)  # noqa: S311
    arriving = list((GOOD | BAD).items())
    chance.shuffle(arriving)
    share = -(-len(arriving) // KILLS)
    for _ in range(KILLS):
        for key, content in [arriving.pop() for _ in range(min(share, len(arriving)))]:
            place.put(key, content)
        live_for(started(place, settings), chance.uniform(0.3, LONGEST_LIFE_SECONDS))

    watcher = started(place, settings)
    expected = dict.fromkeys(GOOD, "done") | dict.fromkeys(BAD, "refused")
    deadline = time.monotonic() + 120
    while states(settings) != expected and time.monotonic() < deadline:
        time.sleep(0.2)
    watcher.send_signal(signal.SIGTERM)
    _, err = watcher.communicate(timeout=60)
    assert states(settings) == expected, err
    # The killed ones may have done it all, and the last one have been told to end before it could listen.
    assert watcher.returncode in {0, -signal.SIGTERM}, err
    if watcher.returncode:  # the next one clears up after it
        started(place, settings, "--once").communicate(timeout=60)

    assert jobs_in(settings) == sorted({hashlib.sha256(content).hexdigest() for content in GOOD.values()})
    assert left_in_spool(settings) == []
    assert list((settings.home / "watchers").iterdir()) == []
    aside = {f"quarantine/{key}": content for key, content in BAD.items()}
    notes = [f"{key}.reason.txt" for key in aside]
    assert place.keys() == sorted([*GOOD, *aside, *notes])
    assert {key: place.get(key) for key in aside} == aside
