"""The English Web Treebank as one multi-task corpus: UD syntax, Universal NER entities and PropBank predicates of the same sentences."""
from __future__ import annotations

import json
from pathlib import Path

import conllu
from labels import outside, span_masks
from sentence import Sentence

# UNER's OTH stands for nationalities first of all, then anything else that has a name.
UNER = {"PER": ["PERSON"], "LOC": ["PLACE"], "ORG": ["ORG"], "OTH": ["NORP", "MISC", "EVENT"]}
UNER_O = outside("DATE")

# Noun predicates of PropBank that as a rule name no event (things, amounts, relations, chances).
NOT_EVENTIVE = set("""
way price service experience question issue right chance risk interest difference population administration management side model case
shape photo email e-mail quote copy attachment documentation cap fun sense sign effect process thanks regards regard rule requirement
lack need addition peace access view task benefit error occasion relationship relation tension fault profit account limit share bond
problem house housing accommodation building bedding supply supplies waste ray function mark origin fee tariff jurisdiction burden
flaw leverage tag pride voice dream respect impact success credit fear love hope doubt concern feeling thought opinion education
finance finances sound measure fire round stream tip wave track model prospect wording meaning spelling organization system
""".split())
NO_EVENT_ROLESETS = {"have.03", "be.01", "be.02", "be.03", "have.01", "do.01", "get.03"}


def load(data: Path, part: str) -> list[Sentence]:
    """EWT `part` (train, dev, test) with whatever layers that part has; checks the join token by token."""
    sentences, by_id = [], {}
    for meta, s in conllu.read(data / "ud_ewt" / f"en_ewt-ud-{part}.conllu", "ewt"):
        sentences.append(s)
        by_id[meta["sent_id"]] = s
    entities = 0
    for sent_id, words, tags in read_uner(data / "uner_ewt" / f"en_ewt-ud-{part}.iob2"):
        s = by_id.get(sent_id)
        if s is None or s.words != words:
            continue  # the two releases differ in a handful of tokens
        s.spans = iob_spans(tags)
        s.entity = [UNER_O] * len(words)
        for a, b, t in s.spans:
            s.entity[a:b] = span_masks(b - a, UNER[t])
        entities += 1
    frames = _add_predicates(data / "ewt_propbank" / f"ewt-{part}.jsonl", by_id)
    print(f"ewt {part}: {len(sentences)} sentences, {entities} with entities, {frames} with predicates")
    return sentences


def iob_spans(tags: list[str]) -> list[tuple[int, int, str]]:
    """Spans (start, end, type) of IOB1, IOB2 or IO tags."""
    spans, start, kind = [], None, None
    for i, tag in enumerate([*tags, "O"]):
        prefix, _, t = tag.partition("-")
        if start is not None and (prefix != "I" or t != kind):
            spans.append((start, i, kind))
            start = None
        if prefix in ("B", "I") and start is None:
            start, kind = i, t
    return spans


def read_uner(path: Path):
    sent_id, words, tags = "", [], []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# sent_id"):
            sent_id = line.partition("=")[2].strip()
        elif line and line[0].isdigit():
            cols = line.split("\t")
            if cols[0].isdigit():
                words.append(cols[1])
                tags.append(cols[2])
        elif not line and words:
            yield sent_id, words, tags
            words, tags = [], []
    if words:
        yield sent_id, words, tags


def _add_predicates(path: Path, by_id: dict[str, Sentence]) -> int:
    """Event labels: verb predicates and eventive noun predicates are events; what could be one but is not marked stays open."""
    rows = [json.loads(line) for line in open(path, encoding="utf-8")]
    predicate_nouns = {r["lemma"][f["pred"]] for r in rows for f in r["frames"] if r["upos"][f["pred"]] == "NOUN"}
    joined = 0
    for r in rows:
        s = by_id.get(r["sent_id"])
        if s is None or not r["has_propbank"] or s.words != r["tokens"]:
            continue
        rolesets = {f["pred"]: f["roleset"] for f in r["frames"]}
        s.event = [_event_label(i, r, rolesets.get(i), predicate_nouns) for i in range(len(s.words))]
        joined += 1
    return joined


def _event_label(i: int, row: dict, roleset: str | None, predicate_nouns: set[str]) -> int:
    upos, lemma = row["upos"][i], row["lemma"][i]
    if upos == "VERB":
        if roleset is None or roleset.endswith(".LV"):
            return -1
        return 0 if roleset in NO_EVENT_ROLESETS else 1
    if upos == "NOUN":
        if roleset is not None:
            return -1 if lemma in NOT_EVENTIVE or roleset.endswith(".LV") else 1
        return -1 if lemma in predicate_nouns else 0
    if upos in ("ADJ", "ADV", "X", "PROPN") and roleset is not None:
        return -1
    return 0
