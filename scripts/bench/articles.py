"""The articles that are timed: as many of the BBC's as of Reuters', drawn by seed."""
from __future__ import annotations

import json
import random
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "judge"))

from dumps import DUMPS

SHORT = 5  # every fifth article is in the short file, which a way of running an engine is chosen on


def draw(data: Path, count: int, seed: int) -> list[dict]:
    """`count` articles, dumps by turns."""
    each = -(-count // len(DUMPS))
    drawn = [random.Random(f"{seed} {name}").sample(list(articles(data)), each) for name, articles in DUMPS.items()]
    return [article for together in zip(*drawn) for article in together][:count]


def write(path: Path, articles: list[dict]) -> None:
    path.write_text("".join(json.dumps(a, ensure_ascii=False) + "\n" for a in articles), encoding="utf-8")


def short(items: list[dict], number_of) -> list[dict]:
    """Those of every fifth article, or all where that would be less than two."""
    some = [item for item in items if number_of(item) % SHORT == 0]
    return some if len({number_of(item) for item in some}) > 1 else items
