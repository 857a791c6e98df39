"""What obstore raises, translated into lines for the person who has to act on them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from records import BucketUnavailableError

ERROR_CODE = re.compile(r"<Code>(\w+)</Code>")
BAD_CREDENTIALS = frozenset(
    ("InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken", "AuthFailure")
)
NO_CREDENTIALS = ("Missing AccessKeyId", "Missing SecretAccessKey", "169.254.169.254")
DURATION = re.compile(r" in [\d.]+(?:s|ms|µs)\b")  # the same trouble is told in the same words
INVALID_PATH = re.compile(r"invalid path: (?:Error parsing )?Path \"(?P<key>.*?)\"", re.DOTALL)


@contextmanager
def translated(url: str) -> Iterator[None]:
    """Raises obstore's errors about the bucket as BucketUnavailableError.

    FileNotFoundError and ValueError, for a key that is not there or cannot be one, are left to the caller.
    """
    from obstore.exceptions import BaseError

    try:
        yield
    except BaseError as error:
        raise BucketUnavailableError(f"{url}: {_in_words(str(error))}") from error


def _in_words(message: str) -> str:
    code = found[1] if (found := ERROR_CODE.search(message)) else ""
    if code == "NoSuchBucket":
        return "there is no such bucket; make it, or correct the name or AWS_ENDPOINT_URL"
    if code in BAD_CREDENTIALS:
        return (
            f"the credentials are not accepted ({code}); correct AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
        )
    if code == "AccessDenied" or "403 Forbidden" in message:
        return "access is denied; these credentials need to list, get, put and delete objects"
    if any(sign in message for sign in NO_CREDENTIALS):
        return "no credentials were found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
    if invalid := INVALID_PATH.search(message):
        return f"it holds the key {invalid['key']!r}, which cannot be listed; rename or delete that object"
    said = DURATION.sub("", " ".join(message.partition("Debug source")[0].split()))
    return f"it does not answer ({said[:300]}); start it, or correct AWS_ENDPOINT_URL"
