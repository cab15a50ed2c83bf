"""DWIE: Deutsche Welle articles with entity clusters."""
from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Iterator

from gold import Article, SpanError

FOLDER = "dwie"
SPLITS = {"dev": "official, the 98 articles at hand"}
LAYERS = "entities with clusters (location organization person other time role misc event money ethnicity)"
LOST = "relations; finer types; mentions whose words differ from their tokens; the file has no sentences: they are cut at full stops"
USE, LICENCE = "eval", "research"
ONE_PART = ("dev",)

STOPS, CLOSERS = {".", "?", "!"}, {"\"", "'", "''", "”", "’", ")"}


def convert(root: Path, split: str, lost: Counter) -> Iterator[dict]:
    for document in json.loads((root / FOLDER / f"{split}.json").read_text(encoding="utf-8")):
        yield _article(document, lost)


def _article(document: dict, lost: Counter) -> dict:
    (tokens,) = document["sents"]  # the whole article; line breaks are tokens
    sentences: list[list[str]] = [[]]
    place: list[int] = []  # by token of the file: how many words stand before it
    words = 0
    for token in tokens:
        place.append(words)
        if token == "\n" or (token not in STOPS | CLOSERS and _stopped(sentences[-1])):
            sentences.append([])
        if token != "\n":
            sentences[-1].append(token)
            words += 1
    place.append(words)
    article = Article.of_tokens(document["title"], [s for s in sentences if s], ["entities"], lost=lost)
    for cluster in document["vertexSet"]:
        mentions, types = [], Counter()
        for mention in cluster:
            first, end = mention["pos"]
            try:
                mentions.append(article.words(place[first], place[end], mention["name"]))
            except SpanError:
                lost["mention that differs from its tokens"] += 1
                continue
            types[mention["type"].removeprefix("type::")] += 1
        if mentions:
            kind, *others = [label for label, _ in types.most_common()]
            article.entity(kind, mentions, **({"types": others} if others else {}))
        else:
            lost["entity without a mention"] += 1
    return article.record


def _stopped(sentence: list[str]) -> bool:
    """Whether a sentence has come to its full stop, with or without quotes and brackets behind it."""
    end = len(sentence)
    while end and sentence[end - 1] in CLOSERS:
        end -= 1
    return end > 0 and sentence[end - 1] in STOPS
