"""Trains a student of fewer layers to say what an exported model says, on the training mixture.

    python distill.py --data DATA --teacher models/dateline-en --out RUN --minutes 75 [--layers 0 2 5]

The student begins as a copy of the teacher with some of its layers left out. On every word of the batches of train.py, labelled or
not, each head is drawn to the teacher's distribution, and what each layer gives to what the teacher gives at the same part of its depth;
what is labelled counts besides. Schedule, checkpoints, log and --resume are those of train.py.
"""
from __future__ import annotations

import re
from pathlib import Path

import torch
import torch.nn.functional as F

import corpora
import development
import loop
import teacher
from batches import Batch, Rounds
from folder import Folder
from labels import IGNORE
from losses import LINEAR, TARGETS, WEIGHTS, labelled, of_labels
from model import DatelineModel, Dropout, restored
from pieces import encoder_folder

LABELS = 0.3  # of the loss on labels, beside that on the teacher's distributions
STATES = 1.0  # of each layer's distance from the teacher's, at first; it falls to zero, as in the end only the answers count
MULTIPLE = 8  # of pieces and words, for batches
DROPOUT = {"encoder": 0.05, "heads": 0.1}  # what imitates needs less than what learns from labels


def fewer_layers(weights: dict[str, torch.Tensor], layers: list[int]) -> dict[str, torch.Tensor]:
    """Keeps the given layers, numbered anew."""
    out = {}
    for name, value in weights.items():
        at = re.match(r"encoder\.layers\.(\d+)\.", name)
        if not at:
            out[name] = value
        elif int(at[1]) in layers:
            out[f"encoder.layers.{layers.index(int(at[1]))}.{name[at.end():]}"] = value
    return out


def read(model: DatelineModel, batch: Batch):
    """What every layer gives, vectors of the words, and of their roots."""
    x = batch.inputs
    states = model.encoder.states(x["input_ids"], x["attention_mask"], x["shape_ids"])
    return states, *model.starts(states[-1], x["word_starts"], x["root_starts"])


class Distillation:
    def __init__(self, student: DatelineModel, master: DatelineModel):
        self.student, self.master = student, master.eval()
        for module in master.modules():
            if isinstance(module, torch.nn.Linear):
                module.bfloat16()  # else every step would round them anew
        depth, of = len(student.encoder.layers), len(master.encoder.layers)
        self.spread: list[torch.Tensor] = []
        self.matched = [of * (i + 1) // depth - 1 for i in range(depth)]

    def __call__(self, batch: Batch, progress: float) -> tuple[torch.Tensor, dict[str, float], dict[str, int]]:
        sentences, targets = batch.inputs["word_sentences"], batch.targets
        real = sentences > 0
        with torch.no_grad():
            master_states, words, roots = read(self.master, batch)
            # Relations are scored for the head that is right, where that is known.
            arc = self.master.arcs(words, roots, sentences)
            heads = torch.where(targets["head"] == IGNORE, arc.argmax(-1), targets["head"])
            wanted = self._logits(self.master, words, roots, arc, heads, real)
        states, words, roots = read(self.student, batch)
        arc = self.student.arcs(words, roots, sentences)
        given = self._logits(self.student, words, roots, arc, heads, real)

        taught = {name: divergence(given[name], wanted[name]) for name in WEIGHTS}
        told, counts = {}, {}
        for name in WEIGHTS:
            chosen = labelled(name, targets)[real]
            if chosen.any():
                told[name] = of_labels(name, given[name][chosen], targets[TARGETS.get(name, name)][real][chosen])
                counts[name] = int(chosen.sum())
        pieces = batch.inputs["attention_mask"] > 0
        matched = [(s[pieces].float(), master_states[i][pieces].float()) for s, i in zip(states, self.matched)]
        self.spread = self.spread or [wanted.var(0).mean() for _, wanted in matched]  # the teacher's variance, by the first batch
        apart = [F.mse_loss(*pair) / spread for pair, spread in zip(matched, self.spread)]

        total = sum(WEIGHTS[k] * (taught[k] + LABELS * told.get(k, 0.0)) for k in WEIGHTS) / batch.words + STATES * (1 - progress) * sum(apart)
        sums = {k: v.item() for k, v in told.items()} | {f"{k} taught": v.item() for k, v in taught.items()}
        counts |= {f"{k} taught": batch.words for k in taught}
        for i, d in enumerate(apart):
            sums[f"layer {i}"], counts[f"layer {i}"] = d.item(), 1
        return total, sums, counts

    @staticmethod
    def _logits(model: DatelineModel, words, roots, arc, heads, real) -> dict[str, torch.Tensor]:
        out = {name: getattr(model, name)(words) for name in LINEAR} | {"arc": arc, "rel": model.relations(words, roots, heads)}
        return {name: x[real] for name, x in out.items()}


def divergence(given: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """Kullback-Leibler's, of the teacher's distribution from the student's, summed over words."""
    return F.kl_div(given.float().log_softmax(-1), wanted.float().log_softmax(-1), reduction="sum", log_target=True)


def main() -> None:
    a = loop.arguments(__doc__, batch=1024, lr=3e-4, head_lr=5e-4)
    a.add_argument("--teacher", type=Path, required=True)
    a.add_argument("--layers", type=int, nargs="+", default=[0, 2, 5], help="of the teacher, to begin with")
    args = a.parse_args()
    loop.begin(args)
    folder = Folder(args.teacher)
    folder.encoder.multiple = MULTIPLE
    pretrained = encoder_folder(args.encoder)
    master = teacher.load(folder, pretrained)
    student = restored(pretrained, folder.labels, fewer_layers(master.state_dict(), args.layers))
    for module in student.modules():
        if isinstance(module, Dropout):
            module.p = DROPOUT["heads"] if module is student.drop else DROPOUT["encoder"]
    student.train()
    mixture = corpora.load(args.data)
    rounds = Rounds(mixture.train, folder.encoder, args.seed)
    sets = development.samples(mixture, args.data, args.dev_size)
    loop.Loop(args, student, folder.labels, folder.encoder, rounds, sets).run(Distillation(student, master))


if __name__ == "__main__":
    main()
