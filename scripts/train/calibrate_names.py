"""Fits how sure names may sound to how often the whole pipeline is right, and writes it into the model's config.json.

    python calibrate_names.py --data DATA --model DIR --dateline BIN [--compare]

What calibrate.py fitted tells how often the network is right; the rules then mend and drop names, so that what remains is right
more often than it says. BIN reads the texts of EWT dev and of half A of Worldwide Newswire, whose names tell which of its own are
right (same span and type). Platt's sigmoid of the scores, one for each type, both sets of equal weight, is laid over the one
that the config has. With --compare nothing is written: other fits are compared on names of EWT dev that they were not fitted to.
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


def fit(kinds: np.ndarray, p: np.ndarray, hit: np.ndarray, weight: np.ndarray, each_type: bool = True) -> dict:
    """Slope and offset by type, and of all together."""
    weight = weight * (len(p) / weight.sum())
    lines = {"*": sigmoid_fit(bounded(p), hit, weight)}
    for kind in TYPES if each_type else ():
        own = kinds == kind
        if own.sum() >= LEAST:
            lines[kind] = sigmoid_fit(bounded(p[own]), hit[own], weight[own])
    return lines


def by_chance(p: np.ndarray, draws: np.random.Generator, times: int = 200) -> float:
    """The calibration error that true probabilities show on so few names."""
    return float(np.mean([calibration_error(p, draws.random(len(p)) < p) for _ in range(times)]))


def compare(near: tuple, far: tuple, folds: int = 10) -> None:
    """Calibration error and mean negative log-likelihood of left-out names of `near`, the error that chance alone makes, and the error
    on `far`, by fit: a line for each type or one for all, and the weight of `near` beside `far`."""
    kinds, p, hit = near
    draws = np.random.default_rng(0)
    order = draws.permutation(len(p))
    print("lines     weight  error  by chance  log-loss  error on the other set")
    for each_type in (True, False):
        for share in (0.001, 0.25, 0.5, 0.75, 0.999):
            left_out = np.zeros(len(p))
            def fitted(own: np.ndarray) -> dict:
                both = [np.concatenate([a[own], b]) for a, b in zip(near, far)]
                weight = np.concatenate([np.full(len(own), share / len(own)), np.full(len(far[1]), (1 - share) / len(far[1]))])
                return fit(*both, weight, each_type)
            for fold in range(folds):
                test = order[fold::folds]
                left_out[test] = mapped(fitted(np.setdiff1d(order, test)), kinds[test], p[test])
            loss = -np.log(np.where(hit, left_out, 1 - left_out)).mean()
            other = mapped(fitted(order), far[0], far[1])
            print(f"{'by type' if each_type else 'one':9} {share:6.3f} {calibration_error(left_out, hit):6.4f} {by_chance(left_out, draws):10.4f}"
                  f" {loss:9.4f} {calibration_error(other, far[2]):10.4f}")


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--data", type=Path, required=True)
    a.add_argument("--model", type=Path, required=True)
    a.add_argument("--dateline", type=Path, required=True)
    a.add_argument("--compare", action="store_true")
    args = a.parse_args()
    sets = []
    for corpus, split, half in SETS:
        kinds, p, hit = (np.array(x) for x in zip(*found(args.data, args.model, args.dateline, corpus, split, half)))
        sets.append((corpus, kinds, p, hit, np.full(len(p), 1.0 / len(p))))
    if args.compare:
        return compare(*(one[1:4] for one in sets))
    lines = fit(*(np.concatenate(parts) for parts in list(zip(*sets))[1:]))
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
