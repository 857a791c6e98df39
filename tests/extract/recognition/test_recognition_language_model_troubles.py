"""A language model as the recogniser: servers and answers that fail."""

import json
import logging

import pytest
from pydantic import SecretStr
from scripted_model import BERT, KEY, SENTENCE, completion, recogniser_at, saying
from scripted_server import Answer, Asked, answering

from extract.recognition.language_model import LEFT_EMPTY
from records import RecogniserUnavailableError


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_passing_trouble_is_waited_for(status: int) -> None:
    def answer(asked: Asked, before: int) -> Answer:
        return saying([BERT])(asked, before) if before else Answer(status, headers={"Retry-After": "0"})

    with answering(answer) as server:
        [[found]] = recogniser_at(server).recognise([[SENTENCE]])
    assert len(found.mentions) == 1
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (401, "PAPERLINEAGE_RECOGNITION__API_KEY"),
        (404, "PAPERLINEAGE_RECOGNITION__LLM_MODEL"),
        (301, "PAPERLINEAGE_RECOGNITION__MODEL"),
        (500, "try again when it is well"),
        (400, "gives no answer that can be read"),
    ],
)
def test_a_lasting_trouble_is_told_with_what_to_do_and_never_with_the_key(
    status: int, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    body = f"no such model; your key {KEY}\x1b[31m is wrong".encode()
    with answering(lambda _asked, _before: Answer(status, body)) as server:
        recogniser = recogniser_at(server, api_key=SecretStr(KEY))
        with pytest.raises(RecogniserUnavailableError, match=said) as refusal:
            recogniser.recognise([[SENTENCE]])
    assert KEY not in f"{refusal.value} {refusal.value.__cause__} {caplog.text} {recogniser._endpoint!r}"
    assert "\x1b" not in str(refusal.value)


def test_a_server_that_is_not_there_is_told_at_once() -> None:
    with answering(saying()) as server:
        recogniser = recogniser_at(server)
    with pytest.raises(RecogniserUnavailableError, match=r"127\.0\.0\.1.*start it"):
        recogniser.recognise([[SENTENCE]])


def test_a_server_that_sends_without_end_is_left() -> None:
    blanks = Answer(body=b" " * (5 << 20))
    with (
        answering(lambda _asked, _before: blanks) as server,
        pytest.raises(RecogniserUnavailableError, match="more than 4 MiB"),
    ):
        recogniser_at(server).recognise([[SENTENCE]])


def test_a_server_that_knows_no_schema_is_asked_for_plain_json_from_then_on() -> None:
    def answer(asked: Asked, before: int) -> Answer:
        form = json.loads(asked.body).get("response_format", {}).get("type", "none")
        refused = form in {"json_schema", "json_object"}
        return Answer(400, b'{"error": "response_format"}') if refused else saying([BERT])(asked, before)

    with answering(answer) as server:
        recogniser = recogniser_at(server)
        for _ in range(2):
            [[found]] = recogniser.recognise([[SENTENCE]])
            assert len(found.mentions) == 1
    forms = [json.loads(asked.body).get("response_format", {}).get("type") for asked in server.asked]
    assert forms == ["json_schema", "json_object", None, None]


@pytest.mark.parametrize(
    "wrapped", ["```json\n{}\n```", "Here you are: {} I hope that helps.", "<think>BERT?</think>{}"]
)
def test_json_in_prose_or_a_fence_is_read(wrapped: str) -> None:
    content = json.dumps({"sentences": [{"number": 1, "mentions": [BERT], "relations": []}]})
    with answering(lambda _asked, _before: completion(wrapped.replace("{}", content))) as server:
        [[found]] = recogniser_at(server).recognise([[SENTENCE]])
    assert len(found.mentions) == 1


UNREADABLE = [
    completion("I am sorry, I cannot help with that."),
    completion(""),
    completion("{" * 100_000),
    completion('{"sentences": [{"number": 1, "mentions": {}}]}'),
    completion('{"sentences": [{"number": 9, "mentions": [], "relations": []}]}'),
    completion('{"sentences": [{"number": 1, "mentions": [], "relations": []}]}', finish_reason="length"),
    Answer(body=b"<html>a proxy</html>"),
    Answer(body=b'{"choices": []}'),
]


@pytest.mark.parametrize("answer", UNREADABLE)
def test_an_answer_that_cannot_be_read_is_asked_for_once_more(answer: Answer) -> None:
    with answering(lambda asked, before: saying([BERT])(asked, before) if before else answer) as server:
        [[found]] = recogniser_at(server).recognise([[SENTENCE]])
    assert len(found.mentions) == 1


@pytest.mark.parametrize("answer", UNREADABLE)
def test_a_model_that_never_answers_readably_is_unavailable_after_a_few_requests(answer: Answer) -> None:
    with (
        answering(lambda _asked, _before: answer) as server,
        pytest.raises(RecogniserUnavailableError, match="gives no answer that can be read"),
    ):
        recogniser_at(server).recognise([[SENTENCE] * 8])
    assert len(server.asked) == 4


@pytest.mark.parametrize("refusal", [completion("No."), Answer(400, b"content policy")])
def test_a_sentence_that_makes_the_model_fail_costs_its_own_mentions_alone(
    refusal: Answer, caplog: pytest.LogCaptureFixture
) -> None:
    def answer(asked: Asked, before: int) -> Answer:
        return refusal if b"poison" in asked.body else said(asked, before)

    said = saying([BERT])
    passage = ["A poison for the model.", *[SENTENCE] * 6]
    with answering(answer) as server:
        recogniser = recogniser_at(server, context_sentences=2)
        [found] = recogniser.recognise([passage])
    assert [len(held.mentions) for held in found] == [0, 1, 1, 1, 1, 1, 1]
    assert recogniser.refused[LEFT_EMPTY] == 1
    assert LEFT_EMPTY in caplog.text
    assert "poison" not in caplog.text
