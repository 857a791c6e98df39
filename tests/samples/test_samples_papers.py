"""The sample papers are what their sources and truth.json say."""

import json
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from records import EntityType, Predicate, normalised_title

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
TRUTH: dict[str, dict[str, Any]] = json.loads((SAMPLES / "truth.json").read_text(encoding="utf-8"))
SCANS = [name for name, truth in TRUTH.items() if truth["ocr_pages"]]
TYPESET = [name for name in TRUTH if name not in SCANS]
MADE_UP = "Made-up sample paper of the paperlineage project. Nothing in it was measured."


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rebuilt")
    subprocess.run([sys.executable, SAMPLES / "build.py", folder], check=True, capture_output=True)
    return folder


def text_of(name: str) -> str:
    with pymupdf.open(SAMPLES / name) as pdf:
        return "\n".join(page.get_text() for page in pdf)


def source_of(name: str) -> str:
    return (SAMPLES / name).with_suffix(".typ").read_text(encoding="utf-8")


def test_every_committed_pdf_has_its_truth() -> None:
    assert {path.name for path in SAMPLES.glob("*.pdf")} == set(TRUTH)


@pytest.mark.parametrize("name", TYPESET)
def test_typesetting_again_gives_the_committed_bytes(name: str, rebuilt: Path) -> None:
    assert (rebuilt / name).read_bytes() == (SAMPLES / name).read_bytes()


@pytest.mark.skipif(
    (platform.system(), platform.machine()) != ("Linux", "x86_64"),
    reason="other processors round the gray of a pixel differently",
)
@pytest.mark.parametrize("name", SCANS)
def test_scanning_again_gives_the_committed_bytes(name: str, rebuilt: Path) -> None:
    assert (rebuilt / name).read_bytes() == (SAMPLES / name).read_bytes()


@pytest.mark.parametrize("name", TRUTH)
def test_pages_are_as_many_as_the_truth_says(name: str) -> None:
    with pymupdf.open(SAMPLES / name) as pdf:
        assert len(pdf) == TRUTH[name]["pages"]


@pytest.mark.parametrize("name", TYPESET)
def test_every_typeset_page_says_that_it_is_made_up(name: str) -> None:
    with pymupdf.open(SAMPLES / name) as pdf:
        assert all(MADE_UP in page.get_text() for page in pdf)


@pytest.mark.parametrize("name", TYPESET)
def test_title_authors_and_year_are_printed(name: str) -> None:
    truth, printed = TRUTH[name], text_of(name)
    assert normalised_title(truth["title"]) in normalised_title(printed)
    assert all(author in printed for author in truth["authors"])
    assert str(truth["year"]) in printed.splitlines()[0]


@pytest.mark.parametrize("name", SCANS)
def test_a_scan_is_pictures_without_text_and_small(name: str) -> None:
    with pymupdf.open(SAMPLES / name) as pdf:
        assert all(not page.get_text().strip() and page.get_images() for page in pdf)
    assert (SAMPLES / name).stat().st_size < 600_000


def facts_of(truth: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(fact["predicate"], fact["object"], fact["type"]) for fact in truth["facts"]]


@pytest.mark.parametrize("name", TRUTH)
def test_facts_keep_to_the_ranges_of_their_predicates(name: str) -> None:
    for predicate, thing, kind in facts_of(TRUTH[name]):
        assert EntityType(kind) in Predicate(predicate).range, thing


@pytest.mark.parametrize("name", TRUTH)
def test_nothing_is_both_true_and_never_to_be_found(name: str) -> None:
    true = {(predicate, thing) for predicate, thing, _ in facts_of(TRUTH[name])}
    assert true.isdisjoint((claim["predicate"], claim["object"]) for claim in TRUTH[name]["never"])


# Named in other words in some paper: "are resized", "Sequences are truncated", "BPE", ...
REWORDED = {
    "byte-pair encoding",
    "lowercasing",
    "outlier removal",
    "resizing",
    "sentence splitting",
    "sequence truncation",
    "standardization",
    "stop-word removal",
}


@pytest.mark.parametrize("name", TRUTH)
def test_whatever_the_truth_names_stands_in_the_paper(name: str) -> None:
    words = normalised_title(source_of(name))
    listed = (row["object"] for key in ("facts", "cited_introduces", "never") for row in TRUTH[name][key])
    missing = {thing for thing in listed if normalised_title(thing) not in words} - REWORDED
    assert not missing


@pytest.mark.parametrize("name", TYPESET)
def test_cited_works_stand_in_the_bibliography(name: str) -> None:
    bibliography = normalised_title(text_of(name).split("References\n")[-1])
    titles = {row["title"] for row in TRUTH[name]["cited_introduces"]}
    assert not {title for title in titles if normalised_title(title) not in bibliography}


def test_the_lister_names_the_new_step_and_does_not_cite_it() -> None:
    source = source_of("truncation-audit.pdf").replace("\n", " ")
    assert "boundary-aware token folding, BPE and lowercasing are common" in source
    assert "Okafor" not in text_of("truncation-audit.pdf")
