"""How good each row is: the scores that stand in the tree, and those given by hand."""
from __future__ import annotations

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SPACY = ROOT / "scripts/baselines/spacy/results.json"
# Of each test set its bar in SCORES.md, its name in spaCy's results, and what a reader is told.
SETS = {
    "worldwide": ("worldwide half B, F1 of PERSON ORG PLACE", "worldwide.all.B, given words", "Worldwide Newswire, half B"),
    "uner_ewt": ("UNER-EWT test, F1", "uner_ewt.test, given words", "Universal NER EWT test"),
    "conll2003": ("CoNLL-2003 test, F1 of PERSON ORG PLACE", "conll2003.test, given words", "CoNLL-2003 test"),
}
TREES = ("UD EWT test, LAS", "ud_ewt.test, given words")


def of_dateline(scores: Path, on: str) -> dict[str, float]:
    """From the bars of a model's SCORES.md."""
    bars = dict(re.findall(r"^\| ([^|]+) \| [≥≤] [\d.]+ \| ([\d.]+) \|", scores.read_text(encoding="utf-8"), re.M)) if scores.exists() else {}
    found = {"f1": bars.get(SETS[on][0]), "las": bars.get(TREES[0])}
    return {key: float(value) for key, value in found.items() if value is not None}


def of_spacy(on: str) -> dict[str, float]:
    results = json.loads(SPACY.read_text(encoding="utf-8"))
    return {"f1": results["ner"]["scores"][SETS[on][1]]["three_types"]["f1"], "las": results["parser"]["scores"][TREES[1]]["LAS"]}


def of_rows(model: Path, fast: Path, on: str, given: list[tuple[str, float]]) -> dict[str, dict[str, float]]:
    """Scores by row. Engines alone have none unless they are given: a score is one of a whole pipeline."""
    scores = {"pipeline/dateline": of_dateline(model / "SCORES.md", on), "pipeline/dateline-fast": of_dateline(fast / "SCORES.md", on),
              "pipeline/spacy": of_spacy(on)}
    for row, value in given:
        scores[row] = scores.get(row, {}) | {"f1": value}
    return scores
