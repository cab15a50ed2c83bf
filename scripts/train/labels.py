"""Label inventories: entity tags (as bit masks of allowed tags) and the label lists that are read off the treebanks."""
from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

ENTITY_TYPES = ["PERSON", "ORG", "PLACE", "NORP", "EVENT", "DATE", "MISC"]
ENTITY_TAGS = ["O"] + [f"{p}-{t}" for t in ENTITY_TYPES for p in ("B", "I")]
UPOS = ["ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM",
        "VERB", "X"]
EVENT_TAGS = ["O", "EVENT", "AGENT"]  # AGENT: a noun for who does something ("attacker"), which is no event
_TAG_ID = {t: i for i, t in enumerate(ENTITY_TAGS)}

IGNORE = -100  # target of a token that a sentence does not label


def outside(*unannotated: str) -> int:
    """Bit mask of the tags that an "O" of a corpus may stand for: O, or any type which that corpus does not annotate."""
    mask = 1 << _TAG_ID["O"]
    for t in unannotated:
        mask |= (1 << _TAG_ID[f"B-{t}"]) | (1 << _TAG_ID[f"I-{t}"])
    return mask


def span_masks(length: int, types: list[str], optional: bool = False) -> list[int]:
    """Masks for the tokens of one annotated span whose type is one of `types` (with `optional`, O is allowed too)."""
    masks = []
    for i in range(length):
        mask = 1 if optional else 0
        for t in types:
            mask |= 1 << _TAG_ID[("B-" if i == 0 else "I-") + t]
        masks.append(mask)
    return masks


def split_mask(mask: int) -> int:
    """The mask of the second and later parts of a word that was split: every B- becomes I- of the same type."""
    out = mask
    for t in ENTITY_TYPES:
        b, i = 1 << _TAG_ID[f"B-{t}"], 1 << _TAG_ID[f"I-{t}"]
        if mask & b:
            out |= i
            if not mask & 1:  # a certain entity: no new entity begins inside the word
                out &= ~b
    return out


@dataclass
class Labels:
    """The label lists of one model, in the order of the heads' outputs."""

    xpos: list[str] = field(default_factory=list)
    lemma: list[str] = field(default_factory=list)
    deprel: list[str] = field(default_factory=list)
    entity: list[str] = field(default_factory=lambda: list(ENTITY_TAGS))
    upos: list[str] = field(default_factory=lambda: list(UPOS))
    event: list[str] = field(default_factory=lambda: list(EVENT_TAGS))

    @classmethod
    def from_sentences(cls, sentences) -> "Labels":
        """Collects xpos, lemma scripts (at least 3 occurrences) and relations from sentences with syntax, in a fixed order."""
        xpos, lemma, deprel = Counter(), Counter(), Counter()
        for s in sentences:
            xpos.update(x for x in s.xpos or [] if x)
            lemma.update(x for x in s.lemma or [] if x)
            deprel.update(x for x in s.deprel or [] if x)
        for script in ("lower|0|", "keep|0|"):
            lemma[script] += 3
        order = lambda c, least: [k for k, n in sorted(c.items(), key=lambda kv: (-kv[1], kv[0])) if n >= least]
        return cls(xpos=order(xpos, 2), lemma=order(lemma, 3), deprel=order(deprel, 2))

    def to_dict(self) -> dict:
        return {k: getattr(self, k) for k in ("entity", "upos", "xpos", "lemma", "deprel", "event")}

    @classmethod
    def from_dict(cls, d: dict) -> "Labels":
        return cls(**{k: list(v) for k, v in d.items()})

    def index(self) -> dict[str, dict[str, int]]:
        return {k: {x: i for i, x in enumerate(v)} for k, v in self.to_dict().items()}
