"""The training loss: each head learns from the words that are labelled for it."""
from __future__ import annotations

import torch
import torch.nn.functional as F

from batches import Batch
from labels import IGNORE
from model import DatelineModel

WEIGHTS = {"entity": 2.0, "upos": 0.7, "xpos": 0.5, "lemma": 0.5, "event": 2.0, "arc": 1.0, "rel": 1.0}


def loss(model: DatelineModel, batch: Batch) -> tuple[torch.Tensor, dict[str, float], dict[str, int]]:
    """The weighted sum over heads, each summed over its labelled words and divided by all words of the batch."""
    t = batch.targets
    words, roots = model.encode(**batch.inputs)
    sums: dict[str, torch.Tensor] = {}
    counts: dict[str, int] = {}

    chosen = t["entity"] != 0
    counts["entity"] = int(chosen.sum())
    if counts["entity"]:
        sums["entity"] = _marginal(model.entity(words[chosen]).float(), t["entity"][chosen]).sum()
    for name in ("upos", "xpos", "lemma", "event"):
        chosen = t[name] != IGNORE
        counts[name] = int(chosen.sum())
        if counts[name]:
            sums[name] = F.cross_entropy(getattr(model, name)(words[chosen]).float(), t[name][chosen], reduction="sum")

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


def _marginal(logits: torch.Tensor, masks: torch.Tensor) -> torch.Tensor:
    """-log of the probability that the tag is one of those allowed by the bit mask."""
    bits = (masks.unsqueeze(1) >> torch.arange(logits.shape[1])) & 1
    allowed = logits.masked_fill(bits == 0, float("-inf"))
    return logits.logsumexp(1) - allowed.logsumexp(1)
