"""The listing of a bucket that holds keys which obstore takes for no paths, and so lists nothing of.

One object under a key such as "papers//a.pdf" must not keep a whole bucket from being watched.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import unquote_plus
from xml.etree import ElementTree

from bucket.s3_requests import S3Access
from records import BucketUnavailableError

TIMEOUT_SECONDS = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedKey:
    """An object as S3 itself lists it, whatever its key."""

    key: str
    size: int
    etag: str
    modified_at: datetime


def listed_keys(access: S3Access, bucket: str, *, prefix: str) -> Iterator[ListedKey]:
    """Every object whose key begins with the prefix; raises BucketUnavailableError."""
    import httpx

    query = {"list-type": "2", "encoding-type": "url", "prefix": prefix}
    with httpx.Client(timeout=TIMEOUT_SECONDS) as client:
        while query:
            url = access.url(bucket, query)
            try:
                answer = client.get(url, headers=access.headers(url, at=datetime.now(UTC))).raise_for_status()
                page = ElementTree.fromstring(answer.content)  # noqa: S314 - of the server that is trusted
            except (httpx.HTTPError, ElementTree.ParseError) as error:
                raise BucketUnavailableError(f"s3://{bucket}: it cannot be listed ({error})") from error
            yield from (_listed(found) for found in page.iterfind("{*}Contents"))
            more = page.findtext("{*}NextContinuationToken")
            query = query | {"continuation-token": more} if more else {}


def is_path(key: str) -> bool:
    """Whether obstore can ask for the key: no empty part, none that is "." or "..", no control characters."""
    parts = key.split("/")
    return not any(part in {"", ".", ".."} for part in parts) and not any(
        ord(character) < ord(" ") or ord(character) == 0x7F for character in key
    )


def _listed(element: ElementTree.Element) -> ListedKey:
    return ListedKey(
        key=unquote_plus(element.findtext("{*}Key", ""), errors="surrogateescape"),
        size=int(element.findtext("{*}Size", "0")),
        etag=element.findtext("{*}ETag", ""),
        modified_at=datetime.fromisoformat(element.findtext("{*}LastModified", "")),
    )
