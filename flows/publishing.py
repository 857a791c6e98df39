"""Publishing runs: what somebody tells of them, written into the graph."""

from collections.abc import Sequence

from flows.bridging import bridge
from flows.compose import open_graph
from flows.settings import Settings
from flows.sync_outcome import Published
from graph import placeholders_among, write_lineage
from lineage.payload import RunPayload, lineage_of


def publish_runs(payloads: Sequence[RunPayload], settings: Settings) -> Published:
    """Writes the runs, all or none of them; raises GraphUnavailableError."""
    lineage = lineage_of(payloads)
    with open_graph(settings) as store:
        counts = write_lineage(store, lineage)
        placeholders = placeholders_among(store, lineage)
        links = bridge(store, operator=settings.operator)
    return Published(
        run_ids=tuple(run.id for run in lineage.runs),
        nodes=counts.nodes,
        edges=counts.edges,
        placeholders=placeholders,
        linked=links.linked,
        proposed=links.proposed,
    )
