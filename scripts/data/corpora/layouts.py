"""Layouts: pages of news as feeds, sites and databases hand them over, written for this project and
marked by hand. They stand in the tree (`tests/layouts`), not in the data folder.

Two lines of header (`# style:`, `# published: DATE | ZONE` or `none`), a blank line, then a line of text a
row: its zone (T title, D dateline, Y byline, B body, F furniture), `|` for a new line or `+` for the
rest of the one before, and the text. A `|` alone is a blank line.
"""
from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Iterator

from gold import Article

# Joined to the data folder, an absolute path stays itself.
FOLDER = str(Path(__file__).resolve().parents[3] / "tests/layouts")
SPLITS = {"all": "60 pages", "development": "552 pages, read and fitted to; folder `development`"}
LAYERS = "zones, raw text, and the publication date with the zone that states it, or that none does"
LOST = "nothing"
USE, LICENCE = "eval", "the licence of this tree"
ONE_PART = ("all",)
KINDS = {"T": "title", "D": "dateline", "Y": "byline", "B": "body", "F": "furniture"}


def convert(root: Path, split: str, lost: Counter) -> Iterator[dict]:
    folder = root / FOLDER / ("" if split == "all" else split)
    for path in sorted(folder.glob("*.txt")):
        yield parse(path.stem, path.read_text(encoding="utf-8"))


def parse(id: str, file: str) -> dict:
    """The record of one marked page."""
    style, published, blank, *rows = file.removesuffix("\n").split("\n")
    if not style.startswith("# style: ") or not published.startswith("# published: ") or blank:
        raise ValueError(f"{id}: no header")
    text, spans = "", []
    for number, row in enumerate(rows, 4):
        kind, mark, line = row[:1], row[1:2], row[2:]
        if row == "|":
            text += "\n"
        elif kind not in KINDS or mark not in ("|", "+") or not line.strip() or mark == "+" and text[-2:] in ("", "\n\n"):
            raise ValueError(f"{id}: line {number} is no marked line: {row!r}")
        else:
            # A line that goes on in another zone has no line break yet.
            text = text.removesuffix("\n") if mark == "+" else text
            start = len(text) + len(line) - len(line.lstrip())
            spans.append((KINDS[kind], start, len(text) + len(line.rstrip())))
            text += f"{line}\n"
    article = Article(id, text)
    zones = [{"kind": kind, "field": "text", "start": start, "end": end} for kind, start, end in spans]
    return article.record | {"published": _date(published.removeprefix("# published: ")), "zones": zones}


def _date(stated: str) -> dict | None:
    if stated == "none":
        return None
    value, source = stated.split(" | ")
    return {"value": value, "source": source}
