"""Development data: small fixed samples that are scored while training, and what may be used to choose."""
from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import torch

import evalsets
import scores
from batches import Encoder
from corpora import Mixture
from export import CONTEXT_PIECES, OUTPUTS
from labels import Labels
from windows import documents

# Our types and those of the sets, as one name.
TO_LOC = {"PERSON": "PER", "PLACE": "LOC", "ORG": "ORG"}
SAME = {"PER": "PER", "LOC": "LOC", "ORG": "ORG"}
WORLDWIDE = {"Person": "PER", "Location": "LOC", "Facility": "LOC", "Organization": "ORG"}


def torch_predictor(model) -> scores.Predictor:
    def run(x: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            out = model(**{k: torch.from_numpy(v) for k, v in x.items()})
        return {k: v.float().numpy() for k, v in zip(OUTPUTS, out)}

    return run


def samples(mixture: Mixture, data: Path, size: int) -> dict[str, list]:
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


def score(model, sets: dict[str, list], encoder: Encoder, labels: Labels) -> dict:
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
