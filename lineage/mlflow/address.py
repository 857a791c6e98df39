"""The address of a tracking server: what is kept of it, and what must not be."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit, urlunsplit

from records import RejectedInputError


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerAddress:
    """An address without credentials, and those that stood in it."""

    uri: str
    user_and_password: tuple[str, str] | None


def server_address(uri: str) -> ServerAddress:
    """The address of a server, without user, password, query and last slash; a path is kept, for a server may
    live behind one. Raises RejectedInputError for what is no http(s) address."""
    try:
        parts = urlsplit(uri)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise RejectedInputError(f"not an address: {_shown(uri)} ({error})") from error
    if parts.scheme not in {"http", "https"} or not host or not uri.isprintable() or " " in uri:
        raise RejectedInputError(
            f"{_shown(uri)} is not the address of an MLflow server: give one such as http://127.0.0.1:5000 "
            "(for a database or a folder of runs start `mlflow server` on it)"
        )
    place = f"[{host}]" if ":" in host else host
    place += f":{port}" if port else ""
    user = (unquote(parts.username or ""), unquote(parts.password or "")) if parts.username else None
    plain = urlunsplit((parts.scheme, place, parts.path.rstrip("/"), "", ""))
    return ServerAddress(uri=plain, user_and_password=user)


def _shown(uri: str) -> str:
    """What was given, without what stands before an @, where a password may be."""
    return repr(uri.rpartition("@")[2])
