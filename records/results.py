"""Results: what a method reached on a data set by a metric."""

from dataclasses import dataclass

from records.entities import Link
from records.identity import content_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A method, a data set and a metric by their ids, and the value as a number and as written."""

    method_id: str
    dataset_id: str
    metric_id: str
    value: float
    written: str

    @property
    def id(self) -> str:
        """The hash of all but the writing: the same figure in two papers is one result."""
        said = content_id("result", self.method_id, self.dataset_id, self.metric_id, repr(self.value))
        return f"result:{said}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedResult:
    """A result as a table reports it: the links of its data set and metric, and how it stands in its column.

    `setting` is what the table's headers say beside data set and metric ("Test"), or empty. `best` tells that
    no figure of the column is better; `copied` that the paper says it is another's figure.
    """

    result: Result
    dataset: Link
    metric: Link
    setting: str
    best: bool
    copied: bool
