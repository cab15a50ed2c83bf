"""Trains the model on the mixture of corpora.

    python train.py --data DATA --out RUN --minutes 80
    python train.py --data DATA --out RUN --words 9000000        (the same, with a schedule that does not depend on the clock)

RUN/checkpoint.pt is written every few minutes and taken up again by --resume; RUN/log.jsonl holds losses and dev scores.
The learning rate falls linearly to zero over the given minutes or words.
"""
from __future__ import annotations

from pathlib import Path

import torch

import corpora
import development
import loop
from batches import Encoder, Rounds
from labels import Labels
from losses import loss
from model import create
from pieces import Pieces, encoder_folder


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


def main() -> None:
    a = loop.arguments(__doc__, batch=1200, lr=1.5e-4, head_lr=8e-4)
    a.add_argument("--init", type=Path, help="checkpoint to start from instead of the pretrained encoder alone")
    args = a.parse_args()
    loop.begin(args)
    folder = encoder_folder(args.encoder)
    mixture = corpora.load(args.data)
    labels = Labels.from_sentences(mixture.train["ewt"] + mixture.train["gum"])
    encoder = Encoder(Pieces(folder / "tokenizer.json"), labels)
    rounds = Rounds(mixture.train, encoder, args.seed)
    sets = development.samples(mixture, args.data, args.dev_size)
    model = create(folder, labels)
    model.train()
    if args.init:
        take(model, torch.load(args.init, map_location="cpu", weights_only=True), labels)
    loop.Loop(args, model, labels, encoder, rounds, sets).run(lambda batch, _: loss(model, batch))


if __name__ == "__main__":
    main()
