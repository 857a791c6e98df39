"""The ledger: what follows what, who may take what, and what it holds after everything else is lost."""

import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from bucket import BucketObject, Ledger, LedgerEntry, ObjectState, Settlement
from bucket.ledger_states import CLAIMABLE, FOLLOWING
from records import UnavailableError

START = datetime(2026, 1, 1, tzinfo=UTC)
LEASE = timedelta(minutes=30)
BUCKET, PLAN = "/inbox", "plan 1"
DONE = Settlement(state=ObjectState.DONE, sha256="5a", job="job", plan=PLAN)
REFUSED = Settlement(state=ObjectState.REFUSED, reason="no PDF", plan=PLAN, quarantine_key="quarantine/a.pdf")
STRANGE = [
    "\udcff\udcfe.pdf",
    "new\nline.pdf",
    "'; DROP TABLE objects; --.pdf",
    "-rf",
    "\U0001f600",
    "x" * 1024,
]


def listed(key: str, version: str = "1") -> BucketObject:
    return BucketObject(key=key, size=3, version=version, modified_at=START)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "home" / "ledger.db", claimant="me") as opened:
        yield opened


def sight(ledger: Ledger, *objects: BucketObject, plan: str = PLAN, at: datetime = START) -> frozenset[str]:
    return ledger.sight(BUCKET, objects, plan=plan, listed_at=at)


def claim(ledger: Ledger, key: str = "a.pdf", version: str = "1", at: datetime = START) -> LedgerEntry | None:
    claimed = ledger.claim(BUCKET, [(key, version)], at=at, lease=LEASE)
    return claimed[0] if claimed else None


def settled(ledger: Ledger, settlement: Settlement, key: str = "a.pdf") -> LedgerEntry:
    sight(ledger, listed(key))
    entry = claim(ledger, key)
    assert entry
    after = ledger.settle(entry, settlement)
    assert after
    return after


def states(ledger: Ledger) -> dict[str, str]:
    return {entry.key: entry.state.value for entry in ledger.entries()}


@pytest.mark.parametrize("key", STRANGE)
def test_keys_of_any_kind_come_back_as_they_were(ledger: Ledger, key: str) -> None:
    after = settled(ledger, Settlement(state=ObjectState.DONE, plan=PLAN, alias_of=key), key)
    assert (after.key, after.alias_of) == (key, key)
    assert states(ledger) == {key: "done"}


def test_an_object_is_claimed_once_whoever_asks_first(tmp_path: Path) -> None:
    taken: list[str] = []
    with Ledger(tmp_path / "ledger.db") as first:
        first.sight(BUCKET, [listed(f"{n}.pdf") for n in range(50)], plan=PLAN, listed_at=START)

    def take(name: str) -> None:
        with Ledger(tmp_path / "ledger.db", claimant=name) as ledger:
            for number in range(50):
                taken.extend(entry.key for entry in [claim(ledger, f"{number}.pdf")] if entry)

    threads = [threading.Thread(target=take, args=(str(number),)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == sorted(f"{n}.pdf" for n in range(50))


def test_an_older_version_cannot_be_claimed(ledger: Ledger) -> None:
    sight(ledger, listed("a.pdf", "2"))
    assert claim(ledger, version="1") is None
    assert claim(ledger, version="2")


def test_a_new_version_starts_over_and_a_known_one_does_not(ledger: Ledger) -> None:
    settled(ledger, DONE)
    sight(ledger, listed("a.pdf"))
    assert states(ledger) == {"a.pdf": "done"}
    sight(ledger, listed("a.pdf", "2"))
    (entry,) = ledger.entries()
    assert (entry.state, entry.job, entry.attempts, entry.version) == (ObjectState.SEEN, "", 0, "2")
    assert entry.first_seen_at == START


def test_another_plan_makes_done_ones_due_again_and_refused_ones_not(ledger: Ledger) -> None:
    settled(ledger, DONE)
    settled(ledger, REFUSED, "b.pdf")
    settled(ledger, Settlement(state=ObjectState.FAILED, plan=PLAN), "given-up.pdf")
    sight(ledger, listed("a.pdf"), listed("b.pdf"), listed("given-up.pdf"), plan="plan 2")
    assert states(ledger) == {"a.pdf": "seen", "b.pdf": "refused", "given-up.pdf": "seen"}


def test_what_is_gone_keeps_its_history_and_is_not_due(ledger: Ledger) -> None:
    sight(ledger, listed("a.pdf"))
    ledger.gone(BUCKET, ["a.pdf"], at=START)
    assert ledger.due(BUCKET, at=START) == []
    assert ledger.present(BUCKET) == frozenset()
    sight(ledger, listed("a.pdf"))
    assert ledger.due(BUCKET, at=START) == [("a.pdf", "1")]


def test_a_claimed_object_is_left_to_its_watcher_whatever_is_listed(ledger: Ledger) -> None:
    sight(ledger, listed("a.pdf"))
    entry = claim(ledger)
    assert entry
    assert sight(ledger, listed("a.pdf", "2")) == {"a.pdf"}
    assert ledger.settle(entry, DONE)
    assert sight(ledger, listed("a.pdf", "2")) == frozenset()
    assert states(ledger) == {"a.pdf": "seen"}


def test_a_failed_object_is_due_at_its_time(ledger: Ledger) -> None:
    later = START + timedelta(seconds=5)
    settled(ledger, Settlement(state=ObjectState.FAILED, reason="down", next_try_at=later))
    assert ledger.due(BUCKET, at=START) == []
    assert ledger.next_try_after(BUCKET, START) == later
    assert ledger.due(BUCKET, at=later) == [("a.pdf", "1")]


def test_a_lost_claim_cannot_be_settled_any_more(ledger: Ledger, tmp_path: Path) -> None:
    sight(ledger, listed("a.pdf"))
    entry = claim(ledger)
    assert entry
    with Ledger(tmp_path / "home" / "ledger.db", claimant="other") as other:
        assert other.claimants() == {"me"}
        assert other.give_back("nobody", at=START) == 0
        assert other.give_back("nobody", at=START + LEASE + timedelta(seconds=1)) == 1
        assert claim(other)
    assert ledger.settle(entry, DONE) is None
    assert states(ledger) == {"a.pdf": "claimed"}


def test_a_renewed_lease_does_not_expire(ledger: Ledger) -> None:
    sight(ledger, listed("a.pdf"))
    claim(ledger)
    ledger.renew(at=START + LEASE, lease=LEASE)
    assert ledger.give_back("other", at=START + LEASE + timedelta(seconds=1)) == 0


def test_a_refused_object_waits_to_be_moved_until_it_is(ledger: Ledger) -> None:
    entry = settled(ledger, REFUSED)
    assert ledger.unmoved(BUCKET) == [entry]
    moved = ledger.moved(entry, at=START)
    assert ledger.unmoved(BUCKET) == []
    assert ledger.entries() == [moved]


def test_one_that_cannot_be_moved_is_not_tried_for_ever(ledger: Ledger) -> None:
    entry = ledger.moved(settled(ledger, REFUSED), at=None)
    assert (entry.quarantine_key, ledger.unmoved(BUCKET)) == ("", [])


def test_a_moved_object_that_lies_under_its_key_again_is_an_arrival(ledger: Ledger) -> None:
    moved_at = START + timedelta(seconds=10)
    ledger.moved(settled(ledger, REFUSED), at=moved_at)
    sight(ledger, listed("a.pdf"), at=START)  # a listing from before the move shows it, of course
    assert states(ledger) == {"a.pdf": "refused"}
    sight(ledger, listed("a.pdf"), at=moved_at + timedelta(seconds=1))
    assert states(ledger) == {"a.pdf": "seen"}


def test_content_that_is_done_is_found_in_any_bucket_under_the_same_plan(ledger: Ledger) -> None:
    entry = settled(ledger, DONE)
    assert ledger.done_with("5a", plan=PLAN) == entry
    assert ledger.done_with("5a", plan="plan 2") is None
    assert ledger.done_with("00", plan=PLAN) is None


def test_a_settlement_that_follows_nothing_is_a_fault(ledger: Ledger) -> None:
    entry = settled(ledger, DONE)
    with pytest.raises(ValueError, match="not followed"):
        ledger.settle(entry, REFUSED)


@pytest.mark.parametrize("damage", ["no database", "later"])
def test_a_ledger_that_cannot_be_used_is_told_in_a_line(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "ledger.db"
    if damage == "later":
        with Ledger(path), sqlite3.connect(path) as connection:
            connection.execute("PRAGMA user_version = 99")
        connection.close()
    else:
        path.write_bytes(b"no database" * 1000)
    with pytest.raises(UnavailableError, match="ledger"):
        Ledger(path)


class LedgerMachine(RuleBasedStateMachine):
    """Two watchers and a person, in any order; a plain dict says what should have become of things."""

    keys = Bundle("keys")

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        path = Path(self.folder.name) / "ledger.db"
        self.ledgers = {name: Ledger(path, claimant=name) for name in ("one", "two")}
        self.state: dict[str, ObjectState] = {}
        self.held: dict[str, tuple[str, LedgerEntry]] = {}
        self.version: dict[str, int] = {}
        self.clock = START

    def teardown(self) -> None:
        for ledger in self.ledgers.values():
            ledger.close()
        self.folder.cleanup()

    @initialize(target=keys)
    def a_first_one(self) -> str:
        sight(self.ledgers["one"], listed("first.pdf"), at=self.clock)
        self.version["first.pdf"], self.state["first.pdf"] = 1, ObjectState.SEEN
        return "first.pdf"

    @rule(target=keys, name=st.sampled_from(["a.pdf", "b.pdf", "\udcff.pdf"]))
    def arrive(self, name: str) -> str:
        self.clock += timedelta(seconds=1)
        version = self.version.get(name, 0) + 1
        held = sight(self.ledgers["one"], listed(name, str(version)), at=self.clock)
        assert held == self.held.keys()
        if name not in self.held:
            self.version[name], self.state[name] = version, ObjectState.SEEN
        return name

    @rule(key=keys, who=st.sampled_from(["one", "two"]))
    def take(self, key: str, who: str) -> None:
        entry = claim(self.ledgers[who], key, str(self.version[key]), at=self.clock)
        assert (entry is not None) == (self.state[key] in CLAIMABLE)
        if entry:
            self.held[key], self.state[key] = (who, entry), ObjectState.CLAIMED

    @rule(key=keys, state=st.sampled_from(sorted(FOLLOWING[ObjectState.CLAIMED])))
    def settle(self, key: str, state: ObjectState) -> None:
        if key in self.held:
            who, entry = self.held.pop(key)
            other = "two" if who == "one" else "one"
            settlement = Settlement(state=state, plan=PLAN, next_try_at=self.clock)
            assert self.ledgers[other].settle(entry, settlement) is None
            assert self.ledgers[who].settle(entry, settlement)
            self.state[key] = state

    @rule(who=st.sampled_from(["one", "two"]))
    def die(self, who: str) -> None:
        self.ledgers["one"].give_back(who, at=self.clock)
        for key in [key for key, (holder, _) in self.held.items() if holder == who]:
            del self.held[key]
            self.state[key] = ObjectState.SEEN

    @rule(key=keys)
    def retry(self, key: str) -> None:
        (entry,) = [one for one in self.ledgers["two"].entries() if one.key == key]
        retried = self.ledgers["two"].retry(entry, at=self.clock)
        settled_states = {ObjectState.DONE, ObjectState.REFUSED, ObjectState.FAILED}
        assert (retried is not None) == (self.state[key] in settled_states)
        if retried:
            self.state[key] = ObjectState.SEEN

    @invariant()
    def the_ledger_agrees(self) -> None:
        for ledger in self.ledgers.values():
            found = {entry.key: (entry.state, bool(entry.claimed_by)) for entry in ledger.entries()}
            assert found == {key: (state, state is ObjectState.CLAIMED) for key, state in self.state.items()}


TestLedgerMachine = LedgerMachine.TestCase
TestLedgerMachine.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
