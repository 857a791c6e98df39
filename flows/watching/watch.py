"""Watching a bucket: what arrives in it is read into the graph, each content once, for as long as it runs."""

import threading
from contextlib import suppress
from pathlib import Path

from bucket import Bucket, Ledger, is_arrival, open_bucket
from flows.settings import Settings, aws_variables
from flows.watching.batch import WatchStoppedError
from flows.watching.claims import tidy_up, watcher_place
from flows.watching.listening import WatchListener
from flows.watching.loop import Watcher
from flows.watching.settling import Watched
from flows.workbench import Workbench
from records import RejectedInputError, content_id


def watched_bucket(address: str) -> Bucket:
    """The bucket that a person names: "s3://name/prefix", or a folder. Raises RejectedInputError."""
    return open_bucket(address, aws_variables())


def ledger_path(settings: Settings) -> Path:
    """Where the ledger of all buckets lies."""
    return settings.home / "ledger.db"


def watch(
    bucket: Bucket,
    workbench: Workbench,
    *,
    listener: WatchListener,
    stop: threading.Event,
    once: bool = False,
) -> None:
    """Reads what arrives in the bucket into the graph until `stop` is set; with `once`, what is there now.

    May run in any thread. Something unavailable is waited for, except where the bucket cannot be listed at
    the start, and with `once`: then UnavailableError is raised. Objects in work when it ends, in whatever
    way, are left to the next watcher.
    """
    settings = workbench.settings
    _check_home(bucket, settings)
    tidy_up(settings.home)
    with (
        watcher_place(settings.home) as (name, spool),
        Ledger(ledger_path(settings), claimant=name) as ledger,
    ):
        watched = Watched(
            bucket=bucket,
            ledger=ledger,
            workbench=workbench,
            listener=listener,
            plan=plan_of(workbench),
            spool=spool,
            stop=stop,
        )
        watcher = Watcher(watched, claimant=name)
        with suppress(WatchStoppedError):
            watcher.look_once() if once else watcher.look_on()


def plan_of(workbench: Workbench) -> str:
    """What is done under one plan has to be done again under another: pipeline version and graph."""
    settings = workbench.settings
    graph = settings.graph_url or str(settings.home)
    return f"{workbench.version.id}/{content_id('graph', graph)}"


def _check_home(bucket: Bucket, settings: Settings) -> None:
    """Raises RejectedInputError where the watcher's own files would arrive in the bucket."""
    home = settings.home.resolve()
    if bucket.folder is None or not home.is_relative_to(bucket.folder):
        return
    if is_arrival((home / "spool" / "copy.pdf").relative_to(bucket.folder).as_posix()):
        raise RejectedInputError(
            f"PAPERLINEAGE_HOME ({home}) lies in the watched folder: choose a home outside of it"
        )
