"""The figures on facts: what counts as right, found, missing, calibrated, and rightly attributed."""

from pathlib import Path

import pytest
from written import written

from benchmarks.attribution import cited_with, gold_names
from benchmarks.fact_scores import (
    FactMarker,
    FoundFact,
    Marked,
    Verdict,
    calibration_error,
    same_work,
    scores,
)
from benchmarks.facts import report
from benchmarks.gold_facts import CitedWork, GoldFact, GoldPaper, gold_papers
from canonicalize import Linker
from records import Entity, EntityType, Predicate

BERT = Entity(
    id="method:bert",
    name="BERT",
    type=EntityType.METHOD,
    aliases=("Bidirectional transformer",),
    vocabulary="methods",
)
WORK = CitedWork(first_author="Jacob Devlin", year=2018, title="BERT: Pre-training of deep networks")


def gold(
    name: str,
    *,
    certain: bool = True,
    predicate: Predicate = Predicate.COMPARES_AGAINST,
    cited: CitedWork | None = None,
) -> GoldFact:
    return GoldFact(predicate=predicate, names=(name,), type=EntityType.METHOD, certain=certain, cited=cited)


def found(
    name: str = "BERT",
    *,
    belief: float = 0.9,
    predicate: Predicate = Predicate.COMPARES_AGAINST,
    cited: CitedWork | None = None,
) -> FoundFact:
    entity = (
        BERT
        if name == "BERT"
        else Entity(id=f"method:{name}", name=name, type=EntityType.METHOD, aliases=(), vocabulary="")
    )
    return FoundFact(predicate=predicate, object=entity, surfaces=(name,), belief=belief, cited=cited)


def marked(ours: list[FoundFact], theirs: list[GoldFact], accepted: float = 0.7) -> Marked:
    return FactMarker(Linker([BERT])).mark("p", ours, theirs, accepted=accepted)


def test_a_fact_is_right_by_any_name_of_its_object() -> None:
    assert [v.right for v in marked([found()], [gold("bidirectional-transformers")]).verdicts] == [True]
    assert [v.right for v in marked([found()], [gold("ELMo")]).verdicts] == [False]
    assert [v.right for v in marked([found()], [gold("BERT", predicate=Predicate.INTRODUCES)]).verdicts] == [
        False
    ]


def test_uncertain_gold_counts_neither_way() -> None:
    one = marked([found()], [gold("BERT", certain=False)])
    assert ([v.right for v in one.verdicts], one.missing) == ([None], [])


def test_what_is_believed_too_little_is_not_found() -> None:
    one = marked([found(belief=0.5)], [gold("BERT")])
    assert [fact.names[0] for _, fact in one.missing] == ["BERT"]


def test_a_cited_introduction_needs_the_right_work() -> None:
    right = gold("BERT", predicate=Predicate.INTRODUCES, cited=WORK)
    other = CitedWork(first_author="Peters", year=2018, title="Deep contextualized word representations")
    for cited, verdict in ((WORK, True), (other, False), (None, False)):
        ours = found(predicate=Predicate.INTRODUCES, cited=cited)
        assert [v.right for v in marked([ours], [right]).verdicts] == [verdict]


@pytest.mark.parametrize(
    ("author", "year", "title", "same"),
    [
        ("Devlin", 2019, "", True),
        ("J. Devlin", 2021, "BERT. Pretraining of deep networks", True),
        ("Devlin", 2021, "Other", False),
        ("", 2018, "Other", False),
    ],
)
def test_works_agree_by_title_or_by_author_and_year(author: str, year: int, title: str, same: bool) -> None:
    assert same_work(WORK, CitedWork(first_author=author, year=year, title=title)) is same


def test_precision_is_over_found_facts_and_recall_over_gold_ones() -> None:
    theirs = [gold("BERT"), gold("ELMo")]
    ours = [found(), found("GPT"), found("XLNet", belief=0.1)]
    one = marked(ours, theirs)
    assert scores([one], accepted=0.7, kept=[*ours, *theirs]) == {
        "precision": 0.5, "recall": 0.5, "f1": 0.5, "found": 2, "expected": 2,
    }  # fmt: skip


def test_calibration_compares_beliefs_with_how_many_are_right() -> None:
    def verdicts(belief: float, *rights: bool | None) -> list[Verdict]:
        return [Verdict(paper="p", fact=found(belief=belief), right=right) for right in rights]

    assert calibration_error(verdicts(0.75, True, True, True, False, None)) == 0.0
    assert calibration_error(verdicts(0.9, False, False)) == 0.9
    assert calibration_error([]) == 0.0


def test_only_predicates_of_the_gold_are_scored() -> None:
    paper = GoldPaper(stem="p", facts=(gold("BERT"),))
    figures = report([paper], {"p": [found(), found(predicate=Predicate.USES)]}, accepted=0.7)
    assert figures["micro"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "found": 1, "expected": 1}


def test_a_line_that_is_no_paper_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"paper": "a", "facts": []}\n{"paper": "b", "facts": [{"predicate": "LIKES"}]}\n')
    with pytest.raises(ValueError, match="line 2"):
        gold_papers(path)


@pytest.mark.parametrize("half", ["dev", "heldout"])
def test_the_gold_is_whole(half: str) -> None:
    papers = gold_papers(Path(__file__).parents[2] / "benchmarks" / "gold" / f"facts-{half}.jsonl")
    assert len(papers) == 8
    assert all(fact.type in fact.predicate.range for paper in papers for fact in paper.facts if fact.certain)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("We use BERT {a|[1]}.", True),
        ("{a@Devlin (2018)} present BERT.", True),
        ("BERT is used. Others {a|[1]} do not.", False),
    ],
)
def test_a_name_is_asked_for_where_its_sentence_cites(text: str, asked: bool) -> None:
    assert cited_with("BERT", written(text)) is asked


def test_a_list_of_names_with_other_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "names.tsv"
    path.write_text("name\tyear\nBERT\t2018\n")
    with pytest.raises(SystemExit, match="columns"):
        gold_names(path)
    path.write_text("name\ttype\tfirst_author\tyear\ttitle\nBERT\tMethod\tDevlin|Chang\t2018\tBERT\n")
    assert [work.first_author for work in gold_names(path)[0].works] == ["Devlin", "Chang"]
