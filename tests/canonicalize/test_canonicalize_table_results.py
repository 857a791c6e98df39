"""Figures in tables become results of canonical things."""

from said import BERT, STAMP
from written import written

from canonicalize import Linker, job_output
from records import Annotations, Entity, EntityType, Mention, Predicate, Span, TableResult

SQUAD = Entity(id="dataset:squad", name="SQuAD", type=EntityType.DATASET, aliases=(), vocabulary="datasets")
F1 = Entity(id="metric:f1", name="F1", type=EntityType.METRIC, aliases=("F-score",), vocabulary="metrics")


def test_a_figure_becomes_a_result_and_all_that_it_is_of_is_kept() -> None:
    document = written("BERT 93.2 SQuAD F-score", title="A title of the paper")

    def mention(surface: str, kind: EntityType) -> Mention:
        start = document.text.index(surface)
        span = Span(start=start, end=start + len(surface))
        return Mention(
            span=span, type=kind, surface=surface, expansion="", confidence=0.8, component="tables"
        )

    figure = document.text.index("93.2")
    row = Span(start=document.text.index("BERT"), end=len(document.text))
    found = TableResult(
        method=mention("BERT", EntityType.METHOD),
        dataset=mention("SQuAD", EntityType.DATASET),
        metric=mention("F-score", EntityType.METRIC),
        figure=Span(start=figure, end=figure + 4),
        value=93.2,
        setting="Test",
        sentence=row,
        best=True,
        copied=False,
        confidence=0.8,
        component="tables",
        signals=("data set in caption", "metric in header"),
    )
    annotations = Annotations(document_id=document.id, mentions=(), relations=(), results=(found,))
    output = job_output(document, annotations, Linker([BERT, SQUAD, F1]), stamp=STAMP)
    (item,) = output.evidence
    assert item.fact.predicate is Predicate.REPORTS
    assert item.reported is not None
    assert item.fact.object_id == item.reported.result.id
    assert (item.reported.result.metric_id, item.reported.result.written) == ("metric:f1", "93.2")
    assert item.reported.setting == "Test"
    assert item.reasons == ("+ data set in caption", "+ metric in header")
    assert item.quote == document.text[row.start : row.end]
    assert {entity.id for entity in output.entities} == {BERT.id, SQUAD.id, F1.id}
