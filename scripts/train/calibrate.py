"""Fits on development data how sure the heads may sound, and writes it into the folder's config.json.

    python calibrate.py --data DATA --model DIR

One temperature for each head minimizes the negative log-likelihood of the dev labels (EWT dev; events also on QANom dev and the
ECB+ topics that training leaves out). The score of a found entity is then mapped by Platt's sigmoid, one for each type: of the
probability that span and type stand so in a legal tag sequence to how often that is true on EWT dev.
"""
from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

import decode
import events
import ewt
import scores
from folder import Folder
from labels import ENTITY_TAGS, ENTITY_TYPES
from sentence import Sentence

EDGE = 1e-6  # probabilities are kept this far from 0 and 1
LEAST = 60  # found entities that a type needs for a sigmoid of its own


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

    def calibration_error(self, temperature: float) -> float:
        """Expected calibration error of the best label's probability."""
        p = self._probabilities(temperature)
        return calibration_error(p.max(1), self.right[np.arange(len(p)), p.argmax(1)])

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


def calibration_error(p: np.ndarray, hit: np.ndarray, bins: int = 15) -> float:
    at = np.minimum((p * bins).astype(int), bins - 1)
    return float(sum(abs(p[at == b].sum() - hit[at == b].sum()) for b in range(bins)) / max(len(p), 1))


def collect(folder: Folder, sentences: list[Sentence]) -> dict[str, Pairs]:
    pairs: dict[str, Pairs] = {k: Pairs() for k in ("entity", "event", "upos", "xpos", "lemma", "arc", "rel")}
    index = folder.labels.index()
    for s, out in folder.predict(sentences):
        for i in range(len(s)):
            if s.entity is not None and s.entity[i]:
                allowed = [t for t in range(len(ENTITY_TAGS)) if s.entity[i] >> t & 1]
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


def found_entities(folder: Folder, sentences: list[Sentence], temperature: float):
    """(type, probability, right) of every entity found in sentences with gold spans."""
    tags, legal = folder.labels.entity, decode.transitions(folder.labels.entity)
    names = {"PER": "PERSON", "LOC": "PLACE", "ORG": "ORG"}
    for s, out in folder.predict([s for s in sentences if s.spans is not None]):
        gold = {(a, b, names.get(t)) for a, b, t in s.spans}
        spans = decode.entities(out["entity"], tags, legal)
        for (a, b, kind), p in zip(spans, decode.posteriors(out["entity"] / temperature, tags, spans, legal)):
            if kind in names.values():
                yield kind, p, (a, b, kind) in gold


def sigmoid_fit(p: np.ndarray, hit: np.ndarray, weight: np.ndarray | float = 1.0) -> tuple[float, float]:
    """Platt's (a, b) of sigmoid(a logit(p) + b), by Newton's method, with his smoothed targets; items may have weights."""
    x = logit(p)
    weight = np.broadcast_to(weight, hit.shape)
    n, m = (weight * hit).sum(), (weight * ~hit).sum()
    target = np.where(hit, (n + 1) / (n + 2), 1 / (m + 2))
    features = np.stack([x, np.ones_like(x)], 1)
    w = np.array([1.0, 0.0])
    for _ in range(50):
        q = 1 / (1 + np.exp(-features @ w))
        hessian = features.T @ (features * (weight * q * (1 - q))[:, None]) + 1e-6 * np.eye(2)
        w = w - np.linalg.solve(hessian, features.T @ (weight * (q - target)))
    return round(float(max(w[0], 0.05)), 4), round(float(w[1]), 4)


def logit(p: np.ndarray) -> np.ndarray:
    p = np.clip(p, EDGE, 1 - EDGE)
    return np.log(p / (1 - p))


def entity_calibration(found) -> dict[str, list[float]]:
    kinds, p, hit = (np.array(x) for x in zip(*found))
    fitted = {"*": list(sigmoid_fit(p, hit))}
    for kind in ENTITY_TYPES:
        own = kinds == kind
        if own.sum() >= LEAST:
            fitted[kind] = list(sigmoid_fit(p[own], hit[own]))
    mapped = np.array([1 / (1 + np.exp(-(fitted.get(k, fitted["*"])[0] * x + fitted.get(k, fitted["*"])[1]))) for k, x in zip(kinds, logit(p))])
    print(f"scores of {len(p)} found entities: calibration error {calibration_error(p, hit):.4f} -> {calibration_error(mapped, hit):.4f}; {fitted}")
    return fitted


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--data", type=Path, required=True)
    a.add_argument("--model", type=Path, required=True)
    a.add_argument("--threads", type=int, default=0)
    args = a.parse_args()
    folder = Folder(args.model, args.threads)
    dev = ewt.load(args.data, "dev")
    temperature = {}
    for head, pairs in collect(folder, dev + events.qanom(args.data, "dev") + events.ecbplus(args.data)[1]).items():
        t = temperature[head] = round(pairs.fit(), 3)
        print(f"{head}: temperature {t}, loss {pairs.loss(1.0):.4f} -> {pairs.loss(t):.4f}, "
              f"calibration error {pairs.calibration_error(1.0):.4f} -> {pairs.calibration_error(t):.4f}")
    folder.config["temperature"] = temperature
    folder.config["calibration"] = {"entity": entity_calibration(found_entities(folder, dev, temperature["entity"]))}
    (args.model / "config.json").write_text(json.dumps(folder.config, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
