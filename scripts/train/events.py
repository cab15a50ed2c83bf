"""Readers of the event corpora: which words name events (1), which do not (0), which are not labelled (-1)."""
from __future__ import annotations

import csv
import json
import re
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from pathlib import Path

from labels import EVENT_TAGS
from sentence import Sentence
from splitting import split_sentence

AGENT = EVENT_TAGS.index("AGENT")
# Nouns for the one who acts ("attacker") are verbal to QANom, but name no event; these look like them and are not.
_AGENT = re.compile(r"(er|or|ee|eer|ist|ers|ors|ees|eers|ists)$")
NOT_AGENTS = set("""
offer murder order transfer encounter answer disaster surrender power endeavor endeavour labor error terror favor favour honor honour
behavior behaviour horror takeover handover turnover crossover dinner slaughter laughter trigger whisper prayer tremor rumor manner matter
number career fever cover recover letter chapter water weather winter summer center centre quarter border shelter layer paper register
filter charter barrier merger shower hunger anger danger wonder career degree committee fee referee guarantee cancer finger corner
character chamber container computer server counter remainder reminder tender refer defer chatter flavor vapor factor sector vector
color monitor interior reactor fervor consider list twist
""".split())
ECB_DEV_TOPICS = {"5", "18", "24", "33"}
CLOSED_CLASS = {"DET", "ADP", "PRON", "CCONJ", "SCONJ", "PUNCT", "PART", "NUM", "AUX", "SYM"}


def closed_class_words(sentences: list[Sentence]) -> set[str]:
    """Words (lower-cased) that a treebank tags as function words or punctuation nearly always."""
    closed, total = Counter(), Counter()
    for s in sentences:
        for w, u in zip(s.words, s.upos or []):
            total[w.lower()] += 1
            closed[w.lower()] += u in CLOSED_CLASS
    return {w for w, n in total.items() if n >= 3 and closed[w] / n >= 0.98}


def is_agent(noun: str) -> bool:
    noun = noun.lower()
    return bool(_AGENT.search(noun)) and noun not in NOT_AGENTS and noun.removesuffix("s") not in NOT_AGENTS


def qanom(data: Path, part: str) -> list[Sentence]:
    """Candidate nouns only: verbal (an event) or not, by majority of the annotators; verbal nouns for agents are labelled as such."""
    votes: dict[str, dict[int, Counter]] = defaultdict(lambda: defaultdict(Counter))
    seen = set()
    with open(data / "qanom" / f"annot.{part}.csv", encoding="utf-8", newline="") as f:
        for r in csv.DictReader(f):
            vote = (r["key"], r["worker_id"])
            if vote not in seen:
                seen.add(vote)
                votes[r["sentence"]][int(r["target_idx"])][r["is_verbal"] == "True"] += 1
    out = []
    for text, targets in votes.items():
        words = text.split(" ")
        event = [-1] * len(words)
        for i, c in targets.items():
            event[i] = int(c[True] > c[False]) if c[True] != c[False] else -1
            if event[i] == 1 and is_agent(words[i]):
                event[i] = AGENT
        out.append(split_sentence(Sentence(words, "qanom", event=event)))
    return out


def _cat_xml(path: Path):
    """(tokens by id: (text, sentence), markables: (tag, [token ids])) of a CAT file."""
    root = ET.parse(path).getroot()
    tokens = {t.get("t_id"): (t.text or "", int(t.get("sentence"))) for t in root.iter("token")}
    marks = []
    for m in root.find("Markables"):
        ids = [a.get("t_id") for a in m.findall("token_anchor")]
        if ids:
            marks.append((m.tag, ids))
    return tokens, marks


def _cat_sentences(path: Path, corpus: str, is_event, wanted) -> list[Sentence]:
    tokens, marks = _cat_xml(path)
    label: dict[str, int] = {}
    for tag, ids in marks:
        if is_event(tag):
            for t in ids:  # inside a longer trigger it is not said which word names the event
                label[t] = 1 if len(ids) == 1 else max(label.get(t, -1), -1)
    sentences: dict[int, list[str]] = defaultdict(list)
    for t_id, (_, n) in tokens.items():
        sentences[n].append(t_id)
    out = []
    for n, ids in sentences.items():
        words = [tokens[t][0] for t in ids]
        if wanted(n, tokens, ids) and len(words) > 2 and all(words) and words[0].lower() != "http":
            out.append(split_sentence(Sentence(words, corpus, event=[label.get(t, 0) for t in ids], doc=path.stem)))
    return out


def ecbplus(data: Path) -> tuple[list[Sentence], list[Sentence]]:
    """ECB+: the sentences listed as fully annotated: (train, dev by topic)."""
    listed = defaultdict(set)
    with open(data / "ecbplus" / "ECBplus_coreference_sentences.csv", encoding="utf-8") as f:
        for r in csv.DictReader(f):
            listed[f"{r['Topic']}_{r['File']}"].add(int(r["Sentence Number"]))
    train, dev = [], []
    is_event = lambda tag: tag.startswith(("ACTION_", "NEG_ACTION_"))
    for path in sorted((data / "ecbplus").glob("*/*.xml")):
        wanted = lambda n, tokens, ids, name=path.stem: n in listed[name]
        (dev if path.parent.name in ECB_DEV_TOPICS else train).extend(_cat_sentences(path, "ecbplus", is_event, wanted))
    return train, dev


def meantime(data: Path, topics=("corpus_apple", "corpus_gm")) -> list[Sentence]:
    """MEANTIME: the title and first sentences of the topics' documents, up to the last sentence with an event."""
    out = []
    for topic in topics:
        for path in sorted((data / "meantime" / "intra-doc_annotation" / topic).glob("*.xml")):
            tokens, marks = _cat_xml(path)
            last = max((tokens[i][1] for tag, ids in marks if tag == "EVENT_MENTION" for i in ids), default=-1)
            out += _cat_sentences(path, "meantime", lambda tag: tag == "EVENT_MENTION",
                                  lambda n, tokens, ids, last=last: n <= last and n != 1)
    return out


def geneva(data: Path, closed: set[str], part: str = "train") -> list[Sentence]:
    """GENEVA: its triggers are events; other content words stay open, since it labels 115 types only.

    To measure (`part` "val"), they count as no events: precision then comes out too low.
    """
    open_label = -1 if part == "train" else 0
    out = []
    with open(data / "geneva" / f"{part}.jsonl", encoding="utf-8") as f:
        for line in f:
            r = json.loads(line)
            words = r["tokens"]
            event = [0 if w.lower() in closed or not any(c.isalpha() for c in w) else open_label for w in words]
            for e in r["event_mentions"]:
                t = e["trigger"]
                if t["end"] - t["start"] == 1:
                    event[t["start"]] = 1
            out.append(split_sentence(Sentence(words, "geneva", event=event)))
    return out
