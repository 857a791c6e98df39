"""Questions across the bridge as people ask them: names found however they are typed, then answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from canonicalize import Linker
from flows.questions import SUGGESTED, UnknownNameError, document_names, entities_named, listed
from graph import EntitySummary, GraphReader, PaperSummary, all_entities, papers_matching
from graph.bridge_answers import (
    Affected,
    IntroducingPaper,
    LineageSummary,
    Origin,
    PaperRelation,
    UntriedMethod,
)
from graph.bridge_reading import linkable_lineage
from graph.bridge_statements import LINKED_TYPES
from graph.questions.introducing import facts_about, facts_of, introducing
from graph.questions.models import models_matching
from graph.questions.origins import origins_of
from graph.questions.resting import Ground, affected_by
from graph.questions.untried import untried_methods
from graph.questions.walking import Stop, lineage_summary
from records import (
    DEFAULT_THRESHOLDS,
    BeliefThresholds,
    Entity,
    EntityType,
    LinkStatus,
    Predicate,
    normalised_title,
)

USING: Final = (
    Predicate.USES,
    Predicate.APPLIES_STEP,
    Predicate.TRAINS_ON,
    Predicate.EVALUATES_ON,
    Predicate.ADDRESSES,
)
DocumentNames = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactAnswer:
    """What of ours rests on a paper or on an entity, what must be made again first.

    `entities` is what was asked about, or what the paper introduced; `introductions` say so.
    """

    paper: PaperSummary | None
    entities: tuple[EntitySummary, ...]
    introductions: tuple[IntroducingPaper, ...]
    affected: tuple[Affected, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginsAnswer:
    """The papers that a model version rests on, weakest first, and what it rests on without a known paper."""

    model: LineageSummary
    origins: tuple[Origin, ...]
    without_paper: tuple[EntitySummary, ...]
    document_names: DocumentNames


@dataclass(frozen=True, slots=True, kw_only=True)
class UsesAnswer:
    """The papers that use, apply, train or evaluate on something, and what of ours does."""

    entities: tuple[EntitySummary, ...]
    papers: tuple[PaperRelation, ...]
    ours: tuple[Affected, ...]
    document_names: DocumentNames


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselinesAnswer:
    """What the papers behind a method, or one paper, compared against, and who compares against it."""

    entities: tuple[EntitySummary, ...]
    papers: tuple[PaperSummary, ...]
    baselines: tuple[PaperRelation, ...]
    compared_by: tuple[PaperRelation, ...]
    document_names: DocumentNames


@dataclass(frozen=True, slots=True, kw_only=True)
class UntriedAnswer:
    """Methods in papers that nothing of ours used, those of most papers first."""

    task: EntitySummary | None
    methods: tuple[UntriedMethod, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Subject:
    """What a name stands for: one entity, or one paper."""

    entity: Entity | None = None
    paper: PaperSummary | None = None


def impact_of(
    store: GraphReader, name: str, thresholds: BeliefThresholds = DEFAULT_THRESHOLDS
) -> ImpactAnswer:
    """What rests on the paper, step, method or dataset; raises UnknownNameError for none or several."""
    entities = all_entities(store)
    subject = _subject(store, name, entities, LINKED_TYPES)
    if subject.entity:
        grounds = [Ground(entity=subject.entity)]
    else:
        by_id = {entity.id: entity for entity in entities}
        paper_id = subject.paper.id if subject.paper else ""
        introduced = introducing(facts_of(store, [paper_id], (Predicate.INTRODUCES,), thresholds))
        grounds = [Ground(entity=by_id[one.entity.id], source=one) for one in introduced]
    return ImpactAnswer(
        paper=subject.paper,
        entities=tuple(_summary(ground.entity) for ground in grounds),
        introductions=tuple(ground.source for ground in grounds if ground.source),
        affected=affected_by(store, grounds),
    )


def origins_of_model(
    store: GraphReader, wanted: str, thresholds: BeliefThresholds = DEFAULT_THRESHOLDS
) -> OriginsAnswer:
    """The papers behind the model version that a text names; raises UnknownNameError for none or several."""
    model = _model_named(store, wanted)
    origins, without = origins_of(store, model, thresholds)
    return OriginsAnswer(
        model=lineage_summary(model),
        origins=origins,
        without_paper=tuple(
            EntitySummary(id=stop.id, name=stop.name, type=EntityType(stop.label)) for stop in without
        ),
        document_names=document_names(store, {origin.source.quote.document for origin in origins}),
    )


def who_uses(store: GraphReader, name: str, thresholds: BeliefThresholds = DEFAULT_THRESHOLDS) -> UsesAnswer:
    """Papers and things of ours that use what the name stands for; raises UnknownNameError."""
    entities = entities_named(store, name)
    papers = facts_about(store, [(one.type.value, one.id) for one in entities], USING, thresholds)
    linkable = [Ground(entity=entity) for entity in entities if entity.type in LINKED_TYPES]
    return UsesAnswer(
        entities=tuple(map(_summary, entities)),
        papers=papers,
        ours=affected_by(store, linkable, derived=False),
        document_names=document_names(store, {one.quote.document for one in papers}),
    )


def baselines_of(
    store: GraphReader, name: str, thresholds: BeliefThresholds = DEFAULT_THRESHOLDS
) -> BaselinesAnswer:
    """What a method's own papers, or a paper, compared against; raises UnknownNameError."""
    entities = all_entities(store)
    subject = _subject(store, name, entities, frozenset({EntityType.METHOD}))
    if subject.entity:
        methods: tuple[EntitySummary, ...] = (_summary(subject.entity),)
        found = facts_about(store, [("Method", subject.entity.id)], (Predicate.INTRODUCES,), thresholds)
        papers = tuple(dict.fromkeys(one.paper for one in found))
    else:
        papers = (subject.paper,) if subject.paper else ()
        found = facts_of(store, [paper.id for paper in papers], (Predicate.INTRODUCES,), thresholds)
        methods = tuple(one.entity for one in found if one.entity.type is EntityType.METHOD)
    own = {paper.id for paper in papers}
    baselines = facts_of(store, own, (Predicate.COMPARES_AGAINST,), thresholds)
    compared = facts_about(
        store, [("Method", one.id) for one in methods], (Predicate.COMPARES_AGAINST,), thresholds
    )
    compared_by = tuple(one for one in compared if one.paper.id not in own)
    return BaselinesAnswer(
        entities=methods,
        papers=papers,
        baselines=baselines,
        compared_by=compared_by,
        document_names=document_names(store, {one.quote.document for one in (*baselines, *compared_by)}),
    )


def untried(
    store: GraphReader,
    *,
    limit: int,
    task: str = "",
    thresholds: BeliefThresholds = DEFAULT_THRESHOLDS,
) -> UntriedAnswer:
    """Methods that no model of ours is a version of and no run names in its parameters or tags.

    Raises UnknownNameError for a task that the graph does not have.
    """
    entities = all_entities(store)
    wanted = _task_named(entities, task) if task else None
    methods = [entity for entity in entities if entity.type is EntityType.METHOD]
    return UntriedAnswer(
        task=_summary(wanted) if wanted else None,
        methods=untried_methods(
            store,
            limit=limit,
            tried=_tried(store, methods),
            task=wanted.id if wanted else None,
            thresholds=thresholds,
        ),
    )


def _tried(store: GraphReader, methods: Iterable[Entity]) -> frozenset[str]:
    from lineage.naming.tried_names import (
        tried_names,
    )  # no other question needs this stage, which takes long to import

    linker = Linker(methods)
    links = (
        linker.link(name, EntityType.METHOD)
        for name in tried_names(linkable_lineage(store).runs)
        if name.strip()
    )
    return frozenset(link.entity.id for link in links if link.status is LinkStatus.EXACT)


def _subject(
    store: GraphReader, name: str, entities: tuple[Entity, ...], types: frozenset[EntityType]
) -> _Subject:
    """The one entity or paper that the name stands for; an entity's own name goes before words of a title."""
    match = Linker(entities).find(name)
    fitting = [entity for entity in match.entities if entity.type in types]
    papers = papers_matching(store, name)
    titled = [paper for paper in papers.papers if normalised_title(paper.title) == normalised_title(name)]
    named = [f"{entity.id} ({entity.name})" for entity in fitting]
    if fitting and titled:
        named += [f"{paper.id} ({paper.title})" for paper in titled]
    if len(named) > 1:
        raise UnknownNameError(
            f"{len(named)} things are called {name!r}, name one by its id: {'; '.join(named)}"
        )
    if fitting:
        return _Subject(entity=fitting[0])
    if len(papers.papers) == 1:
        return _Subject(paper=papers.papers[0])
    if match.entities:
        other = match.entities[0]
        wanted = ", ".join(sorted(entity_type.value for entity_type in types))
        raise UnknownNameError(f"{other.name} is a {other.type}: name a paper or one of {wanted}")
    if papers.papers:
        count = len(papers.papers)
        raise UnknownNameError(f"{count} papers fit {name!r}, name one by its id: {listed(papers.papers)}")
    near = [entity.name for entity in match.suggestions[:SUGGESTED] if entity.type in types]
    near += [f"{paper.title} ({paper.id})" for paper in papers.suggestions[:SUGGESTED]]
    hint = f"; did you mean: {'; '.join(dict.fromkeys(near))}?" if near else ""
    raise UnknownNameError(f"no paper or entity in the graph is called {name!r}{hint}")


def _model_named(store: GraphReader, wanted: str) -> Stop:
    matches = models_matching(store, wanted)
    if len(matches.models) == 1:
        return matches.models[0]
    if matches.models:
        shown = "; ".join(model.id for model in matches.models[:SUGGESTED])
        more = f"; and {len(matches.models) - SUGGESTED} more" if len(matches.models) > SUGGESTED else ""
        raise UnknownNameError(
            f"{len(matches.models)} model versions fit {wanted!r}, name one by its reference: {shown}{more}"
        )
    hint = f"; did you mean: {', '.join(matches.suggestions)}?" if matches.suggestions else ""
    raise UnknownNameError(f"no model version in the graph is called {wanted!r}{hint}")


def _task_named(entities: Iterable[Entity], name: str) -> Entity:
    match = Linker(entities).find(name, EntityType.TASK)
    if match.entities:
        return match.entities[0]
    near = ", ".join(entity.name for entity in match.suggestions[:SUGGESTED])
    hint = f"; did you mean: {near}?" if near else ""
    raise UnknownNameError(f"no task in the graph is called {name!r}{hint}")


def _summary(entity: Entity) -> EntitySummary:
    return EntitySummary(id=entity.id, name=entity.name, type=entity.type)
