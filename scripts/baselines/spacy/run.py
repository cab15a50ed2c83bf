"""Trains spaCy on our training data, tests it on our test files with our scorer, and writes results.json.

    python run.py --data DIR --work DIR [--ner-only | --parser-only] [--smoke]

DIR holds a folder for each corpus (scripts/data/README.md). What WORK holds already is not made again, so a run that was
cut off goes on where it stopped (a training from its beginning). --smoke trains for 50 steps on a few sentences and
scores 20 articles a file, all in WORK/smoke: it shows that everything works, and its numbers mean nothing.
"""
from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from itertools import islice
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
# Test files: corpus, split, half.
NAME_TESTS = [("uner_ewt", "test", ""), ("worldwide", "all", "B"), ("conll2003", "test", ""), ("conll2003", "test_without_sports", "")]
TREE_TESTS = [("ud_ewt", "test", "")]
# How the words of a test file are read: as they are given, or hyphenated ones in parts as in the training data.
READINGS = {"given": False, "split": True}


def fresh(target: Path, *sources: Path) -> bool:
    """True if `target` is there and not older than what it is made from."""
    return target.exists() and all(target.stat().st_mtime >= source.stat().st_mtime for source in sources)


def told(what: str) -> None:
    print(f"== {what}", file=sys.stderr, flush=True)


class Baseline:
    def __init__(self, data: Path, work: Path, dateline: Path, smoke: bool):
        from scoring import Scorer

        self.data, self.docs, self.smoke = data, work / "docs", smoke
        self.work = work / "smoke" if smoke else work
        for folder in ("gold", "predictions"):
            (self.work / folder).mkdir(parents=True, exist_ok=True)
        self.scorer = Scorer(dateline, self.work / "gold")

    def build(self) -> None:
        import docbins

        if not all((self.docs / file).exists() for file in docbins.FILES):
            told("training data")
            docbins.make(self.data, self.docs)

    def train(self, kind: str) -> Path:
        import pipelines

        made, model = self.work / kind / "training.json", self.work / kind / "model-best"
        if not fresh(made, self.docs / f"{kind}.train.spacy"):
            told(f"training: {kind}")
            pipelines.train(kind, self.docs, self.work / kind, pipelines.SMOKE if self.smoke else {})
        return model

    def gold(self, corpus: str, split: str, half: str) -> Path:
        out = self.work / "gold" / (".".join(part for part in (corpus, split, half) if part) + ".jsonl")
        if not out.exists():
            command = [sys.executable, ROOT / "scripts/data/convert", "--data", self.data, corpus, split, "-o", out]
            subprocess.run([*command, *(("--half", half) if half else ())], check=True)
            if self.smoke:
                with open(out, encoding="utf-8") as lines:
                    few = list(islice(lines, 20))
                out.write_text("".join(few), encoding="utf-8")
        return out

    def names(self) -> dict:
        import pipelines
        import predictions

        model, scores = self.train("ner"), {}
        for corpus, split, half in NAME_TESTS:
            gold = self.gold(corpus, split, half)
            told(f"{gold.stem}: names")
            self.scorer.check_entities(corpus, gold)
            for reading, parted in READINGS.items():
                out = self.work / "predictions" / f"{gold.stem}.{reading}.jsonl"
                if not fresh(out, gold, model / "meta.json"):
                    predictions.write(gold, out, predictions.entities, pipelines.NameReader(model, parted))
                scores[f"{gold.stem}, {reading} words"] = self.scorer.entities(corpus, gold, out)
        return self.summary("ner") | {"scores": scores}

    def trees(self) -> dict:
        import pipelines
        import predictions

        model, scores = self.train("parser"), {}
        for corpus, split, half in TREE_TESTS:
            gold = self.gold(corpus, split, half)
            told(f"{gold.stem}: trees")
            self.scorer.check_syntax(gold)
            out = self.work / "predictions" / f"{gold.stem}.jsonl"
            if not fresh(out, gold, model / "meta.json"):
                predictions.write(gold, out, predictions.trees, pipelines.TreeReader(model))
            scores[f"{gold.stem}, given words"] = self.scorer.syntax(gold, out)
        return self.summary("parser") | {"scores": scores}

    def summary(self, kind: str) -> dict:
        read = lambda path: json.loads(path.read_text(encoding="utf-8"))
        return {"training": read(self.work / kind / "training.json"), "data": read(self.docs / "stats.json")[kind]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True, help="a folder for data, models and predictions")
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--ner-only", action="store_true")
    only.add_argument("--parser-only", action="store_true")
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--dateline", type=Path, default=ROOT / "target/release/dateline", help="the binary that scores [default: target/release/dateline]")
    parser.add_argument("--train-scripts", type=Path, default=ROOT / "scripts/train", help="whose readers of corpora are used [default: scripts/train]")
    parser.add_argument("--results", type=Path, help="[default: results.json beside this file; with --smoke, in WORK/smoke]")
    options = parser.parse_args()
    if not os.access(options.dateline, os.X_OK):
        parser.error(f"no binary {options.dateline}: cargo build --release -p dateline-cli, or name one by --dateline")
    sys.path.insert(1, str(options.train_scripts.resolve()))
    import spacy

    baseline = Baseline(options.data, options.work.resolve(), options.dateline.resolve(), options.smoke)
    out = options.results or (baseline.work if options.smoke else HERE) / "results.json"
    results = json.loads(out.read_text(encoding="utf-8")) if out.exists() else {}
    results |= {"spacy": spacy.__version__, "python": platform.python_version(), "dateline": baseline.scorer.version()}
    baseline.build()
    for kind, wanted, measure in (("parser", not options.ner_only, baseline.trees), ("ner", not options.parser_only, baseline.names)):
        if wanted:
            results[kind] = measure()
            out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    for kind in ("ner", "parser"):
        for name, scores in results.get(kind, {}).get("scores", {}).items():
            print(name, json.dumps(scores))


if __name__ == "__main__":
    main()
