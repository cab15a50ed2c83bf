"""Sentences to tensors: rounds of the mixture, case augmentation, batches of similar length."""
from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import Iterator

import numpy as np
import torch

import lemma as lemma_scripts
from corpora import SHARES
from labels import IGNORE, Labels
from pieces import MAX_PIECES, Pieces
from sentence import Sentence
from shapes import shape_ids

UPPER, TITLE, LOWER = 0.06, 0.06, 0.04  # parts of the sentences whose case is changed


@dataclass
class Batch:
    inputs: dict[str, torch.Tensor]
    targets: dict[str, torch.Tensor]
    words: int


def round_of(train: dict[str, list[Sentence]], number: int, seed: int) -> list[Sentence]:
    """The sentences of one round, augmented: of each corpus its share, going on where the last round stopped."""
    rng = random.Random(seed * 1000 + number)
    out: list[Sentence] = []
    for name, sentences in train.items():
        share = SHARES[name]
        begin = int(number * share * len(sentences))
        count = int((number + 1) * share * len(sentences)) - begin
        order = list(range(len(sentences)))
        for i in range(begin, begin + count):
            pass_number, at = divmod(i, len(sentences))
            if i == begin or at == 0:
                random.Random(f"{seed}-{name}-{pass_number}").shuffle(order := list(range(len(sentences))))
            out.append(sentences[order[at]])
    return [augment(s, rng) for s in out]


def augment(s: Sentence, rng: random.Random) -> Sentence:
    """Upper-, title- or lower-cases some sentences, as headlines are; the lemma head does not learn from those."""
    x = rng.random()
    if x >= UPPER + TITLE + LOWER:
        return s
    if x < UPPER:
        words = [w.upper() for w in s.words]
    elif x < UPPER + TITLE:
        small = rng.random() < 0.5
        words = [w if small and i and len(w) <= 3 and w.islower() else w[:1].upper() + w[1:] for i, w in enumerate(s.words)]
    else:
        words = [w.lower() for w in s.words]
    s = replace(s, words=words, lemma=None)
    n = len(words)
    if x < UPPER + TITLE and n > 3 and words[-1] == "." and rng.random() < 0.7 and n not in (s.head or []):
        s = replace(s, **{k: v[:-1] for k in ("words", "entity", "upos", "xpos", "head", "deprel", "event") if (v := getattr(s, k))})
    return s


class Encoder:
    """Turns sentences into the model's inputs and targets."""

    def __init__(self, pieces: Pieces, labels: Labels):
        self.pieces, self.index = pieces, labels.index()
        self.entities = len(labels.entity)

    def length(self, s: Sentence) -> int:
        return 2 + sum(len(self.pieces.word(w)) for w in s.words)

    def inputs(self, sentences: list[Sentence]) -> dict[str, np.ndarray]:
        n, w_max = len(sentences), max(map(len, sentences))
        s_max = max(self.length(s) for s in sentences)
        x = {k: np.zeros((n, s_max), np.int64) for k in ("input_ids", "attention_mask", "shape_ids")}
        x |= {k: np.zeros((n, w_max), np.int64) for k in ("word_starts", "word_mask")}
        for b, s in enumerate(sentences):
            ids, shapes = [self.pieces.cls], [0]
            for w, word in enumerate(s.words):
                p = self.pieces.word(word)
                x["word_starts"][b, w] = len(ids)
                ids += p
                shapes += shape_ids(word, len(p))
            ids.append(self.pieces.sep)
            shapes.append(0)
            x["input_ids"][b, : len(ids)] = ids
            x["shape_ids"][b, : len(ids)] = shapes
            x["attention_mask"][b, : len(ids)] = 1
            x["word_mask"][b, : len(s)] = 1
        return x

    def _targets(self, sentences: list[Sentence], w_max: int) -> dict[str, np.ndarray]:
        n = len(sentences)
        t = {k: np.full((n, w_max), IGNORE, np.int64) for k in ("upos", "xpos", "lemma", "deprel", "head", "event")}
        t["entity"] = np.zeros((n, w_max), np.int64)
        for b, s in enumerate(sentences):
            m = len(s)
            if s.entity is not None:
                t["entity"][b, :m] = s.entity
            if s.event is not None:
                t["event"][b, :m] = [e if e >= 0 else IGNORE for e in s.event]
            if s.head is not None:
                t["head"][b, :m] = [h if h >= 0 else IGNORE for h in s.head]
                for k in ("upos", "xpos", "deprel"):
                    ids = self.index[k]
                    t[k][b, :m] = [ids.get(v, IGNORE) for v in getattr(s, k)]
            if s.lemma is not None:
                ids = self.index["lemma"]
                t["lemma"][b, :m] = [ids.get(v, -1) if v in ids else ids[lemma_scripts.fallback(w, l)]
                                     for v, w, l in zip(s.lemma, s.words, s.lemmas)]
        return t

    def batch(self, sentences: list[Sentence]) -> Batch:
        x = self.inputs(sentences)
        t = self._targets(sentences, x["word_mask"].shape[1])
        to = torch.from_numpy
        return Batch({k: to(v) for k, v in x.items()}, {k: to(v) for k, v in t.items()}, int(x["word_mask"].sum()))

    def group(self, sentences: list[Sentence], budget: int, rng: random.Random, pool: int = 4000) -> Iterator[list[Sentence]]:
        """Groups of sentences of similar length with at most `budget` pieces, padding included, in random order."""
        sized = [(n, s) for s in sentences if 3 < (n := self.length(s)) <= MAX_PIECES]
        rng.shuffle(sized)
        groups = []
        for i in range(0, len(sized), pool):
            group: list[Sentence] = []
            for n, s in sorted(sized[i: i + pool], key=lambda p: p[0]):
                if group and (len(group) + 1) * n > budget:
                    groups.append(group)
                    group = []
                group.append(s)
            groups.append(group)
        rng.shuffle(groups)
        return iter(groups)
