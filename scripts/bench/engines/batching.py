"""Sequences as an engine is given them: windows of word pieces, alone or in buckets of similar length."""
from __future__ import annotations

import json
from pathlib import Path

import numpy as np

PIECES = ("input_ids", "shape_ids")
WORDS = ("word_starts", "word_sentences", "root_starts")
BUCKET = 1024  # pieces of a batch, padding included


def read(path: Path) -> list[dict]:
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def pieces(sequences: list[dict]) -> int:
    """Word pieces with [CLS] and [SEP], without padding."""
    return sum(len(s["input_ids"]) for s in sequences)


def groups(sequences: list[dict], budget: int) -> list[list[dict]]:
    """Longest first; as many together as the budget holds once they are padded, and one at least. A budget of 0: each alone."""
    made: list[list[dict]] = []
    for s in sorted(sequences, key=lambda s: -len(s["input_ids"])):
        if made and (len(made[-1]) + 1) * len(made[-1][0]["input_ids"]) <= budget:
            made[-1].append(s)
        else:
            made.append([s])
    return made


def arrays(group: list[dict]) -> dict[str, np.ndarray]:
    """The model's inputs: `[B, S]` of pieces and `[B, W]` of words, filled up with 0."""
    made = {}
    for names in (PIECES, WORDS):
        width = max(1, max(len(s[names[0]]) for s in group))
        for name in names:
            made[name] = np.zeros((len(group), width), np.int64)
            for row, s in enumerate(group):
                made[name][row, : len(s[name])] = s[name]
    lengths = np.array([[len(s["input_ids"])] for s in group])
    made["attention_mask"] = (np.arange(made["input_ids"].shape[1]) < lengths).astype(np.int64)
    return made


def batches(path: Path, bucketed: bool) -> list[dict[str, np.ndarray]]:
    return [arrays(group) for group in groups(read(path), BUCKET if bucketed else 0)]
