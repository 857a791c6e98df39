"""A language model over real HTTP that says what a test tells it to, and the recogniser that asks it."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from scripted_server import Answer, Asked, ScriptedServer

from extract.recognition.language_model import LanguageModelRecogniser
from extract.recognition.language_model_requests import Endpoint
from extract.recognition.recogniser import Recognised
from records import EntityType

KEY = "sk-very-secret-0123"
SENTENCE = "We fine-tune BERT on SQuAD, since BERT is strong."
BERT = {"id": 1, "quote": "BERT", "occurrence": 1, "type": "Method"}
SQUAD = {"id": 2, "quote": "SQuAD", "occurrence": 1, "type": "Dataset"}
TRAINED = {"head": 1, "tail": 2, "type": "Trained-With"}


def completion(content: str, finish_reason: str = "stop") -> Answer:
    message = {"role": "assistant", "content": content}
    return Answer(
        body=json.dumps({"choices": [{"message": message, "finish_reason": finish_reason}]}).encode()
    )


def question_of(asked: Asked) -> dict[str, Any]:
    question: dict[str, Any] = json.loads(json.loads(asked.body)["messages"][1]["content"])
    return question


def annotated(question: Mapping[str, Any], mentions: object = (), relations: object = ()) -> Answer:
    """An answer that says the same of every sentence."""
    each = [
        {"number": sentence["number"], "mentions": mentions, "relations": relations}
        for sentence in question["sentences"]
    ]
    return completion(json.dumps({"sentences": each}))


def saying(mentions: object = (), relations: object = ()) -> Callable[[Asked, int], Answer]:
    return lambda asked, _: annotated(question_of(asked), mentions, relations)


def recogniser_at(
    server: ScriptedServer, *, context_sentences: int = 0, **settings: Any
) -> LanguageModelRecogniser:
    endpoint = Endpoint(url=server.url + "/v1", model="some-model", **{"concurrent_requests": 1, **settings})
    return LanguageModelRecogniser(
        endpoint, context_sentences=context_sentences, retry_delays_seconds=(0.0, 0.0)
    )


def quotes(found: Recognised, sentence: str = SENTENCE) -> list[tuple[str, int, EntityType]]:
    return [(sentence[each.start : each.end], each.start, each.type) for each in found.mentions]
