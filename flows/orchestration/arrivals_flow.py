"""A look into a bucket as a Prefect flow, which a schedule can run; each batch is a run below it."""

import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from prefect import State, flow
from prefect.artifacts import create_table_artifact
from prefect.logging import get_run_logger
from prefect.states import Completed, Failed

from bucket import LedgerEntry, ObjectState
from flows.settings import load_settings
from flows.watching.watch import watch, watched_bucket
from flows.workbench import Workbench
from records import PaperlineageError

TABLE_KEY = "arrivals"


@dataclass(slots=True)
class Arrived:
    """Keeps what was settled, and logs what a person may want to know to the run."""

    entries: list[LedgerEntry] = field(default_factory=list)

    def settled(self, entry: LedgerEntry) -> None:
        """Keeps the entry."""
        self.entries.append(entry)

    def noted(self, text: str) -> None:
        """Logs the note."""
        get_run_logger().warning("%s", text)

    def recorded(self, flow_run_url: str) -> None:
        """The run of a batch stands below this one in the UI already."""


@flow(name="ingest_arrivals", flow_run_name="arrivals in {bucket}", persist_result=False)
def ingest_arrivals(bucket: str) -> State[None]:
    """Read what is new in the bucket into the graph, and end.

    Ends FAILED where the bucket or the graph could not be reached, or an object could not be read through
    no fault of its own; as `PartlyRejected` where objects were refused.
    """
    arrived = Arrived()
    try:
        with Workbench(load_settings()) as workbench:
            watch(watched_bucket(bucket), workbench, listener=arrived, stop=threading.Event(), once=True)
    except PaperlineageError as error:
        _tell(arrived.entries)
        return Failed(message=str(error))
    _tell(arrived.entries)
    return state_of(arrived.entries)


def state_of(entries: Sequence[LedgerEntry]) -> State[None]:
    """How the run ends, given what became of the objects."""
    counts = Counter(entry.state for entry in entries)
    message = ", ".join(f"{counts[state]} {state}" for state in ObjectState if counts[state]) or "nothing new"
    if counts[ObjectState.FAILED]:
        return Failed(message=message)
    return Completed(name="PartlyRejected" if counts[ObjectState.REFUSED] else "Completed", message=message)


def _tell(entries: Sequence[LedgerEntry]) -> None:
    if entries:
        rows = [
            {"key": entry.key, "state": entry.state.value, "reason": entry.reason, "job": entry.job}
            for entry in entries
        ]
        create_table_artifact(key=TABLE_KEY, table=rows, description=f"{len(rows)} objects")
