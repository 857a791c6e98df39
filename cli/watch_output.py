"""What a watcher and its ledger look like on the terminal."""

import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from rich.text import Text

from bucket import LedgerEntry, ObjectState
from cli.exit_codes import ExitCode
from cli.plain_output import print_note
from cli.rendering import output, table
from cli.terminal_text import one_line
from flows.watching.retrying import Retried

JOB_DIGITS = 12
STYLES = {
    ObjectState.DONE: "green",
    ObjectState.REFUSED: "yellow",
    ObjectState.FAILED: "red",
    ObjectState.CLAIMED: "bold",
    ObjectState.SEEN: "dim",
}


@dataclass(slots=True)
class WatchLines:
    """Prints a line for each settled object, and notes on stderr; `code` is the worst that happened."""

    as_json: bool = False
    code: ExitCode = ExitCode.DONE

    def settled(self, entry: LedgerEntry) -> None:
        """The entry as a line."""
        line = json.dumps(asdict(entry), default=_isoformat) if self.as_json else one_line(_told(entry))
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
        if entry.state is ObjectState.FAILED:
            self.code = ExitCode.UNAVAILABLE
        elif entry.state is ObjectState.REFUSED:
            self.code = max(self.code, ExitCode.REJECTED)

    def noted(self, text: str) -> None:
        """The note as a line beside the answer."""
        print_note(text)

    def recorded(self, flow_run_url: str) -> None:
        """The address of a batch in the Prefect UI."""
        if flow_run_url:
            print_note(f"Prefect flow run: {flow_run_url}")


def _told(entry: LedgerEntry) -> str:
    state = entry.state.value
    if entry.state is ObjectState.DONE:
        return f"{state} {entry.key}" + (f" (the same as {entry.alias_of})" if entry.alias_of else "")
    return f"{state} {entry.key}: {entry.reason}{_what_next(entry)}"


def _what_next(entry: LedgerEntry) -> str:
    if entry.state is ObjectState.REFUSED and entry.moved_at:
        return f"; moved to {entry.quarantine_key}"
    if entry.state is ObjectState.FAILED:
        if entry.next_try_at is None:
            return "; not tried again before `paperlineage retry`"
        return f"; tried again at {entry.next_try_at.astimezone():%H:%M:%S}"
    return ""


def print_ledger(entries: Sequence[LedgerEntry]) -> None:
    """Prints a table for each bucket, and how many objects are in which state."""
    if not entries:
        print_note("no objects")
        return
    for bucket in dict.fromkeys(entry.bucket for entry in entries):
        output().print(Text(one_line(bucket), style="bold"))
        objects = table("key", "state", "KiB", "tries", "job", "reason", numbers=("KiB", "tries"))
        for entry in entries:
            if entry.bucket == bucket:
                objects.add_row(*_cells(entry))
        output().print(objects)
    counts = Counter(entry.state for entry in entries)
    output().print(", ".join(f"{counts[state]} {state}" for state in ObjectState if counts[state]))


def _cells(entry: LedgerEntry) -> list[Text]:
    reason = f"{entry.reason}{_what_next(entry)}"
    if entry.alias_of:
        reason = f"the same as {entry.alias_of}"
    elif entry.gone_at and entry.state in {ObjectState.SEEN, ObjectState.FAILED}:
        reason = f"no longer there; {reason}" if reason else "no longer there"
    return [
        Text(one_line(entry.key)),
        Text(entry.state.value, style=STYLES[entry.state]),
        Text(f"{entry.size / 1024:,.0f}"),
        Text(str(entry.attempts)),
        Text(entry.job[:JOB_DIGITS]),
        Text(one_line(reason)),
    ]


def print_retried(retried: Sequence[Retried], *, told_as_json: bool) -> None:
    """Prints a line for each object that is tried again, and a note for each that cannot be."""
    for one in retried:
        if one.error:
            print_note(f"not put back: {one.error}")
        elif not told_as_json:
            output().print(Text(one_line(f"{one.entry.key}: will be taken again")))
    if not retried:
        print_note("nothing was refused or has failed")


def _isoformat(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")
