"""Splits hyphenated words of newswire-style corpora the way UD tokenization does (US - Iraq, Al - Rashid, year - old)."""
from __future__ import annotations

import re
from functools import lru_cache

from labels import ENTITY_TAGS, split_mask
from sentence import Sentence

KEEP_TOGETHER = {"e", "co", "re", "pre", "non", "un", "ex", "anti", "mid", "sub", "uh", "bi", "semi"}  # affixes stay with their word
_HYPHEN = re.compile(r"(?<=[^\W_])([-–])(?=[^\W_])|(?<=\.)(-)(?=[^\W_])")
_TAIL = re.compile(r"(ed|ing|led|born|run|held|wide|backed|style|language|bound|old|like|era|speaking|friendly|style|built|made)$")


@lru_cache(maxsize=1 << 16)
def split_word(word: str) -> tuple[str, ...]:
    """The parts of a word, hyphens as parts of their own."""
    if len(word) < 3 or ("-" not in word and "–" not in word) or "/" in word or "@" in word:
        return (word,)
    parts = [p for p in _HYPHEN.split(word) if p]
    if len(parts) == 1 or "".join(parts) != word:
        return (word,)
    if parts[0].lower() in KEEP_TOGETHER:
        parts = ["".join(parts[:3]), *parts[3:]]
    return tuple(parts)


def split_sentence(s: Sentence) -> Sentence:
    """The same sentence with hyphenated words split; entity masks and event labels follow."""
    if not any("-" in w or "–" in w for w in s.words):
        return s
    words, entity, event = [], [], []
    for i, w in enumerate(s.words):
        parts = split_word(w)
        words += parts
        if s.entity is not None:
            entity += [s.entity[i]] if len(parts) == 1 else _part_masks(parts, s.entity[i])
        if s.event is not None:
            event += [s.event[i]] if len(parts) == 1 else [-1 if p.isalnum() else 0 for p in parts]
    return Sentence(words=words, corpus=s.corpus, doc=s.doc, entity=entity if s.entity is not None else None,
                    event=event if s.event is not None else None)


def _part_masks(parts: tuple[str, ...], mask: int) -> list[int]:
    capital = parts[0][:1].isupper()
    if mask & 1:  # "O": a name may still stand inside ("U.S.-led"), so a capitalized part is left open
        return [0 if p[:1].isupper() and len(parts) > 1 else mask for p in parts]
    person = bool(mask & (0b110 << ENTITY_TAGS.index("B-PERSON") - 1))
    if capital and parts[-1].islower() and _TAIL.search(parts[-1]) and not person:
        first = next(i for i, p in enumerate(parts) if p in "-–")
        return [mask] + [split_mask(mask)] * (first - 1) + [1] * (len(parts) - first)
    return [mask] + [split_mask(mask)] * (len(parts) - 1)


def split_with_map(words: list[str]) -> tuple[list[str], list[int]]:
    """Split words, and for each part the index of the word that it came from."""
    out, origin = [], []
    for i, w in enumerate(words):
        for p in split_word(w):
            out.append(p)
            origin.append(i)
    return out, origin
