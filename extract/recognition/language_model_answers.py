"""What a language model answered, held against the sentences: only what stands in them is taken."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from extract.recognition.language_model_prompt import AnsweredMention, AnsweredRelation
from extract.recognition.recogniser import FoundMention, FoundRelation, Recognised

MENTION_CONFIDENCE: Final = 0.75
RELATION_CONFIDENCE: Final = 0.6
"""A language model's own word on how sure it is means little; these are below what cues and names reach."""
LEFT_OUT: Final = "sentence that the answer left out"
MOST_MENTIONS: Final = 200
"""Of one sentence; more of them, or of relations, is no annotation."""

Form = TypeVar("Form", bound=BaseModel)


class UnreadableAnswerError(Exception):
    """An answer that has not the form that was asked for, as a whole."""


class _Sentence(BaseModel):
    """A sentence's part of an answer whose items are still to be looked at, one by one."""

    model_config = ConfigDict(strict=True)

    number: int
    mentions: list[Any] = []
    relations: list[Any] = []


class _Envelope(BaseModel):
    sentences: list[_Sentence]


def recognised(content: str, sentences: Sequence[str], refused: Counter[str]) -> list[Recognised]:
    """What each sentence holds, by an answer; `refused` counts what was not taken, by reason.

    Raises UnreadableAnswerError where the answer is no JSON of the form, or leaves all sentences out.
    """
    given: dict[int, _Sentence] = {}
    for sentence in _envelope(content).sentences:
        if 1 <= sentence.number <= len(sentences):
            given.setdefault(sentence.number, sentence)
        else:
            refused["sentence that was not asked for"] += 1
    if not given:
        raise UnreadableAnswerError("it speaks of no sentence that was asked for")
    refused[LEFT_OUT] += len(sentences) - len(given)
    return [
        _recognised(given[number], text, refused) if number in given else Recognised()
        for number, text in enumerate(sentences, start=1)
    ]


def _envelope(content: str) -> _Envelope:
    """Some models put prose or a fence around their JSON, though they are told not to."""
    start, end = content.find("{"), content.rfind("}")
    try:
        return _Envelope.model_validate_json(content[start : end + 1].encode("utf-8", "replace"))
    except ValidationError as error:
        raise UnreadableAnswerError(error.errors(include_url=False, include_input=False)[0]["msg"]) from error


def _recognised(sentence: _Sentence, text: str, refused: Counter[str]) -> Recognised:
    mentions: list[FoundMention] = []
    places: dict[int, int] = {}
    for answered in _valid(sentence.mentions, AnsweredMention, refused):
        if (place := _place(answered, text, mentions, refused)) is not None:
            places.setdefault(answered.id, place)
    relations: dict[tuple[int, int, str], FoundRelation] = {}
    for relation in _valid(sentence.relations, AnsweredRelation, refused):
        head, tail = places.get(relation.head), places.get(relation.tail)
        if head is None or tail is None or head == tail:
            refused["relation without both mentions"] += 1
            continue
        relations[head, tail, relation.type] = FoundRelation(
            head=head, tail=tail, type=relation.type, confidence=RELATION_CONFIDENCE
        )
    return Recognised(mentions=tuple(mentions), relations=tuple(relations.values()))


def _valid(items: Sequence[object], form: type[Form], refused: Counter[str]) -> Iterator[Form]:
    for item in items[:MOST_MENTIONS]:
        try:
            yield form.model_validate(item)
        except ValidationError as error:
            field = error.errors(include_url=False, include_input=False)[0]["loc"]
            refused["unknown type" if field == ("type",) else "not of the form"] += 1
    refused["too many in a sentence"] += max(0, len(items) - MOST_MENTIONS)


def _place(
    answered: AnsweredMention, text: str, mentions: list[FoundMention], refused: Counter[str]
) -> int | None:
    """The mention's place among those accepted, which it may join; None where it is refused."""
    start = occurrence(text, answered.quote, answered.occurrence)
    if start is None:
        refused["quote that is not in the sentence"] += 1
        return None
    end = start + len(answered.quote)
    for place, other in enumerate(mentions):
        if other.type is answered.type and start < other.end and other.start < end:
            if (start, end) == (other.start, other.end):
                return place
            refused["overlapping mention"] += 1
            return None
    mentions.append(FoundMention(start=start, end=end, type=answered.type, confidence=MENTION_CONFIDENCE))
    return len(mentions) - 1


def occurrence(text: str, quote: str, number: int) -> int | None:
    """Where the quote stands for the so-manieth time, from 1, as whole words; None where it does not."""
    if not quote.strip() or quote != quote.strip() or number < 1:
        return None
    start = text.find(quote)
    while start >= 0:
        end = start + len(quote)
        if not _inside_word(text, start) and not _inside_word(text, end):
            number -= 1
            if number == 0:
                return start
        start = text.find(quote, end)
    return None


def _inside_word(text: str, place: int) -> bool:
    """Whether the characters before and at a place are of one word."""
    return 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum()
