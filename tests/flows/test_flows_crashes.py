"""A fault of the program in one document, and what it costs the others."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flows.ingestion import ingest_batch
from flows.outcomes import OutcomeState, Silence
from flows.pdf_files import pdf_files
from flows.settings import Settings
from flows.stages import Result
from flows.workbench import Workbench

SAMPLES = Path(__file__).parents[2] / "samples"


@dataclass(frozen=True)
class FaultyRecognition:
    """Runs the stages, but recognition fails on one document."""

    faulty: str
    flow_run_id: str = ""
    flow_run_url: str = ""

    def run(self, stage: str, document_name: str, work: Callable[[], Result]) -> Result:
        if stage == "recognise" and document_name == self.faulty:
            raise KeyError("a fault of ours")
        return work()


def test_one_document_crashes_with_a_report_and_the_others_are_ingested(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, prefect_api_url="")
    files = [SAMPLES / "folded-questions.pdf", SAMPLES / "gap-tokenization.pdf"]
    with Workbench(settings) as workbench:
        first, second = ingest_batch(
            pdf_files(files),
            workbench,
            runner=FaultyRecognition("folded-questions.pdf"),
            listener=Silence(),
        )
    assert (first.state, second.state) == (OutcomeState.CRASHED, OutcomeState.INGESTED)
    (report,) = (tmp_path / "faults").iterdir()
    assert str(report) in first.reason
    assert "KeyError: 'a fault of ours'" in report.read_text()
