"""RAMS (AIDA): one event in each five-sentence document, with arguments across sentences."""
from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Iterator

from gold import Article

FOLDER = "rams"
SPLITS = {"dev": "official"}
LAYERS = "one event a document (AIDA type, roles; argument spans also outside the trigger's sentence), tokens"
LOST = "all other events of the document are not annotated: only the trigger's words count as annotated"
USE, LICENCE = "eval", "not stated"
ONE_PART = ("dev",)

_ROLE = re.compile(r"evt\d+arg\d+(\w+)")


def convert(root: Path, split: str, lost: Counter) -> Iterator[dict]:
    with open(root / FOLDER / f"{split}.jsonlines", encoding="utf-8") as lines:
        for line in lines:
            yield _article(json.loads(line), lost)


def _article(row: dict, lost: Counter) -> dict:
    article = Article.of_tokens(row["doc_key"], row["sentences"], ["events"], lost=lost)
    triggers = []
    for first, last, types in row["evt_triggers"]:  # `last` is included
        mention = article.words(first, last + 1)
        triggers.append((mention["start"], mention["end"]))
        roles = [{"role": _ROLE.fullmatch(role)[1], **article.words(argument[0], argument[1] + 1)}
                 for trigger, argument, role in row["gold_evt_links"] if trigger == [first, last]]
        article.event(types[0][0], [mention], roles)
    article.annotate(triggers)
    return article.record
