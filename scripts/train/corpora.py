"""The training mixture: all corpora, how often each is seen in a round, and the development sets."""
from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import events
import ewt
import gum
import ner
from leaks import Protected
from names import SWAPPED
from sentence import Sentence

# Part of each corpus that one round of training goes through (another part in every round).
SHARES = {"ewt": 1.0, "ewt_names": 0.5, "gum": 1.0, "gmb": 0.33, "redocred": 0.5, "crossner": 0.4, "wikigold": 0.6, "btc": 0.15, "wnut17": 0.15,
          "qanom": 0.6, "ecbplus": 1.0, "meantime": 1.0, "geneva": 0.5}


@dataclass
class Mixture:
    train: dict[str, list[Sentence]]
    dev: dict[str, list[Sentence]]


def load(data: Path) -> Mixture:
    train: dict[str, list[Sentence]] = {"ewt": ewt.load(data, "train")}
    dev = {"ewt": ewt.load(data, "dev")}
    gmb, demonyms = ner.gmb(data)
    train["gum"], dev["gum"] = gum.load(data, demonyms)
    train["gmb"] = gmb
    train["redocred"] = ner.redocred(data, demonyms)
    train["crossner"] = ner.crossner(data)
    train["wikigold"] = ner.wikigold(data)
    train["btc"] = ner.btc(data)
    train["wnut17"] = ner.wnut17(data)
    train["qanom"], dev["qanom"] = events.qanom(data, "train"), events.qanom(data, "dev")
    train["ecbplus"], dev["ecbplus"] = events.ecbplus(data)
    train["meantime"] = events.meantime(data)
    train["geneva"] = events.geneva(data, events.closed_class_words(train["ewt"]))
    train[SWAPPED] = [names_alone(s) for s in train["ewt"] if s.entity is not None]
    protected = Protected(data)
    for name, sentences in train.items():
        kept = protected.filter(sentences)
        print(f"{name}: {len(kept)} sentences, {sum(map(len, kept))} words ({len(sentences) - len(kept)} dropped: evaluation text)")
        train[name] = kept
    return Mixture(train, dev)


def names_alone(s: Sentence) -> Sentence:
    """A copy with entity labels and no others, in which names can be replaced."""
    return replace(s, corpus=SWAPPED, upos=None, xpos=None, lemma=None, lemmas=None, head=None, deprel=None, event=None)
