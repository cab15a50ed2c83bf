"""Runs a predictor over sentences and counts: entity F1, tags, lemmas, trees, event words."""
from __future__ import annotations

from collections import Counter
from typing import Callable

import numpy as np

import decode
import lemma as lemma_scripts
from batches import Encoder
from labels import Labels
from pieces import MAX_PIECES
from sentence import Sentence
from windows import documents, plan

Predictor = Callable[[dict[str, np.ndarray]], dict[str, np.ndarray]]


def predict(sentences: list[Sentence], encoder: Encoder, run: Predictor, context: int = 0, budget: int = 3000):
    """Yields (sentence, logits of its words by head), documents read in windows as the inference side does."""
    windows = []
    for document in documents(sentences):
        costs = [encoder.cost(s) for s in document]
        for read, keep in plan(costs, MAX_PIECES, context):
            if 1 + costs[keep[0]] <= MAX_PIECES:  # a longer sentence is left out here: a handful of them
                windows.append(([document[i] for i in read], keep[0] - read[0], len(keep)))
    windows.sort(key=lambda w: encoder.length(w[0]))
    group: list = []
    for w in [*windows, None]:
        if group and (w is None or (len(group) + 1) * encoder.length(w[0]) > budget):
            yield from _split(group, run(encoder.inputs([g[0] for g in group])))
            group = []
        if w is not None:
            group.append(w)


def _split(group, out: dict[str, np.ndarray]):
    """The outputs of windows, sentence by sentence."""
    for row, (window, first, kept) in enumerate(group):
        at = 0
        for i, s in enumerate(window):
            part = slice(at, at + len(s))
            if first <= i < first + kept:
                logits = {k: v[row, part] for k, v in out.items()}
                arc = logits["arc"]
                logits["arc"] = np.concatenate([arc[:, :1], arc[:, 1 + at: 1 + at + len(s)]], 1)
                yield s, logits
            at += len(s)


class F1:
    def __init__(self) -> None:
        self.true, self.predicted, self.gold = Counter(), Counter(), Counter()

    def add(self, predicted, gold) -> None:
        predicted, gold = set(predicted), set(gold)
        self.true.update(t for *_, t in predicted & gold)
        self.predicted.update(t for *_, t in predicted)
        self.gold.update(t for *_, t in gold)

    def of(self, kind: str | None = None) -> dict[str, float]:
        pick = (lambda c: c[kind]) if kind else (lambda c: c.total())
        t, p, g = pick(self.true), pick(self.predicted), pick(self.gold)
        return {"p": t / max(p, 1), "r": t / max(g, 1), "f1": 2 * t / max(p + g, 1), "gold": g}


def entity_f1(predictions, labels: Labels, types: dict[str, str], gold_types: dict[str, str]) -> F1:
    """Strict spans and types; `types` maps the model's types to those scored (others are dropped), `gold_types` the gold ones."""
    f1, legal = F1(), decode.transitions(labels.entity)
    for s, out in predictions:
        found = decode.entities(out["entity"], labels.entity, legal)
        if s.origin is not None:  # back from split words to the corpus' own
            found = [(s.origin[a], s.origin[b - 1] + 1, t) for a, b, t in found]
        f1.add([(a, b, types[t]) for a, b, t in found if t in types],
               [(a, b, gold_types[t]) for a, b, t in s.spans or [] if t in gold_types])
    return f1


def syntax(predictions, labels: Labels, full_trees: bool = True) -> dict[str, float]:
    """UPOS, XPOS, lemma, UAS, LAS (full relations) and LAS on universal relations only, on gold tokens."""
    c = Counter()
    for s, out in predictions:
        heads = decode.tree(out["arc"]) if full_trees else out["arc"].argmax(1)
        rels = decode.relations(out["rel"], heads, labels.deprel)
        upos, xpos, scripts = (out[k].argmax(1) for k in ("upos", "xpos", "lemma"))
        for i, word in enumerate(s.words):
            attached = heads[i] == s.head[i]
            c["n"] += 1
            c["upos"] += labels.upos[upos[i]] == s.upos[i]
            c["xpos"] += labels.xpos[xpos[i]] == s.xpos[i]
            c["lemma"] += lemma_scripts.apply(word, labels.lemma[scripts[i]]) == s.lemmas[i]
            c["uas"] += attached
            c["las"] += attached and rels[i] == s.deprel[i]
            c["las_universal"] += attached and rels[i].split(":")[0] == s.deprel[i].split(":")[0]
    return {k: float(v) / c["n"] for k, v in c.items() if k != "n"}


def events(predictions, agents: bool = False) -> dict[str, float]:
    """Accuracy and F1 of "is an event" on the labelled words; with `agents`, nouns for agents count as events too."""
    c = Counter()
    for s, out in predictions:
        for gold, logits in zip(s.event, out["event"]):
            if gold >= 0:
                p = np.exp(logits - logits.max())
                found = p[1:].sum() > p[0] if agents else p[1] > p[0] + p[2:].sum()
                c[int(gold > 0 if agents else gold == 1), int(found)] += 1
    right, total = c[0, 0] + c[1, 1], c.total()
    return {"accuracy": right / max(total, 1), "p": c[1, 1] / max(c[1, 1] + c[0, 1], 1), "r": c[1, 1] / max(c[1, 1] + c[1, 0], 1),
            "f1": 2 * c[1, 1] / max(2 * c[1, 1] + c[0, 1] + c[1, 0], 1), "words": total}
