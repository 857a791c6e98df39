"""Entities and relations by a language model behind an OpenAI-compatible endpoint."""

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final

from extract.recognition.language_model_answers import LEFT_OUT, UnreadableAnswerError, recognised
from extract.recognition.language_model_prompt import Question, questions
from extract.recognition.language_model_requests import (
    RETRY_DELAYS_SECONDS,
    Completions,
    Endpoint,
    RefusedQuestionError,
    headers,
)
from extract.recognition.recogniser import Recognised
from records import RecogniserUnavailableError

if TYPE_CHECKING:
    from httpx import Client

PLAIN: Final = Question(numbers=(0,), sentences=("We train BERT on SQuAD.",))
"""What any model can answer that can answer at all."""
LEFT_EMPTY: Final = "sentence without a readable answer"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answered:
    """What the sentences of a question hold, by their places in the passage, and what was not taken."""

    sentences: dict[int, Recognised] = field(default_factory=dict)
    refused: Counter[str] = field(default_factory=Counter)


class LanguageModelRecogniser:
    """What a language model finds, as far as it stands in the sentences word for word.

    An answer that cannot be read is asked for once more, then in halves, and a sentence for which none comes
    is left empty and counted: what stands in one paper must not stop the papers behind it. A model that has
    never answered readably, and does not answer a plain question either, is unavailable instead. `refused`
    counts what was not taken, by reason, over the recogniser's life.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        context_sentences: int = 0,
        retry_delays_seconds: tuple[float, ...] = RETRY_DELAYS_SECONDS,
    ) -> None:
        self.name = f"openai:{endpoint.model}"
        self.refused: Counter[str] = Counter()
        self._endpoint = endpoint
        self._context_sentences = context_sentences
        self._completions = Completions(endpoint, retry_delays_seconds=retry_delays_seconds)
        self._was_readable = False

    def recognise(self, passages: Sequence[Sequence[str]]) -> list[list[Recognised]]:
        """What each sentence of each passage holds; raises RecogniserUnavailableError."""
        asked = [
            (number, question)
            for number, passage in enumerate(passages)
            for question in self._questions(passage)
        ]
        found = [[Recognised()] * len(passage) for passage in passages]
        refused: Counter[str] = Counter()
        answers = self._answers([question for _, question in asked])
        for (number, _), answered in zip(asked, answers, strict=True):
            refused += answered.refused
            for place, held in answered.sentences.items():
                found[number][place] = held
        self._report(refused)
        return found

    def _questions(self, passage: Sequence[str]) -> Iterator[Question]:
        most = self._endpoint.sentences_per_request
        return questions(passage, most=most, context=self._context_sentences)

    def _answers(self, asked: Sequence[Question]) -> list[_Answered]:
        """The answers in order, a few questions being under way at once; the first error ends them all."""
        from httpx import Client, Timeout

        timeout = Timeout(self._endpoint.timeout_seconds)
        with Client(headers=headers(self._endpoint), timeout=timeout) as client:
            executor = ThreadPoolExecutor(self._endpoint.concurrent_requests)
            try:
                return list(executor.map(partial(self._answered, client=client), asked))
            finally:
                executor.shutdown(cancel_futures=True)

    def _answered(self, question: Question, client: "Client") -> _Answered:
        answered = _Answered()
        waiting = [question]
        while waiting:
            question = waiting.pop()
            try:
                held = self._asked(question, client, answered.refused)
            except (UnreadableAnswerError, RefusedQuestionError) as error:
                self._refuse_mute(client, error)
                if len(question.numbers) > 1:
                    waiting += reversed(list(question.halves()))
                else:
                    answered.refused[LEFT_EMPTY] += 1
            else:
                self._was_readable = True
                answered.sentences.update(zip(question.numbers, held, strict=True))
        return answered

    def _asked(self, question: Question, client: "Client", refused: Counter[str]) -> list[Recognised]:
        """The answer to a question, asked again where it cannot be read."""
        content = question.content()

        def asked() -> list[Recognised]:
            return recognised(self._completions.content(content, client), question.sentences, refused)

        try:
            return asked()
        except UnreadableAnswerError:
            return asked()

    def _refuse_mute(self, client: "Client", error: Exception) -> None:
        """Raises RecogniserUnavailableError where the model answers nothing readably, not even `PLAIN`."""
        if self._was_readable:
            return
        try:
            self._asked(PLAIN, client, Counter())
        except (UnreadableAnswerError, RefusedQuestionError):
            raise RecogniserUnavailableError(
                f"the model {self._endpoint.model} at {self._endpoint.url} gives no answer that can be read "
                f"({error}): choose a model that can answer in JSON, or another recogniser"
            ) from error
        self._was_readable = True

    def _report(self, refused: Counter[str]) -> None:
        self.refused += refused
        if refused:
            counts = ", ".join(f"{reason}: {count}" for reason, count in sorted(refused.items()) if count)
            level = logging.WARNING if refused[LEFT_EMPTY] or refused[LEFT_OUT] else logging.INFO
            _log.log(level, "%s: not taken: %s", self.name, counts)
