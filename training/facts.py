"""Learns how to weigh claims, from the papers of which the facts are known.

`python -m training.facts --papers DIR ... --gold FILE ... --uses FILE --out models/facts` runs in the
program's own environment, not in torch's: scikit-learn comes with the program. The gold's papers are found in
DIR by the stems of their files, read, and recognised by the shipped model; a claim is right as in
`benchmarks.facts`. Of what papers use there is no such gold, but verdicts on what the program found
(`training.judged_uses`). Printed, and left beside the weights, is how claims fare whose papers the weights
have not seen (folds by paper). The same papers, gold and locked packages give the same weights.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.preprocessing import MaxAbsScaler  # type: ignore[import-untyped]

from benchmarks.fact_scores import FactMarker, FoundFact, Marked, calibration_error, scores
from benchmarks.facts import all_facts, pdf_of
from benchmarks.gold_facts import CitedWork, GoldPaper, gold_papers
from canonicalize import Linker, load_vocabularies
from canonicalize.claim_features import ClaimFeatures
from canonicalize.claims import Claim, Claims, Features
from canonicalize.papers import cited_papers, paper_of_document
from canonicalize.weighing import FORMAT, WEIGHTS, KindWeights
from extract.pipeline import annotate, build_nlp
from extract.recognition.choices import Kind, RecogniserChoice, open_recogniser
from ingest import PdfReaderPool, ReadingLimits
from records import Polarity, Predicate
from training.judged_uses import JudgedUses, judged_uses
from training.telling_features import STRENGTHS, TELLING

STRENGTH = 0.3
"""The inverse of the penalty on the squares of the weights, of features scaled to at most 1."""
FOLDS = 8
DIGITS = 4
SHOWN = (0.5, 0.6, 0.7, 0.8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A claim of a paper, what is told of it, and whether it is right; None where the gold leaves it open."""

    paper: str
    kind: str
    features: Features
    fact: FoundFact
    right: bool | None = None

    @property
    def is_use(self) -> bool:
        """Whether it says that the paper uses something: the gold does not tell it."""
        return self.fact.predicate is Predicate.USES


def main() -> None:
    """Learns, prints how well, and writes the weights and what is known of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=Path, nargs="+", required=True)
    parser.add_argument("--gold", type=Path, nargs="+", required=True)
    parser.add_argument("--uses", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    gold = sorted((paper for path in given.gold for paper in gold_papers(path)), key=lambda paper: paper.stem)
    examples = list(labelled(gold, given.papers, judged_uses(given.uses)))
    kinds, report = learned(examples), unseen(examples, gold)
    given.out.mkdir(parents=True, exist_ok=True)
    content = {"format": FORMAT, "kinds": kinds}
    (given.out / WEIGHTS).write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", "utf-8")
    (given.out / "scores.json").write_text(json.dumps(report, indent=1) + "\n", "utf-8")
    print(json.dumps(report, indent=1))


def labelled(
    gold: Sequence[GoldPaper], folders: Sequence[Path], uses: Mapping[str, JudgedUses]
) -> Iterator[Example]:
    """Yields the claims of the gold's papers with their verdicts."""
    vocabularies = load_vocabularies()
    linker = Linker(vocabularies.entities)
    nlp = build_nlp(
        vocabularies.entities, open_recogniser(RecogniserChoice(kind=Kind.SHIPPED, target="default"))
    )
    marker = FactMarker(linker)
    with PdfReaderPool(ReadingLimits(), workers=1) as pool:
        for paper in gold:
            document = pool.submit(pdf_of(paper.stem, *folders)).result()
            annotations = annotate(document, nlp)
            claims = Claims(
                annotations, linker, own=paper_of_document(document), cited=cited_papers(document)
            )
            told = ClaimFeatures(document, annotations, linker, claims)
            found = [_example(paper.stem, claim, told.of(claim)) for claim in claims if _is_affirmed(claim)]
            in_gold = [one for one in found if not one.is_use]
            marked = marker.mark(paper.stem, [one.fact for one in in_gold], paper.facts, accepted=0.0)
            for one, verdict in zip(in_gold, marked.verdicts, strict=True):
                yield replace(one, right=verdict.right)
            for one in found:
                if one.is_use and paper.stem in uses:
                    yield replace(one, right=uses[paper.stem].verdict(one.fact.surfaces))


def _is_affirmed(claim: Claim) -> bool:
    return any(relation.polarity is Polarity.AFFIRMED for relation, _ in claim.all())


def _example(paper: str, claim: Claim, features: Features) -> Example:
    pairs = list(claim.all())
    subject = claim.subject
    cited = CitedWork(first_author=next(iter(subject.authors), ""), year=subject.year, title=subject.title)
    fact = FoundFact(
        predicate=claim.predicate,
        object=pairs[0][1].entity,
        surfaces=tuple(sorted({link.surface for _, link in pairs})),
        belief=1.0,
        cited=cited if claim.reference else None,
    )
    return Example(paper=paper, kind=claim.kind, features=features, fact=fact)


def learned(examples: Sequence[Example]) -> dict[str, dict[str, object]]:
    """The weights of each kind of claim, sorted by name."""
    made: dict[str, dict[str, object]] = {}
    for kind, items in sorted(_by_kind(examples).items()):
        weights = fitted([one for one in items if one.right is not None])
        made[kind] = {"bias": weights.bias, "weights": dict(sorted(weights.weights.items()))}
    return made


def fitted(examples: Sequence[Example]) -> KindWeights:
    """The logistic regression of examples of one kind, its weights for features as they are told."""
    kind = examples[0].kind
    vectorizer, scaler = DictVectorizer(), MaxAbsScaler()
    told = scaler.fit_transform(vectorizer.fit_transform([_telling(one) for one in examples]))
    strength = STRENGTHS.get(kind, STRENGTH)
    model = LogisticRegression(C=strength, max_iter=5000).fit(told, [bool(one.right) for one in examples])
    weights = model.coef_[0] / scaler.scale_
    named = zip(vectorizer.get_feature_names_out(), weights, strict=True)
    return KindWeights(
        bias=round(float(model.intercept_[0]), DIGITS),
        weights={str(name): value for name, weight in named if (value := round(float(weight), DIGITS))},
    )


def _telling(example: Example) -> Features:
    chosen = TELLING.get(example.kind)
    if chosen is None:
        return example.features
    return {name: value for name, value in example.features.items() if name in chosen}


def unseen(examples: Sequence[Example], gold: Sequence[GoldPaper]) -> dict[str, object]:
    """How claims fare by weights that have not seen their papers, at several beliefs from which to accept."""
    believed: list[Example] = []
    for items in _by_kind(examples).values():
        beliefs = _by_folds(items)
        believed += [
            replace(one, fact=replace(one.fact, belief=float(belief)))
            for one, belief in zip(items, beliefs, strict=True)
        ]
    marker = FactMarker(Linker(load_vocabularies().entities))
    report: dict[str, object] = {"papers": len(gold), "claims": len(believed)}
    for accepted in SHOWN:
        marked = [
            marker.mark(
                paper.stem,
                [one.fact for one in believed if one.paper == paper.stem and not one.is_use],
                paper.facts,
                accepted=accepted,
            )
            for paper in gold
        ]
        report[f"accepted from {accepted}"] = _scores(marked, accepted)
        report[f"uses accepted from {accepted}"] = _scores_of_uses(believed, accepted)
        report["calibration_error"] = calibration_error(v for one in marked for v in one.verdicts)
    return report


def _scores_of_uses(believed: Sequence[Example], accepted: float) -> dict[str, float]:
    """Precision, and which share of the right ones that the program found at all is accepted."""
    uses = [one for one in believed if one.is_use and one.right is not None]
    taken = [bool(one.right) for one in uses if one.fact.belief >= accepted]
    right = sum(bool(one.right) for one in uses)
    return {
        "precision": round(sum(taken) / len(taken), 4) if taken else 0.0,
        "share of the right": round(sum(taken) / right, 4) if right else 0.0,
        "found": len(taken),
        "expected": right,
    }


def _scores(marked: Sequence[Marked], accepted: float) -> dict[str, object]:
    facts = list(all_facts(marked))
    by_predicate = {
        str(predicate): scores(marked, accepted=accepted, kept=[f for f in facts if f.predicate is predicate])
        for predicate in sorted({fact.predicate for fact in facts})
    }
    return {"micro": scores(marked, accepted=accepted, kept=facts), **by_predicate}


def _by_folds(examples: Sequence[Example]) -> NDArray[np.float64]:
    papers = sorted({one.paper for one in examples})
    fold = {paper: number % FOLDS for number, paper in enumerate(papers)}
    beliefs = np.zeros(len(examples))
    for number in range(FOLDS):
        others = [one for one in examples if fold[one.paper] != number and one.right is not None]
        weights = fitted(others)
        for place, one in enumerate(examples):
            if fold[one.paper] == number:
                beliefs[place] = weights.probability(one.features)
    return beliefs


def _by_kind(examples: Sequence[Example]) -> Mapping[str, list[Example]]:
    kinds: dict[str, list[Example]] = defaultdict(list)
    for one in examples:
        kinds[one.kind].append(one)
    return kinds


if __name__ == "__main__":
    main()
