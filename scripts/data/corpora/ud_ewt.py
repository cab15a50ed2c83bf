"""UD English EWT: trees over raw text (reviews, mail, newsgroups, weblogs, answers)."""
from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Iterator

import conllu

FOLDER = "ud_ewt"
SPLITS = {"train": "official", "dev": "official", "test": "official"}
LAYERS = "syntax (UPOS, XPOS, lemma, head, relation), raw text with its sentences and tokens"
LOST = "features, enhanced dependencies, empty nodes; words of one surface token share its characters"
USE, LICENCE = "train", "CC BY-SA 4.0"
ONE_PART: tuple[str, ...] = ()


def convert(root: Path, split: str, lost: Counter) -> Iterator[dict]:
    for id, document in conllu.documents(root / FOLDER / f"en_ewt-ud-{split}.conllu"):
        yield conllu.article(id, document, (), lost, with_syntax=True).record
