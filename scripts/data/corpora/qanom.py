"""QANom: nouns that are candidates for events, judged by annotators."""
from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path
from typing import Iterator

from gold import Article

FOLDER = "qanom"
SPLITS = {"train": "official", "dev": "official"}
LAYERS = "events (type NOMINALIZATION): candidate nouns that most annotators call verbal; only the candidates are annotated"
LOST = "questions and answers; candidates on which annotators are divided evenly (optional); verbs (not annotated)"
USE, LICENCE = "train", "MIT"
ONE_PART: tuple[str, ...] = ()


def convert(root: Path, split: str, lost: Counter) -> Iterator[dict]:
    sentences: dict[str, str] = {}
    votes: dict[str, dict[int, dict[str, bool]]] = defaultdict(lambda: defaultdict(dict))
    with open(root / FOLDER / f"annot.{split}.csv", encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            id, at = row["qasrl_id"], int(row["target_idx"])
            sentences[id] = row["sentence"]
            # A judge has one row for each question, all with the same vote.
            votes[id][at].setdefault(row["worker_id"], row["is_verbal"] == "True")
    for id, sentence in sentences.items():
        article = Article.of_tokens(id, [sentence.split(" ")], ["events"], lost=lost)
        for at, judges in sorted(votes[id].items()):
            verbal = 2 * sum(judges.values()) - len(judges)
            mention = article.words(at, at + 1) | {"pos": "noun"}
            if verbal == 0:
                mention["optional"] = True
                lost["candidate on which annotators are divided"] += 1
            if verbal >= 0:
                article.event("NOMINALIZATION", [mention])
            else:
                lost["candidate that is no event: annotated, without a gold item"] += 1
        article.annotate(article.tokens[at] for at in votes[id])
        yield article.record
