"""Causal News Corpus: cause, effect and signal in sentences of protest news."""
from __future__ import annotations

import ast
import csv
import re
from collections import Counter
from pathlib import Path
from typing import Iterator

from gold import Article, aligned, squeezed

FOLDER = "causalnews"
SPLITS = {"train": "official", "dev": "official"}
LAYERS = ("causal relations as events (type CAUSALITY: the signal is the trigger, cause and effect are the roles), "
          "one record a sentence")
LOST = "relations without a signal have no trigger; further signals of one relation; relations whose text differs"
USE, LICENCE = "train", "CC0"
ONE_PART: tuple[str, ...] = ()

_TAG = re.compile(r"<(/?)(ARG0|ARG1|SIG\d+)>")
ROLES = {"ARG0": "cause", "ARG1": "effect"}


def convert(root: Path, split: str, lost: Counter) -> Iterator[dict]:
    with open(root / FOLDER / f"{split}_subtask2_grouped.csv", encoding="utf-8-sig", newline="") as rows:
        for row in csv.DictReader(rows):
            yield _article(row, lost)


def _article(row: dict, lost: Counter) -> dict:
    tokens = row["text"].split()
    article = Article(row["index"], row["text"], ["events"], lost=lost)
    article.set_sentences([tokens], [aligned(row["text"], tokens)])
    for marked in ast.literal_eval(row["causal_text_w_pairs"]):
        if squeezed(_TAG.sub("", marked)) != squeezed(row["text"]):
            lost["relation whose text differs from the sentence"] += 1
            continue
        spans = _spans(marked, row["text"])
        signals = sorted(span for tag, *span in spans if tag.startswith("SIG"))
        lost["further signal of a relation"] += max(0, len(signals) - 1)
        lost["relation without a signal"] += not signals
        roles = [{"role": ROLES[tag], **article.at(start, end)} for tag, start, end in spans if tag in ROLES]
        article.event("CAUSALITY", [article.at(*span) for span in signals[:1]], roles)
    return article.record


def _spans(marked: str, text: str) -> list[tuple[str, int, int]]:
    """Tags and what they enclose, as spans of the text (which may differ in white space)."""
    places = [at for at, character in enumerate(text) if not character.isspace()]
    seen, at, opened, spans = 0, 0, {}, []
    for tag in _TAG.finditer(marked):
        seen += len(squeezed(marked[at:tag.start()]))
        at = tag.end()
        if tag[1]:
            spans.append((tag[2], places[opened.pop(tag[2])], places[seen - 1] + 1))
        else:
            opened[tag[2]] = seen
    return sorted(spans)
