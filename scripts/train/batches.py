"""Windows of sentences to tensors: rounds of the mixture, case augmentation, batches of similar length."""
from __future__ import annotations

import random
from dataclasses import dataclass, replace
from math import ceil
from typing import Iterator

import numpy as np
import torch

import lemma as lemma_scripts
from corpora import SHARES
from labels import IGNORE, Labels
from names import Names, replaced
from pieces import MAX_PIECES, Pieces
from sentence import Sentence
from shapes import shape_ids
from sports import pages
from windows import cut, documents

# Parts of the sentences, and of whole windows, whose case is changed; the first sentence of a window is a headline more often.
UPPER, TITLE, LOWER = 0.07, 0.05, 0.03
HEADLINE = 2.0


@dataclass
class Batch:
    inputs: dict[str, torch.Tensor]
    targets: dict[str, torch.Tensor]
    words: int


class Rounds:
    """Rounds of the mixture: of each corpus its share, going on where the last round stopped."""

    def __init__(self, train: dict[str, list[Sentence]], encoder: "Encoder", seed: int):
        self.train, self.encoder, self.seed = train, encoder, seed
        self.names = Names(train)
        self._passes: dict[tuple[str, int], list[list[Sentence]]] = {}

    def of(self, number: int) -> list[list[Sentence]]:
        """The windows of one round, augmented."""
        rng = random.Random(self.seed * 1000 + number)
        out = []
        for name in self.train:
            begin, end = number * SHARES[name], (number + 1) * SHARES[name]
            for p in range(int(begin), ceil(end)):
                windows = self._pass(name, p)
                out += windows[int(len(windows) * max(begin - p, 0)): int(len(windows) * min(end - p, 1))]
        out = [[replaced(s, self.names, rng) for s in w] for w in out]
        for page in pages(self.names, rng, number):
            out += cut(page, self.encoder.cost, MAX_PIECES, rng)
        return [augment(w, rng) for w in out]

    def _pass(self, name: str, number: int) -> list[list[Sentence]]:
        """All windows of a corpus, cut and shuffled anew in every pass."""
        if (name, number) not in self._passes:
            self._passes = {k: v for k, v in self._passes.items() if k[0] != name}
            rng = random.Random(f"{self.seed}-{name}-{number}")
            windows = [w for d in documents(self.train[name]) for w in cut(d, self.encoder.cost, MAX_PIECES, rng)]
            rng.shuffle(windows)
            self._passes[name, number] = windows
        return self._passes[name, number]


def augment(window: list[Sentence], rng: random.Random) -> list[Sentence]:
    """Upper-, title- or lower-cases some windows and some sentences, as headlines are."""
    x = rng.random()
    if x < UPPER + TITLE + LOWER:
        return [recase(s, x, rng) for s in window]
    out = []
    for i, s in enumerate(window):
        x = rng.random() / (HEADLINE if i == 0 else 1.0)
        out.append(recase(s, x, rng))
    return out


def recase(s: Sentence, x: float, rng: random.Random) -> Sentence:
    """Changes the case where `x` falls into one of the parts; the lemma head does not learn from such sentences."""
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
    if x < UPPER + TITLE and n > 3 and words[-1] == "." and rng.random() < 0.5 and n not in (s.head or []):
        s = replace(s, **{k: v[:-1] for k in ("words", "entity", "upos", "xpos", "head", "deprel", "event") if (v := getattr(s, k))})
    return s


class Encoder:
    """Turns windows of sentences into the model's inputs and targets."""

    def __init__(self, pieces: Pieces, labels: Labels, multiple: int = 1):
        """Lengths are padded to multiples of `multiple`, which spares a training step new kernels for ever new shapes."""
        self.pieces, self.index, self.multiple = pieces, labels.index(), multiple
        self.entities = len(labels.entity)

    def cost(self, s: Sentence) -> int:
        """Pieces of a sentence and its separator."""
        return 1 + sum(len(self.pieces.word(w)) for w in s.words)

    def length(self, window: list[Sentence]) -> int:
        return 1 + sum(map(self.cost, window))

    def inputs(self, windows: list[list[Sentence]]) -> dict[str, np.ndarray]:
        """`[B, S]` pieces, `[B, W]` words. Each sentence is opened by [CLS] or the separator before it, which is its root."""
        n = len(windows)
        up = lambda n: -(-n // self.multiple) * self.multiple
        w_max = up(max(sum(map(len, w)) for w in windows))
        s_max = up(max(map(self.length, windows)))
        x = {k: np.zeros((n, s_max), np.int64) for k in ("input_ids", "attention_mask", "shape_ids")}
        x |= {k: np.zeros((n, w_max), np.int64) for k in ("word_starts", "word_sentences", "root_starts")}
        for b, window in enumerate(windows):
            ids, shapes, at = [self.pieces.cls], [0], 0
            for number, s in enumerate(window, 1):
                root = len(ids) - 1
                for word in s.words:
                    p = self.pieces.word(word)
                    x["word_starts"][b, at] = len(ids)
                    x["word_sentences"][b, at] = number
                    x["root_starts"][b, at] = root
                    ids += p
                    shapes += shape_ids(word, len(p))
                    at += 1
                ids.append(self.pieces.sep)
                shapes.append(0)
            x["input_ids"][b, : len(ids)] = ids
            x["shape_ids"][b, : len(ids)] = shapes
            x["attention_mask"][b, : len(ids)] = 1
        return x

    def _targets(self, windows: list[list[Sentence]], w_max: int) -> dict[str, np.ndarray]:
        n = len(windows)
        t = {k: np.full((n, w_max), IGNORE, np.int64) for k in ("upos", "xpos", "lemma", "deprel", "head", "event")}
        t["entity"] = np.zeros((n, w_max), np.int64)
        for b, window in enumerate(windows):
            at = 0
            for s in window:
                self._sentence_targets(s, {k: v[b, at: at + len(s)] for k, v in t.items()}, at)
                at += len(s)
        return t

    def _sentence_targets(self, s: Sentence, t: dict[str, np.ndarray], at: int) -> None:
        if s.entity is not None:
            t["entity"][:] = s.entity
        if s.event is not None:
            t["event"][:] = [e if e >= 0 else IGNORE for e in s.event]
        if s.head is not None:
            t["head"][:] = [IGNORE if h < 0 else h + at if h else 0 for h in s.head]
            for k in ("upos", "xpos", "deprel"):
                ids = self.index[k]
                t[k][:] = [ids.get(v, IGNORE) for v in getattr(s, k)]
        if s.lemma is not None:
            ids = self.index["lemma"]
            t["lemma"][:] = [ids.get(v, -1) if v in ids else ids[lemma_scripts.fallback(w, l)]
                             for v, w, l in zip(s.lemma, s.words, s.lemmas)]

    def batch(self, windows: list[list[Sentence]]) -> Batch:
        x = self.inputs(windows)
        t = self._targets(windows, x["word_starts"].shape[1])
        to = torch.from_numpy
        return Batch({k: to(v) for k, v in x.items()}, {k: to(v) for k, v in t.items()}, sum(len(s) for w in windows for s in w))

    def group(self, windows: list[list[Sentence]], budget: int, rng: random.Random, pool: int = 4000) -> Iterator[list[list[Sentence]]]:
        """Groups of windows of similar length with at most `budget` pieces, padding included, in random order."""
        sized = [(n, w) for w in windows if 3 < (n := self.length(w))]
        rng.shuffle(sized)
        groups = []
        for i in range(0, len(sized), pool):
            group: list[list[Sentence]] = []
            for n, w in sorted(sized[i: i + pool], key=lambda p: p[0]):
                if group and (len(group) + 1) * n > budget:
                    groups.append(group)
                    group = []
                group.append(w)
            groups.append(group)
        rng.shuffle(groups)
        return iter(groups)
