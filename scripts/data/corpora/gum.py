"""GUM: many genres with nested mentions of every kind, coreference, trees and TEI dates."""
from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Iterator

import conllu
from gold import Article, Span, dropping_none

FOLDER = "gum"
SPLITS = {"train": "documents that are not official dev", "dev": "official dev, the genres at hand",
          "dev_edited": "of these news, biographies and academic writing"}
LAYERS = ("entities with clusters (person organization place event time object abstract animal plant substance; names, nominals, "
          "pronouns; nested; salience: the share of five summaries that mention the entity), times (dates with values; other noun phrases of time optional), syntax, raw text")
LOST = ("information status, Wikipedia identities, bridging, discourse, features, enhanced dependencies; values of "
        "intervals and of clock times without a date")
USE, LICENCE = "train", "CC BY / CC BY-SA (per genre)"
ONE_PART: tuple[str, ...] = ()

_BRACKET = re.compile(r"\((?P<open>[^()]+)(?P<close>\))?|(?P<end>[^()]+)\)")
_TAG = re.compile(r"<(?P<end>/)?(?P<name>date|time)\b(?P<attributes>[^>]*)>")
_ATTRIBUTE = re.compile(r'(\w+):::"([^"]*)"')


def convert(root: Path, split: str, lost: Counter) -> Iterator[dict]:
    folder = root / FOLDER
    dev = set((folder / "dev_documents.txt").read_text(encoding="utf-8").split())
    for path in sorted(folder.glob("*.conllu")):
        edited = path.stem.split("_")[1] in ("news", "bio", "academic")
        if (path.stem in dev) == (split != "train") and (edited or split != "dev_edited"):
            for id, document in conllu.documents(path):
                yield _article(id, document, lost)


def _article(id: str, document: list[conllu.Sentence], lost: Counter) -> dict:
    created = document[0].comments.get("meta::dateCreated", "")
    article = conllu.article(id, document, ("entities", "times"), lost, with_syntax=True,
                             published=created if re.fullmatch(r"\d{4}-\d\d-\d\d", created) else None)
    words = [columns for sentence in document for columns in sentence.words]
    clusters: dict[str, list[tuple[str, dict]]] = {}
    phrases: list[Span] = []  # of time
    salience: dict[str, float] = {}
    for group, etype, salient, minspan, first, end in _mentions(words, lost):
        # A letter for each summary: s where it mentions the entity, n where it does not.
        salience[group] = max(salience.get(group, 0.0), salient.count("s") / len(salient))
        mention = article.words(first, end) | _kind(article, words, first, end, minspan)
        clusters.setdefault(group, []).append((etype, mention))
        if etype == "time":
            phrases.append((first, end))
    for group, members in clusters.items():
        kind, *others = [label for label, _ in Counter(etype for etype, _ in members).most_common()]
        article.entity(kind, [mention for _, mention in members], salience=salience[group],
                       **({"types": others} if others else {}))
    taken: list[Span] = []
    items: list[tuple[int, int, str, dict]] = []
    for name, attributes, first, end in _dates(words, lost):
        items.append((first, end, name.upper(), dropping_none({"value": timex_value(attributes, lost)})))
        taken.append((first, end))
    for first, end in sorted(phrases, key=lambda s: (s[0] - s[1], s)):  # the longest first
        if not any(a < end and first < b for a, b in taken):
            items.append((first, end, "DATE", {"optional": True}))
            taken.append((first, end))
    for first, end, kind, more in sorted(items, key=lambda item: item[:2]):
        article.time(kind, article.words(first, end), **more)
    return article.record


def _mentions(words: list[list[str]], lost: Counter) -> Iterator[tuple[str, str, str, list[int], int, int]]:
    """(group, type, salience, positions of the minimal span, first, end) of the mentions, as they close."""
    opened: dict[str, list[tuple[int, list[str]]]] = {}
    for at, columns in enumerate(words):
        for bracket in _BRACKET.finditer(conllu.misc(columns).get("Entity", "")):
            if bracket["open"]:
                fields = bracket["open"].split("-", 7)
                opened.setdefault(fields[0], []).append((at, fields))
                group = fields[0] if bracket["close"] else None
            else:
                group = bracket["end"]
            if group is not None:
                if not opened.get(group):
                    lost["mention that closes without having been opened"] += 1
                    continue
                first, fields = opened[group].pop()
                minimal = [first + int(n) - 1 for n in fields[5].split(",")]
                yield group, fields[1], fields[3], minimal, first, at + 1
    lost["mention that never closes"] += sum(map(len, opened.values()))


def _kind(article: Article, words: list[list[str]], first: int, end: int, minimal: list[int]) -> dict:
    """Name, nominal or pronoun, by the words that a mention cannot do without; the proper nouns around
    these, and they alone, count as the mention too."""
    tags = [words[n][3] for n in minimal]
    kind = "name" if "PROPN" in tags else "pronoun" if tags[0] == "PRON" else "nominal"
    spans = {(minimal[0], minimal[-1] + 1)}
    if kind == "name":
        a = b = next(n for n, tag in zip(minimal, tags) if tag == "PROPN")
        while a > first and words[a - 1][3] == "PROPN":
            a -= 1
        while b < end and words[b][3] == "PROPN":
            b += 1
        spans.add((a, b))
    others = [article.words(a, b) for a, b in sorted(spans - {(first, end)})]
    alternatives = [{"start": other["start"], "end": other["end"]} for other in others]
    return {"kind": kind} | ({"alternatives": alternatives} if alternatives else {})


def _dates(words: list[list[str]], lost: Counter) -> Iterator[tuple[str, dict[str, str], int, int]]:
    """(tag, attributes, first, end) of TEI dates and times; a tag opens before its word and closes behind."""
    opened: list[tuple[str, dict[str, str], int]] = []
    for at, columns in enumerate(words):
        for tag in _TAG.finditer(conllu.misc(columns).get("XML", "")):
            if not tag["end"]:
                opened.append((tag["name"], dict(_ATTRIBUTE.findall(tag["attributes"])), at))
            elif opened:
                yield *opened.pop(), at + 1
    lost["date that never closes"] += len(opened)


def timex_value(attributes: dict[str, str], lost: Counter) -> str | None:
    """The TIMEX3 value of TEI attributes, where they name one point."""
    when = attributes.get("when")
    if when is None:
        lost["interval without a TIMEX3 value"] += 1
        return None
    era, day = ("BC", when[1:]) if re.match(r"-\d", when) else ("", when)
    if found := re.fullmatch(r"(\d{3,4})((?:-\d\d){0,2})", day):
        return era + found[1].zfill(4) + found[2]
    if found := re.fullmatch(r"(\d{4}-\d\d-\d\dT\d\d:\d\d)(?::00)?", when):
        return found[1]
    if found := re.fullmatch(r"-((?:-\d\d){1,2})", when):
        return "XXXX" + found[1]
    lost["value of another form"] += 1
    return None
