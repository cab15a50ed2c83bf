"""Scores an exported model folder with ONNX Runtime and prints a table (or JSON).

    python evaluate.py --data DATA --model DIR [--dev-only] [--f32 DIR] [--json FILE]

Entities are strict (span and type) over PERSON/ORG/PLACE; syntax is on gold tokens. Corpora that keep hyphenated words whole are
split for the model, and its spans are mapped back. With --f32 the same model with unrounded weights (export.py --f32) is scored
beside it; FILE then has both.
"""
from __future__ import annotations

import argparse
import json
from pathlib import Path

import evalsets
import events
import ewt
import gum
import scores
from folder import Folder

TYPES = {"PERSON": "PER", "PLACE": "LOC", "ORG": "ORG"}
SAME = {"PER": "PER", "LOC": "LOC", "ORG": "ORG"}
WORLDWIDE = {"Person": "PER", "Location": "LOC", "Facility": "LOC", "Organization": "ORG"}
WORLDWIDE_MORE = {"NORP": "NORP", "Date": "DATE"}


class Evaluation:
    def __init__(self, folder: Folder, data: Path):
        self.folder, self.data = folder, data
        self.results: dict[str, dict] = {}

    def _predict(self, sentences):
        return self.folder.predict(sentences)

    def _entities(self, sentences) -> list:
        return [(s, {"entity": out["entity"]}) for s, out in self._predict(sentences)]

    def entities(self, name: str, found, gold: dict[str, str], types=TYPES) -> None:
        f1 = scores.entity_f1(found, self.folder.labels, types, gold)
        kinds = sorted(set(gold.values()))
        self._show(name, {"F1": f1.of()["f1"], "P": f1.of()["p"], "R": f1.of()["r"], **{k: f1.of(k)["f1"] for k in kinds}})

    def syntax(self, name: str, sentences) -> None:
        r = scores.syntax(self._predict(sentences), self.folder.labels)
        self._show(name, {"UPOS": r["upos"], "XPOS": r["xpos"], "lemma": r["lemma"], "UAS": r["uas"], "LAS": r["las"],
                          "LAS (universal relations)": r["las_universal"]})

    def events(self, name: str, sentences, agents: bool = False) -> None:
        self._show(name, scores.events(self._predict(sentences), agents))

    def _show(self, name: str, values: dict[str, float]) -> None:
        self.results[name] = {k: round(v, 4) for k, v in values.items()}
        print(f"{name:48}", "  ".join(f"{k} {v:.4f}" if v <= 1 else f"{k} {v}" for k, v in self.results[name].items()), flush=True)

    def all(self, dev_only: bool) -> None:
        d = self.data
        for part in ("dev",) if dev_only else ("dev", "test"):
            self.entities(f"UNER EWT {part}", self._entities(evalsets.uner(d, part)), SAME)
            self.syntax(f"UD EWT {part}", ewt.load(d, part))
            self.entities(f"CoNLL-2003 {part}", self._entities(evalsets.conll2003(d, part)), SAME)
        if not dev_only:
            self.entities("CoNLL-2003 test, corrected", self._entities(evalsets.conll2003(d, "test_corrected")), SAME)
        self.syntax("GUM dev", gum.load(d)[1])
        for half, sentences in evalsets.worldwide(d).items():
            if half == "A" or not dev_only:
                found = self._entities(sentences)
                self.entities(f"Worldwide {half}", found, WORLDWIDE)
                self.entities(f"Worldwide {half}, NORP and DATE", found, WORLDWIDE_MORE, {"NORP": "NORP", "DATE": "DATE"})
        qanom = events.qanom(d, "dev")
        self.events("QANom dev, as annotated", qanom, agents=True)
        self.events("QANom dev, agent nouns are no events", qanom)
        self.events("ECB+ dev topics, all words", events.ecbplus(d)[1])
        self.events("GENEVA val, its triggers alone are events", events.geneva(d, set(), "val"))
        if not dev_only:
            self.events("MEANTIME stock, all words", events.meantime(d, ("corpus_stock",)))


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--data", type=Path, required=True)
    a.add_argument("--model", type=Path, required=True)
    a.add_argument("--dev-only", action="store_true")
    a.add_argument("--f32", type=Path)
    a.add_argument("--json", type=Path)
    a.add_argument("--threads", type=int, default=0)
    args = a.parse_args()
    results = {}
    for name, path in (("int8", args.model), ("f32", args.f32)):
        if path:
            print(f"{name}: {path}")
            e = Evaluation(Folder(path, args.threads), args.data)
            e.all(args.dev_only)
            results[name] = e.results
    if args.json:
        args.json.write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
