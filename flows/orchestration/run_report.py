"""What a flow run leaves to read in Prefect's UI: a table of its documents, and the facts found."""

import re
import string
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from flows.outcomes import DocumentOutcome, Listener, in_words
from records import Evidence, JobOutput, Polarity

TABLE_KEY = "ingested-papers"
FACTS_KEY = "facts-found"
FACTS_SHOWN = 12  # of each document: the report is for looking at, the graph for asking
DOCUMENTS_SHOWN = 100
QUOTE_CHARACTERS = 300
MARKDOWN_MARK = re.compile(f"[{re.escape(string.punctuation)}]")


@dataclass(frozen=True, slots=True)
class FoundFacts:
    """The surest facts of one document, as blocks of Markdown."""

    document_name: str
    count: int
    lines: tuple[str, ...]


@dataclass(slots=True)
class ReportingListener:
    """Passes on what it hears, and keeps what the report needs."""

    listener: Listener
    found_facts: list[FoundFacts] = field(default_factory=list)

    def found(self, count: int) -> None:
        """Passes it on."""
        self.listener.found(count)

    def began(self, path: Path) -> None:
        """Passes it on."""
        self.listener.began(path)

    def wrote(self, output: JobOutput) -> None:
        """Keeps the facts of the document; the document itself is let go."""
        self.found_facts.append(found_facts(output))
        self.listener.wrote(output)

    def finished(self, outcome: DocumentOutcome) -> None:
        """Passes it on."""
        self.listener.finished(outcome)

    def recorded(self, flow_run_url: str) -> None:
        """Passes it on."""
        self.listener.recorded(flow_run_url)


def table_of(outcomes: Iterable[DocumentOutcome]) -> list[dict[str, str | int | float]]:
    """A row for each document."""
    return [
        {
            "file": Path(outcome.path).name,
            "state": outcome.state.value,
            "pages": outcome.pages,
            "mentions": outcome.mentions,
            "facts": outcome.facts,
            "seconds": outcome.seconds,
            "reason": outcome.reason,
        }
        for outcome in outcomes
    ]


def markdown_of(found: Sequence[FoundFacts], outcomes: Sequence[DocumentOutcome]) -> str:
    """The facts that the run found, document by document, the surest first."""
    parts = [f"# Facts found\n\n{as_markdown_text(in_words(outcomes))}"]
    for one in found[:DOCUMENTS_SHOWN]:
        parts.append(f"## {as_markdown_text(one.document_name)}\n\n{_counted(one)}")
        parts.extend(one.lines)
    if len(found) > DOCUMENTS_SHOWN:
        parts.append(f"and {len(found) - DOCUMENTS_SHOWN} more documents")
    return "\n\n".join(parts)


def found_facts(output: JobOutput) -> FoundFacts:
    """The affirmed facts of a job: what the paper says of itself before what it says of others, the surest
    first; the many figures of its tables come last."""

    def order(one: Evidence) -> tuple[bool, bool, float, int]:
        of_others = one.fact.subject_id != output.paper.id
        return one.reported is not None, of_others, -one.confidence, one.span.start

    best: dict[str, Evidence] = {}
    for one in sorted(output.evidence, key=order):
        if one.polarity is Polarity.AFFIRMED:
            best.setdefault(one.fact.id, one)
    titles = {paper.id: paper.title for paper in (output.paper, *output.cited)}
    lines = tuple(_fact_line(one, titles[one.fact.subject_id]) for one in list(best.values())[:FACTS_SHOWN])
    return FoundFacts(output.document.name, len(best), lines)


def as_markdown_text(text: str) -> str:
    """The text on one line, as Markdown that shows it and means nothing else.

    A backslash before a mark of ASCII makes it plain (CommonMark, section 2.4): no link, no image, no
    markup and no HTML, whatever a paper says. Character references would do as well, but Prefect's UI does
    not resolve them.
    """
    shown = " ".join(text.encode("utf-8", "replace").decode("utf-8").split())
    return MARKDOWN_MARK.sub(r"\\\g<0>", shown)


def _counted(found: FoundFacts) -> str:
    if not found.count:
        return "No facts."
    more = found.count - len(found.lines)
    return f"{found.count} facts" + (f", {more} of them not shown here" if more else "")


def _object_of(evidence: Evidence) -> str:
    """The name of what a fact is about; of a result all that it is of."""
    name = evidence.link.entity.name
    if evidence.reported is None:
        return name
    metric, dataset = (link.entity.name for link in (evidence.reported.metric, evidence.reported.dataset))
    return f"{name}, {metric} of {evidence.reported.result.written} on {dataset}"


def _fact_line(evidence: Evidence, title: str) -> str:
    quote = evidence.quote
    if len(quote) > QUOTE_CHARACTERS:
        quote = quote[:QUOTE_CHARACTERS] + "…"
    verb = evidence.fact.predicate.value.lower().replace("_", " ")
    subject, name = (
        as_markdown_text(title or "an untitled paper"),
        as_markdown_text(_object_of(evidence)),
    )
    page = min(evidence.pages, default=0)
    return (
        f"- {subject} **{verb}** {name} (confidence {evidence.confidence:.2f}, page {page})  \n"
        f"  “{as_markdown_text(quote)}”"
    )
