"""Which results papers report."""

from typing import Final

from graph.answers import EntitySummary, PaperResult, ResultSummary
from graph.questions.columns import QUOTE_COLUMNS, Columns, number, quote, surest_first, text
from graph.store import GraphReader
from records import BeliefThresholds, EntityType, Predicate

_PARTS: Final = """MATCH (r)-[:OF_METHOD]->(m:Method)
MATCH (r)-[:ON_DATASET]->(t:Dataset)
MATCH (r)-[:BY_METRIC]->(s:Metric)"""
_COLUMNS: Final = """r.id AS result, r.value AS value, r.written AS written,
       m.id AS method, m.name AS method_name, t.id AS dataset, t.name AS dataset_name,
       s.id AS metric, s.name AS metric_name"""
RESULTS_OF_PAPER: Final = f"""
MATCH (p:Paper {{id: $paper}})<-[:SUBJECT]-(f:Fact {{predicate: $reports}})-[:OBJECT]->(r:Result)
{_PARTS}
MATCH (f)<-[:SUPPORTS]-(e:Evidence)-[:WAS_QUOTED_FROM]->(d:Document)
WHERE f.belief > 0 AND f.belief >= $proposed AND e.job = d.current_job
RETURN f.id AS fact, f.belief AS belief, e.setting AS setting, e.best AS best, e.copied AS copied,
       {_COLUMNS},
       {QUOTE_COLUMNS}
"""
ONE_RESULT: Final = f"""
MATCH (r:Result {{id: $result}})
{_PARTS}
RETURN {_COLUMNS}
"""


def paper_results(store: GraphReader, paper_id: str, thresholds: BeliefThresholds) -> tuple[PaperResult, ...]:
    """What the paper reports, by data set, metric and figure; doubted facts are left out."""
    best: dict[str, Columns] = {}
    for row in sorted(
        store.read(
            RESULTS_OF_PAPER,
            {"paper": paper_id, "reports": Predicate.REPORTS.value, "proposed": thresholds.proposed},
        ),
        key=surest_first,
    ):
        best.setdefault(text(row, "fact"), row)
    found = (_paper_result(row, thresholds) for row in best.values())
    return tuple(sorted(found, key=_order))


def result_summary(store: GraphReader, result_id: str) -> ResultSummary:
    """The result of an id that the graph has."""
    (row,) = store.read(ONE_RESULT, {"result": result_id})
    return _result(row)


def _paper_result(row: Columns, thresholds: BeliefThresholds) -> PaperResult:
    belief = number(row, "belief")
    return PaperResult(
        id=text(row, "fact"),
        result=_result(row),
        belief=belief,
        standing=thresholds.standing(belief),
        setting=str(row["setting"] or ""),
        best=bool(row["best"]),
        copied=bool(row["copied"]),
        quote=quote(row),
    )


def _result(row: Columns) -> ResultSummary:
    def part(name: str, kind: EntityType) -> EntitySummary:
        return EntitySummary(id=text(row, name), name=text(row, f"{name}_name"), type=kind)

    return ResultSummary(
        id=text(row, "result"),
        method=part("method", EntityType.METHOD),
        dataset=part("dataset", EntityType.DATASET),
        metric=part("metric", EntityType.METRIC),
        value=number(row, "value"),
        written=text(row, "written"),
    )


def _order(one: PaperResult) -> tuple[str, str, float, str]:
    return one.result.dataset.name, one.result.metric.name, -one.result.value, one.id
