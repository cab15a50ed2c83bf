"""Fits how sure names may sound to how often the whole pipeline is right, and writes it into the model's config.json.

    python calibrate_names.py --data DATA --model DIR --dateline BIN

What calibrate.py fitted tells how often the network is right; the rules then mend and drop names, so that what remains is right
more often than it says. BIN reads the texts of EWT dev and of half A of Worldwide Newswire, whose names tell which of its own are
right (same span and type). Platt's sigmoid of the scores, one for each type, both sets of equal weight, is laid over the one
that the config has.
"""
from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import numpy as np

from calibrate import LEAST, calibration_error, logit, sigmoid_fit

ROOT = Path(__file__).resolve().parents[2]
SETS = (("uner_ewt", "dev", None), ("worldwide", "all", "A"))  # corpus, split, half
TYPES = ("PERSON", "ORG", "PLACE", "NORP", "EVENT", "MISC")
DIGITS = 1e-3  # scores are printed with three decimals


def names(record: dict):
    """Their spans in the text (gold has no title), types and mentions."""
    for entity in record["entities"]:
        for m in entity["mentions"]:
            yield (m["start"], m["end"]), entity["type"], m


def listed(label) -> list[str]:
    return label if isinstance(label, list) else [label]


def found(data: Path, model: Path, dateline: Path, corpus: str, split: str, half: str | None):
    """(type, score, right) of every name that the pipeline finds in the texts of a set, of types that the set labels."""
    with tempfile.TemporaryDirectory() as folder:
        gold, out = Path(folder) / "gold.jsonl", Path(folder) / "out.jsonl"
        convert = [sys.executable, ROOT / "scripts/data/convert", "--data", data, corpus, split, "-o", gold]
        subprocess.run([*convert, *(("--half", half) if half else ())], check=True)
        subprocess.run([dateline, "batch", gold, "-o", out, "--model", model], check=True)
        maps = tomllib.loads((ROOT / f"scripts/data/maps/{corpus}.toml").read_text(encoding="utf-8"))
        predicted = {r["id"]: r for r in map(json.loads, open(out, encoding="utf-8"))}
        for record in map(json.loads, open(gold, encoding="utf-8")):
            right = {span: listed(maps["entities"][kind]) for span, kind, _ in names(record)}
            for span, kind, mention in names(predicted[record["id"]]):
                own = maps["predictions"].get(kind)
                if own and mention["kind"] == "name" and right.get(span) != [""]:
                    yield own, mention["score"], own in right.get(span, ())


def bounded(p: np.ndarray) -> np.ndarray:
    return np.clip(p, DIGITS / 2, 1 - DIGITS / 2)


def mapped(lines: dict, kinds: np.ndarray, p: np.ndarray) -> np.ndarray:
    chosen = np.array([lines.get(k, lines["*"]) for k in kinds])
    return 1 / (1 + np.exp(-(chosen[:, 0] * logit(bounded(p)) + chosen[:, 1])))


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--data", type=Path, required=True)
    a.add_argument("--model", type=Path, required=True)
    a.add_argument("--dateline", type=Path, required=True)
    args = a.parse_args()
    sets = []
    for corpus, split, half in SETS:
        kinds, p, hit = (np.array(x) for x in zip(*found(args.data, args.model, args.dateline, corpus, split, half)))
        sets.append((corpus, kinds, p, hit, np.full(len(p), 1.0 / len(p))))
    kinds, p, hit, weight = (np.concatenate(parts) for parts in list(zip(*sets))[1:])
    weight *= len(p) / weight.sum()
    lines = {"*": sigmoid_fit(bounded(p), hit, weight)}
    for kind in TYPES:
        own = kinds == kind
        if own.sum() >= LEAST:
            lines[kind] = sigmoid_fit(bounded(p[own]), hit[own], weight[own])
    for corpus, kinds, p, hit, _ in sets:
        print(f"{corpus}: {len(p)} names, calibration error {calibration_error(p, hit):.4f} -> {calibration_error(mapped(lines, kinds, p), hit):.4f}")
    path = args.model / "config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    before = config["calibration"]["entity"]
    # One line on the scale of log-odds after another is a line again.
    after = {}
    for kind in sorted({*before, *lines}):
        (a, b), (slope, offset) = lines.get(kind, lines["*"]), before.get(kind, before["*"])
        after[kind] = [round(a * slope, 4), round(a * offset + b, 4)]
    print(f"{before} -> {after}")
    config["calibration"]["entity"] = after
    path.write_text(json.dumps(config, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
