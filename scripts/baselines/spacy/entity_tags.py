"""From sets of allowed tags, which the training data has, to the one tag or none that spaCy takes.

A bit mask of scripts/train/labels.py says which tags a word may have. spaCy learns from one tag a word, or skips words
whose tag is missing. It learns three types here; whatever is no name of these is O.
"""
from __future__ import annotations

from functools import lru_cache
from typing import Iterable

from labels import ENTITY_TAGS

TYPES = ("PERSON", "ORG", "PLACE")
MISSING = ""  # spaCy's word for "not annotated"


@lru_cache(maxsize=None)
def tag_of(mask: int) -> str:
    """The tag that all allowed ones come to on three types; missing if they differ, or if nothing is labelled."""
    allowed = {tag if tag[2:] in TYPES else "O" for i, tag in enumerate(ENTITY_TAGS) if mask >> i & 1}
    return allowed.pop() if len(allowed) == 1 else MISSING


def tags_of(masks: Iterable[int]) -> list[str]:
    """Tags of a sentence. An I- whose name does not begin before it becomes missing: spaCy would begin a name there."""
    tags: list[str] = []
    for mask in masks:
        tag = tag_of(mask)
        if tag.startswith("I-") and (not tags or tags[-1][2:] != tag[2:]):
            tag = MISSING
        tags.append(tag)
    return tags
