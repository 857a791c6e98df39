"""Which models recognition rests on, by hash."""

import hashlib
from importlib.resources import files


def model_hashes() -> tuple[tuple[str, str], ...]:
    """Name and SHA-256 of every model, sorted by name.

    Until a trained model ships there is one, the cue rules, and its content is this package's own source.
    """
    sources = sorted(
        (file.name, file.read_bytes()) for file in files("extract").iterdir() if file.name.endswith(".py")
    )
    digest = hashlib.sha256(b"".join(name.encode() + b"\0" + source + b"\0" for name, source in sources))
    return (("cue-rules", digest.hexdigest()),)
