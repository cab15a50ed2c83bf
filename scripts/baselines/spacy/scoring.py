"""Scores by `dateline eval`, and the check that gold given back as predictions is right throughout."""
from __future__ import annotations

import json
import subprocess
from pathlib import Path

import predictions
from entity_tags import TYPES

ROOT = Path(__file__).resolve().parents[3]


class Scorer:
    def __init__(self, dateline: Path, work: Path):
        self.dateline, self.work = dateline, work

    def version(self) -> str:
        return subprocess.run([self.dateline, "--version"], stdout=subprocess.PIPE, text=True, check=True).stdout.split()[-1]

    def entities(self, corpus: str, gold: Path, predicted: Path) -> dict:
        """Strict scores over all types that gold has, and over the three types that spaCy learned."""
        report = self._report(gold, predicted, "entities", ["--map", str(ROOT / f"scripts/data/maps/{corpus}.toml")])
        return {"articles": report["articles"], "three_types": three_types(report), "all_types": numbers(row(report, "strict", "all"))}

    def syntax(self, gold: Path, predicted: Path) -> dict:
        report = self._report(gold, predicted, "syntax", [])
        return {"articles": report["articles"]} | {metric: round(row(report, metric, "all")["value"], 4) for metric in ("XPOS", "UAS", "LAS")}

    def check_entities(self, corpus: str, gold: Path) -> None:
        scores = self.entities(corpus, gold, self._given_back(gold, predictions.entities, predictions.gold_names))
        perfect = {"precision": 1.0, "recall": 1.0, "f1": 1.0}
        if any({key: scores[of][key] for key in perfect} != perfect for of in ("three_types", "all_types")):
            raise ValueError(f"{gold.name}: gold is not right by itself: {scores}")

    def check_syntax(self, gold: Path) -> None:
        scores = self.syntax(gold, self._given_back(gold, predictions.trees, predictions.gold_trees))
        if any(scores[metric] != 1.0 for metric in ("XPOS", "UAS", "LAS")):
            raise ValueError(f"{gold.name}: gold is not right by itself: {scores}")

    def _given_back(self, gold: Path, layer, gold_of) -> Path:
        out = self.work / f"{gold.stem}.given-back.jsonl"
        answers = (gold_of(record) for record in predictions.records(gold))
        predictions.write(gold, out, layer, lambda _: next(answers))
        return out

    def _report(self, gold: Path, predicted: Path, task: str, more: list[str]) -> dict:
        command = [self.dateline, "eval", gold, "--pred", predicted, "--task", task, "--format", "json", *more]
        run = subprocess.run(command, stdout=subprocess.PIPE, text=True)
        if run.returncode != 0:
            raise RuntimeError(f"{' '.join(map(str, command))} ended with {run.returncode}")
        return json.loads(run.stdout)


def row(report: dict, metric: str, group: str) -> dict:
    found = [row for section in report["sections"] for row in section["rows"] if (row["metric"], row["group"]) == (metric, group)]
    if len(found) != 1:
        raise ValueError(f"{len(found)} rows of {metric!r}, {group!r}")
    return found[0]


def numbers(row: dict) -> dict:
    return prf(row["precision"] * row["predicted"], row["predicted"], row["gold"])


def prf(matched: float, predicted: float, gold: float) -> dict:
    ratio = lambda a, b: round(a / b, 4) if b else 0.0
    return {"precision": ratio(matched, predicted), "recall": ratio(matched, gold), "f1": ratio(2 * matched, predicted + gold), "gold": round(gold)}


def three_types(report: dict) -> dict:
    """Precision, recall and F1 over the rows of the three types: the report's own sum of them has F1 alone."""
    rows = [row for section in report["sections"] for row in section["rows"] if row["metric"] == "strict" and row["group"] in TYPES]
    matched = sum((row["precision"] or 0.0) * row["predicted"] for row in rows)
    return prf(matched, sum(row["predicted"] for row in rows), sum(row["gold"] for row in rows))
