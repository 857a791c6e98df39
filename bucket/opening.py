"""From what a person types to the bucket."""

import os
from collections.abc import Mapping
from pathlib import Path

from bucket.objects import Bucket, readable
from records import RejectedInputError

S3 = "s3://"


def open_bucket(address: str, variables: Mapping[str, str] | None = None) -> Bucket:
    """The bucket that "s3://name/prefix", or the path of a folder, names.

    `variables` are the AWS_ variables of the environment: without them, a single key that is no path keeps
    an S3 bucket from being listed.

    Raises RejectedInputError for a folder that is not there, since that is more often a slip than a disk
    to wait for, and for an address of another kind. An S3 bucket is not asked yet.
    """
    if address.startswith(S3):
        name, _, prefix = address.removeprefix(S3).partition("/")
        if not name:
            raise RejectedInputError(
                f"no bucket is named in {address!r}: write s3://BUCKET or s3://BUCKET/PREFIX"
            )
        from bucket.object_store import ObjectStore

        return ObjectStore(name, prefix.strip("/"), variables or {})
    scheme, separator, _ = address.partition("://")
    if separator and scheme.isalnum():
        raise RejectedInputError(f"{scheme}:// cannot be watched: name a folder, or s3://BUCKET/PREFIX")
    return _folder(Path(address).expanduser())


def _folder(path: Path) -> Bucket:
    from bucket.local_folder import LocalFolder

    shown = readable(str(path))
    if not path.exists():
        raise RejectedInputError(f"there is no folder {shown}: make it, or correct the path")
    if not path.is_dir():
        raise RejectedInputError(f"{shown} is no folder: name the folder that it lies in")
    if not os.access(path, os.R_OK | os.X_OK):
        raise RejectedInputError(f"the folder {shown} may not be read: allow it, or name another one")
    return LocalFolder(path)
