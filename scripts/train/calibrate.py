"""Fits one temperature for each head on development data and writes them into the folder's config.json.

    python calibrate.py --data DATA --model DIR

The temperature minimizes the negative log-likelihood of the dev labels: entities and syntax on EWT dev; events on EWT dev,
QANom dev and the ECB+ topics that training leaves out.
"""
from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

import events
import ewt
import scores
from folder import Folder
from labels import ENTITY_TAGS
from sentence import Sentence


class Pairs:
    """Logits and the set of right labels (as 0/1 rows) of one head; rows of different lengths are padded."""

    def __init__(self) -> None:
        self._rows: list[np.ndarray] = []
        self._right: list[list[int]] = []

    def add(self, logits: np.ndarray, right: list[int]) -> None:
        self._rows.append(logits)
        self._right.append(right)

    def stack(self) -> None:
        width = max(map(len, self._rows))
        self.logits = np.full((len(self._rows), width), -1e6, np.float32)
        self.right = np.zeros((len(self._rows), width), bool)
        for i, (x, right) in enumerate(zip(self._rows, self._right)):
            self.logits[i, : len(x)] = x
            self.right[i, right] = True

    def _probabilities(self, temperature: float) -> np.ndarray:
        x = self.logits / np.float32(temperature)
        x = np.exp(x - x.max(1, keepdims=True))
        return x / x.sum(1, keepdims=True)

    def loss(self, temperature: float) -> float:
        right = (self._probabilities(temperature) * self.right).sum(1)
        return float(-np.log(np.maximum(right, 1e-12)).mean())

    def calibration_error(self, temperature: float, bins: int = 15) -> float:
        """Expected calibration error of the best label's probability."""
        p = self._probabilities(temperature)
        best, hit = p.max(1), self.right[np.arange(len(p)), p.argmax(1)]
        at = np.minimum((best * bins).astype(int), bins - 1)
        return float(sum(abs(best[at == b].sum() - hit[at == b].sum()) for b in range(bins)) / len(p))

    def fit(self) -> float:
        low, high = np.log(0.3), np.log(4.0)
        golden = (5 ** 0.5 - 1) / 2
        for _ in range(18):
            a, b = high - golden * (high - low), low + golden * (high - low)
            if self.loss(np.exp(a)) < self.loss(np.exp(b)):
                high = b
            else:
                low = a
        return float(np.exp((low + high) / 2))


def collect(folder: Folder, sentences: list[Sentence]) -> dict[str, Pairs]:
    pairs: dict[str, Pairs] = {k: Pairs() for k in ("entity", "event", "upos", "xpos", "lemma", "arc", "rel")}
    index = folder.labels.index()
    for s, out in scores.predict(sentences, folder.encoder, folder.run):
        for i in range(len(s)):
            if s.entity is not None and s.entity[i]:
                allowed = [t for t in range(len(ENTITY_TAGS)) if s.entity[i] >> t & 1]
                if out["entity"][i].argmax() != 0:  # what is shown is the score of what was found
                    pairs["entity"].add(out["entity"][i], allowed)
            if s.event is not None and s.event[i] >= 0:
                pairs["event"].add(out["event"][i], [s.event[i]])
            if s.head is not None:
                for k in ("upos", "xpos", "lemma"):
                    label = index[k].get(getattr(s, k)[i])
                    if label is not None:
                        pairs[k].add(out[k][i], [label])
                head = s.head[i]
                pairs["arc"].add(out["arc"][i], [head])
                if out["arc"][i].argmax() == head and s.deprel[i] in index["deprel"]:
                    pairs["rel"].add(out["rel"][i], [index["deprel"][s.deprel[i]]])
    for p in pairs.values():
        p.stack()
    return pairs


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--data", type=Path, required=True)
    a.add_argument("--model", type=Path, required=True)
    a.add_argument("--threads", type=int, default=0)
    args = a.parse_args()
    folder = Folder(args.model, args.threads)
    dev = ewt.load(args.data, "dev") + events.qanom(args.data, "dev") + events.ecbplus(args.data)[1]
    temperature = {}
    for head, pairs in collect(folder, dev).items():
        t = temperature[head] = round(pairs.fit(), 3)
        print(f"{head}: temperature {t}, loss {pairs.loss(1.0):.4f} -> {pairs.loss(t):.4f}, "
              f"calibration error {pairs.calibration_error(1.0):.4f} -> {pairs.calibration_error(t):.4f}")
    folder.config["temperature"] = temperature
    (args.model / "config.json").write_text(json.dumps(folder.config, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
