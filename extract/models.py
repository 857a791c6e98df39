"""Which models recognition rests on, by hash."""

import hashlib
from importlib.resources import files

from extract.recognition.choices import RecogniserChoice, recogniser_models


def model_hashes(choice: RecogniserChoice) -> tuple[tuple[str, str], ...]:
    """Name and SHA-256 of every model, sorted by name: the cue rules, and what the choice brings.

    The cue rules' content is this package's own source.
    """
    rooms = (files("extract"), files("extract") / "candidates")
    sources = sorted(
        (f"{room.name}/{file.name}", file.read_bytes())
        for room in rooms
        for file in room.iterdir()
        if file.name.endswith(".py")
    )
    digest = hashlib.sha256(b"".join(name.encode() + b"\0" + source + b"\0" for name, source in sources))
    return tuple(sorted((("cue-rules", digest.hexdigest()), *recogniser_models(choice))))
