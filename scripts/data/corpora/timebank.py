"""TimeBank 1.2 and AQUAINT in TimeML. AQUAINT's polarity is broken, and it is read for times only."""
from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path
from typing import Iterator

from gold import Article, dropping_none

FOLDER = "timebank"
SPLITS = {"timebank": "183 articles: times and events", "aquaint": "73 articles: times only"}
LAYERS = ("times (type, value, modifier), events (class as type; polarity, negative too under a word by which it did not happen: failed to, prevented from; the reporting word as cue of what it reports, with "
          "the speaker where a pronoun, a name or a short noun phrase stands beside it; the time that a TLINK puts it in)")
LOST = ("tense, aspect, modality, signals, all other links, further instances of one event word, text outside TEXT; the "
        "creation time becomes the publication date")
USE, LICENCE = "eval", "research"
ONE_PART = ("timebank", "aquaint")

POS = {"VERB": "verb", "NOUN": "noun", "ADJECTIVE": "other", "PREPOSITION": "other", "OTHER": "other"}
# relType of an event to a time that says when the event is, and of a time to an event.
WHEN, WHEN_INVERSE = {"IS_INCLUDED", "SIMULTANEOUS", "DURING"}, {"INCLUDES", "SIMULTANEOUS"}

_NAME = r"[A-Z][\w.&'-]*(?:\s(?:of\s|de\s|the\s|and\s)?[A-Z][\w.&'-]*)*"
_PRONOUN = r"(?:[Hh]e|[Ss]he|[Tt]hey|[Ww]e|I|[Ii]t)"
# A short noun phrase: with a determiner, or one plural noun. Nothing in it may begin a clause or a phrase.
_WORD = r"(?!(?:who|which|that|when|while|as|if|in|on|at|by|and|from|with|to|for|was|were|is|are|had|has)\b)[\w'-]+"
_PHRASE = (rf"(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Ss]ome|[Mm]any|[Ss]everal|[Oo]ther|[Aa]nother)(?:\s{_WORD}){{1,4}}"
           r"|[a-z]{4,}s")
_START = r"(?:^|[.?!\"”]\s+|['`]{2}\s+|\n\s*\n\s*)"
_CLAUSE = rf"(?:{_START}|[,;:]\s+|\bthat\s|\bbut\s)"
_SPEAKER_BEFORE = re.compile(rf"(?:{_CLAUSE}(?P<who>{_PRONOUN}|{_NAME}|{_PHRASE})"
                             rf"|{_START}(?P<named>{_NAME}),[^.;:\"`]{{3,80}},)\s+(?:has |had |have |also )?$")
# "…", said the minister. A comma or a quote stands before the verb: else a clause follows it.
_SPEAKER_AFTER = re.compile(rf"\s+(?P<who>{_PRONOUN}|{_NAME}|{_PHRASE})(?=[,.;]|\s*$)")
_QUOTED = re.compile(r"[,'\"”?!]\s*$")
_OPENERS = re.compile(r"(?:But|And|Yet|So|Still|In|When|While|As|If|On|At|Then|Also|For|Earlier|Later|Now|Once|Meanwhile)\b ?")


def convert(root: Path, split: str, lost: Counter) -> Iterator[dict]:
    with_events = split == "timebank"
    folder = root / FOLDER / {"timebank": "TimeBank", "aquaint": "AQUAINT"}[split]
    for path in sorted(folder.glob("*.tml")):
        yield _article(path.stem, ET.parse(path).getroot(), with_events, lost)


def _article(id: str, root: ET.Element, with_events: bool, lost: Counter) -> dict:
    text, marks = _flat(root.find("TEXT"))
    dct = root.find("DCT/TIMEX3")
    published = re.match(r"\d{4}-\d\d-\d\d", dct.get("value", "")) if dct is not None else None
    article = Article(id, text, ("times", "events") if with_events else ("times",), lost=lost,
                      published=published and published[0])
    times: dict[str, tuple[str, str | None]] = {}  # tid -> (our id, value)
    taken: list[tuple[int, int]] = []
    for mark, start, end in marks:
        if mark.tag == "TIMEX3":
            if start == end:
                lost["time expression without words"] += 1
                continue
            more = dropping_none({"value": mark.get("value"), "mod": mark.get("mod")})
            times[mark.get("tid")] = article.time(mark.get("type"), article.at(start, end), **more), mark.get("value")
            taken.append((start, end))
    if with_events:
        _add_events(article, root, [m for m in marks if m[0].tag == "EVENT"], times, taken)
    return article.record


def _flat(element: ET.Element) -> tuple[str, list[tuple[ET.Element, int, int]]]:
    """The element's text without tags, and each tag's span in it."""
    parts: list[str] = []
    marks: list[tuple[ET.Element, int, int]] = []
    at = 0

    def walk(node: ET.Element) -> None:
        nonlocal at
        start, slot = at, len(marks)
        if node is not element:
            marks.append((node, start, start))
        parts.append(node.text or "")
        at += len(parts[-1])
        for child in node:
            walk(child)
            parts.append(child.tail or "")
            at += len(parts[-1])
        if node is not element:
            marks[slot] = (node, start, at)

    walk(element)
    return "".join(parts), marks


def _add_events(article: Article, root: ET.Element, marks, times, taken) -> None:
    instances: dict[str, ET.Element] = {}
    event_of: dict[str, str] = {}  # eiid -> eid
    for instance in root.iter("MAKEINSTANCE"):
        event_of[instance.get("eiid")] = instance.get("eventID")
        if instance.get("eventID") in instances:
            article.lost["further instance of an event word"] += 1
        else:
            instances[instance.get("eventID")] = instance
    added: dict[str, dict] = {}
    for mark, start, end in marks:
        instance = instances.get(mark.get("eid"))
        mention = article.at(start, end)
        if instance is None:
            article.lost["event without an instance: no polarity or part of speech"] += 1
        else:
            mention |= {"pos": POS[instance.get("pos")],
                        "factuality": {"polarity": "negative" if instance.get("polarity") == "NEG" else "positive"}}
        article.event(mark.get("class"), [mention])
        added[mark.get("eid")] = article.record["events"][-1]
    for link in root.iter("SLINK"):
        if link.get("relType") == "COUNTER_FACTIVE":
            event = added.get(event_of.get(link.get("subordinatedEventInstance")))
            if event is not None and "factuality" in event["mentions"][0]:
                event["mentions"][0]["factuality"]["polarity"] = "negative"
        if link.get("relType") == "EVIDENTIAL":
            cue, said = (added.get(event_of.get(link.get(key))) for key in ("eventInstanceID", "subordinatedEventInstance"))
            if cue is None or said is None:
                article.lost["evidential link of unmarked words"] += 1
            else:
                location = {key: cue["mentions"][0][key] for key in ("start", "end", "text")}
                speaker = _speaker(article, location["start"], location["end"], taken)
                said.setdefault("attribution", dropping_none({"speaker": speaker, "cue": location}))
    for link in root.iter("TLINK"):
        relation = link.get("relType")
        if relation in WHEN and link.get("relatedToTime"):
            pair = link.get("eventInstanceID"), link.get("relatedToTime")
        elif relation in WHEN_INVERSE and link.get("timeID") and link.get("relatedToEventInstance"):
            pair = link.get("relatedToEventInstance"), link.get("timeID")
        else:
            continue
        event, time = added.get(event_of.get(pair[0])), times.get(pair[1])
        if event is not None and time is not None:
            event.setdefault("time", dropping_none({"value": time[1], "ref": time[0]}))


def _speaker(article: Article, start: int, end: int, taken: list[tuple[int, int]]) -> dict | None:
    """The pronoun, name or short noun phrase right before or behind a reporting word (before it, an
    apposition may stand between); None where it is anything else."""
    spans = []
    if before := _SPEAKER_BEFORE.search(article.text, max(0, start - 160), start):
        a, b = before.span("who" if before["who"] else "named")
        opener = _OPENERS.match(article.text, a, b)
        spans.append((opener.end() if opener else a, b))
    if _QUOTED.search(article.text, max(0, start - 5), start) and (after := _SPEAKER_AFTER.match(article.text, end)):
        if after["who"].split()[0] not in ("its", "his", "her", "their"):  # these open what is said
            spans.append(after.span("who"))
    for a, b in spans:
        if a < b and not any(s < b and a < e for s, e in taken):
            return article.at(a, b)
    return None
