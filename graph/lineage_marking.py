"""Marking how far a lineage source was read, and what it no longer has."""

from collections.abc import Sequence
from datetime import datetime

from graph import lineage_statements as statements
from graph.lineage_nodes import source_properties
from graph.lineage_reading import LABEL_OF
from graph.storable_text import StorableTransaction
from graph.store import GraphStore
from records import LineageSource


def mark_synced(
    store: GraphStore,
    source: LineageSource,
    *,
    synced_at: datetime,
    swept: bool,
    vanished: Sequence[tuple[type, Sequence[str]]] = (),
) -> None:
    """Says, in one transaction, that the source was read whole as of `synced_at` (aware).

    With `swept` that was everything, without it what was new. `vanished` are records, by type and id, that
    the source told of and no longer has: they are marked as deleted.
    """
    with store.transaction() as raw:
        transaction = StorableTransaction(raw)
        transaction.run(statements.MERGE_SOURCE, {"id": source.id, "props": source_properties(source)})
        for record_type, ids in vanished:
            marked = {"ids": list(ids), "source": source.id}
            transaction.run(statements.MARK_VANISHED[LABEL_OF[record_type]], marked)
        transaction.run(statements.MARK_SYNCED, {"source": source.id, "synced_at": synced_at})
        if swept:
            transaction.run(statements.MARK_SWEPT, {"source": source.id, "swept_at": synced_at})
