"""MEANTIME (Wikinews): title and first sentences annotated, in two versions.

The intra-document version has every event of these sentences. The cross-document version adds, behind
them, mentions of the events and entities that the corpus follows from one article to the next, and only
of these: a prediction there may be right though gold has nothing.
"""
from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Iterator

from cat_xml import Document, Markable, location
from gold import Article, dropping_none

FOLDER = "meantime"
TOPICS = {"train": ("corpus_apple", "corpus_gm"), "test": ("corpus_stock",)}
SPLITS = {
    "train": "Apple and GM, intra-document version",
    "test": "stock market (eval only), intra-document version",
    "train_cross": "Apple and GM, cross-document version (recall and clusters only)",
    "test_cross": "stock market (eval only), cross-document version (recall and clusters only)",
}
LAYERS = ("events with clusters (class as type; polarity, certainty, future; PropBank roles), entities with clusters (PER LOC ORG "
          "PRO FIN MIX; noun phrases, heads as alternatives where stated), times with values")
LOST = ("links between events, signals, values, tense and aspect; in the intra-document "
        "version what stands behind the last sentence with an event is not annotated")
USE, LICENCE = "train; `test` and `test_cross` eval", "CC BY 4.0"
ONE_PART: tuple[str, ...] = ()

POS = {"VERB": "verb", "NOUN": "noun", "OTHER": "other"}
POLARITY = {"POS": "positive", "NEG": "negative"}
CERTAINTY = {"CERTAIN": "certain", "PROBABLE": "probable", "POSSIBLE": "possible"}
FUTURE = {"FUTURE": True, "NON_FUTURE": False}
STATUS = {"GEN": "generic", "COND_IF_CLAUSE": "hypothetical", "COND_MAIN_CLAUSE": "hypothetical"}
KIND = {"NAM": "name", "PRE.NAM": "name", "PRO": "pronoun", "": None}


def convert(root: Path, split: str, lost: Counter) -> Iterator[dict]:
    part, _, cross = split.partition("_")
    intra_folder, cross_folder = (root / FOLDER / f"{name}_annotation" for name in ("intra-doc", "intra_cross-doc"))
    for topic in TOPICS[part]:
        for path in sorted((intra_folder / topic).glob("*.xml")):
            intra = Document(path)
            last = max((intra.sentence_of[m.tokens[-1]] for m in intra.mentions("EVENT_MENTION".__eq__)), default=None)
            if last is None:
                lost["document without an event"] += 1
            else:
                lost["sentence that is not annotated"] += sum(n > last for n in intra.numbers) if not cross else 0
                yield _article(Document(cross_folder / topic / path.name) if cross else intra, None if cross else last, lost)


def _article(document: Document, last: int | None, lost: Counter) -> dict:
    """`last` is the number of the last annotated sentence; None if mentions stand anywhere."""
    created = [m for m in document.markables.values() if m.attributes.get("functionInDocument") == "CREATION_TIME"]
    article = Article.of_tokens(document.id, document.sentences, ["entities", "times", "events"], lost=lost,
                                published=created[0].attributes["value"][:10] if created else None)
    if last is not None:
        article.annotate_sentences(n for n, number in enumerate(document.numbers) if number <= last)

    def inside(tag: str) -> list[Markable]:
        found = document.mentions(tag.__eq__)
        kept = [m for m in found if last is None or document.sentence_of[m.tokens[0]] <= last]
        lost[f"{tag} behind the annotated sentences"] += len(found) - len(kept)
        return kept

    refers: dict[str, dict] = {}  # mention -> what a role says of it
    for instance, group in document.clusters(inside("ENTITY_MENTION"), {"REFERS_TO"}):
        mentions = [_entity_mention(article, mark, lost) for mark in group]
        id = article.entity((instance and instance.attributes.get("ent_type")) or "UNKNOWN", mentions)
        for mark in group:
            refers[mark.id] = {"entity": id, **_place(location(article, mark, Counter()))}
    for mark in inside("TIMEX3"):
        place = location(article, mark, lost)
        more = dropping_none({"value": mark.attributes.get("value") or None})
        refers[mark.id] = {"time": article.time(mark.attributes["type"], place, **more), **_place(place)}
    for mark in inside("VALUE"):
        refers[mark.id] = _place(location(article, mark, lost))
    roles: dict[str, list[dict]] = {}
    for link in document.relations:
        if link.tag == "HAS_PARTICIPANT":
            for source in link.sources:
                if link.target in refers:
                    roles.setdefault(source, []).append({"role": link.attributes["sem_role"] or "UNKNOWN", **refers[link.target]})
                else:
                    lost["participant that is no entity, time or value here"] += 1
    for instance, group in document.clusters(inside("EVENT_MENTION"), {"REFERS_TO"}):
        mentions = [location(article, mark, lost) | _event_mention(mark.attributes) for mark in group]
        kind = (instance and instance.attributes.get("class")) or "UNKNOWN"
        article.event(kind, mentions, [role for mark in group for role in roles.get(mark.id, [])])
    return article.record


def _place(found: dict) -> dict:
    """A location without what only mentions have."""
    return {key: found[key] for key in ("start", "end", "text")}


def _entity_mention(article: Article, mark: Markable, lost: Counter) -> dict:
    mention = location(article, mark, lost)
    kind = KIND.get(mark.attributes.get("syntactic_type", ""), "nominal")
    head = mark.attributes.get("head", "")
    if head and head != mention["text"]:
        at = mention["text"].find(head)
        if at < 0 or mention["text"].find(head, at + 1) >= 0:
            lost["head of a mention that is not once in it"] += 1
        else:
            span = {"start": mention["start"] + at, "end": mention["start"] + at + len(head)}
            mention.setdefault("alternatives", []).append(span)
    return mention | dropping_none({"kind": kind})


def _event_mention(attributes: dict[str, str]) -> dict:
    factuality = dropping_none({
        "status": STATUS.get(attributes.get("special_cases", "")),
        "polarity": POLARITY.get(attributes.get("polarity", "")),
        "certainty": CERTAINTY.get(attributes.get("certainty", "")),
        "future": FUTURE.get(attributes.get("time", "")),
    })
    return dropping_none({"pos": POS.get(attributes.get("pos", "")), "factuality": factuality or None})
