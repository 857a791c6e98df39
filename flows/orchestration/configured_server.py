"""Whether a Prefect server is configured, found out without the seconds that importing Prefect takes."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from records import UnavailableError

ANSWER_TIMEOUT_SECONDS = 5.0


def configured_api_url(environment: Mapping[str, str], working_folder: Path) -> str:
    """The API URL that Prefect would use, or "" where none is configured.

    Prefect's own order: PREFECT_API_URL, prefect.toml, pyproject.toml, the active profile.
    """
    if url := environment.get("PREFECT_API_URL"):
        return url
    for name, keys in (("prefect.toml", ("api",)), ("pyproject.toml", ("tool", "prefect", "api"))):
        if url := _text_at(_tables(working_folder / name), *keys, "url"):
            return url
    profiles = _tables(_profiles_path(environment))
    active = environment.get("PREFECT_PROFILE") or _text_at(profiles, "active")
    return _text_at(profiles, "profiles", active, "PREFECT_API_URL")


def require_answer(api_url: str) -> None:
    """Returns if something answers there; raises UnavailableError otherwise.

    Any answer will do: whether the credentials are right is for Prefect to find out.
    """
    if not api_url.startswith(("http://", "https://")):
        raise UnavailableError(f"PREFECT_API_URL is not an http(s) address: {api_url}; correct or unset it")
    try:
        with urlopen(f"{api_url.rstrip('/')}/health", timeout=ANSWER_TIMEOUT_SECONDS):  # noqa: S310 - checked above
            return
    except HTTPError:
        return
    except (OSError, ValueError) as error:  # URLError is an OSError; ValueError is an address that is none
        reason = getattr(error, "reason", error)
        raise UnavailableError(
            f"the Prefect server at {api_url} does not answer ({reason}); start it, or unset PREFECT_API_URL "
            "(or leave the Prefect profile that sets it) to ingest without one"
        ) from error


def _profiles_path(environment: Mapping[str, str]) -> Path:
    if path := environment.get("PREFECT_PROFILES_PATH"):
        return Path(path)
    home = environment.get("PREFECT_HOME")
    return (Path(home) if home else Path.home() / ".prefect") / "profiles.toml"


def _tables(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        # Not there, or not TOML: Prefect warns of the latter itself and goes on without it.
        return {}


def _text_at(tables: object, *keys: str) -> str:
    for key in keys:
        tables = tables.get(key) if isinstance(tables, dict) else None
    return tables if isinstance(tables, str) else ""
