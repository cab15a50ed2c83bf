"""Fits the weights of entity salience, crates/dateline-rules/data/salience.tsv, to GUM's graded salience.

    python salience.py --data DATA --dateline BIN

Gold is the share of five summaries of a document that mention an entity (Lin and Zeldes 2024). BIN reads the training documents; an
entity of its own belongs to the gold one that it shares most mentions with. Logistic regression with a slight penalty; documents of
official dev are left out, `dateline eval --task salience` measures on them. Prints the error in five parts of the training documents,
each predicted by the others, beside that of the mean.
"""
from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "crates/dateline-rules/data/salience.tsv"
TYPES = ("PERSON", "ORG", "PLACE", "NORP", "EVENT", "GROUP", "MISC")
NAMES = ("mentions", "distance", "title", *TYPES)
NEAR_BYTES = 100
PENALTY = 1.0
PARTS = 5


def signs(record: dict, entity: dict) -> list[float]:
    """What crates/dateline-rules/src/entities/salience.rs computes."""
    story = next((zone["start"] for zone in record["zones"] if zone["kind"] == "body"), 0)
    titles = [range(zone["start"], zone["end"]) for zone in record["zones"] if zone["kind"] == "title"]
    starts = [mention["start"] for mention in entity["mentions"]]
    distance = max(0, min(starts) - story) / NEAR_BYTES
    titled = any(start in title for title in titles for start in starts)
    return [math.log(len(starts)), math.log1p(distance), float(titled), *(float(entity["type"] == kind) for kind in TYPES)]


def matched(gold: dict, record: dict):
    """Our entities, each with the salience of the gold one that shares most of its mentions."""
    owner = {}
    for entity in gold["entities"]:
        for mention in entity["mentions"]:
            for span in (mention, *mention.get("alternatives", ())):
                owner.setdefault((span["start"], span["end"]), entity)
    for entity in record["entities"]:
        met = [owner[at]["id"] for m in entity["mentions"] if (at := (m["start"], m["end"])) in owner]
        if met:
            [(most, _)] = Counter(met).most_common(1)
            yield signs(record, entity), next(e["salience"] for e in gold["entities"] if e["id"] == most)


def read(data: Path, dateline: Path) -> list[tuple[str, list[float], float]]:
    with tempfile.TemporaryDirectory() as folder:
        gold, out = Path(folder) / "gold.jsonl", Path(folder) / "out.jsonl"
        subprocess.run([sys.executable, ROOT / "scripts/data/convert", "--data", data, "gum", "train", "-o", gold], check=True)
        subprocess.run([dateline, "batch", gold, "-o", out], check=True)
        records = {r["id"]: r for r in map(json.loads, open(out, encoding="utf-8"))}
        return [(g["id"], *item) for g in map(json.loads, open(gold, encoding="utf-8")) for item in matched(g, records[g["id"]])]


def fit(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Newton's method; the types together take the place of a constant."""
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        hessian = (x.T * (p * (1 - p))) @ x + PENALTY * np.eye(len(weights))
        weights -= np.linalg.solve(hessian, x.T @ (p - y) + PENALTY * weights)
    return weights


def loss(p: np.ndarray, y: np.ndarray) -> float:
    return float(-(y * np.log(p) + (1 - y) * np.log(1 - p)).mean())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--dateline", type=Path, required=True)
    options = parser.parse_args()
    items = read(options.data.resolve(), options.dateline.resolve())
    part = {id: n % PARTS for n, id in enumerate(sorted({id for id, *_ in items}))}
    parts = np.array([part[id] for id, *_ in items])
    x, y = np.array([signs for _, signs, _ in items]), np.array([share for *_, share in items])
    own, mean = [], []
    for held in range(PARTS):
        rest, here = parts != held, parts == held
        own.append(loss(1 / (1 + np.exp(-x[here] @ fit(x[rest], y[rest]))), y[here]))
        mean.append(loss(np.full(here.sum(), y[rest].mean()), y[here]))
    print(f"{len(y)} entities of {len(part)} documents; cross-entropy {np.mean(own):.4f}, of the mean {np.mean(mean):.4f}")
    head = [line for line in FILE.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    rows = [f"{name}\t{weight:.3f}" for name, weight in zip(NAMES, fit(x, y))]
    FILE.write_text("\n".join((*head, *rows)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
