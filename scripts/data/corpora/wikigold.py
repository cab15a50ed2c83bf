"""WikiGold: Wikipedia articles, IO tags, document marks."""
from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Iterator

from columns import convert_files

FOLDER = "wikigold"
SPLITS = {"train": "one part"}
LAYERS = "entities (names; PER LOC ORG MISC)"
LOST = "IO tags join adjoining names of one type"
USE, LICENCE = "train", "CC BY 4.0"
ONE_PART: tuple[str, ...] = ()


def convert(root: Path, split: str, lost: Counter) -> Iterator[dict]:
    return convert_files([root / FOLDER / "CONLL-format" / "data" / "wikigold.conll.txt"], -1, lost)
