"""Universal NER on the English Web Treebank."""
from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Iterator

import conllu
from columns import spans_of

FOLDER = "uner_ewt"
SPLITS = {"train": "official", "dev": "official", "test": "official"}
LAYERS = "entities (names; PER LOC ORG, and OTH in train only), raw text"
LOST = "annotator columns"
USE, LICENCE = "train", "CC BY-SA 4.0"
ONE_PART: tuple[str, ...] = ()


def convert(root: Path, split: str, lost: Counter) -> Iterator[dict]:
    for id, document in conllu.documents(root / FOLDER / f"en_ewt-ud-{split}.iob2"):
        article = conllu.article(id, document, ("entities",), lost, with_syntax=False)
        for n, sentence in enumerate(document):
            for first, end, label in spans_of(columns[2] for columns in sentence.words):
                article.entity(label, [article.words_in(n, first, end)])
        yield article.record
