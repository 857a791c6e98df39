"""The wording by which papers say what they do, as patterns over templates.

Every pattern ends where the mark of the object begins; `{…}` parts are filled in from `extract.grammar`.
"""

import re
from dataclasses import dataclass

from extract.grammar import cue
from records import Predicate, SectionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A wording, and what it says of an object by the letter of the object's mark.

    `sections` are those in which it is trusted; `own` tells whether the sentence must speak of the paper's
    own work elsewhere, because the wording itself does not; `participle` whether the object must itself be
    the sentence's verb ("images are ⟦cropped⟧").
    """

    says: tuple[tuple[str, Predicate], ...]
    pattern: re.Pattern[str]
    confidence: float
    sections: frozenset[SectionKind] | None = None
    own: bool = False
    participle: bool = False

    @property
    def letters(self) -> str:
        """The letters of the marks that an object may have."""
        return "".join(letter for letter, _ in self.says)


WORK = frozenset(
    {
        SectionKind.ABSTRACT,
        SectionKind.METHOD,
        SectionKind.DATA,
        SectionKind.EXPERIMENTS,
        SectionKind.RESULTS,
        SectionKind.CONCLUSION,
        SectionKind.OTHER,
        SectionKind.APPENDIX,
    }
)
TRIALS = frozenset({SectionKind.DATA, SectionKind.EXPERIMENTS, SectionKind.RESULTS})
FRAME = frozenset({SectionKind.ABSTRACT, SectionKind.INTRODUCTION, SectionKind.CONCLUSION})
OWN = re.compile(r"\b(?:[Ww]e|[Oo]urs?|us|proposed|[Tt]his (?:paper|work|article|study))\b")

USE = (("M", Predicate.USES), ("R", Predicate.USES), ("P", Predicate.APPLIES_STEP))

CUES = (
    Cue(
        says=USE,
        pattern=cue(r"{own} (?:{use}) {det}(?=⟦)"),
        confidence=0.85,
        sections=WORK | FRAME,
    ),
    Cue(
        says=(("P", Predicate.APPLIES_STEP),),
        pattern=cue(r"{own} (?:{use}|perform(?:ed)?|carr(?:y|ied) out|do|did) {few}(?=⟦)"),
        confidence=0.85,
        sections=WORK | FRAME,
    ),
    Cue(
        says=USE,
        pattern=cue(
            r"{own} (?:train|optimi[sz]e|pre-?train|fine-?tune|implement|encode|represent|initiali[sz]e|"
            r"model|"
            r"minimi[sz]e|learn|parametri[sz]e|obtain|compute|extract)(?:d|ed)? {some}(?:using|with|via|"
            r"through|by) {det}(?=⟦)"
        ),
        confidence=0.75,
        sections=WORK,
    ),
    Cue(
        says=(("M", Predicate.USES),),
        pattern=cue(
            r"(?:is|are|was|were) (?:trained|optimi[sz]ed|initiali[sz]ed|implemented|pre-?trained|encoded|"
            r"represented|learned) {some}(?:using|with|via|by) {det}(?=⟦)"
        ),
        confidence=0.65,
        sections=TRIALS | {SectionKind.METHOD},
        own=True,
    ),
    Cue(
        says=(("P", Predicate.APPLIES_STEP),),
        pattern=cue(r"{own} (?:randomly |again |all )?(?=⟦)"),
        confidence=0.8,
        sections=WORK,
    ),
    Cue(
        says=(("P", Predicate.APPLIES_STEP),),
        pattern=cue(
            r"\b[A-Za-z]+ (?:is|are|was|were|has been|have been|being) (?:(?:also|then|first|all|not|never|"
            r"randomly|further|only|each) )*(?=⟦)"
        ),
        confidence=0.75,
        sections=WORK,
        participle=True,
    ),
    Cue(
        says=USE,
        pattern=cue(
            r"{own} (?:fine-?tune|pre-?train|train|implement|re-?implement|run|report|measure|"
            r"compute)(?:d|ed)? "
            r"{det}(?=⟦)"
        ),
        confidence=0.75,
        sections=WORK,
    ),
    Cue(
        says=(("R", Predicate.USES),),
        pattern=cue(
            r"\b(?:in terms of|measured (?:by|in|with|using)|evaluated (?:by|with|using)|"
            r"[Tt]he (?:evaluation )?"
            r"(?:measure|metric)s? (?:is|are)|according to) {det}(?=⟦)"
        ),
        confidence=0.7,
        sections=TRIALS,
    ),
    Cue(
        says=USE,
        pattern=cue(
            r"\b(?:[Oo]ur|[Tt]he|[Ee]ach) (?:[\w-]+ ){1,4}?(?:uses?|employs?|consists? of|contains?|"
            r"(?:is|are) (?:based|built) on|builds? on|adopts?|applies|followed by) {few}{det}(?=⟦)"
        ),
        confidence=0.6,
        sections=frozenset({SectionKind.METHOD, SectionKind.EXPERIMENTS}),
        own=True,
    ),
    Cue(
        says=(("M", Predicate.USES),),
        pattern=cue(r"\b[Tt]he (?:models|encoders|methods|classifiers|learners|systems) are {det}(?=⟦)"),
        confidence=0.6,
        sections=TRIALS,
    ),
    Cue(
        says=(("P", Predicate.APPLIES_STEP),),
        pattern=cue(
            r"(?:pre-?process(?:ed|ing)?|tokeni[sz]ed|segmented|augmented|normali[sz]ed|encoded|split|"
            r"cleaned|prepared|"
            r"trained|processed|extracted) {some}(?:using|with|by|via|through|including) {det}(?=⟦)"
        ),
        confidence=0.7,
        sections=WORK,
    ),
    Cue(
        says=(("P", Predicate.APPLIES_STEP),),
        pattern=cue(r"\b(?:is|are|was|were) (?:\w+ly )?\w+ed {some}(?:using|with|by|via|through) {det}(?=⟦)"),
        confidence=0.65,
        sections=frozenset({SectionKind.DATA, SectionKind.EXPERIMENTS}),
    ),
    Cue(
        says=(("D", Predicate.TRAINS_ON),),
        pattern=cue(
            r"{own} {few}(?:{train}) (?:and \w+ )?{some}(?:on|over|from|using|with) {some}{det}(?=⟦)"
        ),
        confidence=0.85,
        sections=WORK | FRAME,
    ),
    Cue(
        says=(("D", Predicate.TRAINS_ON),),
        pattern=cue(
            r"(?:is|are|was|were|been|model|models|embeddings|vectors) (?:jointly |first |then |"
            r"all )?(?:pre-?trained|trained|"
            r"fine-?tuned|learned) {few}(?:on|over|from|using|with) {few}{det}(?=⟦)"
        ),
        confidence=0.65,
        sections=WORK,
    ),
    Cue(
        says=(("D", Predicate.EVALUATES_ON),),
        pattern=cue(
            r"(?:{own}|[Oo]ur (?:\w+ ){1,4}?(?:is|are|was|"
            r"were)) (?:\w+ and )?{some}(?:{evaluate}) {some}(?:on|over|"
            r"using|with|for|of) {some}{det}(?=⟦)"
        ),
        confidence=0.85,
        sections=WORK | FRAME,
    ),
    Cue(
        says=(("D", Predicate.EVALUATES_ON),),
        pattern=cue(
            r"{own} (?:conduct|perform|carry out|report|show|achieve|obtain|run|present)\w* {any}(?:on|"
            r"over|for) {det}(?=⟦)"
        ),
        confidence=0.75,
        sections=WORK | FRAME,
    ),
    Cue(
        says=(("D", Predicate.EVALUATES_ON),),
        pattern=cue(r"(?:{evaluate}) {few}(?:on|over) {det}(?=⟦)"),
        confidence=0.6,
        sections=TRIALS | {SectionKind.ABSTRACT},
    ),
    Cue(
        says=(("D", Predicate.EVALUATES_ON),),
        pattern=cue(r"{own} (?:{use}) {det}(?=⟦)(?!.*\b(?:to|for) (?:pre-?train|train|fine-?tun|learn))"),
        confidence=0.6,
        sections=TRIALS,
    ),
    Cue(
        says=(("D", Predicate.TRAINS_ON),),
        pattern=cue(r"{own} (?:{use}) {det}(?=⟦)(?=.*\b(?:to|for) (?:pre-?train|train|fine-?tun|learn))"),
        confidence=0.7,
        sections=WORK,
    ),
    Cue(
        says=(("M", Predicate.COMPARES_AGAINST),),
        pattern=cue(r"(?:{compare}) {some}(?:with|to|against|between) {det}(?=⟦)"),
        confidence=0.75,
        sections=WORK | FRAME,
        own=True,
    ),
    Cue(
        says=(("M", Predicate.COMPARES_AGAINST),),
        pattern=cue(r"(?:{beat}) (?:all |any |most |other |even |these |those )*{det}(?=⟦)"),
        confidence=0.7,
        sections=WORK | FRAME,
        own=True,
    ),
    Cue(
        says=(("M", Predicate.COMPARES_AGAINST),),
        pattern=cue(
            r"\b[Bb]aselines?(?: (?:methods?|models?|systems?))?(?:,? (?:are|is|include|includes|"
            r"including|such as|we use is))?:? {det}(?=⟦)"
        ),
        confidence=0.75,
        sections=TRIALS,
    ),
    Cue(
        says=(("T", Predicate.ADDRESSES),),
        pattern=cue(
            r"{own} (?:address|tackle|study|investigate|consider|focus on|explore|examine|approach)(?:e?s|"
            r"e?d)? "
            r"{det}(?:problem |task |tasks |challenge )?(?:of )?(?=⟦)"
        ),
        confidence=0.85,
        sections=FRAME,
    ),
    Cue(
        says=(("T", Predicate.ADDRESSES),),
        pattern=cue(r"{own} (?:{introduce}) {any}(?:for|to|of|on|in) {det}(?=⟦)"),
        confidence=0.7,
        sections=frozenset({SectionKind.ABSTRACT, SectionKind.INTRODUCTION}),
    ),
)
ROLE_NOUN = re.compile(r"⟦M(?P<number>\d+)⟧(?: ⟦C[\d,]+⟧)? (?:model |system |method )?baselines?\b")
"""A method called a baseline by the noun after it."""
