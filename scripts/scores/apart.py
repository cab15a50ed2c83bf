"""Results that other commands measured and left in the tree: as sections of SCORES.md."""
from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Iterator

sys.path.append(str(Path(__file__).resolve().parents[1] / "judge"))

import judgments

ROOT = Path(__file__).resolve().parents[2]
NETWORK, CONLL = ROOT / "scripts/train/results/network.json", ROOT / "scripts/train/results/conll.json"
SPACY = ROOT / "scripts/baselines/spacy/results.json"


def sections() -> Iterator[str]:
    """The lines of all sections whose results are in the tree."""
    for path, write in ((NETWORK, network), (CONLL, conll), (SPACY, spacy)):
        if path.exists():
            yield from write(json.loads(path.read_text(encoding="utf-8")))
    if judgments.CSV.exists():
        yield from judged(judgments.read(judgments.CSV))


def network(results: dict) -> Iterator[str]:
    yield from ("", "## The network alone", "",
                "By `scripts/train/evaluate.py --f32`: no rules, no lemma table, the corpora's own tokens; strict entities of PERSON, ORG and",
                "PLACE, LAS with full relations. *int8* is what ships, *f32* the same weights before rounding.", "",
                "| set | number | int8 | f32 | lost |", "|---|---|---|---|---|")
    for name, values in results["int8"].items():
        for number, value in values.items():
            if number not in ("words", "P", "R"):
                exact = results["f32"][name][number]
                yield f"| {name} | {number} | {value:.4f} | {exact:.4f} | {exact - value:+.4f} |"


def conll(results: dict) -> Iterator[str]:
    yield from ("", "## Fine-tuned on CoNLL-2003", "",
                "By `scripts/train/conll.py`: the trained encoder, fine-tuned on that corpus' training set; for comparison, never shipped. Strict F1.",
                "", "| set | all | PER | LOC | ORG | MISC |", "|---|---|---|---|---|---|")
    for name, values in (("dev", results["epochs"][-1]["dev"]), ("dev, sentences without context", results["dev, no context"]), ("test", results["test"])):
        yield f"| {name} | " + " | ".join(f"{values[k]:.4f}" for k in ("all", "PER", "LOC", "ORG", "MISC")) + " |"


def spacy(results: dict) -> Iterator[str]:
    yield from ("", "## spaCy on the same data", "",
                f"By `scripts/baselines/spacy/run.py`: spaCy {results['spacy']}, `tok2vec`, default training, on the training corpora of this",
                "model; the same test files, tokens and scorer. Strict scores of PERSON, ORG and PLACE, and of trees on gold tokens.", "",
                "| set | gold | P | R | F1 |", "|---|---|---|---|---|")
    for name, values in results.get("ner", {}).get("scores", {}).items():
        core = values["three_types"]
        yield f"| {name} | {core['gold']} | {core['precision']:.3f} | {core['recall']:.3f} | {core['f1']:.3f} |"
    for name, values in results.get("parser", {}).get("scores", {}).items():
        yield from (f"| {name}: {number} | | | | {value:.3f} |" for number, value in flat(values) if number != "articles")


def judged(rows: list[dict]) -> Iterator[str]:
    yield from ("", "## Events as a reader judges them", "",
                "By `scripts/judge/judge score`: events drawn by seed from the BBC and Reuters-21578 dumps, judged one by one with a reason in",
                "`scripts/judge/judgments.csv` (its README says what counts as right).", "")
    yield from judgments.rows(rows)


def flat(values: dict, prefix: str = "") -> Iterator[tuple[str, float]]:
    for name, value in values.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{name}, ")
        else:
            yield prefix + name, value
