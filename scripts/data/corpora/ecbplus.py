"""ECB+: news with coreferent event mentions. Only the sentences that the CSV lists are fully annotated."""
from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path
from typing import Iterator

from cat_xml import Document, location
from gold import Article
from halves import ECBPLUS_HELD_OUT

FOLDER = "ecbplus"
SPLITS = {"train": "all topics but the held-out ones", "dev": f"held-out topics {', '.join(ECBPLUS_HELD_OUT)}"}
LAYERS = "events with clusters within the document (action class as type; polarity negative for NEG_), in the listed sentences"
LOST = ("participants, places and times (they are not linked to the events, and marked only where they take part in one); "
        "coreference across documents; sentences that are not listed are not annotated")
USE, LICENCE = "train", "CC BY 3.0"
ONE_PART: tuple[str, ...] = ()


def convert(root: Path, split: str, lost: Counter) -> Iterator[dict]:
    folder = root / FOLDER
    listed: dict[str, set[int]] = defaultdict(set)
    with open(folder / "ECBplus_coreference_sentences.csv", encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            listed[f"{row['Topic']}_{row['File']}"].add(int(row["Sentence Number"]))
    for path in sorted(folder.glob("*/*.xml"), key=lambda p: (int(p.parent.name), p.name)):
        if (path.parent.name in ECBPLUS_HELD_OUT) == (split == "dev"):
            document = Document(path)
            numbers = listed.get(path.stem, set()) & set(document.numbers)
            if numbers:
                yield _article(document, numbers, lost)
            else:
                lost["document without a listed sentence"] += 1


def _article(document: Document, numbers: set[int], lost: Counter) -> dict:
    article = Article.of_tokens(document.id, document.sentences, ["events"], lost=lost)
    article.annotate_sentences(n for n, number in enumerate(document.numbers) if number in numbers)
    actions = document.mentions(lambda tag: tag.removeprefix("NEG_").startswith("ACTION_"))
    inside = [m for m in actions if document.sentence_of[m.tokens[0]] in numbers]
    lost["event mention outside the listed sentences"] += len(actions) - len(inside)
    for _, group in document.clusters(inside, {"CROSS_DOC_COREF", "INTRA_DOC_COREF"}):
        mentions = []
        for mark in group:
            polarity = "negative" if mark.tag.startswith("NEG_") else "positive"
            mentions.append(location(article, mark, lost) | {"factuality": {"polarity": polarity}})
        kind, *others = [tag for tag, _ in Counter(m.tag.removeprefix("NEG_") for m in group).most_common()]
        article.event(kind, mentions, **({"types": others} if others else {}))
    return article.record
