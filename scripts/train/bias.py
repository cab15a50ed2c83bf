"""Chooses on development data how ready the entity head is to name each type, and writes it beside a checkpoint.

    python bias.py --data DATA --checkpoint RUN/checkpoint.pt --out RUN/bias.json

The corpora of the mixture differ in how much they name, so that the trained head is no best compromise for any text. What is
searched is one number for each type, added to its logits (0 for "O"): the mean strict F1 over EWT dev, half A of Worldwide
Newswire and CoNLL-2003 dev, each on the types of names that it labels. Dates are the rules' to find, and MISC, which few sets
label, must not swallow what they would miss: these move with all others alone. export.py folds the numbers into the head's bias.
"""
from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch

import decode
import evalsets
import scores
from batches import Encoder
from development import SAME, TO_LOC, WORLDWIDE, torch_predictor
from export import CONTEXT_PIECES
from labels import ENTITY_TYPES, Labels
from model import restored
from pieces import Pieces, encoder_folder

# Our types and the set's own, as one name.
EWT = (TO_LOC, SAME)
NEWSWIRE = (TO_LOC | {"NORP": "NORP"}, WORLDWIDE | {"NORP": "NORP"})
CONLL = (TO_LOC | {"NORP": "MISC", "EVENT": "MISC", "MISC": "MISC"}, SAME | {"MISC": "MISC"})
STEPS = (0.8, 0.4, 0.2)
SENTENCES = 3000  # of each set at most


def columns(labels: Labels, bias: dict[str, float]) -> np.ndarray:
    return np.array([0.0 if t == "O" else bias[t[2:]] for t in labels.entity], np.float32)


class Search:
    def __init__(self, sets, labels: Labels):
        self.sets, self.labels, self.legal = sets, labels, decode.transitions(labels.entity)
        self.known: dict[tuple, float] = {}

    def score(self, bias: dict[str, float]) -> float:
        key = tuple(sorted(bias.items()))
        if key not in self.known:
            add = columns(self.labels, bias)
            f1 = [scores.entity_f1([(s, {"entity": x + add}) for s, x in found], self.labels, *kinds).of()["f1"] for found, kinds in self.sets]
            self.known[key] = float(np.mean(f1))
        return self.known[key]

    def best(self) -> dict[str, float]:
        bias = {t: 0.0 for t in ENTITY_TYPES}
        for step in STEPS:
            moved = True
            while moved:
                moved = False
                for kinds in (tuple(ENTITY_TYPES), *((t,) for t in ("PERSON", "ORG", "PLACE", "NORP"))):
                    for d in (step, -step):
                        trial = bias | {t: round(bias[t] + d, 3) for t in kinds}
                        if self.score(trial) > self.score(bias) + 1e-4:
                            bias, moved = trial, True
        return bias


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--data", type=Path, required=True)
    a.add_argument("--checkpoint", type=Path, required=True)
    a.add_argument("--out", type=Path, required=True)
    args = a.parse_args()
    folder = encoder_folder()
    state = torch.load(args.checkpoint, map_location="cpu", weights_only=True)
    labels = Labels.from_dict(state["labels"])
    encoder = Encoder(Pieces(folder / "tokenizer.json"), labels)
    model = restored(folder, labels, state["model"])
    model.eval()
    sets = []
    for sentences, kinds in ((evalsets.uner(args.data, "dev"), EWT), (evalsets.worldwide(args.data)["A"][:SENTENCES], NEWSWIRE),
                             (evalsets.conll2003(args.data, "dev")[:SENTENCES], CONLL)):
        found = scores.predict(sentences, encoder, torch_predictor(model), CONTEXT_PIECES)
        sets.append(([(s, out["entity"]) for s, out in found], kinds))
    search = Search(sets, labels)
    none = {t: 0.0 for t in ENTITY_TYPES}
    bias = search.best()
    parts = lambda b: [round(Search([one], labels).score(b), 4) for one in sets]
    print(f"mean F1 {search.score(none):.4f} {parts(none)} -> {search.score(bias):.4f} {parts(bias)}: {bias}")
    args.out.write_text(json.dumps(bias) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
