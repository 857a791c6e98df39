"""What the environment may set, and how it is told that it is wrong."""

from pathlib import Path

import pytest

from flows.settings import SettingsError, load_settings


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("PAPERLINEAGE_HOME", raising=False)


def test_all_state_lives_in_the_home_of_the_person(tmp_path: Path) -> None:
    assert load_settings().home == tmp_path / ".paperlineage"


def test_a_home_may_be_relative_and_start_with_a_tilde(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PAPERLINEAGE_HOME", "~/graphs")
    assert load_settings().home == tmp_path / "graphs"
    monkeypatch.setenv("PAPERLINEAGE_HOME", "graphs")
    assert load_settings().home.is_absolute()


def test_reading_limits_are_set_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    default = load_settings().reading
    monkeypatch.setenv("PAPERLINEAGE_READING__TIMEOUT_SECONDS", "7.5")
    assert load_settings().reading.timeout_seconds == 7.5
    assert load_settings().reading.max_pages == default.max_pages


def test_an_empty_variable_is_no_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAPERLINEAGE_WORKERS", "")
    assert load_settings().workers >= 1


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PAPERLINEAGE_WORKERS", "0"),
        ("PAPERLINEAGE_WORKERS", "many"),
        ("PAPERLINEAGE_READING__MAX_PAGES", "x"),
    ],
)
def test_a_wrong_value_is_told_with_the_name_of_its_variable(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError, match=variable):
        load_settings()
