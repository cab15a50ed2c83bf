"""Groningen Meaning Bank: world news with silver entities; no document marks."""
from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Iterator

from columns import convert_files

FOLDER = "gmb"
SPLITS = {"train": "one part, one record a sentence"}
LAYERS = "entities (silver; geo gpe per org tim eve art nat; `per` includes titles)"
LOST = "part-of-speech column; which sentences belong together is not in the file"
USE, LICENCE = "train", "public domain"
ONE_PART: tuple[str, ...] = ()


def convert(root: Path, split: str, lost: Counter) -> Iterator[dict]:
    return convert_files([root / FOLDER / "gmb_ner.conll"], -1, lost)
