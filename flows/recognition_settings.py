"""What a person may set about recognition: which model finds mentions and relations, and how it is asked."""

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

from extract.recognition.choices import Kind, RecogniserChoice, kind_and_target
from extract.recognition.labels import label_map
from extract.recognition.language_model_requests import Endpoint, endpoint_url


class RecognitionSettings(BaseModel):
    """Each is set as PAPERLINEAGE_RECOGNITION__ and its name in capitals:
    PAPERLINEAGE_RECOGNITION__MODEL=fast.

    `labels` maps the labels of a spaCy pipeline or a token classifier ("PRODUCT=Method"). The rest is for
    openai: alone, but for `context_sentences`, which a token classifier is shown too: `llm_model` is the
    model's name at the endpoint, `timeout_seconds` how long one answer may take.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    model: str = "default"
    labels: str = ""
    context_sentences: int = Field(default=0, ge=0, le=20)
    llm_model: str = ""
    api_key: SecretStr = SecretStr("")
    timeout_seconds: float = Field(default=120.0, gt=0)
    sentences_per_request: int = Field(default=8, ge=1, le=100)
    concurrent_requests: int = Field(default=4, ge=1, le=64)

    @field_validator("model")
    @classmethod
    def _known(cls, model: str) -> str:
        kind, target = kind_and_target(model)
        return f"{kind}:{endpoint_url(target)}" if kind is Kind.ENDPOINT else model

    @field_validator("labels")
    @classmethod
    def _mapped(cls, labels: str) -> str:
        label_map(labels)
        return labels

    @field_validator("api_key")
    @classmethod
    def _sendable(cls, api_key: SecretStr) -> SecretStr:
        key = api_key.get_secret_value()
        if not key.isascii() or not key.isprintable() or " " in key:
            raise ValueError("a key has no spaces, line ends or characters beyond ASCII")
        return api_key

    @model_validator(mode="after")
    def _complete(self) -> "RecognitionSettings":
        if kind_and_target(self.model)[0] is Kind.ENDPOINT and not self.llm_model:
            raise ValueError(
                "openai: needs PAPERLINEAGE_RECOGNITION__LLM_MODEL, the model's name at the endpoint"
            )
        return self

    @property
    def choice(self) -> RecogniserChoice:
        """The choice that these settings make."""
        kind, target = kind_and_target(self.model)
        endpoint = Endpoint(
            url=target,
            model=self.llm_model,
            api_key=self.api_key,
            timeout_seconds=self.timeout_seconds,
            sentences_per_request=self.sentences_per_request,
            concurrent_requests=self.concurrent_requests,
        )
        return RecogniserChoice(
            kind=kind,
            target=target,
            labels=label_map(self.labels),
            context_sentences=self.context_sentences,
            endpoint=endpoint if kind is Kind.ENDPOINT else None,
        )
