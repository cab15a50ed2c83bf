#!/usr/bin/env python3
"""Scores of random tag sequences by seqeval, nervaluate and conlleval's rules: expected values for
the tests of dateline-eval (crates/dateline-eval/tests/sequences.rs).

    pip install seqeval==1.2.2 nervaluate==1.2.1
    scripts/reference/sequence_scores.py crates/dateline-eval/tests/data [DATA]

The sequences are not stored: test and script draw them from the same generator (`Lcg`, `draw`).
With DATA, the folder of corpora, also the scores of CoNLL-2003 test (`conll2003/test.txt`) against
itself with one tag of eight drawn anew.
"""
from __future__ import annotations

import sys
import warnings
from pathlib import Path

from nervaluate import Evaluator
from seqeval.metrics.sequence_labeling import precision_recall_fscore_support as default_scores
from seqeval.metrics.v1 import precision_recall_fscore_support as strict_scores
from seqeval.scheme import BILOU, IOB1, IOB2, IOBES

COUNT = 1000
SEED = 20260701
TYPES = ["PER", "LOC", "ORG"]
PREFIXES = {"IOB1": "IIB", "IOB2": "BII", "BIOES": "BIES", "BILOU": "BILU"}
SCHEMES = {"IOB1": IOB1, "IOB2": IOB2, "BIOES": IOBES, "BILOU": BILOU}
STRATEGIES = ["strict", "exact", "partial", "ent_type"]


class Lcg:
    """Knuth's 64-bit linear congruential generator; a draw is its upper half modulo n."""

    def __init__(self, seed: int) -> None:
        self.state = seed

    def below(self, n: int) -> int:
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 32) % n


def draw(rng: Lcg, prefixes: str) -> tuple[list[str], list[str]]:
    """A gold sequence of 1 to 24 tags, half of them outside, and one that repeats three tags of four."""

    def tag() -> str:
        if rng.below(2) == 0:
            return "O"
        prefix = prefixes[rng.below(len(prefixes))]
        return f"{prefix}-{TYPES[rng.below(len(TYPES))]}"

    length = 1 + rng.below(24)
    gold = [tag() for _ in range(length)]
    return gold, [tag() if rng.below(4) == 0 else kept for kept in gold]


def conlleval(gold: list[str], pred: list[str]) -> tuple[int, int, int]:
    """Right, guessed and gold chunks, by the rules of conlleval (Sang and Buchholz 2000): the two
    sequences are read side by side, and a chunk is right if it begins and ends with a gold chunk of
    its type, and the types agree throughout."""

    def parse(tag: str) -> tuple[str, str]:
        return (tag, "") if tag == "O" else (tag[0], tag[2:])

    def ends(before: str, tag: str, kind_before: str, kind: str) -> bool:
        return (
            (before, tag) in {("B", "B"), ("B", "O"), ("I", "B"), ("I", "O")}
            or (before, tag) in {("E", "E"), ("E", "I"), ("E", "O"), ("B", "S"), ("I", "S")}
            or before in "ES"
            or (before not in "O." and kind_before != kind)
        )

    def begins(before: str, tag: str, kind_before: str, kind: str) -> bool:
        return (
            (before, tag) in {("B", "B"), ("I", "B"), ("O", "B"), ("O", "I")}
            or (before, tag) in {("E", "E"), ("E", "I"), ("O", "E")}
            or tag in "BS"
            or (before in "ES" and tag != "O")
            or (tag not in "O." and kind_before != kind)
        )

    right = guessed = true = 0
    inside = False
    last_gold, last_pred = ("O", ""), ("O", "")
    for gold_tag, pred_tag in zip([*gold, "O"], [*pred, "O"]):
        g, p = parse(gold_tag), parse(pred_tag)
        gold_ends = ends(last_gold[0], g[0], last_gold[1], g[1])
        pred_ends = ends(last_pred[0], p[0], last_pred[1], p[1])
        if inside:
            if gold_ends and pred_ends and last_gold[1] == last_pred[1]:
                inside = False
                right += 1
            elif gold_ends != pred_ends or g[1] != p[1]:
                inside = False
        gold_begins = begins(last_gold[0], g[0], last_gold[1], g[1])
        pred_begins = begins(last_pred[0], p[0], last_pred[1], p[1])
        if gold_begins and pred_begins and g[1] == p[1]:
            inside = True
        true += gold_begins
        guessed += pred_begins
        last_gold, last_pred = g, p
    return right, guessed, true


def percent(right: int, guessed: int, true: int) -> str:
    precision = 100 * right / guessed if guessed else 0.0
    recall = 100 * right / true if true else 0.0
    both = precision + recall
    return f"{precision:.2f} {recall:.2f} {2 * precision * recall / both if both else 0.0:.2f}"


def seqeval(gold: list[list[str]], pred: list[list[str]], scheme: str, strict: bool) -> str:
    score = strict_scores if strict else default_scores
    options = {"scheme": SCHEMES[scheme]} if strict else {}
    out = []
    for average in ("micro", "macro", "weighted"):
        values = score(gold, pred, average=average, zero_division=0, **options)
        out += [f"{float(value):.4f}" for value in values[:3]]
    return " ".join(out)


def nervaluate(gold: list[list[str]], pred: list[list[str]]) -> list[str]:
    """Per strategy the five counts, for all types also precision, recall and F1; then per type."""
    result = Evaluator(gold, pred, tags=[*TYPES, "MISC"], loader="list").evaluate()

    def row(of: dict, with_scores: bool) -> str:
        cells = []
        for strategy in STRATEGIES:
            r = of[strategy]
            scores = f" {r.precision:.4f} {r.recall:.4f} {r.f1:.4f}" if with_scores else ""
            cells.append(f"{r.correct} {r.incorrect} {r.partial} {r.missed} {r.spurious}{scores}")
        return "|".join(cells)

    return [row(result["overall"], True)] + [
        row(result["entities"][kind], False) if kind in result["entities"] else "-" for kind in TYPES
    ]


def conll2003(path: Path) -> tuple[list[list[str]], list[list[str]]]:
    """Sentences of tags, and the same with one tag of eight drawn anew."""
    sentences: list[list[str]] = [[]]
    for line in path.read_text().splitlines():
        if not line.strip() or line.startswith("-DOCSTART-"):
            sentences.append([])
        else:
            sentences[-1].append(line.split()[-1])
    gold = [tags for tags in sentences if tags]
    rng = Lcg(SEED)

    def tag() -> str:
        kinds = ["PER", "LOC", "ORG", "MISC"]
        drawn = rng.below(3)
        return "O" if drawn == 0 else f"{'BI'[drawn - 1]}-{kinds[rng.below(4)]}"

    return gold, [[tag() if rng.below(8) == 0 else kept for kept in tags] for tags in gold]


def main() -> None:
    warnings.simplefilter("ignore")
    folder = Path(sys.argv[1])
    if len(sys.argv) > 2:
        gold, pred = conll2003(Path(sys.argv[2]) / "conll2003" / "test.txt")
        counts = [conlleval(g, p) for g, p in zip(gold, pred)]
        lines = [
            seqeval(gold, pred, "IOB2", strict=False),
            percent(*(sum(column) for column in zip(*counts))),
            seqeval(gold, pred, "IOB2", strict=True),
            nervaluate(gold, pred)[0],
        ]
        (folder / "conll2003.txt").write_text("\n".join(lines) + "\n")
    for scheme, prefixes in PREFIXES.items():
        rng = Lcg(SEED)
        pairs = [draw(rng, prefixes) for _ in range(COUNT)]
        lines = []
        # One line a sequence; the last scores all of them as one corpus.
        corpora = [([gold], [pred]) for gold, pred in pairs]
        corpora.append(([gold for gold, _ in pairs], [pred for _, pred in pairs]))
        for gold, pred in corpora:
            cells = []
            if scheme != "BILOU":  # the lenient rules don't know L and U
                cells.append(seqeval(gold, pred, scheme, strict=False))
                counts = [conlleval(g, p) for g, p in zip(gold, pred)]
                cells.append(percent(*(sum(column) for column in zip(*counts))))
            cells.append(seqeval(gold, pred, scheme, strict=True))
            lines.append("\t".join(cells))
        path = folder / f"seqeval_conlleval_{scheme.lower()}.tsv"
        path.write_text("\n".join(lines) + "\n")
        if scheme == "IOB2":
            lines = ["\t".join(nervaluate(gold, pred)) for gold, pred in corpora]
            (folder / "nervaluate_iob2.tsv").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
