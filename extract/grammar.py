"""The parts that cue patterns are made of: who speaks, verbs, determiners, lists, and what follows a mark."""

import re

GRAMMAR = {
    "own": r"\b(?:(?<!when )(?<!if )(?<!where )(?<!as )(?<!than )[Ww]e|"
    r"[Tt]his (?:paper|work|article|study|thesis)|[Tt]he (?:present )?authors)(?: (?:also|"
    r"then|first|further|therefore|thus|hereby|instead|simply|only|additionally|do not|did not|don['’]t|"
    r"never|"
    r"will|can|could|have|now|directly|mainly|currently|separately|always|could also|may|plan to))*",
    "few": r"(?:[^\s⟦⟧.;:]+ ){0,4}?",
    "some": r"(?:(?!(?:and|but|while|which|that|because|since|whereas|compar\w+|outperform\w*) )"
    r"(?:[^\s⟦⟧.;:]+|⟦[^⟧]+⟧) ){0,8}?",
    "any": r"(?:(?:[^\s⟦⟧.;]|⟦[^⟧]+⟧)+ ){0,14}?",
    "introduce": r"(?:propos|introduc|present|releas|develop|design|creat|construct|publish|contribut|devis)"
    r"(?:es|ed|e|s|ing)?",
    "use": r"(?:us|utiliz|utilis|employ|adopt|appl|leverag|exploit|choos|extend)(?:es|ed|e|y|ied|"
    "ies|s|ing)?"
    r"|chose|rely on|relied on|buil[dt] (?:up)?on|make use of|made use of|start(?:ed)? from|experiment with",
    "train": r"(?:pre-?train|fine-?tun|train|learn|optimi[sz])(?:es|ed|e|s|ing)?",
    "evaluate": r"(?:evaluat(?:e|es|ed|ing|ions?)|test(?:s|ed|ing)?|experiment(?:s|ed|ing)?|validat(?:e|"
    "es|ed|ing|ion)|"
    r"results?|performances?|benchmark(?:s|ed|ing)?|scores?|accurac(?:y|ies)|state[ -]of[ -]the[ -]art|F1|"
    r"BLEU)",
    "compare": r"compar(?:e|es|ed|ing|isons?|able)",
    "beat": r"(?:outperform|surpass|exceed|beat|improve (?:up)?on|better than|superior to|worse than|"
    r"improvements? over|gains? over|inferior to)(?:s|ed|ing)?",
    "det": r"(?:(?:the|a|an|our|this|its|both|two|three|four|five|several|various|standard|popular|original|"
    r"well-known|widely[ -]used|commonly[ -]used|existing|public|publicly available|large-scale|full|strong|"
    r"pre-?trained|vanilla|traditional|following|official|same|English|simple|recent|state-of-the-art|"
    r"previous|new|novel|plain|different|benchmark|datasets?|corpora|corpus|data|baselines?|methods?|models?|"
    r"including|such as|namely|like|i\.e\.,?|e\.g\.,?|of|from|:|and|well|as) )*",
}


def cue(pattern: str) -> re.Pattern[str]:
    """The pattern with the parts of the grammar filled in."""
    for name, part in GRAMMAR.items():
        pattern = pattern.replace("{" + name + "}", f"(?:{part})")
    return re.compile(pattern)


OBJECT = r"⟦(?P<letter>[MDPTR])(?P<number>\d+)⟧"
"""The mark of a mention of any type."""

HEAD_NOUN = (
    r"(?: (?:data|datasets?|corpora|corpus|benchmarks?|treebanks?|models?|networks?|algorithms?|methods?|"
    r"optimi[sz]ers?|embeddings?|architectures?|techniques?|tokeni[sz]ers?|metrics?|scores?|parsers?|toolkit|"
    r"layers?|units?|approach|framework|objective|loss|vectors|vocabulary|representations?|mechanism|"
    r"regulari[sz]ation|encoding|task)){0,2}"
)
"""Nouns that may follow a name without making it another thing: "the SQuAD dataset"."""

CONTINUATION = re.compile(
    r"(?: ?⟦C[\d,]+⟧)?(?: (?:datasets?|corpora|corpus|data|models?|benchmarks?|treebanks?|networks?|"
    r"embeddings?|algorithms?|tasks?|test sets?|scores?|(?:of|on|at) (?:[^\s⟦⟧,.;]+(?: [^\s⟦⟧,.;]+)?|⟦D\d+⟧)|"
    r"\([^()⟦⟧]{1,40}\)))*(?: ?⟦C[\d,]+⟧)?(?:,? and |,? or |[,;] | & | \+ |,? as well as )"
    r"(?:on |against |with |to |for |(?:[a-z]+-level|(?:micro|macro)-averaged|weighted|exact|overall) )?"
    + GRAMMAR["det"]
)
"""What stands between two objects of one list."""

ATTRIBUTIVE = re.compile(
    r"-\w|(?:[ -](?:based|style|like|inspired|augmented|enhanced|specific|trained)\b)|['’]s? "
)
"""What follows a mark that only qualifies another noun: "⟦M0⟧-based model"."""
