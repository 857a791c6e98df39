"""The network: one encoder, tagging heads for entities, and a head for relations between two of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel

from extract.recognition.words import SHAPES

ZONES = 6
"""Where a word stands: outside the pair's sentence, before, in the first, between, in the second, after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Windows of equal length, padded.

    `pieces`, `shapes`, `mask`: (windows, pieces). `first_pieces`: (windows, words), the place of each word's
    first piece. `pairs`: (pairs, 7): window, first and last word of either mention in text order, and the
    numbers of their types; `sentences`: (pairs, 2), the words of the pair's sentence. `marks`: (windows,
    words), of what mention each word is a part (`pair_head.marks`).
    """

    pieces: Tensor
    shapes: Tensor
    mask: Tensor
    first_pieces: Tensor
    pairs: Tensor
    sentences: Tensor
    marks: Tensor

    def to(self, device: torch.device) -> "Batch":
        """The same on a device."""
        return Batch(**{each.name: getattr(self, each.name).to(device) for each in fields(self)})


class Recogniser(nn.Module):
    """Encoder and heads; `heads` maps the name of a head to how many tags it knows."""

    def __init__(
        self,
        encoder: nn.Module,
        heads: Mapping[str, int],
        *,
        types: int,
        relations: int,
        pair_size: int = 256,
    ) -> None:
        super().__init__()
        self.encoder = encoder
        size = encoder.config.hidden_size
        self.shapes = nn.Embedding(len(SHAPES), size)
        nn.init.zeros_(self.shapes.weight)
        self.dropout = nn.Dropout(0.1)
        self.heads = nn.ModuleDict({name: nn.Linear(size, count) for name, count in heads.items()})
        self.pairs = PairHead(size, pair_size, types=types, relations=relations)

    @property
    def device(self) -> torch.device:
        """Where the weights lie."""
        return self.shapes.weight.device

    def encode(self, batch: Batch) -> Tensor:
        """The words' vectors, (windows, words, size): those of their first pieces."""
        table = self.encoder.get_input_embeddings()
        embedded = table(batch.pieces) + self.shapes(batch.shapes).to(table.weight.dtype)
        hidden = self.encoder(inputs_embeds=embedded, attention_mask=batch.mask).last_hidden_state
        index = batch.first_pieces.unsqueeze(-1).expand(-1, -1, hidden.shape[-1])
        return self.dropout(hidden.gather(1, index).float())

    def tag_scores(self, words: Tensor, head: str) -> Tensor:
        """Log-probabilities of a head's tags, (windows, words, tags)."""
        return self.heads[head](words).float().log_softmax(-1)


class PairHead(nn.Module):
    """The relation of two mentions, from their vectors and from what questions ask of their sentence.

    The pair puts a question (its mentions' ends, their product and types) to the sentence's words, each of
    which also says in which zone it stands to the pair and of which mention it is; the answer joins the pair,
    which asks again, `rounds` times in all.
    """

    def __init__(self, size: int, inner: int, *, types: int, relations: int, rounds: int = 2) -> None:
        super().__init__()
        self.types = nn.Embedding(types, 32)
        self.zones = nn.Embedding(ZONES, inner)
        self.marks = nn.Embedding(1 + 2 * types, size)
        nn.init.zeros_(self.marks.weight)
        self.first = nn.Linear(2 * size, inner)
        self.second = nn.Linear(2 * size, inner)
        self.pair = nn.Linear(4 * size + 64 + inner, inner)
        self.questions = nn.ModuleList(nn.Linear(inner, inner) for _ in range(rounds))
        self.joins = nn.ModuleList(nn.Linear(2 * inner, inner) for _ in range(rounds))
        self.keys = nn.Linear(size, inner)
        self.values = nn.Linear(size, inner)
        self.inner = nn.Linear(inner, inner)
        self.out = nn.Linear(inner, relations)
        self.dropout = nn.Dropout(0.1)
        self.attention_heads = 8

    def forward(self, words: Tensor, pairs: Tensor, sentences: Tensor, marks: Tensor) -> Tensor:
        """Log-probabilities of the relations, (pairs, relations)."""
        window = pairs[:, 0]
        ends = [words[window, pairs[:, column]] for column in (1, 2, 3, 4)]
        kinds = [self.types(pairs[:, column]) for column in (5, 6)]
        product = self.first(torch.cat(ends[:2], dim=-1)) * self.second(torch.cat(ends[2:], dim=-1))
        pair = self.dropout(gelu(self.pair(torch.cat([*ends, *kinds, product], dim=-1))))
        zones = zones_of(pairs, sentences, words.shape[1])
        around = self.zones(zones)
        marked = words + self.marks(marks)
        keys = self.keys(marked)[window] + around
        values = self.values(marked)[window] + around
        outside = (zones == 0).unsqueeze(-1)
        for question, join in zip(self.questions, self.joins, strict=True):
            answer = self._answer(question(pair), keys, values, outside)
            pair = pair + self.dropout(gelu(join(torch.cat([pair, answer], dim=-1))))
        return self.out(self.dropout(gelu(self.inner(pair)))).float().log_softmax(-1)

    def _answer(self, asked: Tensor, keys: Tensor, values: Tensor, outside: Tensor) -> Tensor:
        count, length, inner = keys.shape
        parts, size = self.attention_heads, inner // self.attention_heads
        scores = (asked.view(count, 1, parts, size) * keys.view(count, length, parts, size)).sum(
            -1
        ) / size**0.5
        weights = scores.masked_fill(outside, -1e4).softmax(1)
        return (weights.unsqueeze(-1) * values.view(count, length, parts, size)).sum(1).reshape(count, inner)


def gelu(values: Tensor) -> Tensor:
    """The form of it that NumPy has too."""
    return nn.functional.gelu(values, approximate="tanh")


def zones_of(pairs: Tensor, sentences: Tensor, length: int) -> Tensor:
    """The zone of each word to each pair, (pairs, words)."""
    place = torch.arange(length, device=pairs.device).unsqueeze(0)
    start1, end1, start2, end2 = (pairs[:, column : column + 1] for column in (1, 2, 3, 4))
    zone = 1 + (place >= start1).long() + (place > end1).long() + (place >= start2).long()
    zone = zone + (place > end2).long()
    inside = (place >= sentences[:, :1]) & (place < sentences[:, 1:])
    return torch.where(inside, zone, torch.zeros_like(zone))


def load_encoder(folder: Path) -> nn.Module:
    """The encoder in a folder of transformers' form."""
    config = AutoConfig.from_pretrained(folder)
    config.attention_probs_dropout_prob = 0.0  # the fused attention of CPUs has none
    return AutoModel.from_pretrained(
        folder, config=config, add_pooling_layer=False, attn_implementation="eager"
    )


def tags_in(types: Sequence[str]) -> int:
    """How many tags a head over these types knows."""
    return 1 + 4 * len(types)
