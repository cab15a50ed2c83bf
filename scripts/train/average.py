"""Averages the weights of checkpoints that one training led to, which is better than any of them (Wortsman et al. 2022, "Model soups").

    python average.py --checkpoints RUN/first/checkpoint.pt RUN/second/checkpoint.pt --out RUN/checkpoint.pt
"""
from __future__ import annotations

import argparse
from pathlib import Path

import torch


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--checkpoints", type=Path, nargs="+", required=True)
    a.add_argument("--out", type=Path, required=True)
    args = a.parse_args()
    states = [torch.load(path, map_location="cpu", weights_only=True) for path in args.checkpoints]
    if any(s["labels"] != states[0]["labels"] for s in states):
        raise SystemExit("the checkpoints have different labels")
    mean = {name: torch.stack([s["model"][name].float() for s in states]).mean(0) for name in states[0]["model"]}
    args.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"model": mean, "labels": states[0]["labels"]}, args.out)


if __name__ == "__main__":
    main()
