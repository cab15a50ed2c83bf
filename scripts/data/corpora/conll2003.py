"""CoNLL-2003 English: Reuters news of 1996, with document marks."""
from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Iterator

from columns import convert_files

FOLDER = "conll2003"
SPLITS = {
    "train": "official",
    "dev": "official (testa)",
    "test": "official (testb), original labels",
    "test_corrected": "the same with CoNLL++ labels",
}
LAYERS = "entities (names; PER LOC ORG MISC)"
LOST = "part-of-speech and chunk columns"
USE, LICENCE = "eval", "research"
ONE_PART: tuple[str, ...] = ()


def convert(root: Path, split: str, lost: Counter) -> Iterator[dict]:
    return convert_files([root / FOLDER / f"{split}.txt"], -1, lost)
