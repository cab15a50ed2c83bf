"""GENEVA: events of 115 types, sentence by sentence."""
from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Iterator

from gold import Article, SpanError, aligned

FOLDER = "geneva"
SPLITS = {"train": "official", "val": "official dev; our test part"}
LAYERS = "events (115 FrameNet-based types, roles), raw text"
LOST = "triggers and arguments whose words differ from their tokens"
USE, LICENCE = "train", "CC BY 3.0"
ONE_PART: tuple[str, ...] = ()


def convert(root: Path, split: str, lost: Counter) -> Iterator[dict]:
    with open(root / FOLDER / f"{split}.jsonl", encoding="utf-8") as lines:
        for line in lines:
            yield _article(json.loads(line), lost)


def _article(row: dict, lost: Counter) -> dict:
    tokens = row["tokens"]
    article = Article(row["wnd_id"], row["sentence"], ["events"], lost=lost)
    article.set_sentences([tokens], [aligned(row["sentence"], tokens)])
    entities = {e["id"]: (e["start"], e["end"]) for e in row.get("entity_mentions", [])}
    for event in row["event_mentions"]:
        trigger = event["trigger"]
        try:
            mention = article.words(trigger["start"], trigger["end"], trigger["text"])
        except SpanError:
            lost["trigger that differs from its tokens"] += 1
            continue
        roles = []
        for argument in event["arguments"]:
            span = entities.get(argument.get("entity_id")) or (argument.get("start", -1), argument.get("end", -1))
            try:
                roles.append({"role": argument["role"], **article.words(*span, argument["text"])})
            except SpanError:
                lost["argument that differs from its tokens"] += 1
        article.event(event["event_type"], [mention], roles)
    return article.record
