"""Worldwide Newswire: English news from outside Europe and North America, one article a file."""
from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Iterator

from columns import blocks, spans_of, tagged

FOLDER = "worldwide"
REGIONS = {
    "africa": "af afs alg eg et ghana kenya mauritius panaf sa",
    "asia": "asia bangladesh cn in jp kr mong my pk th tw",
    "latam": "arg bol chile col cosric cosrica cuba ecuador elsalv guyana hond mex nic pan paraguay peru uruguay ven",
    "oceania_north": "aus canada nm nz",
}
SPLITS = {"all": "all regions"} | {region: "files of " + " ".join(codes.split()) for region, codes in REGIONS.items()}
LAYERS = "entities (names, nested ones optional; Person Organization Location NORP Facility Product Date Money Misc)"
LOST = "the first line of a file, its URL"
USE, LICENCE = "eval", "non-commercial"
ONE_PART = ("all",)


def convert(root: Path, split: str, lost: Counter) -> Iterator[dict]:
    for path in sorted((root / FOLDER).glob("*.tsv")):
        if split not in ("all", region_of(path.name)):
            continue
        sentences = [rows for rows in blocks(path) if not (len(rows) == 1 and rows[0][0].startswith("http"))]
        if not sentences:
            lost["file without a sentence"] += 1
            continue
        article = tagged(path.name, sentences, 1, lost)
        outer = {(m["start"], m["end"]) for e in article.record["entities"] for m in e["mentions"]}
        for n, rows in enumerate(sentences):
            for column in (2, 3):
                for first, end, label in spans_of(row[column] or "O" if len(row) > column else "O" for row in rows):
                    location = article.words_in(n, first, end)
                    if (location["start"], location["end"]) in outer:
                        lost["nested mention of the same words as the outer one"] += 1
                    else:
                        article.entity(label, [location | {"optional": True}])
        yield article.record


def region_of(name: str) -> str:
    code = name.partition("_")[0]
    for region, codes in REGIONS.items():
        if code in codes.split():
            return region
    raise KeyError(f"{name}: no region is known for {code!r}")
