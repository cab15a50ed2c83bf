"""The training loss: each head learns from the words that are labelled for it."""
from __future__ import annotations

import torch
import torch.nn.functional as F

from batches import Batch
from labels import IGNORE
from model import DatelineModel

LINEAR = ("entity", "upos", "xpos", "lemma", "event")
TARGETS = {"arc": "head", "rel": "deprel"}
WEIGHTS = {"entity": 2.0, "upos": 0.7, "xpos": 0.5, "lemma": 0.5, "event": 2.0, "arc": 1.0, "rel": 1.0}


def loss(model: DatelineModel, batch: Batch) -> tuple[torch.Tensor, dict[str, float], dict[str, int]]:
    """The weighted sum over heads, each summed over its labelled words and divided by all words of the batch."""
    t = batch.targets
    words, roots = model.encode(**batch.inputs)
    sums: dict[str, torch.Tensor] = {}
    counts: dict[str, int] = {}

    for name in LINEAR:
        chosen = labelled(name, t)
        counts[name] = int(chosen.sum())
        if counts[name]:
            sums[name] = of_labels(name, getattr(model, name)(words[chosen]), t[name][chosen])

    rows = (t["head"] != IGNORE).any(1)
    if rows.any():
        words, roots, heads, rels = words[rows], roots[rows], t["head"][rows], t["deprel"][rows]
        arc = model.arcs(words, roots, batch.inputs["word_sentences"][rows])
        known = heads != IGNORE
        counts["arc"] = int(known.sum())
        sums["arc"] = F.cross_entropy(arc[known], heads[known], reduction="sum")
        rel = model.relations(words, roots, heads.clamp(min=0)).float()
        known = known & (rels != IGNORE)
        counts["rel"] = int(known.sum())
        sums["rel"] = F.cross_entropy(rel[known], rels[known], reduction="sum")

    total = sum(WEIGHTS[k] * v for k, v in sums.items()) / batch.words
    return total, {k: v.item() for k, v in sums.items()}, counts


def labelled(name: str, targets: dict[str, torch.Tensor]) -> torch.Tensor:
    """Which words are labelled for a head."""
    if name == "entity":
        return targets["entity"] != 0
    known = targets[TARGETS.get(name, name)] != IGNORE
    return known & (targets["head"] != IGNORE) if name == "rel" else known


def of_labels(name: str, logits: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """A head's loss, summed over labelled words."""
    if name == "entity":
        return _marginal(logits.float(), targets).sum()
    return F.cross_entropy(logits.float(), targets, reduction="sum")


def _marginal(logits: torch.Tensor, masks: torch.Tensor) -> torch.Tensor:
    """-log of the probability that the tag is one of those allowed by the bit mask."""
    bits = (masks.unsqueeze(1) >> torch.arange(logits.shape[1])) & 1
    allowed = logits.masked_fill(bits == 0, float("-inf"))
    return logits.logsumexp(1) - allowed.logsumexp(1)
