"""What a paper says of itself: uses, steps, training and evaluation data, baselines, tasks."""

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from extract.attributes import RELATIONS, TEMPLATES, relations_of
from extract.cues import CUES, OWN, ROLE_NOUN, Cue
from extract.listed_marks import listed_marks
from extract.polarity import polarity_of_mark
from extract.step_targets import step_target
from extract.templates import MARK, Template, templates_of
from records import EvidenceKind, Polarity, Predicate, Relation, SectionKind

COMPONENT = "own_claims"
_NOT_COMPARED = re.compile(r"(?:\bnot|\bnever|n['’]t|\bcannot) (?:\w+ly )?(?:be )?compared?\b[^.;]*$")


@Language.component(COMPONENT, assigns=[RELATIONS], requires=[TEMPLATES])
def own_claims(doc: Doc) -> Doc:
    """Adds the relations that the cue rules find in sentences about the paper's own work."""
    found = [*relations_of(doc)]
    for template in templates_of(doc):
        found.extend(claims_in(template))
    doc._.relations = found
    return doc


def claims_in(template: Template) -> Iterator[Relation]:
    """Yields what one sentence says of its paper."""
    may_be_own = _may_be_own(template)
    for cue in CUES:
        if (cue.sections and template.section not in cue.sections) or (cue.own and not may_be_own):
            continue
        for match in cue.pattern.finditer(template.text):
            yield from _claims(template, cue, match)
    if template.section is not SectionKind.RELATED_WORK:
        for match in ROLE_NOUN.finditer(template.text):
            yield _relation(template, Predicate.COMPARES_AGAINST, int(match["number"]), (match.start(), 0.7))


def _may_be_own(template: Template) -> bool:
    in_trials = template.section in {SectionKind.EXPERIMENTS, SectionKind.RESULTS}
    return OWN.search(template.text) is not None or (in_trials and "⟦X" not in template.text)


def _claims(template: Template, cue: Cue, match: re.Match[str]) -> Iterator[Relation]:
    predicates = dict(cue.says)
    for mark in listed_marks(template.text, match.end(), cue.letters):
        if cue.participle and not is_participle(template.mention(int(mark["numbers"])).surface):
            return
        yield _relation(
            template, predicates[mark["letter"]], int(mark["numbers"]), (mark.start(), cue.confidence)
        )


def is_participle(surface: str) -> bool:
    """Whether a surface form opens with a past participle: "lower-cased", "split into"."""
    first = surface.split(maxsplit=1)[0].casefold()
    return first.endswith("ed") or first in {"split", "cut", "fed", "drawn"}


def _relation(template: Template, predicate: Predicate, number: int, place: tuple[int, float]) -> Relation:
    position, confidence = place
    mention = template.mention(number)
    polarity = polarity_of_mark(template.text, position, section=template.section)
    is_compared = _NOT_COMPARED.search(template.text, 0, position) is None
    if predicate is Predicate.COMPARES_AGAINST and polarity is Polarity.NEGATED and is_compared:
        polarity = Polarity.AFFIRMED  # "does not outperform X" is a comparison all the same
    return Relation(
        predicate=predicate,
        object=mention,
        cited_reference_id=None,
        sentence=template.sentence,
        kind=EvidenceKind.OWN_CLAIM,
        polarity=polarity,
        confidence=round(confidence * mention.confidence, 4),
        component=COMPONENT,
        applied_to=_target(template, predicate, position),
    )


def _target(template: Template, predicate: Predicate, position: int) -> str:
    mark = MARK.match(template.text, position)
    if predicate is not Predicate.APPLIES_STEP or mark is None:
        return ""
    return step_target(template, mark.start(), mark.end())
