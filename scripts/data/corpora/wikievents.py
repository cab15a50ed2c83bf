"""WikiEvents (KAIROS): events in news. Train and dev come in different forms."""
from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Iterator

from gold import Article, SpanError, aligned, squeezed

FOLDER = "wikievents"
SPLITS = {"train": "206 articles, two-level types, tokens only", "dev": "20 articles, three-level types, raw text", "all": "both"}
LAYERS = "events (triggers, roles); dev also entity mentions, mostly heads of noun phrases"
LOST = ("train: triggers whose words differ from their tokens; arguments, given as text only, that stand neither in the "
        "trigger's sentence nor once in the article. Several events of one type on one trigger are one. Relations; coreference "
        "is not in the files")
USE, LICENCE = "eval", "MIT; data licence not stated"
# We train on neither part: together they are one evaluation set.
ONE_PART = ("train", "dev", "all")

ABBREVIATIONS = set("Mr Mrs Ms Dr Prof Gen Col Capt Lt Maj Sgt Gov Sen Rep Sens Reps St Jr Sr No vs".split())


def convert(root: Path, split: str, lost: Counter) -> Iterator[dict]:
    if split == "all":
        yield from convert(root, "train", lost)
        yield from convert(root, "dev", lost)
        return
    make = _train if split == "train" else _dev
    with open(root / FOLDER / f"{split}.jsonl", encoding="utf-8") as lines:
        for line in lines:
            yield make(json.loads(line), lost)


def _train(document: dict, lost: Counter) -> dict:
    article = Article.of_tokens(document["docid"], _sentences(document["tokens"], document["sentences"]), ["events"],
                                lost=lost)
    tokens = document["tokens"]
    for event in document["event_mentions"]:
        trigger = event["trigger"]
        first, end = trigger["start_idx"], trigger["end_idx"]
        try:
            mention = article.words(first, end, trigger["text"])
        except SpanError:
            lost["trigger that differs from its tokens"] += 1
            continue
        roles = []
        for argument in event["arguments"]:
            span = _argument(argument["text"].split(), tokens, first, article)
            if span is None:
                lost["argument text not found, or found too often"] += 1
            else:
                roles.append({"role": argument["role"], **article.words(*span, argument["text"])})
        _event(article, event["event_type"], mention, roles, lost)
    return article.record


def _event(article: Article, kind: str, mention: dict, roles: list[dict], lost: Counter) -> None:
    """Adds an event. Where several of one type stand on one trigger ("the attacks"), they count as one with the arguments of
    all, as in the scorers of OneIE and TextEE, which compare sets of triggers."""
    same = (e for e in article.record["events"] if e["type"] == kind and e["mentions"] == [mention])
    if event := next(same, None):
        lost["event of the same type on the same trigger, joined to the first"] += 1
        event["roles"] += [role for role in roles if role not in event["roles"]]
    else:
        article.event(kind, [mention], roles)


def _sentences(tokens: list[str], texts: list[str]) -> list[list[str]]:
    """Tokens by sentence. The sentences' texts were cut at full stops, also those of
    abbreviations, and lack them: they end the sentence before."""
    out, at = [], 0
    for text in texts:
        left, row = squeezed(text), []
        while at < len(tokens) and left.startswith(tokens[at]) and left:
            left = left[len(tokens[at]):]
            row.append(tokens[at])
            at += 1
        while at < len(tokens) and not left and tokens[at] in (".", "?", "!"):
            row.append(tokens[at])
            at += 1
        if out and _abbreviated(out[-1]):
            out[-1] += row
        elif row:
            out.append(row)
    if at < len(tokens):
        out.append(tokens[at:])
    return out


def _abbreviated(sentence: list[str]) -> bool:
    """Whether a sentence was cut behind an initial or an abbreviation."""
    return sentence[-1] == "." and len(sentence) > 1 and (
        sentence[-2] in ABBREVIATIONS or (len(sentence[-2]) == 1 and sentence[-2].isupper()))


def _argument(words: list[str], tokens: list[str], trigger: int, article: Article) -> tuple[int, int] | None:
    """Where an argument given as words stands: nearest to the trigger in its sentence, or once elsewhere."""
    places = [n for n in range(len(tokens) - len(words) + 1) if tokens[n:n + len(words)] == words]
    first = 0
    for row in article.sentences:
        if first <= trigger < first + len(row):
            inside = [n for n in places if first <= n < first + len(row)]
            if inside:
                n = min(inside, key=lambda n: (abs(n - trigger), n))
                return n, n + len(words)
        first += len(row)
    return (places[0], places[0] + len(words)) if len(places) == 1 else None


def _dev(document: dict, lost: Counter) -> dict:
    text, forms, spans = _raw(document)
    article = Article(document["doc_id"], text, ("entities", "events"), lost=lost)
    article.set_sentences(forms, spans)
    entities = {}
    for entity in document["entity_mentions"]:
        mention = article.words(entity["start"], entity["end"], entity["text"])
        entities[entity["id"]] = article.entity(entity["entity_type"], [mention]), mention
    for event in document["event_mentions"]:
        trigger = event["trigger"]
        mention = article.words(trigger["start"], trigger["end"], trigger["text"])
        roles = []
        for argument in event["arguments"]:
            id, location = entities[argument["entity_id"]]
            roles.append({"role": argument["role"], "entity": id, **location})
        _event(article, event["event_type"], mention, roles, lost)
    return article.record


def _raw(document: dict) -> tuple[str, list[list[str]], list[list[tuple[int, int]]]]:
    """The text with the line breaks that it lacks (a sentence begins right behind the one before)."""
    given, text, at = document["text"], "", 0
    forms, spans = [], []
    for words, sentence in document["sentences"]:
        start = given.find(sentence, at)
        if start < 0 or given[at:start].strip():
            raise SpanError(f"{document['doc_id']}: {sentence[:40]!r} is not next in {given[at:at + 40]!r}")
        text += given[at:start] or ("\n" if text else "")
        forms.append([word for word, *_ in words])
        spans.append([(a + len(text), b + len(text)) for a, b in aligned(sentence, forms[-1])])
        text += sentence
        at = start + len(sentence)
    return text, forms, spans
