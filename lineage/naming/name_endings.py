"""What names of dataset versions and models end in: splits, versions, sizes, states of the data."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

MOST_PARTS = 12
LONGEST_NAME = 200

_BETWEEN_PARTS = re.compile(r"[-_\s]+|(?<!\d)\.|\.(?!\d)")
_FILE_ENDINGS = re.compile(
    r"(\.(csv|tsv|json|jsonl|ndjson|parquet|arrow|feather|orc|avro|txt|xml|xlsx?|h5|hdf5|npz|npy|pkl|pt|pth|ckpt"
    r"|bin|safetensors|onnx|gguf|joblib|tfrecords?|lmdb|zip|tar|tgz|gz|bz2|xz|zst|data|delta|sqlite|db|wav|mp3))+$",
    re.IGNORECASE,
)
_VERSION = re.compile(r"v\d+(\.\d+)*|v|\d+\.\d+(\.\d+)*|(version|ver|rev|release)\d*|latest|final|copy")
_DATE = re.compile(r"(19|20)\d{2}(\d{2}){0,2}|q[1-4]|(?=.*\d)(?=.*[a-f])[0-9a-f]{6,64}|[0-9a-f]{12,64}")
_SHARD = re.compile(r"part\d*|\d{4,6}|of|shard\d*|chunk\d*|fold\d*")
_SIZE = re.compile(r"\d+([.]\d+)?(k|m|b|h)|\d{2,3}|[bls]\d{1,2}")
_SPLITS = frozenset(
    "train training dev devel development val valid validation test testing eval evaluation holdout heldout"
    " split splits full all unsupervised".split()
)
_STATES = frozenset(
    "raw clean cleaned filtered sample sampled subset processed preprocessed prepared tokenized normalized"
    " balanced shuffled augmented dedup deduped deduplicated original plain".split()
)
_SIZES = frozenset(
    "nano tiny mini micro small medium base large xl xxl xlarge xxlarge huge giant big".split()
)
_MODEL_VARIANTS = frozenset(
    """
    awq bf16 cased chat classifier dpo en english fp16 4bit 8bit gguf gptq hf hybrid instruct int4 int8 it
    lora masking model multilingual onnx patch14 patch16 patch32 pretrained pt qlora regressor sft uncased
    whole word
    """.split()
)


class Ending(Enum):
    """What the last part of a name says."""

    SPLIT = "split"
    STATE = "state"
    VERSION = "version"
    SIZE = "size"
    VARIANT = "variant"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A name with some of its last parts cut off, and what each of those said, the last part first."""

    name: str
    left_out: str
    endings: tuple[Ending, ...]

    @property
    def broader(self) -> bool:
        """Whether the name one part longer is a size of what this name stands for."""
        return self.endings[-1] is Ending.SIZE


def parts_of(name: str) -> tuple[str, ...]:
    """The parts of a name between its hyphens, underscores, blanks and points; points in numbers stay."""
    return tuple(part for part in _BETWEEN_PARTS.split(name[:LONGEST_NAME]) if part)[:MOST_PARTS]


def without_file_ending(name: str) -> str:
    """The name of a file without what only says its format: "train.csv.gz" is "train"."""
    return _FILE_ENDINGS.sub("", name) or name


def dataset_ending(part: str) -> Ending:
    """What a part says where datasets are named."""
    word = part.casefold()
    if word in _SPLITS or _SHARD.fullmatch(word):
        return Ending.SPLIT
    if word in _STATES:
        return Ending.STATE
    if _VERSION.fullmatch(word) or _DATE.fullmatch(word):
        return Ending.VERSION
    if _SIZE.fullmatch(word) or word in _SIZES:
        return Ending.SIZE
    return Ending.UNKNOWN


def model_ending(part: str) -> Ending:
    """What a part says where models are named."""
    word = part.casefold()
    if word in _SIZES or _SIZE.fullmatch(word):
        return Ending.SIZE
    if word in _MODEL_VARIANTS:
        return Ending.VARIANT
    return Ending.VERSION if _VERSION.fullmatch(word) or _DATE.fullmatch(word) else Ending.UNKNOWN


def cuts(parts: Sequence[str], ending_of: Callable[[str], Ending]) -> Iterator[Cut]:
    """Yields the name cut shorter, part by part from its end, as long as the parts cut off are known ones."""
    endings: tuple[Ending, ...] = ()
    for length in range(len(parts) - 1, 0, -1):
        endings = (*endings, ending_of(parts[length]))
        if endings[-1] is Ending.UNKNOWN:
            return
        yield Cut(name="-".join(parts[:length]), left_out="-".join(parts[length:]), endings=endings)


def says_nothing(part: str) -> bool:
    """Whether a part of a path is only a split, a state, a version or a shard."""
    parts = parts_of(part.rpartition("=")[2])
    return all(dataset_ending(one) is not Ending.UNKNOWN for one in parts)
