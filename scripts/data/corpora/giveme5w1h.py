"""Giveme5W1H: the main event of news articles by question, from three coders."""
from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Iterator

from gold import Article

FOLDER = "giveme5w1h"
SPLITS = {"all": "48 articles"}
LAYERS = "main event (phrases by question; of `when` the dates first), title, raw text, publication date"
LOST = "phrases by question have no offsets; how many coders chose a phrase only orders them; entries without text"
USE, LICENCE = "eval", "text © publishers"
ONE_PART = ("all",)


def convert(root: Path, split: str, lost: Counter) -> Iterator[dict]:
    for path in sorted((root / FOLDER).glob("*.json")):
        yield _article(json.loads(path.read_text(encoding="utf-8")), lost)


def _article(row: dict, lost: Counter) -> dict:
    text, lead = row["text"], row.get("description") or ""
    if lead and lead[:60] not in text:
        text = f"{lead}\n\n{text}"
    article = Article(row["dId"], text, title=row["title"], published=row["date_publish"][:10], lost=lost)
    answers: dict[str, list[str]] = {}
    date = None
    for question, found in row["fiveWoneH"].items():
        phrases = sorted(found.get("annotated", []), key=lambda phrase: -phrase["coderPhraseCount"])
        dates = [phrase["parsed"] for phrase in phrases if phrase.get("parsed")]
        if dates and question == "when":
            date = dates[0]
        texts = [phrase["text"] for phrase in phrases if phrase.get("text")]
        lost["answer without text or date"] += sum(not p.get("text") and not p.get("parsed") for p in phrases)
        if texts or dates:
            answers[question] = list(dict.fromkeys(dates + texts))
    article.record["main_event"] = {"answers": answers} | ({"when": date} if date else {})
    return article.record
