"""An S3 bucket, or what lies under a prefix of one."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bucket.object_store_errors import translated
from bucket.objects import (
    BucketObject,
    FetchedObject,
    Listing,
    ObjectChangedError,
    ObjectRefusedError,
    is_arrival,
)
from bucket.quarantine import note_key_of
from bucket.s3_listing import ListedKey, is_path, listed_keys
from bucket.s3_requests import S3Access
from bucket.spool import PIECE_BYTES, spooled, too_large

if TYPE_CHECKING:
    from obstore import GetResult, ObjectMeta

CONNECT_SECONDS, SILENCE_SECONDS, WHOLE_SECONDS = 5, 30, 900
RETRIES, RETRY_SECONDS = 2, 20  # for a hiccup; what lasts longer is for the watcher to wait out
PAGE = 1000
LARGEST_COPY_BYTES = 5 * 2**30  # what S3 copies in one request


class ObjectStore:
    """Objects of an S3 bucket. They appear whole, so that they need not hold still before they are taken."""

    settles = False
    folder: Path | None = None

    def __init__(self, name: str, prefix: str, variables: Mapping[str, str]) -> None:
        """Endpoint, region and credentials are those of the usual AWS_ variables: obstore takes them from
        the environment itself, `variables` are the same for what is asked beside it."""
        from obstore.store import S3Store

        self.url = f"s3://{name}/{prefix}".rstrip("/")
        self._name, self._prefix = name, f"{prefix}/" if prefix else ""
        self._access = S3Access.from_variables(variables)
        self._holds_strange_keys = False
        self._folder_marks: set[tuple[str, str]] = set()
        with translated(self.url):
            self._store = S3Store(
                name,
                prefix=prefix or None,
                config={"disable_bulk_delete": True},  # which not every server has
                client_options={
                    "allow_http": True,  # where the endpoint says so; the default is https
                    "connect_timeout": timedelta(seconds=CONNECT_SECONDS),
                    "read_timeout": timedelta(seconds=SILENCE_SECONDS),
                    "timeout": timedelta(seconds=WHOLE_SECONDS),
                },
                retry_config={"max_retries": RETRIES, "retry_timeout": timedelta(seconds=RETRY_SECONDS)},
            )

    def list(self) -> Listing:
        """The objects that are arrivals, as S3 orders them; see Bucket."""
        from obstore.exceptions import InvalidPathError

        with translated(self.url):
            if self._access is not None and self._holds_strange_keys:
                return self._listing_without_strange_keys(self._access)
            try:
                return Listing(objects=self._arrivals(self._listed()))
            except InvalidPathError:
                if self._access is None:
                    raise
                return self._listing_without_strange_keys(self._access)

    def fetch(self, listed: BucketObject, spool: Path, *, largest: int) -> FetchedObject:
        """A copy of the object; see Bucket."""
        import obstore

        if listed.size > largest:
            raise ObjectRefusedError(too_large(listed.size, largest))
        with translated(self.url), _asked_for(listed.key):
            answer = obstore.get(self._store, listed.key)
        if _object(answer.meta).version != listed.version:
            raise ObjectChangedError("changed before it could be fetched")
        return spooled(
            self._pieces(answer), spool, largest=largest, check=lambda size: _check_whole(listed, size)
        )

    def holds(self, key: str) -> bool:
        """Whether an object lies there; see Bucket."""
        with translated(self.url):
            try:
                return self._head(key) is not None
            except ValueError:  # a key that cannot be asked for
                return False

    def put_aside(self, listed: BucketObject, quarantine_key: str, *, note: str) -> bool:
        """Copies the object, then deletes it, then writes the note; see Bucket."""
        import obstore
        from obstore.exceptions import PermissionDeniedError

        if listed.size > LARGEST_COPY_BYTES:
            return False
        with translated(self.url):
            try:
                here = self._head(listed.key)
                if here is not None and here.version == listed.version:
                    if not self._moved(listed, quarantine_key):
                        return False
                elif self._head(quarantine_key) is None:
                    return False
                obstore.put(
                    self._store, note_key_of(quarantine_key), note.encode("utf-8", "backslashreplace")
                )
            except (PermissionDeniedError, ValueError):  # a bucket that may only be read, a key out of reach
                return False
        return True

    def put_back(self, key: str, quarantine_key: str) -> bool:
        """Copies the object, then deletes it and the note in the quarantine; see Bucket."""
        import obstore

        with translated(self.url):
            there, here = self._head(quarantine_key), self._head(key)
            if there is None or (here is not None and here.version != there.version):
                return False
            obstore.copy(self._store, quarantine_key, key)
            obstore.delete(self._store, [quarantine_key, note_key_of(quarantine_key)])
        return True

    def _listed(self) -> Iterator[BucketObject]:
        for chunk in self._store.list(chunk_size=PAGE):
            yield from (_object(meta) for meta in chunk)

    def _arrivals(self, listed: Iterable[BucketObject]) -> tuple[BucketObject, ...]:
        found = {one.key: one for one in listed if is_arrival(one.key) and not self._is_folder_mark(one)}
        return tuple(found.values())

    def _listing_without_strange_keys(self, access: S3Access) -> Listing:
        keys = list(listed_keys(access, self._name, prefix=self._prefix))
        strange = [one.key for one in keys if not one.key.endswith("/") and not is_path(one.key)]
        self._holds_strange_keys = bool(strange)
        objects = self._arrivals(self._from_key(one) for one in keys if is_path(one.key))
        problem = f"{len(strange)} objects under keys that are no paths are left alone, such as {strange[:1]}"
        return Listing(objects=objects, problems=(problem,) if strange else ())

    def _from_key(self, listed: ListedKey) -> BucketObject:
        return BucketObject(
            key=listed.key.removeprefix(self._prefix),
            size=listed.size,
            version=_version(listed.etag, listed.size, listed.modified_at),
            modified_at=listed.modified_at,
        )

    def _moved(self, listed: BucketObject, target: str) -> bool:
        """Whether the listed object lies at the target now and no longer under its own key."""
        import obstore

        earlier = self._head(target)  # of a move that was cut off between copying and deleting
        if earlier is not None and earlier.size != listed.size:
            return False
        obstore.copy(self._store, listed.key, target)
        left = self._head(listed.key)
        if left is None or left.version != listed.version:  # replaced meanwhile: not ours to delete
            if earlier is None:
                obstore.delete(self._store, target)
            return False
        obstore.delete(self._store, listed.key)
        return True

    def _head(self, key: str) -> BucketObject | None:
        import obstore

        try:
            return _object(obstore.head(self._store, key))
        except FileNotFoundError:
            return None

    def _is_folder_mark(self, listed: BucketObject) -> bool:
        """Whether it is the empty object "x/" that S3 browsers make for a folder, which is listed as "x"."""
        if listed.size:
            return False
        mark = (listed.key, listed.version)
        if mark not in self._folder_marks and self._head(listed.key) is None:
            self._folder_marks.add(mark)
        return mark in self._folder_marks

    def _pieces(self, answer: "GetResult") -> Iterator[bytes]:
        with translated(self.url):
            for piece in answer.stream(min_chunk_size=PIECE_BYTES):
                yield bytes(piece)


@contextmanager
def _asked_for(key: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise ObjectChangedError("gone before it could be fetched") from error
    except ValueError as error:
        raise ObjectRefusedError(f"the key {key!r} cannot be asked for: copy it to a plain one") from error


def _check_whole(listed: BucketObject, size: int) -> None:
    if size != listed.size:
        raise ObjectChangedError("changed while it was fetched")


def _object(meta: "ObjectMeta") -> BucketObject:
    version = _version(meta["e_tag"] or "", meta["size"], meta["last_modified"])
    return BucketObject(
        key=meta["path"], size=meta["size"], version=version, modified_at=meta["last_modified"]
    )


def _version(etag: str, size: int, modified_at: datetime) -> str:
    # One server quotes ETags and another does not; weak ones say so in front.
    plain = etag.removeprefix("W/").strip('"')
    return f"{plain or modified_at.timestamp()}-{size}"
