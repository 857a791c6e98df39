"""Jobs that meet in papers, entities, facts and a document that three pipeline versions read."""

from builders import cited, document, entity, evidence, job_output, paper

from records import Document, EntityType, Evidence, JobOutput, Paper, Polarity, Predicate

BPE = entity("byte-pair encoding", EntityType.PREPROCESSING_STEP, aliases=["BPE"], vocabulary="steps")
BERT = entity("BERT")
SQUAD = entity("SQuAD", EntityType.DATASET, vocabulary="datasets")
SENNRICH = cited("Neural machine translation of rare words", authors=["Rico Sennrich"], year=2016)
GAGE = cited("A new algorithm for data compression", authors=["Philip Gage"], year=1994)
OWN = paper("Some words about subwords", authors=["Ada Byron"], year=2020)
PDF = document("subwords.pdf", pages=3)


def quotes(pdf: Document = PDF, own: Paper = OWN, *, confidence: float = 0.8) -> list[Evidence]:
    return [
        evidence(SENNRICH, Predicate.INTRODUCES, BPE, document=pdf, start=0, confidence=confidence),
        evidence(SENNRICH, Predicate.INTRODUCES, BPE, document=pdf, start=50, confidence=confidence / 2),
        evidence(own, Predicate.USES, BERT, document=pdf, start=100, confidence=confidence),
        evidence(own, Predicate.EVALUATES_ON, SQUAD, document=pdf, start=150, polarity=Polarity.NEGATED),
        evidence(own, Predicate.TRAINS_ON, SQUAD, document=pdf, start=200, polarity=Polarity.HYPOTHETICAL),
    ]


OUTPUT = job_output(PDF, OWN, evidence=quotes(), cited=[SENNRICH, GAGE])


def crossing_jobs() -> list[JobOutput]:
    """Five of them: what each says of what they share differs."""
    sennrich = paper("Neural Machine Translation of Rare Words", authors=["R. Sennrich"], doi="10.1/x")
    pdf, other_pdf = document("sennrich.pdf"), document("other.pdf")
    other = paper("Other words altogether here", authors=["Emmy Noether"], year=2021)
    misread = paper("Proceedings of the whole conference")
    shouted = cited("NEURAL MACHINE TRANSLATION OF RARE WORDS", authors=["Sennrich, R.", "Haddow, B."])
    provisional = entity("bert", vocabulary="provisional")
    renamed = entity("Bert", vocabulary="methods-2")
    own_claim = evidence(sennrich, Predicate.INTRODUCES, BPE, document=pdf, confidence=0.6)
    denied = evidence(OWN, Predicate.USES, BERT, document=PDF, start=100, polarity=Polarity.NEGATED)
    uses = evidence(other, Predicate.USES, provisional, document=other_pdf, confidence=0.7)
    cites = evidence(shouted, Predicate.INTRODUCES, BPE, document=other_pdf, start=50, confidence=0.4)
    return [
        OUTPUT,
        job_output(PDF, misread, evidence=[denied], cited=[OWN], code_version="2", minute=1),
        job_output(
            PDF,
            OWN,
            evidence=quotes()[:3],
            cited=[GAGE, SENNRICH],
            code_version="3",
            minute=2,
            entities=[renamed],
        ),
        job_output(pdf, sennrich, evidence=[own_claim], minute=3),
        job_output(other_pdf, other, evidence=[uses, cites], cited=[shouted], minute=4),
    ]
