"""MUC-3/4: templates of terrorist incidents, filled for whole messages."""
from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Iterator

from countries import alpha3
from gold import Article, dropping_none

FOLDER = "muc34"
SPLITS = {"dev": "official, 1,300 messages", "tst1": "official (MUC-3)", "tst2": "official (MUC-3, MUC-4 keys)"}
LAYERS = ("events of the document without triggers: incident type, status by stage, date, country, and fillers as roles at the "
          "first place where their string stands (for scores by document)")
LOST = ("other strings of a filler, further places of a string, target and filler types, numbers, effects, places below the "
        "country; dates that are ranges or bounds; optional templates; descriptions of a victim who is named")
USE, LICENCE = "eval", "NIST"
ONE_PART: tuple[str, ...] = ()

_HEADER = re.compile(r"^((?:DEV|TST\d)-MUC\d-\d+)\b.*$", re.MULTILINE)
_SLOT = re.compile(r"^(\d+)\.\s+([A-Z ]+:[A-Z ]+?)(?:\s{2,}|\s*$)(.*)$")
_STRING = re.compile(r'"((?:\\.|[^"\\])*)"')
ROLES = {
    "INCIDENT: INSTRUMENT ID": "instrument",
    "PERP: INDIVIDUAL ID": "perpetrator_individual",
    "PERP: ORGANIZATION ID": "perpetrator_organization",
    "PHYS TGT: ID": "physical_target",
    "HUM TGT: NAME": "victim",
    "HUM TGT: DESCRIPTION": "victim",
}
STATUS = {"ACCOMPLISHED": "actual", "ATTEMPTED": "actual", "THREATENED": "hypothetical"}
NOTHING = {"", "-", "*"}
MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]


def convert(root: Path, split: str, lost: Counter) -> Iterator[dict]:
    folder = root / FOLDER / split
    templates: dict[str, list[dict[str, list[str]]]] = {}
    for path in sorted(folder.glob("key-*")):
        for template in _templates(path.read_text(encoding="latin-1")):
            id = template["MESSAGE: ID"][0].split()[0]
            templates.setdefault(id, []).append(template)
    for path in sorted(p for p in folder.iterdir() if not p.name.startswith("key-") and "muc" in p.name):
        content = path.read_text(encoding="latin-1")
        headers = list(_HEADER.finditer(content))
        for header, behind in zip(headers, [*headers[1:], None]):
            text = content[header.end():behind.start() if behind else len(content)].strip()
            yield _article(header[1], text, templates.get(header[1], []), lost)


def _templates(keys: str) -> Iterator[dict[str, list[str]]]:
    """Templates as slot names and the lines of their values."""
    template: dict[str, list[str]] = {}
    slot = ""
    for line in keys.splitlines():
        found = _SLOT.match(line)
        if found:
            if found[1] == "0" and template:
                yield template
                template = {}
            slot = found[2]
            template[slot] = [found[3].strip()]
        elif line.startswith(" ") and line.strip() and template:
            template[slot].append(line.strip())
    if template:
        yield template


def _article(id: str, text: str, templates: list[dict[str, list[str]]], lost: Counter) -> dict:
    article = Article(id, text, ["document_events"], lost=lost)
    for template in templates:
        types = [t.strip() for t in template["INCIDENT: TYPE"][0].split("/")]
        if types[0] in NOTHING:  # the message is irrelevant
            continue
        if "OPTIONAL" in template["MESSAGE: TEMPLATE"][0]:
            lost["optional template"] += 1
            continue
        roles = [role for slot, role in ROLES.items() for role in _fillers(article, role, template.get(slot, []))]
        stage = template["INCIDENT: STAGE OF EXECUTION"][0].split("/")[0].strip()
        more = dropping_none({
            "types": types[1:] or None,
            "time": _wrapped("value", _date(template["INCIDENT: DATE"][0], lost)),
            "place": _wrapped("country", _country(template["INCIDENT: LOCATION"][0], lost)),
            "factuality": _wrapped("status", STATUS.get(stage)),
        })
        article.document_event(types[0], roles, **more)
    return article.record


def _wrapped(key: str, value: str | None) -> dict | None:
    return None if value is None else {key: value}


def _fillers(article: Article, role: str, lines: list[str]) -> Iterator[dict]:
    """One role a line: its first string that stands in the text, whatever the line breaks there."""
    for line in lines:
        if line in NOTHING:
            continue
        if re.search(r'"\s*:\s*"', line):
            article.lost["description of a named victim"] += 1
            continue
        strings = [s.replace('\\"', '"') for s in _STRING.findall(line)]
        places = [found for s in strings if (found := _place(article.text, s))]
        article.lost["filler whose strings are not in the text"] += not places
        if places:
            optional = {"optional": True} if line.startswith(("?", "(")) else {}
            yield {"role": role, **article.at(*places[0]), **optional}


def _place(text: str, string: str) -> tuple[int, int] | None:
    words = r"\s+".join(map(re.escape, string.split()))
    found = re.search(rf"(?<!\w){words}(?!\w)", text) if words else None
    return found and found.span()


def _date(value: str, lost: Counter) -> str | None:
    """A single day; None for ranges, bounds (`- 20 NOV 89`) and alternatives."""
    found = re.fullmatch(r"(\d\d?) ([A-Z]{3}) (\d\d)", value)
    if found is None or found[2] not in MONTHS:
        lost["date that is a range or a bound"] += value not in NOTHING
        return None
    try:
        return date(1900 + int(found[3]), MONTHS.index(found[2]) + 1, int(found[1])).isoformat()
    except ValueError:
        lost["date that is in no calendar"] += 1
        return None


def _country(value: str, lost: Counter) -> str | None:
    """The country of a location; None where alternatives differ."""
    names = {part.strip(" ()?").partition(":")[0].strip() for part in value.split(" / ")} - NOTHING
    codes = {alpha3(name) for name in names}
    if len(codes) == 1 and None not in codes:
        return codes.pop()
    lost["place without one known country"] += bool(names)
    return None
