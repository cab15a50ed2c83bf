"""The judgments of drawn events, and what they come to."""
from __future__ import annotations

import csv
import math
from collections import Counter
from pathlib import Path
from typing import Iterator

CSV = Path(__file__).resolve().parent / "judgments.csv"
COLUMNS = ["dump", "article", "event", "field", "start", "type", "roles", "status", "cause", "reason"]
CAUSES = {"", "sense", "no-event", "type", "role", "time", "place", "status", "attribution", "entity", "merge"}
PARTS = ("type", "roles", "status")
# Least shares that are to be right.
BARS = {"type": 0.80, "roles": 0.65, "status": 0.85}


def read(path: Path) -> list[dict]:
    with open(path, encoding="utf-8", newline="") as file:
        table = csv.DictReader(file)
        if table.fieldnames != COLUMNS:
            raise ValueError(f"{path}: the columns are {table.fieldnames}, not {COLUMNS}")
        found = list(table)
    seen = set()
    for line, row in enumerate(found, 2):
        key = tuple(row[c] for c in COLUMNS[:5])
        wrong = [part for part in PARTS if row[part] == "0"]
        if any(row[part] not in ("0", "1") for part in PARTS) or row["cause"] not in CAUSES:
            raise ValueError(f"{path}:{line}: 0 or 1 for type, roles and status, and a known cause")
        if bool(wrong) != bool(row["cause"]) or row["type"] == "0" and len(wrong) < 3:
            raise ValueError(f"{path}:{line}: a cause where something is wrong, and only there; a wrong type makes all wrong")
        if key in seen:
            raise ValueError(f"{path}:{line}: judged twice")
        seen.add(key)
    return found


def interval(right: int, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    z = 1.96
    middle, half = right / of + z * z / (2 * of), z * math.sqrt(right / of * (1 - right / of) / of + z * z / (4 * of * of))
    return (middle - half) / (1 + z * z / of), (middle + half) / (1 + z * z / of)


def rows(judged: list[dict]) -> Iterator[str]:
    """The tables, as Markdown."""
    yield "| drawn from | events | part | right | 95 % | bar |"
    yield "|---|---|---|---|---|---|"
    dumps = sorted({row["dump"] for row in judged})
    for name in ["all", *dumps]:
        own = [row for row in judged if name in ("all", row["dump"])]
        for part in PARTS:
            right = sum(row[part] == "1" for row in own)
            low, high = interval(right, len(own))
            bar = f"≥ {BARS[part]}" if name == "all" else ""
            yield f"| {name} | {len(own)} | {part} | {right / len(own):.3f} | {low:.3f}–{high:.3f} | {bar} |"
    yield from ("", "| cause of the first fault | events | share of the wrong |", "|---|---|---|")
    causes = Counter(row["cause"] for row in judged if row["cause"])
    for cause, count in sorted(causes.items(), key=lambda item: (-item[1], item[0])):
        yield f"| {cause} | {count} | {count / sum(causes.values()):.2f} |"
