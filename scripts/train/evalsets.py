"""Reads the sets that are only ever measured on, with words split as the model expects them."""
from __future__ import annotations

import hashlib
from pathlib import Path

from ewt import iob_spans, read_uner
from ner import columns
from sentence import Sentence
from splitting import split_with_map


def _sentence(words: list[str], tags: list[str], corpus: str, doc: str = "") -> Sentence:
    parts, origin = split_with_map(words)
    return Sentence(parts, corpus, origin=origin, spans=iob_spans(tags), doc=doc)


def uner(data: Path, part: str) -> list[Sentence]:
    path = data / "uner_ewt" / f"en_ewt-ud-{part}.iob2"
    return [Sentence(words, "uner", spans=iob_spans(tags), doc=sent_id.rpartition("-")[0]) for sent_id, words, tags in read_uner(path)]


def conll2003(data: Path, part: str, split: bool = True) -> list[Sentence]:
    make = _sentence if split else lambda w, t, corpus, doc: Sentence(w, corpus, spans=iob_spans(t), doc=doc)
    return [make(w, t, "conll2003", f"{part}-{n}") for w, t, n in columns(data / "conll2003" / f"{part}.txt")]


def worldwide(data: Path) -> dict[str, list[Sentence]]:
    """Halves A (may be read and used to choose) and B (only scored), by the hash of the file name."""
    halves: dict[str, list[Sentence]] = {"A": [], "B": []}
    for path in sorted((data / "worldwide").glob("*.tsv")):
        half = "A" if int(hashlib.sha256(path.name.encode()).hexdigest(), 16) % 2 == 0 else "B"
        for n, (words, tags, _) in enumerate(columns(path, tag=1)):
            if n == 0 and len(words) == 1 and words[0].startswith("http"):
                continue
            halves[half].append(_sentence(words, tags, "worldwide", path.name))
    return halves
