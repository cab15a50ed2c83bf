"""Which sentences are read together: a sequence is [CLS] s1 [SEP] s2 [SEP] …, sentences of one document in their order.

The inference side plans the same windows (crates/dateline-model/src/windows/sentences.rs).
"""
from __future__ import annotations

import random
from itertools import groupby
from typing import Callable, Iterator

from sentence import Sentence

# Of the training windows: how many pieces at most (0: one sentence alone), and how often.
BUDGETS, WEIGHTS = (0, 64, 128, 192, 256), (0.25, 0.2, 0.25, 0.15, 0.15)


def documents(sentences: list[Sentence]) -> Iterator[list[Sentence]]:
    """Runs of sentences of one document; a sentence without a document stands alone."""
    for doc, group in groupby(sentences, key=lambda s: s.doc):
        if doc:
            yield list(group)
        else:
            yield from ([s] for s in group)


def cut(document: list[Sentence], cost: Callable[[Sentence], int], limit: int, rng: random.Random) -> Iterator[list[Sentence]]:
    """Cuts a document into windows of random size for training; sentences over the limit are left out."""
    window: list[Sentence] = []
    length, budget = 1, rng.choices(BUDGETS, WEIGHTS)[0]
    for s in document:
        n = cost(s)
        if window and length + n > budget:
            yield window
            window, length, budget = [], 1, rng.choices(BUDGETS, WEIGHTS)[0]
        if 1 + n <= limit:
            window.append(s)
            length += n
    if window:
        yield window


def plan(costs: list[int], limit: int, context: int) -> Iterator[tuple[range, range]]:
    """(sentences read, sentences whose results are kept) of each window; `costs` count a sentence's pieces and its separator.

    A sentence over the limit is read alone.
    """
    i, n = 0, len(costs)
    while i < n:
        if 1 + costs[i] > limit:
            yield range(i, i + 1), range(i, i + 1)
            i += 1
            continue
        begin = i
        while begin and 1 + costs[begin - 1] <= limit and sum(costs[begin - 1: i]) <= context \
                and 1 + sum(costs[begin - 1: i + 1]) <= limit:
            begin -= 1
        left = 1 + sum(costs[begin:i])
        end, total = fill(costs, i, left, limit)
        if end < n and 1 + costs[end] <= limit:  # more of the run follows
            end, total = fill(costs, i, left, limit - context)
            if end == i:
                end, total = i + 1, left + costs[i]
        last, right = end, 0
        while last < n and right + costs[last] <= context and total + costs[last] <= limit:
            total, right, last = total + costs[last], right + costs[last], last + 1
        yield range(begin, last), range(i, end)
        i = end


def fill(costs: list[int], start: int, total: int, limit: int) -> tuple[int, int]:
    """Takes sentences from `start` while they fit: (first not taken, pieces)."""
    end = start
    while end < len(costs) and total + costs[end] <= limit:
        total, end = total + costs[end], end + 1
    return end, total
