"""Answers about entities, papers and facts as blocks that a person reads."""

from collections.abc import Iterable, Mapping, Sequence

from cli.answer_lines import ID_DIGITS, belief, byline, cell, headline, line, named, print_quote, verb
from cli.plain_output import print_note
from cli.rendering import output, table
from flows.questions import IntroducedAnswer, Relationship
from graph import (
    EntitySummary,
    EvidenceAnswer,
    FactAnswer,
    FactGroup,
    Introduction,
    JobAnswer,
    PaperAnswer,
    PaperResult,
    Quote,
)
from records import Fact, Predicate

QUOTES_SHOWN = 3


def print_introductions(answer: IntroducedAnswer) -> None:
    """Prints a block for each paper, or says that nobody is known and what is known instead."""
    for entity in answer.entities:
        line(f"{entity.name} ({entity.type}, {entity.id})", style="bold")
    names = dict(answer.document_names)
    for number, found in enumerate(answer.introductions, start=1):
        _print_introduction(number, found, names=names)
    if not answer.introductions:
        line("The graph knows no paper that introduced it.")
        _print_relationships(answer.otherwise)


def shown_quotes(evidence: Sequence[Quote]) -> Sequence[Quote]:
    """The few quotes that say most: the best of each document, then the best of the rest."""
    first: dict[str, Quote] = {}
    for quote in evidence:
        first.setdefault(quote.document, quote)
    others = [quote for quote in evidence if quote not in first.values()]
    return [*first.values(), *others][:QUOTES_SHOWN]


def _print_introduction(number: int, found: Introduction, *, names: Mapping[str, str]) -> None:
    line("")
    line(f"{number}. {headline(found.paper)}", style="bold")
    fact = Fact(subject_id=found.paper.id, predicate=Predicate.INTRODUCES, object_id=found.entity.id)
    line(f"{byline(found.paper)} · belief {belief(found)} · fact {fact.id[:ID_DIGITS]}", indent=3)
    for quote in shown_quotes(found.evidence):
        print_quote(quote, document_names=names)
    if (more := len(found.evidence) - QUOTES_SHOWN) > 0:
        line(f"and {more} more: paperlineage ask fact {fact.id[:ID_DIGITS]}", indent=3, style="dim")


def _print_relationships(relationships: Iterable[Relationship]) -> None:
    known = table("papers that", "title", "year", "belief", "fact", numbers=("year", "belief"))
    for one in relationships:
        year = "" if one.year is None else str(one.year)
        known.add_row(verb(one.predicate), cell(one.title), year, belief(one), one.fact_id[:ID_DIGITS])
    if known.row_count:
        output().print(known)
    else:
        print_note("No fact rests on it either: it is mentioned in evidence that does not support one.")


def print_paper(answer: PaperAnswer) -> None:
    """Prints who and what the paper is, its documents, and its facts by predicate."""
    line(headline(answer.paper), style="bold")
    line(f"{byline(answer.paper)} · cited by {answer.cited_by} papers of the graph · {answer.paper.id}")
    for document in answer.documents:
        line(f"{document.name}: {document.page_count} pages, job {document.job[:ID_DIGITS]}", indent=2)
    for group in answer.facts:
        _print_group(group)
    if answer.results:
        _print_results(answer.results)
    if not answer.facts and not answer.results:
        line("No facts are known of it.")


def _print_group(group: FactGroup) -> None:
    facts = table(verb(group.predicate), "belief", "page", "quote", "fact", numbers=("belief", "page"))
    for fact in group.facts:
        facts.add_row(
            cell(fact.object.name),
            belief(fact),
            str(fact.quote.page),
            cell(fact.quote.quote),
            fact.id[:ID_DIGITS],
        )
    output().print(facts)


def _print_results(results: Sequence[PaperResult]) -> None:
    reported = table(
        "reports", "on", "by", "figure", "", "belief", "page", "fact", numbers=("figure", "page")
    )
    for one in results:
        notes = [note for note, told in (("best", one.best), ("of others", one.copied)) if told]
        reported.add_row(
            cell(one.result.method.name),
            cell(f"{one.result.dataset.name} ({one.setting})" if one.setting else one.result.dataset.name),
            cell(one.result.metric.name),
            cell(one.result.written),
            ", ".join(notes),
            belief(one),
            str(one.quote.page),
            one.id[:ID_DIGITS],
        )
    output().print(reported)


def print_fact(answer: FactAnswer) -> None:
    """Prints the fact, every quote for and against it, and the jobs behind them, each once."""
    line(f"{headline(answer.subject)} {verb(answer.predicate)} {object_of(answer)}", style="bold")
    line(f"fact {answer.id} · belief {answer.belief:.2f} · subject {answer.subject.id}")
    for evidence in answer.evidence:
        _print_evidence(evidence)
    for job in {evidence.job.id: evidence.job for evidence in answer.evidence}.values():
        _print_job(job)


def object_of(answer: FactAnswer) -> str:
    """What a fact is about: a thing with its type, or what was reached where."""
    if isinstance(answer.object, EntitySummary):
        return named(answer.object)
    result = answer.object
    return f"{result.method.name}, {result.metric.name} of {result.written} on {result.dataset.name}"


def _print_evidence(evidence: EvidenceAnswer) -> None:
    line("")
    line(f"“{evidence.quote}”", indent=2, style="italic")
    pages = ", ".join(str(page) for page in sorted(set(evidence.pages)))
    standing = "" if evidence.live else "superseded by a later reading"
    place = (f"page {pages} of {evidence.document.name}", evidence.section, evidence.kind, evidence.polarity)
    line(" · ".join(part for part in (*place, standing) if part), indent=4)
    line(
        f"read by {evidence.component}, confidence {evidence.confidence:.2f}; “{evidence.surface}” linked "
        f"{evidence.link_status} with score {evidence.link_score:.2f}: {' '.join(evidence.link_reasons)}",
        indent=4,
    )
    if evidence.applied_to:
        line(f"applied to: {evidence.applied_to}", indent=4)
    if evidence.setting:
        line(f"setting: {evidence.setting}", indent=4)
    for sign, verdict in (("+ ", "for it"), ("- ", "against it")):
        if spoken := [reason.removeprefix(sign) for reason in evidence.reasons if reason.startswith(sign)]:
            line(f"{verdict}: {'; '.join(spoken)}", indent=4)
    line(f"evidence {evidence.id} · job {evidence.job.id}", indent=4, style="dim")


def _print_job(job: JobAnswer) -> None:
    line("")
    line(f"job {job.id}", style="bold")
    took = (job.ended_at - job.started_at).total_seconds()
    line(f"started {job.started_at:%Y-%m-%d %H:%M:%S %Z}, {took:.1f} s, by {job.operator}", indent=2)
    if job.flow_run_url:
        line(f"Prefect flow run {job.flow_run_url}", indent=2)
    line(f"code {job.code_version}", indent=2)
    decided_by = {"model": job.models, "vocabulary": job.vocabularies, "parameter": job.parameters}
    for kind, pairs in decided_by.items():
        for name, value in pairs:
            line(f"{kind} {name} = {value}", indent=2, style="dim")
