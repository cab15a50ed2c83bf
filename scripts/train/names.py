"""Mention replacement: other names take the place of annotated ones, so that the context and not the name alone is learned.

Only in corpora without syntax, whose labels follow a change of length: made-up names that the corpora have few of, and in the
copy of EWT that has nothing but names, names of other corpora (Dai and Adel 2020, "An Analysis of Simple Data Augmentation for
Named Entity Recognition").
"""
from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

from labels import ENTITY_TAGS, split_mask
from sentence import Sentence
from splitting import split_word

CORPORA = {"gmb", "redocred", "wikigold", "crossner"}
SHARE = 0.12  # of the sentences with a name of a certain type
SWAPPED = "ewt_names"
SWAP = 0.5  # of the names there
LONG = 3  # words: names of as many or more are alike
_BEGIN = {t: 1 << ENTITY_TAGS.index(f"B-{t}") for t in ("PERSON", "ORG", "PLACE", "NORP")}


class Names:
    """Makes names of people and organizations, as lists of words."""

    def __init__(self, train: dict[str, list[Sentence]]):
        self.lists: dict[str, list[str]] = {}
        for line in (Path(__file__).parent / "names.txt").read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                key, _, words = line.partition(":")
                self.lists[key] = words.split()
        countries = {tuple(name.split("-")) for name in self.lists["countries"]}
        places, demonyms = set(), set()
        for corpus in ("gmb", "redocred"):
            for s in train[corpus]:
                for a, b, kind in certain(s):
                    if kind == "PLACE" and b - a <= 2 and all(w.istitle() and w.isalpha() for w in s.words[a:b]):
                        places.add(tuple(s.words[a:b]))
                    elif kind == "NORP" and b - a == 1 and s.words[a].istitle():
                        demonyms.add(s.words[a])
        self.places = [list(p) for p in sorted(places)]
        self.cities = [list(p) for p in sorted(places - countries) if p[-1] not in ("Sea", "Ocean", "River", "Africa", "America", "Europe", "Asia")]
        self.demonyms = sorted(demonyms)
        known: dict[tuple[str, int], set[tuple[str, ...]]] = {}
        for corpus in sorted(CORPORA | {"ewt"}):
            for s in train.get(corpus, []):
                for a, b, kind in certain(s):
                    known.setdefault((kind, min(b - a, LONG)), set()).add(tuple(s.words[a:b]))
        self.known = {k: sorted(v) for k, v in known.items()}

    def pick(self, rng: random.Random, key: str) -> list[str]:
        return rng.choice(self.lists[key]).split("-") if key in ("party_names", "paper_names", "clubs", "ministries", "countries") \
            else self._words(rng.choice(self.lists[key]))

    @staticmethod
    def _words(name: str) -> list[str]:
        return list(split_word(name))

    def person(self, rng: random.Random) -> list[str]:
        kind = rng.choices(("arab", "hebrew", "iran", "turk", "south", "africa", "east", "slav", "latin"), (9, 3, 2, 2, 3, 4, 4, 3, 2))[0]
        if kind == "east":
            family, given = self.pick(rng, "east_family"), self.pick(rng, "east_given")
            return family if rng.random() < 0.15 else family + given
        given, family = self.pick(rng, kind + "_given"), self.pick(rng, kind + "_family")
        if kind == "arab":
            al = lambda: rng.choice((["Al", "-"], ["al", "-"], ["al", "-"], ["El", "-"], ["el", "-"], ["Al"], ["al"]))
            middle = rng.choice(([], [], [], self.pick(rng, "arab_given"), ["bin", *self.pick(rng, "arab_given")], ["ibn", *self.pick(rng, "arab_given")],
                                 al() + self.pick(rng, "arab_family"), ["bin", *self.pick(rng, "arab_given"), "bin", *self.pick(rng, "arab_given")]))
            if rng.random() < 0.08:
                given = [rng.choice(("Abu", "Umm")), *given]
            last = family if rng.random() < 0.2 else al() + family
            return last if rng.random() < 0.2 else given + middle + last
        if kind == "hebrew":
            last = rng.choice((["Ben", "-"], ["Ben"], ["Bar", "-"], ["Bar"], ["Ben", "-"])) + family
            return last if rng.random() < 0.2 else given + last
        return family if rng.random() < 0.2 else given + family

    def organization(self, rng: random.Random) -> list[str]:
        place, demonym = rng.choice(self.places), [rng.choice(self.demonyms)]
        who = rng.choice((demonym, demonym, place))
        kind = rng.randrange(9)
        if kind < 2:
            field = self.pick(rng, "ministries")
            return rng.choice((who + field + ["Ministry"], ["Ministry", "of", *field], field + ["Ministry"],
                               who + ["Ministry", "of", *field], ["Ministry", "of", *field, "and", *self.pick(rng, "ministries")]))
        if kind == 2:
            name = rng.choice((self.pick(rng, "arab_given"), ["King", *self.pick(rng, "arab_given")], ["Sultan", "Qaboos"], place, place))
            return rng.choice((name + ["University"], ["University", "of", *place], name + ["University", "Hospital"]))
        if kind == 3:
            return rng.choice((place, demonym)) + self.pick(rng, "institutions")
        if kind == 4:
            return rng.choice((place, demonym)) + self.pick(rng, "papers")
        if kind == 5:
            return rng.choice(([], demonym, demonym)) + self.pick(rng, "parties") + self.pick(rng, "party_heads")
        return self.pick(rng, rng.choice(("party_names", "paper_names", "clubs")))


def certain(s: Sentence):
    """(start, end, type) of the spans that have one certain type."""
    spans, i = [], 0
    for kind, mask in _BEGIN.items():
        inside = mask << 1
        i = 0
        while i < len(s) and s.entity:
            if s.entity[i] == mask:
                j = i + 1
                while j < len(s) and s.entity[j] == inside:
                    j += 1
                spans.append((i, j, kind))
                i = j
            else:
                i += 1
    return spans


def replaced(s: Sentence, names: Names, rng: random.Random) -> Sentence:
    """The sentence with one person or organization replaced, in some of the cases."""
    if s.corpus == SWAPPED:
        return swapped(s, names, rng)
    if s.corpus not in CORPORA or rng.random() >= SHARE:
        return s
    spans = [x for x in certain(s) if x[2] in ("PERSON", "ORG") and not s.words[x[0]].isupper()]
    if not spans:
        return s
    a, b, kind = rng.choice(spans)
    return _with(s, a, b, names.person(rng) if kind == "PERSON" else names.organization(rng))


def swapped(s: Sentence, names: Names, rng: random.Random) -> Sentence:
    """The sentence with some names replaced by names of the same type and about the same length."""
    for a, b, kind in sorted(certain(s), reverse=True):
        others = names.known.get((kind, min(b - a, LONG)), [])
        if others and rng.random() < SWAP:
            new = list(rng.choice(others))
            s = _with(s, a, b, [w.lower() for w in new] if s.words[a].islower() else new)
    return s


def _with(s: Sentence, a: int, b: int, new: list[str]) -> Sentence:
    first = s.entity[a]
    masks = [first] + [split_mask(first)] * (len(new) - 1)
    return replace(s, words=s.words[:a] + new + s.words[b:], entity=s.entity[:a] + masks + s.entity[b:])
