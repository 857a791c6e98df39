"""What the graph knows of documents that the same pipeline version has read before."""

from collections.abc import Iterable
from typing import Final, cast

from flows.outcomes import DocumentOutcome, OutcomeState
from flows.pdf_files import PdfFile
from graph import GraphReader
from records import PipelineVersion, content_id

READ_BEFORE: Final = """
UNWIND $jobs AS job
MATCH (j:ExtractionJob {id: job})-[:USED]->(d:Document)
OPTIONAL MATCH (d)-[:MANIFESTATION_OF]->(p:Paper)
OPTIONAL MATCH (d)<-[:WAS_QUOTED_FROM]-(e:Evidence {job: job})-[:SUPPORTS|CONTRADICTS|CONSIDERS]->(f:Fact)
RETURN d.id AS document, p.title AS title, d.page_count AS pages, d.ocr_page_count AS ocr_pages,
       j.mention_count AS mentions, count(DISTINCT f) AS facts, d.warnings AS warnings
"""


def read_before(
    files: Iterable[PdfFile], store: GraphReader, version: PipelineVersion
) -> dict[str, DocumentOutcome]:
    """By document id, the outcome of each file whose job is in the graph already."""
    by_document = {file.document_id: file for file in files if file.document_id and not file.same_as}
    jobs = [content_id("job", document_id, version.id) for document_id in sorted(by_document)]
    return {
        str(row["document"]): DocumentOutcome(
            path=by_document[str(row["document"])].shown,
            state=OutcomeState.UNCHANGED,
            reason="read before by this pipeline version",
            document_id=str(row["document"]),
            title=str(row["title"] or ""),
            pages=_count(row["pages"]),
            ocr_pages=_count(row["ocr_pages"]),
            mentions=_count(row["mentions"]),
            facts=_count(row["facts"]),
            warnings=tuple(cast("list[str] | None", row["warnings"]) or ()),
        )
        for row in store.read(READ_BEFORE, {"jobs": jobs})
    }


def _count(value: object) -> int:
    return cast("int | None", value) or 0
