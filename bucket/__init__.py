"""Where papers arrive: buckets that are listed and fetched from, and the ledger of what became of what."""

from bucket.claimants import claimant, is_alive
from bucket.ledger import Ledger
from bucket.ledger_states import LedgerEntry, ObjectState, Settlement
from bucket.objects import (
    Bucket,
    BucketObject,
    FetchedObject,
    Listing,
    ObjectChangedError,
    ObjectRefusedError,
    is_arrival,
    readable,
)
from bucket.opening import open_bucket
from bucket.quarantine import note_of, quarantine_key_of

__all__ = [
    "Bucket",
    "BucketObject",
    "FetchedObject",
    "Ledger",
    "LedgerEntry",
    "Listing",
    "ObjectChangedError",
    "ObjectRefusedError",
    "ObjectState",
    "Settlement",
    "claimant",
    "is_alive",
    "is_arrival",
    "note_of",
    "open_bucket",
    "quarantine_key_of",
    "readable",
]
