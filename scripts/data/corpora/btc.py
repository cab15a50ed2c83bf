"""Broad Twitter Corpus: one record a tweet, its six sections as splits."""
from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Iterator

from columns import convert_files

FOLDER = "btc"
SPLITS = {"a": "general, UK", "b": "non-directed, UK", "e": "about flight MH17", "f": "people of note", "g": "news media",
          "h": "general, not UK"}
LAYERS = "entities (names; PER LOC ORG)"
LOST = "nothing"
USE, LICENCE = "train", "CC BY 4.0"
ONE_PART: tuple[str, ...] = ()


def convert(root: Path, split: str, lost: Counter) -> Iterator[dict]:
    return convert_files([root / FOLDER / "CONLL-format" / "data" / f"{split}.conll"], -1, lost)
