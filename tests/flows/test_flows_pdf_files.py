"""Which files stand behind the paths that a person names."""

import os
from pathlib import Path

import pytest

from flows.pdf_files import PdfFile, pdf_files


def file(path: Path, content: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content or str(path))
    return path


def found(*paths: Path) -> list[Path]:
    return [one.path for one in pdf_files(paths)]


def test_a_folder_gives_its_pdfs_sorted_whatever_the_case_of_their_ending(tmp_path: Path) -> None:
    names = ["b.pdf", "a.PDF", "deep/er/c.Pdf"]
    for name in [*names, "notes.txt", "pdf", "d.pdf.part"]:
        file(tmp_path / name)
    assert found(tmp_path) == [tmp_path / "a.PDF", tmp_path / "b.pdf", tmp_path / "deep/er/c.Pdf"]


def test_dotfiles_and_dotfolders_are_left_out(tmp_path: Path) -> None:
    file(tmp_path / ".hidden.pdf")
    file(tmp_path / ".trash/old.pdf")
    kept = file(tmp_path / "kept.pdf")
    assert found(tmp_path) == [kept]


def test_a_file_that_is_named_is_taken_whatever_its_name(tmp_path: Path) -> None:
    paths = [file(tmp_path / name) for name in ("paper", ".paper.pdf", "paper.txt", "[b]x[/b] \u202efdp.exe")]
    assert found(*paths) == paths


def test_a_path_named_twice_is_there_once(tmp_path: Path) -> None:
    path = file(tmp_path / "a.pdf")
    assert found(path, tmp_path, path) == [path]


def test_the_same_content_points_at_the_first_file_that_has_it(tmp_path: Path) -> None:
    first, second = file(tmp_path / "a.pdf", "same"), file(tmp_path / "b.pdf", "same")
    other = file(tmp_path / "c.pdf", "other")
    assert [one.same_as for one in pdf_files([first, second, other])] == [None, first, None]


def problem_of(path: Path) -> str:
    (only,) = pdf_files([path])
    assert only == PdfFile(path=path, problem=only.problem)
    return only.problem


def test_a_path_that_names_nothing_is_a_problem_and_no_exception(tmp_path: Path) -> None:
    assert "no such file" in problem_of(tmp_path / "nowhere.pdf")


def test_a_folder_without_pdfs_is_a_problem(tmp_path: Path) -> None:
    assert "no PDF" in problem_of(tmp_path)


def test_an_empty_file_and_a_pipe_are_problems(tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").touch()
    os.mkfifo(tmp_path / "pipe.pdf")
    assert "empty" in problem_of(tmp_path / "empty.pdf")
    assert "regular" in problem_of(tmp_path / "pipe.pdf")


def test_links_that_go_round_end(tmp_path: Path) -> None:
    kept = file(tmp_path / "kept.pdf")
    (tmp_path / "again").symlink_to(tmp_path)
    assert found(tmp_path) == [kept]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_a_folder_that_may_not_be_opened_is_a_problem(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    assert "cannot open" in problem_of(closed)
