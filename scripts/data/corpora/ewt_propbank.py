"""PropBank predicates on the sentences of UD English EWT."""
from __future__ import annotations

import json
from collections import Counter
from itertools import groupby
from pathlib import Path
from typing import Iterator

from gold import Article

FOLDER = "ewt_propbank"
SPLITS = {"train": "official (UD)", "dev": "official (UD)", "test": "official (UD)"}
LAYERS = ("events (type PREDICATE: verbs, nouns, adjectives with their PropBank arguments; light verbs, copulas and the "
          "like optional), syntax, tokens")
LOST = "rolesets, links between discontinuous arguments, raw text; sentences without PropBank are not annotated"
USE, LICENCE = "train", "CC BY-SA 4.0"
ONE_PART: tuple[str, ...] = ()

POS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun"}
# Senses of be, have, do and get that say nothing by themselves.
COPULAS = {"be.01", "be.02", "be.03", "have.01", "have.03", "do.01", "get.03"}
SYNTAX = ("upos", "xpos", "lemma", "head", "deprel")


def convert(root: Path, split: str, lost: Counter) -> Iterator[dict]:
    with open(root / FOLDER / f"ewt-{split}.jsonl", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    for id, group in groupby(rows, key=lambda row: row["sent_id"].rpartition("-")[0]):
        record = _article(id, list(group), lost)
        if record is not None:
            yield record


def _article(id: str, rows: list[dict], lost: Counter) -> dict | None:
    article = Article.of_tokens(id, [row["tokens"] for row in rows], ["events"], lost=lost)
    syntax = [[{key: row[key][n] for key in SYNTAX} for n in range(len(row["tokens"]))] for row in rows]
    article.set_sentences([row["tokens"] for row in rows], article.sentences, syntax)
    annotated = [n for n, row in enumerate(rows) if row["has_propbank"]]
    lost["sentence without PropBank"] += len(rows) - len(annotated)
    if not annotated:
        lost["document without PropBank"] += 1
        return None
    if len(annotated) < len(rows):
        article.annotate_sentences(annotated)
    for n in annotated:
        for frame in rows[n]["frames"]:
            at = frame["pred"]
            mention = article.words_in(n, at, at + 1) | {"pos": POS.get(rows[n]["upos"][at], "other")}
            if frame["roleset"] in COPULAS or frame["roleset"].endswith(".LV"):
                mention["optional"] = True
            roles = [{"role": role, **article.words_in(n, first, end)} for role, first, end in frame["args"] if role != "V"]
            article.event("PREDICATE", [mention], roles)
    return article.record
