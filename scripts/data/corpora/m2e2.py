"""M2E2: ACE events in Voice of America news."""
from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Iterator

from gold import Article, Span, SpanError

FOLDER = "m2e2"
SPLITS = {"all": "four fifths of the articles' sentences, joined by article"}
LAYERS = "events (8 ACE types, roles), raw text"
LOST = ("the entity layer (machine-made), images, sentences that are not in the file; the headline runs into the first "
        "sentence as it does in the file")
USE, LICENCE = "eval", "not stated; text public domain"
ONE_PART = ("all",)


def convert(root: Path, split: str, lost: Counter) -> Iterator[dict]:
    articles: dict[str, list[dict]] = defaultdict(list)
    for sentence in json.loads((root / FOLDER / "text_events.json").read_text(encoding="utf-8")):
        articles[sentence["sentence_id"].rpartition("_")[0]].append(sentence)
    for id, sentences in articles.items():
        sentences.sort(key=lambda s: s["sentence_start"])
        yield _article(id, sentences, lost)


def _article(id: str, sentences: list[dict], lost: Counter) -> dict:
    text, spans, forms = "", [], []
    for sentence in sentences:
        text += " " if text else ""
        written, row = _words(sentence)
        spans.append([(start + len(text), end + len(text)) for start, end in row])
        text += written
        forms.append([text[start:end] for start, end in spans[-1]])
    article = Article(id, text, ("events",), lost=lost)
    article.set_sentences(forms, spans)
    for n, sentence in enumerate(sentences):
        for event in sentence["golden-event-mentions"]:
            trigger = event["trigger"]
            mention = article.words_in(n, trigger["start"], trigger["end"], trigger["text"])
            roles = [{"role": a["role"], **article.words_in(n, a["start"], a["end"])} for a in event["arguments"]]
            article.event(event["event_type"], [mention], roles)
    return article.record


def _words(sentence: dict) -> tuple[str, list[Span]]:
    """The sentence and its words' spans. Their offsets count in the article and name the last character.
    Sentences are cut off before their full stop, or within it or the last word: that is put back."""
    text, spans = sentence["sentence"], []
    for word, (first, last) in zip(sentence["words"], sentence["index"], strict=True):
        start, end = int(first) - sentence["sentence_start"], int(last) + 1 - sentence["sentence_start"]
        if end > len(text):
            text = text[:start].ljust(start) + word
        if text[start:end] != word:
            raise SpanError(f"{sentence['sentence_id']}: {start}..{end} is {text[start:end]!r}, not {word!r}")
        spans.append((start, end))
    return text, spans
