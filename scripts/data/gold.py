"""The gold form: an output record (`dateline/1`) of labelled text, with every span verified.

Offsets count code points of the text. A layer that a corpus does not annotate is absent; one that it
annotates and that is empty in an article is an empty list.
"""
from __future__ import annotations

from collections import Counter
from typing import Iterable

SCHEMA = "dateline/1"
Span = tuple[int, int]


class SpanError(ValueError):
    """A span whose characters are not those that the corpus names."""


def spaced(sentences: Iterable[list[str]]) -> tuple[str, list[list[Span]]]:
    """The text of given tokens, joined by a space, sentences by a newline; and the tokens' spans."""
    parts, spans, at = [], [], 0
    for tokens in sentences:
        row = []
        for token in tokens:
            row.append((at, at + len(token)))
            at += len(token) + 1
        parts.append(" ".join(tokens))
        spans.append(row)
    return "\n".join(parts), spans


def aligned(text: str, tokens: Iterable[str], at: int = 0) -> list[Span]:
    """The spans of tokens that follow each other in raw text with nothing but white space between."""
    spans = []
    for token in tokens:
        start = text.find(token, at)
        if start < 0 or text[at:start].strip():
            raise SpanError(f"{token!r} is not next in {text[at:at + 30]!r}")
        at = start + len(token)
        spans.append((start, at))
    return spans


def squeezed(text: str) -> str:
    """The text without white space: what tokens and raw text have in common."""
    return "".join(text.split())


class Article:
    """One record in the making. `layers` are opened empty; `lost` counts what the form cannot hold."""

    def __init__(self, id: str, text: str, layers: Iterable[str] = (), *, title: str | None = None,
                 published: str | None = None, lost: Counter | None = None):
        self.id = id
        self.text = text
        self.lost = Counter() if lost is None else lost
        self.record: dict = {"schema": SCHEMA, "id": id}
        if title is not None:
            self.record["title"] = title
        self.record |= {"text": text, "offsets": "codepoint"}
        if published is not None:
            self.record["published"] = {"value": published}
        for layer in layers:
            self.record[layer] = []
        self.tokens: list[Span] = []
        self.sentences: list[list[Span]] = []

    @classmethod
    def of_tokens(cls, id: str, sentences: list[list[str]], layers: Iterable[str] = (), **more) -> Article:
        """An article whose corpus gives tokens and no raw text."""
        text, spans = spaced(sentences)
        article = cls(id, text, layers, **more)
        article.set_sentences(sentences, spans)
        return article

    def set_sentences(self, forms: list[list[str]], spans: list[list[Span]],
                      syntax: list[list[dict]] | None = None) -> None:
        """Fixes the tokens; `syntax` holds further fields of each."""
        rows = []
        for s, (words, places) in enumerate(zip(forms, spans, strict=True)):
            row = []
            for t, (word, (start, end)) in enumerate(zip(words, places, strict=True)):
                row.append(self.at(start, end, word) | (syntax[s][t] if syntax else {}))
            rows.append({"tokens": row})
        self.record["sentences"] = rows
        self.sentences = spans
        self.tokens = [span for row in spans for span in row]

    def at(self, start: int, end: int, surface: str | None = None) -> dict:
        """A location in the text, verified against the corpus' own characters where it gives them."""
        if not 0 <= start < end <= len(self.text):
            raise SpanError(f"{self.id}: {start}..{end} is no stretch of a text of {len(self.text)}")
        found = self.text[start:end]
        if surface is not None and found != surface:
            raise SpanError(f"{self.id}: {start}..{end} is {found!r}, not {surface!r}")
        return {"start": start, "end": end, "text": found}

    def words(self, first: int, end: int, surface: str | None = None) -> dict:
        """The location of tokens first..end (half-open, of the article). `surface`, where the corpus
        repeats the characters, is compared without white space."""
        if not 0 <= first < end <= len(self.tokens):
            raise SpanError(f"{self.id}: {first}..{end} are no tokens of {len(self.tokens)}")
        location = self.at(self.tokens[first][0], self.tokens[end - 1][1])
        if surface is not None and squeezed(location["text"]) != squeezed(surface):
            raise SpanError(f"{self.id}: tokens {first}..{end} are {location['text']!r}, not {surface!r}")
        return location

    def words_in(self, sentence: int, first: int, end: int, surface: str | None = None) -> dict:
        """The same for tokens counted within a sentence."""
        if not 0 <= first < end <= len(self.sentences[sentence]):
            raise SpanError(f"{self.id}: {first}..{end} are no tokens of sentence {sentence}")
        before = sum(len(row) for row in self.sentences[:sentence])
        return self.words(before + first, before + end, surface)

    def entity(self, kind: str, mentions: list[dict], **more) -> str:
        """Adds an entity with its mentions; returns its identifier."""
        return self._add("entities", "e", {"type": kind, **more, "mentions": mentions})

    def time(self, kind: str, location: dict, **more) -> str:
        """Adds a time expression."""
        return self._add("times", "t", {**location, "type": kind, **more})

    def event(self, kind: str, mentions: list[dict], roles: list[dict] = (), **more) -> str:
        """Adds an event."""
        return self._add("events", "v", {"type": kind, **more, "mentions": mentions, "roles": list(roles)})

    def document_event(self, kind: str, roles: list[dict] = (), **more) -> str:
        """Adds an event of the text as a whole, without triggers."""
        return self._add("document_events", "v", {"type": kind, **more, "roles": list(roles)})

    def _add(self, layer: str, letter: str, item: dict) -> str:
        items = self.record.setdefault(layer, [])
        id = f"{letter}{len(items) + 1}"
        items.append({"id": id, **item})
        return id

    def annotate(self, spans: Iterable[Span]) -> None:
        """Names the stretches that are annotated, where not all of the text is. Adjoining ones are
        joined; there must be one at least, as none would mean all."""
        joined: list[list[int]] = []
        for start, end in sorted(spans):
            if joined and not self.text[joined[-1][1]:start].strip():
                joined[-1][1] = max(joined[-1][1], end)
            else:
                joined.append([start, end])
        if not joined:
            raise SpanError(f"{self.id}: nothing is annotated")
        self.record["annotated"] = [{"start": start, "end": end} for start, end in joined]

    def annotate_sentences(self, numbers: Iterable[int]) -> None:
        """Names the sentences that are annotated."""
        self.annotate((self.sentences[n][0][0], self.sentences[n][-1][1]) for n in numbers if self.sentences[n])


def dropping_none(item: dict) -> dict:
    """Without the keys that have no value."""
    return {key: value for key, value in item.items() if value is not None}


def size_of(record: dict) -> Counter:
    """What a record holds, for the summary."""
    size = Counter(documents=1)
    sentences = record.get("sentences", [])
    size["sentences"] = len(sentences)
    size["tokens"] = sum(len(s["tokens"]) for s in sentences)
    size["entities"] = len(record.get("entities", []))
    size["entity mentions"] = sum(len(e["mentions"]) for e in record.get("entities", []))
    size["times"] = len(record.get("times", []))
    size["events"] = len(record.get("events", []))
    size["triggers"] = sum(len(e["mentions"]) for e in record.get("events", []))
    size["zones"] = len(record.get("zones", []))
    size["document events"] = len(record.get("document_events", []))
    size["roles"] = sum(len(e["roles"]) for layer in ("events", "document_events") for e in record.get(layer, []))
    size["optional"] = sum(m.get("optional", False) for layer in ("entities", "events")
                           for e in record.get(layer, []) for m in e["mentions"])
    size["optional"] += sum(t.get("optional", False) for t in record.get("times", []))
    return size
