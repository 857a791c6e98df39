"""A folder and an S3 bucket behind one face: how other people put things into them and look at them."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from s3_server import S3Bucket

from bucket import Bucket, open_bucket


@dataclass(frozen=True, slots=True)
class Place:
    """A bucket, and what happens in it without the program's doing."""

    bucket: Bucket
    put: Callable[[str, bytes], object]
    get: Callable[[str], bytes]
    delete: Callable[[str], object]
    keys: Callable[[], list[str]]


def folder_place(folder: Path) -> Place:
    """The folder, made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)

    def put(key: str, content: bytes) -> None:
        path = folder / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def keys() -> list[str]:
        found = (Path(parent, name) for parent, _, names in os.walk(folder) for name in names)
        return sorted(path.relative_to(folder).as_posix() for path in found)

    bucket = open_bucket(str(folder))
    return Place(
        bucket, put, lambda key: (folder / key).read_bytes(), lambda key: (folder / key).unlink(), keys
    )


def store_place(bucket: S3Bucket) -> Place:
    """The bucket of the server that the AWS variables name."""
    return Place(
        open_bucket(bucket.address, bucket.server.environment),
        bucket.put,
        bucket.get,
        bucket.delete,
        bucket.keys,
    )
