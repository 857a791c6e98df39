"""One work in two manifestations: preprint and camera-ready are one Paper with two Documents."""

from pathlib import Path

import typst

from flows.ingestion import ingest_batch
from flows.outcomes import OutcomeState, Silence
from flows.pdf_files import pdf_files
from flows.settings import Settings
from flows.stages import InProcess
from flows.workbench import Workbench

BODY = """
= Introduction
We introduce boundary-aware token folding, a preprocessing step that joins neighboring subwords. It needs a
list of affixes and no labels, takes one pass over the text, and leaves the vocabulary of the model as it is.

= Experiments
We train the encoder on XNLI and compare against byte-pair encoding. Folding shortens the input sequences, and
the encoder that reads folded tokens is more accurate than the same encoder without it on every language.
"""
PREPRINT = (
    """
#set page(paper: "a4", margin: 3cm, background: place(left + horizon, dx: 8pt, rotate(-90deg, reflow: true)[
  #text(size: 16pt)[arXiv:2401.01234v2 [cs.CL] 3 Jan 2024]]))
#set text(size: 11pt)
#align(center)[
  #text(size: 18pt, weight: "bold")[Boundary-aware token folding for morphologically rich text]

  Adanna Okafor, Liv Sandnes, Tomas Beltrane

  *Abstract*
]
Subword segmentation cuts words where frequency counts suggest, not where the language does.
"""
    + BODY
)
CAMERA_READY = (
    """
#set page(paper: "us-letter", margin: 2cm, columns: 2, footer: align(center)[
  #text(size: 8pt)[Proceedings of the 4th Workshop on Made-Up Text Processing, pages 11–12, July 2024. \\
  https://doi.org/10.99999/v1/2024.mutp-1.2]])
#set text(size: 10pt)
#set par(justify: true)
#set heading(numbering: "1")
#place(top + center, scope: "parent", float: true)[
  #text(size: 17pt, weight: "bold")[Boundary-Aware Token-Folding for \\ Morphologically-Rich Text]

  A. Okafor, L. Sandnes and T. Beltrane
]
*Abstract*

Subword segmentation cuts words where frequency counts suggest, and not where the language does.
"""
    + BODY
)


def typeset(source: str, path: Path) -> Path:
    compiled = typst.compile(source.encode(), font_paths=[], ignore_system_fonts=True)
    path.write_bytes(compiled)
    return path


def test_preprint_and_camera_ready_are_one_paper_with_two_documents(tmp_path: Path) -> None:
    paths = [typeset(PREPRINT, tmp_path / "2401.01234v2.pdf"), typeset(CAMERA_READY, tmp_path / "final.pdf")]
    with Workbench(Settings(home=tmp_path / "home", prefect_api_url="")) as workbench:
        outcomes = ingest_batch(pdf_files(paths), workbench, runner=InProcess(), listener=Silence())
        assert [outcome.state for outcome in outcomes] == [OutcomeState.INGESTED] * 2
        with workbench.open_graph() as store:
            papers = store.read(
                "MATCH (d:Document)-[:MANIFESTATION_OF]->(p:Paper) "
                "RETURN p.id AS id, count(d) AS documents, p.doi AS doi, p.arxiv_id AS arxiv_id"
            )
    assert [row["documents"] for row in papers] == [2]
    assert (papers[0]["doi"], papers[0]["arxiv_id"]) == ("10.99999/v1/2024.mutp-1.2", "2401.01234")
