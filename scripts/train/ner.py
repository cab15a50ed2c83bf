"""Readers of the entity corpora: every corpus' labels become masks of allowed tags (see labels.py)."""
from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from ewt import iob_spans
from labels import outside, span_masks
from sentence import Sentence
from splitting import split_sentence

TITLES = set("""
mr mrs ms miss dr prof professor president vice prime minister deputy chief secretary general gen lt lieutenant col colonel maj major
capt captain sgt sergeant adm admiral brig brigadier marshal chancellor premier senator sen representative rep congressman
congresswoman governor gov mayor ambassador envoy king queen prince princess emperor sultan sheikh pope cardinal archbishop bishop
rev reverend father foreign defense defence interior finance justice attorney judge chairman chairwoman spokesman spokeswoman
spokesperson commander director leader candidate coach sir lord lady dame ayatollah imam mullah former acting
""".split())

CROSSNER = (
    {t: ["PERSON"] for t in ("politician", "person", "writer", "scientist", "researcher", "musicalartist")}
    | {t: ["ORG"] for t in ("organisation", "politicalparty", "band", "university")}
    | {t: ["PLACE"] for t in ("location", "country")}
    | {t: ["EVENT"] for t in ("event", "election")}
    | {"conference": ["EVENT", "ORG", "MISC"], "astronomicalobject": ["PLACE", "MISC"], "magazine": ["MISC", "ORG"],
       "academicjournal": ["MISC", "ORG"], "misc": ["MISC", "NORP", "EVENT", "DATE"]}
    | {t: ["MISC"] for t in ("award", "book", "album", "song", "poem", "product", "programlang")})
# Terms rather than names: either a MISC or nothing.
CROSSNER_TERMS = {"musicgenre", "literarygenre", "field", "task", "algorithm", "discipline", "metrics", "chemicalcompound",
                  "chemicalelement", "protein", "enzyme", "theory", "musicalinstrument"}
DOCRED = {"PER": ["PERSON"], "ORG": ["ORG"], "LOC": ["PLACE"], "TIME": ["DATE"], "MISC": ["MISC", "EVENT", "NORP"]}
WNUT = {"person": ["PERSON"], "location": ["PLACE"], "corporation": ["ORG"], "group": ["ORG", "NORP", "MISC"],
        "product": ["MISC"], "creative-work": ["MISC"]}


def columns(path: Path, tag: int = -1, encoding: str = "utf-8"):
    """(words, tags, number of the document) of the sentences of a column file."""
    words, tags, doc = [], [], 0
    for line in open(path, encoding=encoding, errors="replace"):
        cols = line.rstrip("\n").split("\t" if "\t" in line else " ")
        mark = cols[0] == "-DOCSTART-"
        if not line.strip() or mark:
            if words:
                yield words, tags, doc
            words, tags, doc = [], [], doc + mark
        elif cols[0]:
            words.append(cols[0])
            tags.append(cols[tag].strip())
    if words:
        yield words, tags, doc


def _sentence(corpus: str, words, tags, types: dict[str, list[str]], o: int, optional=frozenset(), doc: str = "") -> Sentence:
    entity = [o] * len(words)
    for a, b, t in iob_spans(tags):
        if t in optional:
            entity[a:b] = span_masks(b - a, ["MISC"], optional=True)
        elif t in types:
            entity[a:b] = span_masks(b - a, types[t])
    return split_sentence(Sentence(list(words), corpus, entity=entity, doc=doc))


def gmb(data: Path) -> tuple[list[Sentence], set[str]]:
    """Groningen Meaning Bank, and the words that it tags as nationalities rather than places (lower-cased)."""
    raw = [(w, t) for w, t, _ in columns(data / "gmb" / "gmb_ner.conll")]
    gpe, geo = Counter(), Counter()
    for words, tags in raw:
        for w, t in zip(words, tags):
            if t == "B-gpe":
                gpe[w.lower()] += 1
            elif t == "B-geo":
                geo[w.lower()] += 1
    demonyms = {w for w, n in gpe.items() if n >= 3 and n > geo[w]}
    usual = _usual_types(raw)
    o = outside("EVENT", "MISC")
    certain = {"per": ["PERSON"], "geo": ["PLACE"], "org": ["ORG"], "tim": ["DATE"], "eve": ["EVENT"], "art": ["MISC"], "nat": ["MISC", "EVENT"]}
    out, seen = [], set()
    for words, tags in raw:
        key = " ".join(words)
        if key in seen or len(words) < 3:
            continue
        seen.add(key)
        entity = [o] * len(words)
        spans = iob_spans(tags)
        for n, (a, b, t) in enumerate(spans):
            if t in ("geo", "org") and n and spans[n - 1][1] == a and spans[n - 1][2] in ("geo", "org", "per"):
                entity[spans[n - 1][0]:b] = [0] * (b - spans[n - 1][0])  # a name that was cut in two
                continue
            t = usual.get(" ".join(words[a:b]), t) if t in ("per", "org", "geo") else t
            if t == "per":
                a2 = _after_titles(words, a, b)
                if a2 == b:  # a title alone
                    entity[a:b] = span_masks(b - a, ["PERSON"], optional=True)
                else:
                    entity[a2:b] = span_masks(b - a2, ["PERSON"])
            elif t == "gpe":
                demonym = b - a == 1 and words[a].lower() in demonyms
                entity[a:b] = span_masks(b - a, ["NORP"] if demonym else ["NORP", "PLACE"])
            elif t == "nat":
                entity[a:b] = span_masks(b - a, ["MISC", "EVENT"], optional=True)
            else:
                entity[a:b] = span_masks(b - a, certain[t])
        out.append(split_sentence(Sentence(words, "gmb", entity=entity, doc="gmb")))  # in the documents' order, without their bounds
    return out, demonyms


def _usual_types(raw) -> dict[str, str]:
    """The type of names of several words that nearly always get the same one: overrides the exceptions."""
    counts: dict[str, Counter] = {}
    for words, tags in raw:
        for a, b, t in iob_spans(tags):
            if b - a > 1 and t in ("per", "org", "geo"):
                counts.setdefault(" ".join(words[a:b]), Counter())[t] += 1
    return {name: c.most_common(1)[0][0] for name, c in counts.items() if c.total() >= 4 and c.most_common(1)[0][1] >= 0.7 * c.total()}


def _after_titles(words, a: int, b: int) -> int:
    while a < b and words[a].lower().rstrip(".") in TITLES:
        a += 1
    return a


def redocred(data: Path, demonyms: set[str]) -> list[Sentence]:
    """Re-DocRED: named mentions only. Its annotation is not exhaustive: a capitalized word outside mentions stays open."""
    o = outside()
    out = []
    for part in ("dev", "test"):
        for n, doc in enumerate(json.loads((data / "redocred" / f"{part}_revised.json").read_text(encoding="utf-8"))):
            mentions: list[list] = [[] for _ in doc["sents"]]
            for cluster in doc["vertexSet"]:
                for m in cluster:
                    mentions[m["sent_id"]].append((*m["pos"], m["type"]))
            for words, ms in zip(doc["sents"], mentions):
                entity = [0 if i and w[:1].isupper() else o for i, w in enumerate(words)]
                taken = [False] * len(words)
                for a, b, t in sorted(set(ms), key=lambda m: (m[0] - m[1], m)):
                    text = "".join(words[a:b])
                    if any(taken[a:b]) or b > len(words):
                        continue
                    if t == "NUM":
                        entity[a:b] = [outside("DATE", "MISC")] * (b - a)
                    elif any(c.isupper() for c in text) or t == "TIME":
                        types = DOCRED[t]
                        if b - a == 1 and words[a].lower() in demonyms:
                            types = ["PLACE", "NORP"] if t == "LOC" else ["NORP", *[x for x in types if x != "NORP"]]
                        entity[a:b] = span_masks(b - a, types, optional=t == "TIME")
                    taken[a:b] = [True] * (b - a)
                out.append(split_sentence(Sentence(list(words), "redocred", entity=entity, doc=f"redocred-{part}-{n}")))
    return out


def crossner(data: Path) -> list[Sentence]:
    out, seen = [], set()
    for path in sorted((data / "crossner").glob("*/*.txt")):
        for words, tags, _ in columns(path):
            key = " ".join(words)
            if key not in seen:
                seen.add(key)
                out.append(_sentence("crossner", words, tags, CROSSNER, outside("DATE", "NORP"), CROSSNER_TERMS))
    return out


def wikigold(data: Path) -> list[Sentence]:
    types = {"PER": ["PERSON"], "ORG": ["ORG"], "LOC": ["PLACE"], "MISC": ["MISC", "EVENT", "NORP", "DATE"]}
    path = data / "wikigold" / "CONLL-format" / "data" / "wikigold.conll.txt"
    return [_sentence("wikigold", w, t, types, outside("DATE"), doc=f"wikigold-{n}") for w, t, n in columns(path)]


def btc(data: Path) -> list[Sentence]:
    types = {"PER": ["PERSON"], "ORG": ["ORG"], "LOC": ["PLACE"]}
    o = outside("NORP", "EVENT", "DATE", "MISC")
    paths = sorted((data / "btc" / "CONLL-format" / "data").glob("*.conll"))
    return [_sentence("btc", w, t, types, o) for p in paths for w, t, _ in columns(p) if any(x != "O" for x in t)]


def wnut17(data: Path) -> list[Sentence]:
    o = outside("NORP", "EVENT", "DATE", "MISC")
    path = data / "wnut17" / "CONLL-format" / "data" / "train" / "wnut17train.conll"
    return [_sentence("wnut17", w, t, WNUT, o) for w, t, _ in columns(path)]
