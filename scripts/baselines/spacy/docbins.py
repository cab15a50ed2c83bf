"""The training data of scripts/train as spaCy's binary files: one sentence a document, words as given."""
from __future__ import annotations

import contextlib
import json
import random
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Iterable

from entity_tags import MISSING, tags_of
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

if TYPE_CHECKING:
    from corpora import Mixture
    from sentence import Sentence

# Part of a corpus that is taken, where not all of it is: that of one round of our own training. GMB is silver and would
# otherwise be two thirds of the words.
SHARES = {"gmb": 0.33}
SEED = 1
TREEBANKS = ("ewt", "gum")
DEV = "ewt"  # chooses the best step

FILES = ("ner.train.spacy", "ner.dev.spacy", "parser.train.spacy", "parser.dev.spacy", "stats.json")


def make(data: Path, out: Path) -> None:
    """Writes the files of FILES into `out`."""
    import corpora

    with contextlib.redirect_stdout(sys.stderr):
        mixture = corpora.load(data)
    write(mixture, out)


def write(mixture: Mixture, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    stats = {"ner": _names(mixture, out), "parser": _trees(mixture, out)}
    (out / "stats.json").write_text(json.dumps(stats, indent=1) + "\n", encoding="utf-8")


def _names(mixture: Mixture, out: Path) -> dict:
    stats, docs, vocab = {}, [], Vocab()
    for corpus, sentences in mixture.train.items():
        labelled = [(s, tags_of(s.entity)) for s in taken(corpus, sentences) if s.entity is not None]
        labelled = [(s, tags) for s, tags in labelled if any(tag != MISSING for tag in tags)]
        if labelled:
            docs += [name_doc(vocab, s.words, tags) for s, tags in labelled]
            stats[corpus] = counts(tags for _, tags in labelled)
    DocBin(docs=docs).to_disk(out / "ner.train.spacy")
    dev = [s for s in mixture.dev[DEV] if s.entity is not None]
    DocBin(docs=[name_doc(vocab, s.words, tags_of(s.entity)) for s in dev]).to_disk(out / "ner.dev.spacy")
    return {"train": stats, "dev": {DEV: counts(tags_of(s.entity) for s in dev)}}


def _trees(mixture: Mixture, out: Path) -> dict:
    vocab = Vocab()
    train = {corpus: taken(corpus, mixture.train[corpus]) for corpus in TREEBANKS if corpus in mixture.train}
    dev = {DEV: mixture.dev[DEV]}
    for name, part in (("train", train), ("dev", dev)):
        DocBin(docs=[tree_doc(vocab, s) for sentences in part.values() for s in sentences]).to_disk(out / f"parser.{name}.spacy")
    size = lambda part: {corpus: {"sentences": len(ss), "words": sum(map(len, ss))} for corpus, ss in part.items()}
    return {"train": size(train), "dev": size(dev)}


def taken(corpus: str, sentences: list[Sentence]) -> list[Sentence]:
    """The share of a corpus that is used, in its order."""
    share, rng = SHARES.get(corpus, 1.0), random.Random(SEED)
    return [s for s in sentences if rng.random() < share]


def counts(sentences: Iterable[list[str]]) -> dict[str, int]:
    """What spaCy is given: names by type, and words whose tag is missing."""
    size: Counter = Counter()
    for tags in sentences:
        size["sentences"] += 1
        size["words"] += len(tags)
        size["missing"] += tags.count(MISSING)
        size.update(tag[2:] for tag in tags if tag.startswith("B-"))
    return dict(size)


def name_doc(vocab: Vocab, words: list[str], tags: list[str]) -> Doc:
    return Doc(vocab, words=words, ents=tags)


def tree_doc(vocab: Vocab, s: Sentence) -> Doc:
    """spaCy's roots are their own heads, by the name of ROOT."""
    heads = [i if head == 0 else head - 1 for i, head in enumerate(s.head)]
    relations = ["ROOT" if head == 0 else relation for head, relation in zip(s.head, s.deprel)]
    return Doc(vocab, words=s.words, tags=s.xpos, heads=heads, deps=relations)
