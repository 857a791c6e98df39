"""How the files of one call are read ahead and how each of them ends."""

from concurrent.futures import Future
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.ingestion import read_ahead, settled
from flows.outcomes import DocumentOutcome, OutcomeState, in_words
from flows.pdf_files import PdfFile
from records import Document


def files(count: int) -> list[PdfFile]:
    return [PdfFile(path=Path(f"{number}.pdf"), document_id=str(number)) for number in range(count)]


@given(st.integers(0, 12), st.integers(1, 5))
def test_reading_stays_in_order_and_never_runs_further_ahead_than_told(count: int, ahead: int) -> None:
    submitted: list[Path] = []

    def submit(path: Path) -> Future[Document]:
        submitted.append(path)
        return Future()

    readings = read_ahead(files(count), submit, ahead=ahead)
    assert len(submitted) == min(ahead, count)
    taken = []
    for file, _ in readings:
        taken.append(file)
        assert len(submitted) - len(taken) <= ahead
    assert taken == files(count)
    assert submitted == [file.path for file in files(count)]


@pytest.mark.parametrize(
    ("file", "state"),
    [
        (PdfFile(path=Path("a.pdf"), problem="no such file"), OutcomeState.REJECTED),
        (PdfFile(path=Path("a.pdf"), document_id="1", same_as=Path("b.pdf")), OutcomeState.UNCHANGED),
        (PdfFile(path=Path("a.pdf"), document_id="known"), OutcomeState.UNCHANGED),
        (PdfFile(path=Path("a.pdf"), document_id="new"), None),
    ],
)
def test_only_a_new_document_has_to_be_read(file: PdfFile, state: OutcomeState | None) -> None:
    earlier = {"known": DocumentOutcome(path="a.pdf", state=OutcomeState.UNCHANGED)}
    outcome = settled(file, earlier)
    assert (outcome and outcome.state) is state


def test_the_sum_in_words_leaves_out_what_did_not_happen() -> None:
    outcomes = [
        DocumentOutcome(path="x", state=state) for state in (OutcomeState.INGESTED, OutcomeState.FAILED)
    ]
    assert in_words(outcomes) == "1 ingested, 1 failed"
    assert in_words([]) == "nothing to do"
