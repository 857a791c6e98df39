"""What a network is to make small."""

from collections.abc import Iterator

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from training.batches import Labelled
from training.network import Recogniser
from training.pairs import UNKNOWN
from training.recipe import Recipe


def loss_of(model: Recogniser, item: Labelled, recipe: Recipe) -> Tensor:
    """The sum of the mean cross-entropies of tags, and of pairs by the recipe's weight."""
    words = model.encode(item.batch)
    losses = [*_tag_losses(model, words, item, recipe)]
    losses += [recipe.relation_weight * loss for loss in _pair_losses(model, words, item)]
    return torch.stack(losses).sum()


def _tag_losses(model: Recogniser, words: Tensor, item: Labelled, recipe: Recipe) -> Iterator[Tensor]:
    for head, tags in item.tags.items():
        scores = model.tag_scores(words, head)
        yield cross_entropy(
            scores.flatten(0, 1), tags.flatten(), ignore_index=UNKNOWN, label_smoothing=recipe.smoothing
        )
    for head, chances in item.soft_tags.items():
        yield _soft_loss(model.tag_scores(words, head), chances)


def _pair_losses(model: Recogniser, words: Tensor, item: Labelled) -> Iterator[Tensor]:
    if not len(item.classes):
        return
    scores = model.pairs(words, item.batch.pairs, item.batch.sentences, item.batch.marks)
    if (item.classes != UNKNOWN).any():
        yield cross_entropy(scores, item.classes, ignore_index=UNKNOWN)
    if item.soft_classes is not None:
        yield _soft_loss(scores, item.soft_classes)


def _soft_loss(scores: Tensor, chances: Tensor) -> Tensor:
    return -(chances * scores).sum() / chances.sum().clamp(min=1)
