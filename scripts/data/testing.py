"""For the tests: a corpus of a few lines in a temporary data folder, converted."""
from __future__ import annotations

import json
import tempfile
import unittest
from collections import Counter
from pathlib import Path

import corpora


def converted(name: str, split: str, files: dict[str, str]) -> tuple[list[dict], dict[str, int]]:
    """The records of a corpus whose folder holds these files, and what was left out."""
    with tempfile.TemporaryDirectory() as root:
        for path, content in files.items():
            target = Path(root) / corpora.load(name).FOLDER / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(content, encoding="utf-8", newline="")
        lost: Counter = Counter()
        records = list(corpora.convert(name, Path(root), split, lost))
    return json.loads(json.dumps(records)), {why: count for why, count in lost.items() if count}


def tokens(text: str) -> list[dict]:
    """The sentences of a text whose tokens are parted by spaces and sentences by line breaks."""
    sentences, at = [], 0
    for line in text.split("\n"):
        row = []
        for token in line.split(" "):
            row.append({"start": at, "end": at + len(token), "text": token})
            at += len(token) + 1
        sentences.append({"tokens": row})
    return sentences


class CorpusTest(unittest.TestCase):
    """Compares whole records."""

    maxDiff = None

    def check(self, found: dict, id: str, text: str, **layers) -> None:
        """The record is exactly this."""
        self.assertEqual(found, {"schema": "dateline/1", "id": id, "text": text, "offsets": "codepoint", **layers})
