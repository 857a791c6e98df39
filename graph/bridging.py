"""The bridge: links from lineage nodes to canonical entities, proposed, decided, and never forgotten."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, cast

from graph import bridge_statements as statements
from graph.bridge_statements import BRIDGES
from graph.describing import write_entities
from graph.nodes import Row
from graph.questions.columns import Columns, number, text, texts
from graph.statements import KNOWN_ENTITIES
from graph.storable_text import StorableTransaction, storable
from graph.store import GraphReader, GraphStore, GraphTransaction, Rows
from records import Entity, EntityType, RejectedInputError, content_id

LINK_ID: Final = re.compile(r"[0-9a-f]{6,32}")
LISTED: Final = 5
ROWS_AT_ONCE: Final = 1000


class Judgement(StrEnum):
    """What was decided about a link, by the program or by a person."""

    AUTOMATIC = "automatic"
    ACCEPTED = "accepted"
    PROPOSED = "proposed"
    REJECTED = "rejected"

    @property
    def holds(self) -> bool:
        """Whether questions follow the link."""
        return self in {Judgement.AUTOMATIC, Judgement.ACCEPTED}


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCandidate:
    """A link that the program found: `confident` ones hold at once, the others wait for a person."""

    node_label: str
    node_id: str
    entity: Entity
    score: float
    reasons: tuple[str, ...]
    confident: bool

    @property
    def id(self) -> str:
        """The hash of node, relation and entity."""
        relation, _ = BRIDGES[self.node_label]
        return content_id("link", storable_id(self.node_id), relation, self.entity.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class BridgeLink:
    """A link as the graph holds it; `relation` is the type of its edge while the judgement holds."""

    id: str
    node_label: str
    node_id: str
    relation: str
    entity_id: str
    entity_name: str
    entity_type: EntityType
    judgement: Judgement
    score: float
    reasons: tuple[str, ...]
    judged_by: str
    judged_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BridgeCounts:
    """How many links are new: those that hold, and those that a person is asked about."""

    linked: int
    proposed: int


def storable_id(node_id: str) -> str:
    """The id as stores hold it."""
    return str(storable(node_id))


def bridge_links(store: GraphReader) -> tuple[BridgeLink, ...]:
    """Every link, whatever was decided about it, by kind, node and entity."""
    return tuple(
        _link(row, label) for label, cypher in statements.LINKS.items() for row in store.read(cypher)
    )


def write_links(
    store: GraphStore, candidates: Iterable[LinkCandidate], *, judged_by: str, judged_at: datetime
) -> BridgeCounts:
    """Writes the candidates that say something new, in one transaction; what people decided stands.

    Confident ones hold at once, also where they were only proposed before. An entity that is no node yet
    becomes one, so that papers that are read later meet it.
    """
    known = _known(store.read)
    new = [one for one in candidates if _says_more(one, known.get(one.id))]
    if not new:
        return BridgeCounts(linked=0, proposed=0)
    with store.transaction() as raw:
        transaction = StorableTransaction(raw)
        known = _known(transaction.run)  # somebody may have judged since
        new = [one for one in new if _says_more(one, known.get(one.id))]
        _write_missing_entities(transaction, [one.entity for one in new], at=judged_at)
        for label in BRIDGES:
            of_label = [one for one in new if one.node_label == label]
            held = [_row(one, Judgement.AUTOMATIC, judged_by, judged_at) for one in of_label if one.confident]
            asked = [
                _row(one, Judgement.PROPOSED, judged_by, judged_at) for one in of_label if not one.confident
            ]
            _run(transaction, statements.UNPROPOSE[label], held)
            _run(transaction, statements.LINK[label], held)
            _run(transaction, statements.PROPOSE[label], asked)
    added = [one for one in new if one.id not in known or known[one.id][0].holds != one.confident]
    linked = sum(one.confident for one in added)
    return BridgeCounts(linked=linked, proposed=len(added) - linked)


def judge_links(
    store: GraphStore, link_ids: Sequence[str], *, accept: bool, judged_by: str, judged_at: datetime
) -> tuple[BridgeLink, ...]:
    """The links as they are after a person accepted or rejected them, all or none.

    Ids may be shortened to their first digits, from 6 on. Raises RejectedInputError for one that is no such
    id, that no link has, or that several links share.
    """
    known = bridge_links(store)
    chosen = [_only_link(known, link_id) for link_id in link_ids]
    judgement = Judgement.ACCEPTED if accept else Judgement.REJECTED
    undone, done = statements.UNLINK, statements.PROPOSE
    if accept:
        undone, done = statements.UNPROPOSE, statements.LINK
    with store.transaction() as transaction:
        for link in chosen:
            row = {
                **_ends(link.node_id, link.entity_id),
                "link_id": link.id,
                "relation": link.relation,
                "score": link.score,
                "reasons": list(link.reasons),
                "judgement": judgement.value,
                "judged_by": storable(judged_by),
                "judged_at": judged_at,
            }
            transaction.run(undone[link.node_label], {"rows": [row]})
            transaction.run(done[link.node_label], {"rows": [row]})
    now = {link.id: link for link in bridge_links(store)}
    return tuple(now[link.id] for link in chosen)


def _known(read: Callable[[str], Rows]) -> dict[str, tuple[Judgement, float]]:
    return {
        text(row, "link_id"): (Judgement(text(row, "judgement")), number(row, "score"))
        for cypher in statements.LINK_STATES.values()
        for row in read(cypher)
    }


def _says_more(candidate: LinkCandidate, known: tuple[Judgement, float] | None) -> bool:
    """Whether a candidate changes what the graph holds: a new link, a surer one, or a proposal come true."""
    if known is None:
        return True
    judgement, score = known
    if judgement in {Judgement.ACCEPTED, Judgement.REJECTED}:
        return False
    if judgement.holds != candidate.confident:
        return candidate.confident
    return candidate.score > score


def _write_missing_entities(
    transaction: GraphTransaction, entities: Iterable[Entity], *, at: datetime
) -> None:
    wanted = {entity.id: entity for entity in entities}
    for entity_type in {entity.type for entity in wanted.values()}:
        ids = [entity.id for entity in wanted.values() if entity.type is entity_type]
        for row in transaction.run(KNOWN_ENTITIES[entity_type], {"ids": ids}):
            del wanted[text(row, "id")]
    write_entities(transaction, wanted.values(), started_at=at)


def _row(candidate: LinkCandidate, judgement: Judgement, judged_by: str, judged_at: datetime) -> Row:
    relation, _ = BRIDGES[candidate.node_label]
    return {
        **_ends(candidate.node_id, candidate.entity.id),
        "link_id": candidate.id,
        "relation": relation,
        "score": float(candidate.score),
        "reasons": list(candidate.reasons),
        "judgement": judgement.value,
        "judged_by": judged_by,
        "judged_at": judged_at,
    }


def _ends(node_id: str, entity_id: str) -> Row:
    return {"node": node_id, "entity": entity_id}


def _run(transaction: GraphTransaction, cypher: str, rows: Sequence[Row]) -> None:
    for start in range(0, len(rows), ROWS_AT_ONCE):
        transaction.run(cypher, {"rows": list(rows[start : start + ROWS_AT_ONCE])})


def _link(row: Columns, label: str) -> BridgeLink:
    relation, entity_type = BRIDGES[label]
    return BridgeLink(
        id=text(row, "link_id"),
        node_label=label,
        node_id=text(row, "node"),
        relation=relation,
        entity_id=text(row, "entity"),
        entity_name=text(row, "name"),
        entity_type=entity_type,
        judgement=Judgement(text(row, "judgement")),
        score=number(row, "score"),
        reasons=texts(row, "reasons"),
        judged_by=text(row, "judged_by"),
        judged_at=cast("datetime", row["judged_at"]),
    )


def _only_link(links: Iterable[BridgeLink], link_id: str) -> BridgeLink:
    prefix = link_id.strip().lower()
    if not LINK_ID.fullmatch(prefix):
        raise RejectedInputError(f"{link_id!r} is no link id: give at least its first 6 hex digits")
    found = [link for link in links if link.id.startswith(prefix)]
    if not found:
        raise RejectedInputError(f"there is no link {prefix} in the graph; `paperlineage links` lists them")
    if len(found) > 1:
        listed = "; ".join(f"{link.id} ({link.node_id} as {link.entity_name})" for link in found[:LISTED])
        more = f"; and {len(found) - LISTED} more" if len(found) > LISTED else ""
        raise RejectedInputError(f"{len(found)} links start with {prefix}: {listed}{more}")
    return found[0]
