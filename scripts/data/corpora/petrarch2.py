"""PETRARCH unit tests: sentences with the codes that a coder must find; by WEIS, not by CAMEO (04 is to praise, 22 to use force)."""
from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path
from typing import Iterator

from gold import Article

FOLDER = "petrarch2"
SPLITS = {"all": "one part, one record a sentence"}
LAYERS = "events of the sentence by WEIS root code, without triggers (for scores by sentence)"
LOST = ("source and target: they are codes, often of invented actors; all but the first two digits of an event's code; codes "
        "that are not WEIS'; sentences that test error messages; parse trees")
USE, LICENCE = "train", "MIT"
ONE_PART: tuple[str, ...] = ()

ROOTS = {f"{n:02}" for n in range(1, 23)}


def sentences(root: Path, lost: Counter) -> Iterator[tuple[str, str, str, list[ET.Element]]]:
    """(id, text, day, codings) of every sentence that does not test an error message; each id once."""
    seen: Counter = Counter()
    for sentence in ET.parse(root / FOLDER / "PETR.UnitTest.records.xml").getroot().iter("Sentence"):
        codings = sentence.findall("EventCoding")
        if any("error" in coding.attrib for coding in codings):
            lost["sentence that tests an error message"] += 1
            continue
        id, day = sentence.get("id"), sentence.get("date")
        seen[id] += 1
        yield (id if seen[id] == 1 else f"{id}#{seen[id]}", " ".join(sentence.findtext("Text").split()),
               f"{day[:4]}-{day[4:6]}-{day[6:]}", codings)


def convert(root: Path, split: str, lost: Counter) -> Iterator[dict]:
    for id, text, day, codings in sentences(root, lost):
        article = Article(id, text, ["document_events"], lost=lost, published=day)
        for coding in codings:
            code = coding.get("eventcode", "")[:2]
            if code in ROOTS:
                article.document_event(code)
            elif "noevents" not in coding.attrib:
                lost["event whose code is not WEIS'"] += 1
        yield article.record
