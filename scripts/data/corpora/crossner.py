"""CrossNER: five domains of Wikipedia sentences with fine types; no document marks."""
from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Iterator

from columns import convert_files

FOLDER = "crossner"
DOMAINS = ("politics", "science", "literature", "music", "ai")
SPLITS = {f"{domain}.{part}": "official" for domain in DOMAINS for part in ("train", "dev", "test")}
LAYERS = "entities (names and terms; 39 fine types), one record a sentence"
LOST = "nothing"
USE, LICENCE = "train", "MIT"
ONE_PART: tuple[str, ...] = ()


def convert(root: Path, split: str, lost: Counter) -> Iterator[dict]:
    domain, _, part = split.partition(".")
    return convert_files([root / FOLDER / domain / f"{part}.txt"], -1, lost, folder=True)
