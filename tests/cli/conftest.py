"""The program in this process, with a home of its own, and a home with a graph of sample papers."""

import sys
from pathlib import Path

import pytest
from program import PAPERS, Finished, Run

from cli.main import main


@pytest.fixture(scope="session")
def ingested_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose graph holds the sample papers; for reading only."""
    from flows.ingesting import ingest_paths
    from flows.settings import Settings

    home = tmp_path_factory.mktemp("home")
    ingest_paths(PAPERS, Settings(home=home, prefect_api_url="", workers=2))
    return home


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    monkeypatch.setenv("PAPERLINEAGE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "prefect"))
    for name in ("PREFECT_API_URL", "PREFECT_PROFILE", "PAPERLINEAGE_GRAPH_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)

    def run_program(*arguments: str | Path, home: Path | None = None) -> Finished:
        if home:
            monkeypatch.setenv("PAPERLINEAGE_HOME", str(home))
        monkeypatch.setattr(sys, "argv", ["paperlineage", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        return Finished(int(ended.value.code or 0), captured.out, captured.err)

    return run_program
