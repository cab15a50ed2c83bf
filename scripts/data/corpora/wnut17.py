"""WNUT-17: emerging names in social media, one record a message."""
from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Iterator

from columns import convert_files

FOLDER = "wnut17"
FILES = {"train": "train/wnut17train.conll", "dev": "dev/emerging.dev.conll", "test": "test/emerging.test.annotated"}
SPLITS = dict.fromkeys(FILES, "official")
LAYERS = "entities (names; person location group corporation product creative-work)"
LOST = "nothing"
USE, LICENCE = "train", "CC BY 4.0"
ONE_PART: tuple[str, ...] = ()


def convert(root: Path, split: str, lost: Counter) -> Iterator[dict]:
    return convert_files([root / FOLDER / "CONLL-format" / "data" / FILES[split]], -1, lost)
