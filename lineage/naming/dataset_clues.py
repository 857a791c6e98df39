"""Which datasets a dataset version may be a version of, from its name, its source and its tags."""

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from urllib.parse import unquote, urlsplit

from lineage.naming.candidates import Candidate, Clue, Place, candidate, clue, is_ordinary, shown, with_class
from lineage.naming.name_endings import (
    Ending,
    cuts,
    dataset_ending,
    parts_of,
    says_nothing,
    without_file_ending,
)
from records import DatasetVersion, EntityType

CATALOGUE_WEIGHT: Final = 1.0
NAME_WEIGHT: Final = 0.95
PATH_WEIGHT: Final = 0.9
FOLDER_WEIGHT: Final = 0.7
OWNER_WEIGHT: Final = 0.6
VERSION_WEIGHT: Final = 0.6
START_WEIGHT: Final = 0.65
LEAST_START: Final = 5
CLASS_FACTOR: Final = 0.65  # "iris" alone may be anything; "Iris dataset" is the name that is known
LONGEST_READ: Final = 2_000

# How much less a name says once such an ending was left out.
_ENDING_FACTORS = {Ending.SPLIT: 0.95, Ending.STATE: 0.93, Ending.VERSION: 0.95, Ending.SIZE: 0.9}
_FILLERS = frozenset("my our the raw clean cleaned full sampled processed preprocessed original".split())
_DENIALS = frozenset("like style inspired members goals links".split())  # "imagenet-like" is something else
_NAMING_TAGS = frozenset(
    """
    dataset datasets dataset_name dataset_id hf_dataset huggingface_dataset source_dataset source_datasets
    base_dataset parent_dataset original_dataset derived_from benchmark corpus
    """.split()
)
_HUGGING_FACE = re.compile(
    r"(?:hf://datasets/|huggingface://|https?://(?:www\.)?(?:huggingface\.co|hf\.co)/datasets/)(?P<name>[^?#]+)"
)
_KAGGLE = re.compile(
    r"(?:kaggle://(?:datasets/|competitions/)?|https?://(?:www\.)?kaggle\.com/(?:datasets/|competitions/|c/)?)"
    r"(?P<name>[^?#]+)"
)
_TFDS = re.compile(r"(?:tfds://|tfds[.:]|.*\btensorflow_datasets/)(?P<name>[^?#]+)")
_LIBRARY = re.compile(
    r"(?:torchvision|torchaudio|torchtext|torch_geometric|keras|tf\.keras|sklearn|seaborn|nltk)"
    r"(?:[.:/]+(?:datasets?|corpus))?[.:/]+(?:load_|fetch_)?(?P<name>\w+)"
)
# Owners under which the datasets of papers are kept; anybody may call a dataset of their own "race".
_PUBLISHERS = frozenset(
    """
    abisee allenai cais clips deepmind ehovy eleutherai eriktks facebook fancyzhx google
    google-research-datasets huggingface ibm-research legacy-datasets microsoft mozilla-foundation nvidia
    nyu-mll openai oscar-corpus rajpurkar salesforce sentence-transformers stanfordnlp tatsu-lab tau timm
    uoft-cs wikimedia wmt ylecun zalando-datasets
    """.split()
)
_OBJECT_STORES = frozenset({"s3", "s3a", "gs", "gcs", "abfs", "abfss", "wasbs", "az"})
_WEB = frozenset({"http", "https", "ftp"})


def dataset_clues(version: DatasetVersion) -> tuple[Clue, ...]:
    """What may name the dataset: the source first, then the tags, then the version's own name."""
    found = [*_source_clues(version.source_uri, "The source")]
    for key, value in version.tags:
        if key.casefold().rpartition(".")[2] in _NAMING_TAGS:
            for said in re.split(r"[,|]", value[:LONGEST_READ]):
                found.extend(_said_clues(said.strip(), f"The tag {shown(key)} ="))
    if version.dataset_name:
        found.extend(_said_clues(version.dataset_name.strip(), "The name"))
        if re.fullmatch(r"v?\d(\.\d)?", version.digest):
            found.append(_with_version(version.dataset_name.strip(), version.digest))
    elif not version.source_uri:
        found.extend(_reference_clues(version.id))
    return tuple(each for each in found if each.candidates)


def _reference_clues(reference: str) -> Iterator[Clue]:
    """Of a version that is only referred to, the reference is all there is: "ds:squad:1a2b"."""
    before, kind, rest = reference.rpartition("ds:")
    if kind and (not before or before.endswith(":")):
        yield from _said_clues(rest.partition(":")[0], "The reference")
    else:
        yield from _said_clues(reference.partition("@")[0], "The reference")


def _with_version(name: str, digest: str) -> Clue:
    """The second version of a team's "squad" may be SQuAD 2.0, or their second copy: a person knows."""
    said = f"The name {shown(name)} with the version {shown(digest)}"
    place = Place(said=said, weight=VERSION_WEIGHT, type=EntityType.DATASET)
    return clue(place, [candidate(f"{name} {digest}", place)])


def _said_clues(said: str, place: str) -> Iterator[Clue]:
    if "/" in said or "\\" in said:
        yield from _source_clues(said, place)
    elif said:
        whole = Place(said=f"{place} {shown(said)}", weight=NAME_WEIGHT, type=EntityType.DATASET)
        yield clue(whole, with_class(_named(_last_of_table(said), whole), "dataset", factor=CLASS_FACTOR))


def _source_clues(uri: str, place: str) -> Iterator[Clue]:
    uri = uri.strip()[:LONGEST_READ]
    said = f"{place} {shown(uri)}"
    if match := _HUGGING_FACE.match(uri):
        yield from _hugging_face(match["name"], said)
    elif match := _KAGGLE.match(uri) or _TFDS.match(uri) or _LIBRARY.fullmatch(uri):
        parts = [part for part in match["name"].split("/") if part]
        last = 1 if match.re is _KAGGLE and len(parts) > 1 else 0
        yield from (_catalogued(part, said) for part in parts[last : last + 1])
    elif "/" in uri or "\\" in uri:
        yield from _path(uri, said)
    elif uri:
        whole = Place(said=said, weight=PATH_WEIGHT, type=EntityType.DATASET)
        yield clue(whole, _named(_last_of_table(uri), whole))


def _hugging_face(path: str, said: str) -> Iterator[Clue]:
    """A published name stands alone; a name under an owner may be the owner's private thing."""
    parts = [part for part in path.partition("@")[0].split("/") if part]
    if len(parts) == 1:
        yield _catalogued(parts[0], said)
    elif parts:
        known = parts[0].casefold() in _PUBLISHERS
        owned = Place(said=said, weight=CATALOGUE_WEIGHT, type=EntityType.DATASET, vouches=known)
        yield clue(owned, with_class(_named(parts[1], owned), "dataset"))
        owner = Place(said=said, weight=OWNER_WEIGHT, type=EntityType.DATASET)
        yield clue(owner, _named(parts[0], owner))


def _catalogued(name: str, said: str) -> Clue:
    place = Place(said=said, weight=CATALOGUE_WEIGHT, type=EntityType.DATASET, vouches=True)
    return clue(place, with_class(_named(without_file_ending(name), place), "dataset"))


def _path(uri: str, said: str) -> Iterator[Clue]:
    """The last part of the path that says more than a split or a version, and the folder above it.

    Only a store's bucket may be the dataset; the host of a web address never is.
    """
    address = urlsplit(uri.replace("\\", "/")) if "[" not in uri else urlsplit("")
    parts = [unquote(part) for part in (address.path or "").split("/") if part]
    stems = [without_file_ending(part) for part in parts]
    telling = [stem for stem in stems if not says_nothing(stem)]
    bucket = address.netloc.partition("@")[0]
    if not telling and bucket and address.scheme in _OBJECT_STORES:
        telling = [bucket]
    for part, weight in zip(reversed(telling[-2:]), (PATH_WEIGHT, FOLDER_WEIGHT), strict=False):
        place = Place(said=said, weight=weight, type=EntityType.DATASET)
        yield clue(place, _named(part.rpartition("=")[2], place))


def _last_of_table(name: str) -> str:
    """The table of "catalog.schema.table"; versions such as "v1.1" keep their points."""
    parts = name.split(".")
    if len(parts) > 1 and all(part and not part[0].isdigit() for part in parts):
        return without_file_ending(name) if without_file_ending(name) != name else parts[-1]
    return without_file_ending(name)


def _named(name: str, place: Place) -> Iterator[Candidate]:
    """The name whole, then cut shorter, then what it starts with; fillers in front do not count."""
    parts = parts_of(name)
    if not parts:
        return
    yield candidate(name, place)
    while len(parts) > 1 and parts[0].casefold() in _FILLERS:
        yield candidate("-".join(parts[1:]), place, factor=0.95, left_out=parts[0])
        parts = parts[1:]
    for cut in cuts(parts, dataset_ending):
        factor = math.prod(_ENDING_FACTORS[ending] for ending in cut.endings)
        shorter = candidate(cut.name, place, factor=factor, left_out=cut.left_out)
        yield replace(shorter, broader=cut.broader)
    yield from _starts(parts, place)


def _starts(parts: tuple[str, ...], place: Place) -> Iterator[Candidate]:
    """What a longer name starts with is worth a person's look, where it is no word of every day."""
    unknown = next(
        (at for at in range(len(parts) - 1, 0, -1) if dataset_ending(parts[at]) is Ending.UNKNOWN), 0
    )
    if _DENIALS.intersection(part.casefold() for part in parts):
        return
    for length in range(unknown, 0, -1):
        start = "-".join(parts[:length])
        telling = len(start) >= LEAST_START or any(sign.isdigit() for sign in start)
        if telling and not is_ordinary(start):
            yield candidate(start, place, factor=START_WEIGHT, left_out="-".join(parts[length:]))
