"""Keeps evaluation text out of training: drops sentences that share twelve words in a row with any protected text."""
from __future__ import annotations

import hashlib
import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Iterable

import numpy as np

from sentence import Sentence

N = 12
_WORD = re.compile(r"[a-z0-9]+")
_TAG = re.compile(r"<[^>]+>")
_MULTIPLIERS = np.array([pow(1_000_003, i, 1 << 64) for i in range(N)], dtype=np.uint64)

COLUMNS = ["ud_ewt/en_ewt-ud-dev.conllu", "ud_ewt/en_ewt-ud-test.conllu", "worldwide/*.tsv", "conll2003/dev.txt", "conll2003/test.txt"]
JSONS = ["geneva/val.jsonl", "m2e2/*.json", "rams/*.jsonlines", "wikievents/**/*.jsonl", "dwie/*.json", "giveme5w1h/*.json"]
MARKUP = ["timebank/**/*.tml", "geoparsing/lgl.xml", "muc34/**/*"]
CAT = ["meantime/*/corpus_stock/*.xml"]


@lru_cache(maxsize=1 << 20)
def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")


def _grams(text: str) -> np.ndarray:
    ids = np.array([_hash(w) for w in _WORD.findall(text.lower())], dtype=np.uint64)
    if len(ids) < N:
        return np.empty(0, np.uint64)
    windows = np.lib.stride_tricks.sliding_window_view(ids, N)
    return (windows * _MULTIPLIERS).sum(axis=1, dtype=np.uint64)


def _strings(x) -> Iterable[str]:
    """The texts in a JSON value; a list of words counts as one text."""
    if isinstance(x, str):
        yield x
    elif isinstance(x, dict):
        for v in x.values():
            yield from _strings(v)
    elif isinstance(x, list):
        if x and all(isinstance(v, str) for v in x):
            yield " ".join(x)
        else:
            for v in x:
                yield from _strings(v)


def _protected(data: Path) -> Iterable[str]:
    read = lambda p: p.read_text(encoding="utf-8", errors="replace")
    for pattern in COLUMNS:
        for path in sorted(data.glob(pattern)):
            column = 1 if path.suffix == ".conllu" else 0
            rows = (line.split() for line in read(path).splitlines() if not line.startswith("#"))
            yield " ".join(r[column] for r in rows if len(r) > column and (column == 0 or r[0].isdigit()))
    for pattern in JSONS:
        for path in sorted(data.glob(pattern)):
            text = read(path)
            parts = text.splitlines() if path.suffix in (".jsonl", ".jsonlines") else [text]
            for part in parts:
                yield from _strings(json.loads(part))
    for pattern in MARKUP:
        for path in sorted(data.glob(pattern)):
            if path.is_file():
                yield _TAG.sub(" ", read(path))
    for pattern in CAT:
        for path in sorted(data.glob(pattern)):
            yield " ".join(re.findall(r"<token[^>]*>([^<]*)</token>", read(path)))


class Protected:
    def __init__(self, data: Path):
        self.grams = np.unique(np.concatenate([_grams(t) for t in _protected(data)]))

    def overlaps(self, s: Sentence) -> bool:
        grams = _grams(" ".join(s.words))
        if not len(grams):
            return False
        at = np.minimum(np.searchsorted(self.grams, grams), len(self.grams) - 1)
        return bool((self.grams[at] == grams).any())

    def filter(self, sentences: list[Sentence]) -> list[Sentence]:
        return [s for s in sentences if not self.overlaps(s)]
