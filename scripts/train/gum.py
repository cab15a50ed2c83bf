"""GUM: UD syntax, and names read off its entity mentions, which are whole noun phrases."""
from __future__ import annotations

import re
from pathlib import Path

import conllu
from labels import outside, span_masks
from ner import TITLES
from sentence import Sentence

TYPES = {"person": ["PERSON"], "organization": ["ORG"], "place": ["PLACE"], "event": ["EVENT", "MISC"]}
O = outside("NORP", "EVENT", "DATE", "MISC")
JOINTS = {"of", "the", "for", "and", "&", "de", "la", "del", "-", "'s", "’s"}
_BRACKET = re.compile(r"\(([^()]+)(\))?|([^()]+)\)")


def load(data: Path, demonyms: frozenset[str] | set[str] = frozenset()) -> tuple[list[Sentence], list[Sentence]]:
    """(train, dev); dev are the official development documents that are present."""
    dev_names = set((data / "gum" / "dev_documents.txt").read_text().split())
    train, dev = [], []
    for path in sorted((data / "gum").glob("*.conllu")):
        for mentions, s in _with_mentions(path):
            s.entity = _names(s, mentions, demonyms)
            (dev if path.stem in dev_names else train).append(s)
    return train, dev


def _with_mentions(path: Path):
    """(mentions as (start, end, type), sentence)."""
    for meta, s, misc in conllu.read_with_misc(path, "gum"):
        opened: list[tuple[str, int, str]] = []
        mentions = []
        for i, column in enumerate(misc):
            field = next((f[7:] for f in column.split("|") if f.startswith("Entity=")), "")
            for begin, closed, end in _BRACKET.findall(field):
                if begin:
                    number, kind = (begin.split("-") + [""])[:2]
                    if closed:
                        mentions.append((i, i + 1, kind))
                    else:
                        opened.append((number, i, kind))
                else:
                    for at in range(len(opened) - 1, -1, -1):
                        if opened[at][0] == end:
                            _, start, kind = opened.pop(at)
                            mentions.append((start, i + 1, kind))
                            break
        yield mentions, s


def _names(s: Sentence, mentions, demonyms: set[str]) -> list[int]:
    """Masks: the name within each mention that has a proper noun as its head; other proper nouns stay open."""
    proper = [u == "PROPN" or x in ("NNP", "NNPS") for u, x in zip(s.upos, s.xpos)]
    entity = [0 if p or (w[:1].isupper() and i and u != "PRON") else O for i, (w, p, u) in enumerate(zip(s.words, proper, s.upos))]
    taken = [False] * len(s)
    for a, b, kind in sorted(mentions, key=lambda m: (m[0] - m[1], m)):
        if kind == "time" and not any(taken[a:b]):
            entity[a:b] = span_masks(b - a, ["DATE"], optional=True)
            taken[a:b] = [True] * (b - a)
        head = next((i for i in range(a, b) if not a < s.head[i] <= b), a)
        if kind not in TYPES or not proper[head]:
            continue
        start, end = _name(s, proper, a, b, head, kind)
        if start == end or any(taken[start:end]):
            continue
        types = ["NORP"] if end - start == 1 and s.words[start].lower() in demonyms else TYPES[kind]
        if kind == "person" and s.xpos[head] == "NNPS":
            types = ["PERSON", "NORP"]
        entity[start:end] = span_masks(end - start, types)
        taken[start:end] = [True] * (end - start)
    return entity


def _name(s: Sentence, proper: list[bool], a: int, b: int, head: int, kind: str) -> tuple[int, int]:
    """The run of proper nouns around the head, over joints ("Bank of England") unless it is a person."""
    capital = lambda i: proper[i] or (s.words[i][:1].isupper() and s.words[i].lower() not in ("the", "a", "an")) or (s.upos[i] == "NUM" and kind == "event")
    joint = lambda i: s.words[i].lower() in (JOINTS if kind != "person" else {"-", "de", "la", "del"})
    start, end = head, head + 1
    while start > a and capital(start - 1):
        start -= 1
        while start > a + 1 and joint(start - 1) and s.words[start - 1] == "-" and capital(start - 2):
            start -= 2
    while end < b:
        n = 0
        while end + n < b and n < 3 and joint(end + n):
            n += 1
        if end + n < b and capital(end + n):
            end += n + 1
        else:
            break
    if kind == "person":  # "US President Barack Obama"
        titles = [i for i in range(start, end) if s.words[i].lower().rstrip(".") in TITLES]
        start = titles[-1] + 1 if titles else start
    return start, end
