"""Answers about entities, papers and facts as blocks that a person reads."""

from collections.abc import Iterable, Mapping, Sequence

from rich.text import Text

from cli.plain_output import print_note
from cli.rendering import output, table
from cli.terminal_text import one_line
from flows.questions import IntroducedAnswer, Relationship
from graph import (
    EntitySummary,
    EvidenceAnswer,
    FactAnswer,
    FactGroup,
    Introduction,
    JobAnswer,
    PaperAnswer,
    PaperSummary,
    Quote,
)
from records import Fact, Predicate

QUOTES_SHOWN = 3
AUTHORS_SHOWN = 4
ID_DIGITS = 12


def print_introductions(answer: IntroducedAnswer) -> None:
    """Prints a block for each paper, or says that nobody is known and what is known instead."""
    for entity in answer.entities:
        _line(f"{entity.name} ({entity.type}, {entity.id})", style="bold")
    names = dict(answer.document_names)
    for number, found in enumerate(answer.introductions, start=1):
        _print_introduction(number, found, names=names)
    if not answer.introductions:
        _line("The graph knows no paper that introduced it.")
        _print_relationships(answer.otherwise)


def shown_quotes(evidence: Sequence[Quote]) -> Sequence[Quote]:
    """The few quotes that say most: the best of each document, then the best of the rest."""
    first: dict[str, Quote] = {}
    for quote in evidence:
        first.setdefault(quote.document, quote)
    others = [quote for quote in evidence if quote not in first.values()]
    return [*first.values(), *others][:QUOTES_SHOWN]


def _print_introduction(number: int, found: Introduction, *, names: Mapping[str, str]) -> None:
    _line("")
    _line(f"{number}. {_headline(found.paper)}", style="bold")
    fact = Fact(subject_id=found.paper.id, predicate=Predicate.INTRODUCES, object_id=found.entity.id)
    _line(f"{_byline(found.paper)} · belief {found.belief:.2f} · fact {fact.id[:ID_DIGITS]}", indent=3)
    for quote in shown_quotes(found.evidence):
        _print_quote(quote, document_name=names.get(quote.document, quote.document[:ID_DIGITS]))
    if (more := len(found.evidence) - QUOTES_SHOWN) > 0:
        _line(f"and {more} more: paperlineage ask fact {fact.id[:ID_DIGITS]}", indent=3, style="dim")


def _print_quote(quote: Quote, *, document_name: str) -> None:
    _line(f"“{quote.quote}”", indent=3, style="italic")
    parts = (
        f"page {quote.page} of {document_name}",
        quote.section,
        quote.kind,
        f"confidence {quote.confidence:.2f}",
        f"job {quote.job[:ID_DIGITS]}",
    )
    _line(" · ".join(part for part in parts if part), indent=5, style="dim")


def _print_relationships(relationships: Iterable[Relationship]) -> None:
    known = table("papers that", "title", "year", "belief", "fact", numbers=("year", "belief"))
    for one in relationships:
        year = "" if one.year is None else str(one.year)
        known.add_row(
            _verb(one.predicate), _text(one.title), year, f"{one.belief:.2f}", one.fact_id[:ID_DIGITS]
        )
    if known.row_count:
        output().print(known)
    else:
        print_note("No fact rests on it either: it is mentioned in evidence that does not support one.")


def print_paper(answer: PaperAnswer) -> None:
    """Prints who and what the paper is, its documents, and its facts by predicate."""
    _line(_headline(answer.paper), style="bold")
    _line(f"{_byline(answer.paper)} · cited by {answer.cited_by} papers of the graph · {answer.paper.id}")
    for document in answer.documents:
        _line(f"{document.name}: {document.page_count} pages, job {document.job[:ID_DIGITS]}", indent=2)
    for group in answer.facts:
        _print_group(group)
    if not answer.facts:
        _line("No facts are known of it.")


def _print_group(group: FactGroup) -> None:
    facts = table(_verb(group.predicate), "belief", "page", "quote", "fact", numbers=("belief", "page"))
    for fact in group.facts:
        facts.add_row(
            _text(fact.object.name),
            f"{fact.belief:.2f}",
            str(fact.quote.page),
            _text(fact.quote.quote),
            fact.id[:ID_DIGITS],
        )
    output().print(facts)


def print_fact(answer: FactAnswer) -> None:
    """Prints the fact, every quote for and against it, and the jobs behind them, each once."""
    _line(f"{_headline(answer.subject)} {_verb(answer.predicate)} {_named(answer.object)}", style="bold")
    _line(f"fact {answer.id} · belief {answer.belief:.2f} · subject {answer.subject.id}")
    for evidence in answer.evidence:
        _print_evidence(evidence)
    for job in {evidence.job.id: evidence.job for evidence in answer.evidence}.values():
        _print_job(job)


def _print_evidence(evidence: EvidenceAnswer) -> None:
    _line("")
    _line(f"“{evidence.quote}”", indent=2, style="italic")
    pages = ", ".join(str(page) for page in sorted(set(evidence.pages)))
    standing = "" if evidence.live else "superseded by a later reading"
    place = (f"page {pages} of {evidence.document.name}", evidence.section, evidence.kind, evidence.polarity)
    _line(" · ".join(part for part in (*place, standing) if part), indent=4)
    _line(
        f"read by {evidence.component}, confidence {evidence.confidence:.2f}; “{evidence.surface}” linked "
        f"{evidence.link_status} with score {evidence.link_score:.2f}: {' '.join(evidence.link_reasons)}",
        indent=4,
    )
    _line(f"evidence {evidence.id} · job {evidence.job.id}", indent=4, style="dim")


def _print_job(job: JobAnswer) -> None:
    _line("")
    _line(f"job {job.id}", style="bold")
    took = (job.ended_at - job.started_at).total_seconds()
    _line(f"started {job.started_at:%Y-%m-%d %H:%M:%S %Z}, {took:.1f} s, by {job.operator}", indent=2)
    if job.flow_run_url:
        _line(f"Prefect flow run {job.flow_run_url}", indent=2)
    _line(f"code {job.code_version}", indent=2)
    decided_by = {"model": job.models, "vocabulary": job.vocabularies, "parameter": job.parameters}
    for kind, pairs in decided_by.items():
        for name, value in pairs:
            _line(f"{kind} {name} = {value}", indent=2, style="dim")


def _headline(paper: PaperSummary) -> str:
    return f"{paper.title} ({paper.year})" if paper.year is not None else paper.title


def _byline(paper: PaperSummary) -> str:
    shown = ", ".join(paper.authors[:AUTHORS_SHOWN]) or "unknown authors"
    more = " et al." if len(paper.authors) > AUTHORS_SHOWN else ""
    return f"{shown}{more} · {paper.status}"


def _named(entity: EntitySummary) -> str:
    return f"{entity.name} ({entity.type})"


def _verb(predicate: Predicate) -> str:
    return predicate.value.lower().replace("_", " ")


def _text(text: str) -> Text:
    return Text(one_line(text))


def _line(text: str, *, indent: int = 0, style: str = "") -> None:
    console = output()
    margin = Text(" " * indent)
    for row in Text(one_line(text), style=style).wrap(console, console.width - indent):
        console.print(margin + row)
