#!/usr/bin/env python3
"""Scores of random trees and clusters by the CoNLL 2018 scorer and by the coreference scorer of
Clark and Manning: expected values for the tests of dateline-eval
(crates/dateline-eval/tests/structures.rs).

    pip install udtools==0.2.9 coreference-eval==0.0.2 numpy
    scripts/reference/structure_scores.py crates/dateline-eval/tests/data

udtools carries the scorer of the CoNLL 2018 shared task (Straka and Popel). The cases are not
stored: test and script draw them from the same generator. The coreference scorer leaves singletons
out, so the clusters drawn have none.
"""
from __future__ import annotations

import io
import sys
from pathlib import Path

from corefeval.document import Document
from corefeval.metric import Metric
from corefeval.metrics import b_cubed, ceafe, muc
from udtools.udeval import evaluate, load_conllu

from sequence_scores import Lcg

COUNT = 500
SEED = 20260702
METRICS = ["Tokens", "Sentences", "UPOS", "XPOS", "Lemmas", "UAS", "LAS"]
UPOS = ["NOUN", "VERB"]
XPOS = ["NN", "VB"]
LEMMAS = ["_", "a", "b"]
RELATIONS = ["nsubj", "nsubj:pass", "obj"]

Word = tuple[int, int, str, str, str, int, str]


def draw_texts(rng: Lcg) -> list[list[list[Word]]]:
    """Two divisions of a text of 1 to 30 characters into sentences of words, with trees."""
    length = 1 + rng.below(30)
    cuts: list[list[int]] = [[], []]
    ends: list[list[int]] = [[], []]
    for place in range(1, length):
        cut = rng.below(3) > 0
        other_cut = cut != (rng.below(6) == 0)
        end = rng.below(5) == 0
        other_end = end != (rng.below(8) == 0)
        for side, (is_cut, is_end) in enumerate([(cut, end), (other_cut, other_end)]):
            if is_cut:
                cuts[side].append(place)
                if is_end:
                    ends[side].append(place)
    sides = []
    for side in range(2):
        bounds = [0, *cuts[side], length]
        spans = list(zip(bounds, bounds[1:]))
        sentences: list[list[tuple[int, int]]] = [[]]
        for start, end in spans:
            sentences[-1].append((start, end))
            if end in ends[side]:
                sentences.append([])
        trees = []
        for words in sentences:
            # A random tree: words hang on words that stand before them in a rotated order.
            n = len(words)
            root = rng.below(n)
            order = [(root + k) % n for k in range(n)]
            heads = [0] * n
            for k in range(1, n):
                heads[order[k]] = order[rng.below(k)] + 1
            tree = []
            for (start, end), head in zip(words, heads):
                upos, xpos = UPOS[rng.below(2)], XPOS[rng.below(2)]
                lemma, relation = LEMMAS[rng.below(3)], RELATIONS[rng.below(3)]
                tree.append((start, end, upos, xpos, lemma, head, relation if head else "root"))
            trees.append(tree)
        sides.append(trees)
    return sides


def conllu(sentences: list[list[Word]]) -> io.StringIO:
    lines = []
    for words in sentences:
        for index, (start, end, upos, xpos, lemma, head, relation) in enumerate(words, 1):
            form = "x" * (end - start)
            columns = [index, form, lemma, upos, xpos, "_", head, relation, "_", "_"]
            lines.append("\t".join(map(str, columns)))
        lines.append("")
    return io.StringIO("\n".join(lines) + "\n")


def draw_clusters(rng: Lcg) -> list[list[list[int]]]:
    """Gold and predicted clusters of up to 20 mentions; singletons are dropped."""
    sides: list[dict[int, list[int]]] = [{}, {}]
    for mention in range(2 + rng.below(19)):
        cluster = rng.below(5)
        other = rng.below(5) if rng.below(3) == 0 else cluster
        in_gold, in_pred = rng.below(6) > 0, rng.below(6) > 0
        if in_gold:
            sides[0].setdefault(cluster, []).append(mention)
        if in_pred:
            sides[1].setdefault(other, []).append(mention)
    return [[side[key] for key in sorted(side) if len(side[key]) > 1] for side in sides]


def main() -> None:
    folder = Path(sys.argv[1])
    rng = Lcg(SEED)
    lines = []
    for _ in range(COUNT):
        gold, pred = (load_conllu(conllu(side), "", {}) for side in draw_texts(rng))
        scores = evaluate(gold, pred)
        cells = [scores[name] for name in METRICS]
        lines.append(" ".join(f"{c.correct}/{c.system_total}/{c.gold_total}/{100 * c.f1:.2f}" for c in cells))
    (folder / "conll2018.txt").write_text("\n".join(lines) + "\n")

    rng = Lcg(SEED)
    lines = []
    totals = [Metric(metric) for metric in (muc, b_cubed, ceafe)]
    for _ in range(COUNT):
        gold, pred = draw_clusters(rng)
        as_mentions = lambda clusters: [[(m, m) for m in cluster] for cluster in clusters]
        document = Document(as_mentions(pred), as_mentions(gold))
        own = [Metric(metric) for metric in (muc, b_cubed, ceafe)]
        for metric in [*own, *totals]:
            metric.update(document)
        lines.append(row(own))
    lines.append(row(totals))
    (folder / "coreference.txt").write_text("\n".join(lines) + "\n")


def row(metrics: list[Metric]) -> str:
    cells = [[float(value) for value in metric.get_prf()] for metric in metrics]
    mean = sum(cell[2] for cell in cells) / 3
    return " ".join(f"{value:.4f}" for cell in cells for value in cell) + f" {mean:.4f}"


if __name__ == "__main__":
    main()
