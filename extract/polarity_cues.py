"""The words by which a sentence denies or only imagines something, and the words that end their reach.

Every pattern is run over text without its names, in lower and upper case alike.
"""

import re


def words(*alternatives: str) -> re.Pattern[str]:
    """A pattern for any of the alternatives as whole words."""
    return re.compile(rf"\b(?:{'|'.join(alternatives)})(?!\w)", re.IGNORECASE)


HARMLESS = words(
    r"not (?:only|just|merely|simply|solely|least|(?:too |very |so )?(?:surprising|unexpected)(?:ly)?|"
    r"to mention|the only)",
    r"(?:whether )?or not",
    r"no (?:longer|later|more|less|fewer|better|worse) than",
    r"no (?:doubt|wonder|matter|surprise)",
    r"nothing but",
    r"not limited to",
    r"(?:not|never) (?:to )?(?:without|fail(?:ed)?|exclude|ignore|avoid|omit|discard|skip)",
    r"without (?:loss of generality|further (?:ado|comment)|(?:a )?doubt|exception)",
    r"(?:can ?not|can never|could ?n[o'’]t|should ?n[o'’]t|must not) be "
    r"(?:over|under)(?:stated|estimated|emphasi[sz]ed)",
    r"with(?: \w+)?(?:,| and| or) without",
    r"(?:would|should) (?:also |further )*like to (?:thank|acknowledge|express|note|point out|emphasi[sz]e)",
    r"(?:may|might|can|could|should|must) (?:also )?(?:be )?(?:seen|found|noted|recalled|mentioned|viewed|"
    r"regarded|"
    r"considered|interpreted|obtained from|downloaded)",
    r"perhaps (?:as|not|un)\w*",
    r"(?:for|in|as) (?:the )?may",
)
"""Wordings that hold a cue word and deny or imagine nothing."""

NEGATION = words(
    r"(?:not|never|cannot|nor|neither|hardly|barely|scarcely|seldom|rarely|nothing|none|nobody)",
    r"\w+n['’]t",
    r"(?:did|do|does|was|were|is|are|could|would|has|had|have) ?n['’]t",
    r"n['’]t",
    r"donot",
    r"no (?:longer|need|way|reason|attempt|access)",
    r"fail(?:s|ed|ing)? to",
    r"unable to",
    r"(?:in|un)feasible|impossible",
)
"""What denies everything in its clause after it."""

NEGATED_PHRASE = words(
    r"instead of",
    r"rather than",
    r"(?:as )?opposed to",
    r"in (?:contrast|opposition) (?:to|with)",
    r"in (?:place|lieu) of",
    r"in the absence of",
    r"contrary to",
    r"unlike",
    r"without",
    r"except(?: for)?(?! that)",
    r"excluding",
    r"(?:other|apart|aside) (?:than|from)",
    r"and not",
    r"but not",
    r"nor",
    r"neither",
    r"no",
    r"(?:prevent|preclude|prohibit|forbid|avoid|omit|exclude|discard|ignore|skip|abandon|eliminate|"
    r"forgo)(?:e?s|e?d)?",
    r"(?:prevent|preclud|prohibit|avoid|omitt|exclud|discard|ignor|skipp|abandon|eliminat)(?:ing|ed)",
    r"refrain(?:s|ed)? from",
    r"lack(?:s|ed|ing)?(?: of)?",
)
"""What denies the noun phrase, or the phrase of a verb in -ing, right behind it."""

_AUXILIARY = (
    r"(?:is|are|was|were|be|been|being|has|have|had|do|does|did|can|could|may|might|will|would|should|must)"
)
_ADVERBS = r"(?:(?:\w+ly|also|still|thus|then|often|however) ){0,2}"
DENIED_PREDICATE = words(
    rf"{_AUXILIARY} {_ADVERBS}(?:not|never|no longer|hardly|rarely|neither|unable)",
    r"(?:cannot|never)",
    r"\w*n['’]t",
    r"fail(?:s|ed)?",
    r"lack(?:s|ed)",
    rf"(?:is|are|was|were|be|been) {_ADVERBS}(?:omitted|excluded|removed|discarded|ignored|skipped|"
    rf"dropped|avoided|"
    r"eliminated|disabled|unavailable|impossible|infeasible|unsuitable|unnecessary|absent)",
)
"""What denies the subject before it."""

MODAL = words(
    r"(?:could|might|may(?! \d)|would|should)",
    r"(?:is|are|was|were|be) (?:\w+ )?likely (?:to|due)",
    r"(?:is|are|was|were|due) (?:potentially|possibly|probably|perhaps|presumably|conceivably|most likely)",
    r"(?:potentially|possibly|probably|perhaps|presumably|conceivably)(?: \S+){0,2} ?$",
    r"we (?:speculate|expect|hypothesi[sz]e|conjecture|anticipate)",
    r"(?:be|is|are) (?:\w+ )?(?:applicable|generali[sz]able|extensible|extendable) to",
    r"can (?:(?:also|easily|readily|directly|potentially|then|thus|further|naturally|straightforwardly|"
    r"both) )*be "
    r"(?:\w+ly )?(?:combined|extended|applied|used|adapted|adopted|integrated|plugged|incorporated|employed|"
    r"utili[sz]ed|embedded|replaced|generali[sz]ed|pursued|shared|exploited|explored|transferred)",
    r"potential to",
)
"""What makes everything in its clause after it a mere possibility."""

SHOWN = words(
    r"(?:show|demonstrat|prov|describ|illustrat|explain|confirm)(?:s|es|ed|e|n|ing)? (?:\w+ )?(?:how|that)",
    r"evidence that",
)
"""What makes a "can" behind it a finding."""

PLAN = words(
    r"(?:plan|hope|intend|wish|want)(?:s|ed|ing)? (?:to|on)",
    r"would (?:also )?(?:like|love) to",
    r"(?:would|will|may|might|could) be (?:\w+ )?(?:interesting|worthwhile|worth|useful|fruitful|desirable)",
    r"is (?:also )?(?:interesting|worthwhile|worth) (?:to|\w+ing)",
    r"in (?:the |our )?(?:near )?future",
    r"(?:leave|left)(?: \w+){0,4} (?:for|to|as) (?:\w+ )?future",
    r"(?<!for )future (?:work|research|stud(?:y|ies)|directions?|versions?|extensions?|"
    r"experiments?)",
    r"remains? (?:to be|for)",
    r"(?:research|work) directions?",
    r"next step (?:is|will|would)",
    r"another (?:possible )?(?:idea|option|possibility|direction|avenue|way)",
    r"(?:one|a) possible (?:way|approach|extension|direction|solution)",
)
"""What makes everything in its sentence after it a plan or a guess."""

PLANNED_AFTER = words(
    r"(?:left|leave (?:it|this|that|them|these)|postponed|deferred|reserved)(?: \w+){0,2} "
    r"(?:for|to|as)(?: \w+){0,2} (?:future|later|subsequent|further)(?: \w+)?",
    r"(?:for|in|as|to) (?:our |the |potential )*(?:near )?future(?: work| research| stud(?:y|ies)|"
    r" directions?)?",
    r"(?:promising|interesting|plausible|possible|fruitful) (?:\w+ )*?(?:next step|direction|avenue|"
    r"extension)s?",
    r"remains? (?:to be|an open)",
)
"""What makes everything in its sentence before it a plan."""

CONDITION = words(
    r"(?<!as )if", r"unless", r"suppose(?: that)?", r"supposing", r"assuming(?: that)?", r"provided that"
)
"""What opens a clause that is only supposed."""

SUPPOSED_CONSEQUENCE = words(r"(?:would|will|could|might|may|should|can)")

QUESTION = re.compile(
    r"(?:^|[.:;,] )(?:but |and |so )?(?:how|what|why|which|can|could|do|does|did|is|are|should|will|would|"
    r"has|have|"
    r"to what)\b",
    re.IGNORECASE,
)
"""What opens a question."""

WILL = words(r"(?:we|this work|our \w+) will")
"""What is a plan where a paper concludes, and elsewhere tells what the paper itself goes on to do."""

SUBORDINATE = re.compile(
    r"^(?:however, |also, |note that )?(?:while|whereas|although|though|because|since|when|as|despite|"
    r"even if|"
    r"given)\b[^,]*, (?![^\s,;:()]+(?: [^\s,;:()]+){0,3},? (?:and|or) )",
    re.IGNORECASE,
)
"""A subordinate clause that opens a sentence."""

CONTRASTED_MANNER = re.compile(
    r" (?P<how>to|for|as|with|in|by|on|at|when) [^.;:]{1,80}?,? but (?:only |rather |also )?(?P=how)\b"
)
"""What stands behind a name that is only denied for one purpose: "not use X to …, but to …"."""

KEPT_FROM = re.compile(r"[^.,;:]{0,40}\bfrom \w")
"""What stands behind a name that is not itself prevented: "prevents X from …"."""

PREVENTION = words(r"(?:prevent|preclud|prohibit|forbid)\w*")

CLAUSE_BREAK = re.compile(
    r"[;:?!]|\.(?= [A-Z])|, yet\b|, (?:using|by)\b|\bas (?:is|was|are|were|do|does|did)\b|"
    r",? \b(?:but|while|whereas|although|though|because|since|so that|and thus|"
    r"and therefore|and then|and hence|and instead|which|who|whose|where)\b|"
    r",? (?:and|so) (?=(?:we|it|they|this|these|our)\b)|, (?=(?:we|it|they|our|this|these|the|i)\b)|"
    r",? (?:and|or|then) (?=(?:\w+ly )?(?:is|are|was|were|has|have|can|will|do|does|did|uses?|used|"
    r"shows?|gives?|applies|employs?|trains?|learns?|achieves?|rely|relies|treat|treats|gets?|jointly|"
    r"instead|\w+ly \w+s|produces?|"
    r"thus|then)\b)",
    re.IGNORECASE,
)
"""What ends the reach of a cue, in both directions."""

PHRASE_END = re.compile(
    r",(?! (?:[^\s,;:()]+ ){1,4}?(?:and|or) (?:[^\s,;:()]+ ){0,3}[^\s,;:()]+,)(?! (?:and|or) )|[;:?!]|"
    r"\b(?:we|is|are|was|were|has|have|had|can|could|may|might|will|would|should|must|do|does|did|but|which|"
    r"provides|improves|reduces|increases|leads|yields|gives|achieves|shows|makes|allows|enables|helps|"
    r"who|that|while|whereas|because|since|although|if|when|where|whether|then)\b",
    re.IGNORECASE,
)
"""What ends a noun phrase behind a preposition; the comma of an enumeration does not."""

AUXILIARY = re.compile(rf"\s*{_ADVERBS}(?:{_AUXILIARY}|cannot|fail(?:s|ed)?)\b", re.IGNORECASE)
"""What shows that the name before it belongs to the subject."""

FINITE_VERB = re.compile(
    r"\b(?:am|is|are|was|were|has|have|had|do|does|did|can|cannot|could|may|might|must|will|would|shall|"
    r"should|"
    r"(?:we|they|i|it|you|one|he|she) (?:(?:also|then|first|further|only|again|now|\w+ly) )*\w+|"
    r"uses|shows|gives|takes|makes|yields|achieves|performs|outperforms|employs|applies|requires|contains|"
    r"consists|"
    r"provides|allows|enables|suggests|indicates|produces|obtains|proposes|presents|introduces|describes|"
    r"learns|predicts|computes|ignores?|lacks?|fails?|failed|relies|rely|avoids|prevents|remains?|seems?|"
    r"appears?|"
    r"leads|results in|helps|becomes?|needs|tends?|utilize|showed|achieved|presented|proposed a|"
    r"introduced a)\b",
    re.IGNORECASE,
)
"""What shows that a clause has its verb: auxiliaries, a pronoun with a word after it, frequent verbs."""
