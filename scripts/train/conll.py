"""Benchmark only: the trained encoder fine-tuned on the CoNLL-2003 training set, and scored on its test set.

    python conll.py --data DATA --checkpoint RUN/checkpoint.pt --out DIR [--epochs 8]

For comparison with models that were trained on that corpus. Its licence is for research: these weights are never shipped. The
last epoch is scored, once; dev is watched alone.
"""
from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path

import torch

import evalsets
import scores
from batches import Encoder
from development import torch_predictor
from labels import Labels
from loop import WARMUP
from losses import loss
from model import create
from pieces import MAX_PIECES, Pieces, encoder_folder
from sentence import Sentence
from windows import cut, documents

TYPES = ["PER", "LOC", "ORG", "MISC"]
TAGS = ["O"] + [f"{p}-{t}" for t in TYPES for p in ("B", "I")]
SAME = {t: t for t in TYPES}
CONTEXT = 64


def labelled(sentences: list[Sentence]) -> list[Sentence]:
    """The tags as masks of one bit."""
    for s in sentences:
        s.entity = [1] * len(s)
        for a, b, t in s.spans:
            s.entity[a:b] = [1 << TAGS.index(("B-" if i == a else "I-") + t) for i in range(a, b)]
    return sentences


def score(model, sentences, encoder: Encoder, labels: Labels, context: int) -> dict[str, float]:
    model.eval()
    found = scores.predict(sentences, encoder, torch_predictor(model), context)
    f1 = scores.entity_f1(found, labels, SAME, SAME)
    model.train()
    return {k: round(f1.of(None if k == "all" else k)["f1"], 4) for k in ("all", *TYPES)}


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--data", type=Path, required=True)
    a.add_argument("--checkpoint", type=Path, required=True)
    a.add_argument("--out", type=Path, required=True)
    a.add_argument("--epochs", type=int, default=8)
    a.add_argument("--batch", type=int, default=1024)
    a.add_argument("--lr", type=float, default=8e-5)
    a.add_argument("--head-lr", type=float, default=5e-4)
    a.add_argument("--seed", type=int, default=20)
    args = a.parse_args()
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    folder = encoder_folder()
    state = torch.load(args.checkpoint, map_location="cpu", weights_only=True)
    labels = Labels.from_dict(state["labels"])
    labels.entity = TAGS
    encoder = Encoder(Pieces(folder / "tokenizer.json"), labels)
    model = create(folder, labels)
    own = {k: v for k, v in state["model"].items() if not k.startswith("entity.")}
    model.load_state_dict(own, strict=False)
    model.train()

    train = labelled(evalsets.conll2003(args.data, "train", split=False))
    dev, test = (evalsets.conll2003(args.data, part, split=False) for part in ("dev", "test"))
    used = [(n, p) for n, p in model.named_parameters() if n.startswith(("encoder.", "entity."))]
    optimizer = torch.optim.AdamW([{"params": [p for n, p in used if n.startswith("encoder.")]},
                                   {"params": [p for n, p in used if n.startswith("entity.")]}], betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    epochs = []
    for epoch in range(args.epochs):
        rng = random.Random(args.seed * 100 + epoch)
        windows = [w for d in documents(train) for w in cut(d, encoder.cost, MAX_PIECES, rng)]
        epochs.append(list(encoder.group(windows, args.batch, rng)))
    steps, step, started = sum(map(len, epochs)), 0, time.time()
    log = []
    for epoch, groups in enumerate(epochs):
        for group in groups:
            p = step / steps
            for g, lr in zip(optimizer.param_groups, (args.lr, args.head_lr)):
                g["lr"] = lr * min(p / WARMUP, (1 - p) / (1 - WARMUP))
            with torch.autocast("cpu", torch.bfloat16):
                total, _, _ = loss(model, encoder.batch(group))
            total.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            step += 1
        log.append({"epoch": epoch + 1, "minutes": round((time.time() - started) / 60, 1), "dev": score(model, dev, encoder, labels, CONTEXT)})
        print(json.dumps(log[-1]), flush=True)
    torch.save({"model": model.state_dict(), "labels": labels.to_dict()}, args.out / "checkpoint.pt")
    results = {"epochs": log, "dev, no context": score(model, dev, encoder, labels, 0), "test": score(model, test, encoder, labels, CONTEXT)}
    (args.out / "conll.json").write_text(json.dumps(results, indent=1) + "\n")
    print(json.dumps({k: v for k, v in results.items() if k != "epochs"}))


if __name__ == "__main__":
    main()
