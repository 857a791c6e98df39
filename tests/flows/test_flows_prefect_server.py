"""Whether a Prefect server is configured, as Prefect itself would see it."""

from pathlib import Path

import pytest

from flows.orchestration.configured_server import configured_api_url, require_answer
from records import UnavailableError

URL = "http://127.0.0.1:4200/api"
PROFILES = f"""
active = "office"

[profiles.office]
PREFECT_API_URL = "{URL}"

[profiles.home]
"""


@pytest.mark.parametrize(
    ("environment", "url"),
    [
        ({}, URL),
        ({"PREFECT_PROFILE": "home"}, ""),
        ({"PREFECT_PROFILE": "missing"}, ""),
        ({"PREFECT_API_URL": "http://elsewhere/api"}, "http://elsewhere/api"),
    ],
)
def test_the_environment_comes_before_the_active_profile(
    tmp_path: Path, environment: dict[str, str], url: str
) -> None:
    (tmp_path / "profiles.toml").write_text(PROFILES)
    assert configured_api_url({"PREFECT_HOME": str(tmp_path), **environment}, tmp_path) == url


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("prefect.toml", f'[api]\nurl = "{URL}"'),
        ("pyproject.toml", f'[tool.prefect.api]\nurl = "{URL}"'),
    ],
)
def test_a_project_file_in_the_working_folder_counts(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    assert configured_api_url({"PREFECT_HOME": str(tmp_path)}, tmp_path) == URL


@pytest.mark.parametrize("content", ["", "not = [toml", "active = 3", "profiles = 'no table'"])
def test_without_a_usable_profile_no_server_is_configured(tmp_path: Path, content: str) -> None:
    (tmp_path / "profiles.toml").write_text(content)
    assert not configured_api_url({"PREFECT_HOME": str(tmp_path)}, tmp_path)


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/api", "file:///etc/passwd", "http://[/api"])
def test_a_server_that_does_not_answer_is_unavailable_and_named(url: str) -> None:
    with pytest.raises(UnavailableError, match="PREFECT_API_URL"):
        require_answer(url)
