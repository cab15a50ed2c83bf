"""CAT and CROMER XML (ECB+, MEANTIME): tokens, markables anchored to them, relations between markables."""
from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from gold import Article


@dataclass
class Markable:
    """A mention (with tokens) or an instance that mentions refer to (without)."""

    id: str
    tag: str
    attributes: dict[str, str]
    tokens: list[int]  # positions in the article


@dataclass
class Relation:
    tag: str
    attributes: dict[str, str]
    sources: list[str]
    target: str | None


class Document:
    """A file. Its sentences keep the file's numbers; those without tokens are absent."""

    def __init__(self, path: Path):
        root = ET.parse(path).getroot()
        self.id = path.stem
        rows: dict[int, list[str]] = {}
        places: dict[str, int] = {}
        tokens = [t for t in root.iter("token") if (t.text or "").strip()]
        tokens.sort(key=lambda t: int(t.get("sentence")))  # stable: the file's order within a sentence
        for token in tokens:
            rows.setdefault(int(token.get("sentence")), []).append(token.text)
            places[token.get("t_id")] = len(places)
        self.numbers = list(rows)
        self.sentences = list(rows.values())
        self.sentence_of = [n for n, row in rows.items() for _ in row]  # by token: the file's number
        self.markables: dict[str, Markable] = {}
        for mark in root.find("Markables"):
            anchors = sorted({places[a.get("t_id")] for a in mark.findall("token_anchor") if a.get("t_id") in places})
            self.markables[mark.get("m_id")] = Markable(mark.get("m_id"), mark.tag, mark.attrib, anchors)
        self.relations = []
        for link in root.find("Relations"):
            target = link.find("target")
            self.relations.append(Relation(link.tag, link.attrib, [s.get("m_id") for s in link.findall("source")],
                                           None if target is None else target.get("m_id")))

    def mentions(self, wanted) -> list[Markable]:
        """The markables with tokens whose tag is wanted, in the order of the text."""
        found = [m for m in self.markables.values() if m.tokens and wanted(m.tag)]
        return sorted(found, key=lambda m: (m.tokens, m.id))

    def clusters(self, mentions: list[Markable], tags: set[str]) -> list[tuple[Markable | None, list[Markable]]]:
        """Mentions that relations of these tags lead to one instance; each other mention by itself."""
        target_of = {s: r.target for r in self.relations if r.tag in tags for s in r.sources}
        groups: dict[str, list[Markable]] = {}
        for mention in mentions:
            groups.setdefault(target_of.get(mention.id) or f"alone {mention.id}", []).append(mention)
        return [(self.markables.get(key), group) for key, group in groups.items()]


def location(article: Article, mention: Markable, lost: Counter) -> dict:
    """Where a mention stands. Of tokens that do not adjoin, the first stretch, or all from first to last."""
    first, last = mention.tokens[0], mention.tokens[-1]
    if last - first + 1 == len(mention.tokens):
        return article.words(first, last + 1)
    lost["mention whose tokens do not adjoin: its first stretch, or all of it"] += 1
    end = first + 1
    while end in mention.tokens:
        end += 1
    whole = article.words(first, last + 1)
    return article.words(first, end) | {"alternatives": [{"start": whole["start"], "end": whole["end"]}]}
