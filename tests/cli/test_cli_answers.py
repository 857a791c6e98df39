"""Which of many quotes a person is shown."""

from cli.answers import QUOTES_SHOWN, shown_quotes
from graph import Quote
from records import EvidenceKind, Polarity


def quote(document: str, words: str) -> Quote:
    return Quote(
        quote=words,
        page=1,
        document=document,
        section="",
        kind=EvidenceKind.OWN_CLAIM,
        polarity=Polarity.AFFIRMED,
        confidence=0.5,
        job="job",
    )


def test_every_document_is_heard_before_one_is_heard_twice() -> None:
    evidence = [quote("a", "first"), quote("a", "second"), quote("a", "third"), quote("b", "other")]
    assert [shown.quote for shown in shown_quotes(evidence)] == ["first", "other", "second"]
    assert len(shown_quotes(evidence * 3)) == QUOTES_SHOWN
    assert shown_quotes([]) == []
