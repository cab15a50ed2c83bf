"""spaCy's own training configuration, its training, and the trained pipelines as readers of given words."""
from __future__ import annotations

import json
import shutil
import time
from pathlib import Path
from typing import Iterator

import spacy
from entity_tags import TYPES
from predictions import Name, Word, joined
from spacy.cli.init_config import init_config
from spacy.cli.train import train as spacy_train
from spacy.language import Language
from spacy.tokens import Doc

COMPONENTS = {"ner": ["ner"], "parser": ["tagger", "parser"]}  # each behind a tok2vec of its own
# A run that only shows that everything works.
SMOKE = {"training.max_steps": 50, "training.eval_frequency": 25, "corpora.train.limit": 500, "corpora.dev.limit": 200}


def train(kind: str, docs: Path, out: Path, overrides: dict | None = None) -> None:
    """Trains with what `spacy init config --lang en --pipeline … --optimize efficiency` writes, on the CPU, `overrides` aside.
    `out` appears when training is over: model-best, config.cfg, and log.jsonl with a line for each evaluation."""
    part = out.with_name(f"{out.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    config = init_config(lang="en", pipeline=COMPONENTS[kind], optimize="efficiency", gpu=False)
    config["paths"] |= {"train": str(docs / f"{kind}.train.spacy"), "dev": str(docs / f"{kind}.dev.spacy")}
    config["training"]["logger"] = {"@loggers": "spacy.ConsoleLogger.v3", "output_file": str(part / "log.jsonl")}
    config.to_disk(part / "config.cfg")
    began = time.monotonic()
    spacy_train(part / "config.cfg", part, use_gpu=-1, overrides=overrides or {})
    summary = training_summary(part / "log.jsonl") | {"minutes": round((time.monotonic() - began) / 60, 1)}
    (part / "training.json").write_text(json.dumps(summary, indent=1) + "\n", encoding="utf-8")
    shutil.rmtree(out, ignore_errors=True)
    part.rename(out)


def training_summary(log: Path) -> dict:
    """Steps until training stopped, and the step whose model is kept: the first of the best score."""
    rows = [json.loads(line) for line in open(log, encoding="utf-8")]
    best = max(rows, key=lambda row: row["score"])
    return {"steps": rows[-1]["step"], "best_step": best["step"], "dev_score": round(best["score"], 4)}


class Reader:
    """A trained pipeline that reads sentences of given words, one a document, as it was trained."""

    def __init__(self, model: Path):
        self.nlp: Language = spacy.load(model)

    def docs(self, sentences: list[list[str]]) -> Iterator[Doc]:
        # The words are one sentence, which the parser may not cut.
        given = (Doc(self.nlp.vocab, words=words, sent_starts=[True] + [False] * (len(words) - 1)) for words in sentences)
        return self.nlp.pipe(given)


class NameReader(Reader):
    """Names of sentences. With `split`, hyphenated words are read in parts, as the training data has them."""

    def __init__(self, model: Path, split: bool):
        super().__init__(model)
        self.split = split

    def __call__(self, sentences: list[list[str]]) -> list[list[Name]]:
        if not self.split:
            return [names(doc) for doc in self.docs(sentences)]
        from splitting import split_with_map

        parted = [split_with_map(words) for words in sentences]
        docs = self.docs([words for words, _ in parted])
        return [joined(names(doc), origin) for doc, (_, origin) in zip(docs, parted)]


class TreeReader(Reader):
    def __call__(self, sentences: list[list[str]]) -> list[list[Word]]:
        return [words(doc) for doc in self.docs(sentences)]


def names(doc: Doc) -> list[Name]:
    return [(span.start, span.end, span.label_) for span in doc.ents if span.label_ in TYPES]


def words(doc: Doc) -> list[Word]:
    root = lambda token: token.head.i == token.i
    return [{"xpos": token.tag_, "head": 0 if root(token) else token.head.i + 1, "deprel": "root" if root(token) else token.dep_}
            for token in doc]
