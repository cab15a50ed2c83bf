"""spaCy's small CPU pipeline, for its speed: tagger, parser and names of the sizes that scripts/baselines/spacy trains.

Trained for a few steps on EWT alone. It takes as many steps over a text as a well-trained one, by matrices of the same
sizes: how fast it is hardly hangs on its weights. How good it is does; that is scripts/baselines/spacy's results.json.
"""
from __future__ import annotations

import argparse
import contextlib
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace

SCRIPTS = Path(__file__).resolve().parents[1]
sys.path += [str(SCRIPTS / "baselines/spacy"), str(SCRIPTS / "train")]

KINDS = ("parser", "ner")


def get(options: argparse.Namespace, work: Path) -> Path:
    """The pipeline of a whole training, where its folder is named, or else one trained for a few steps."""
    if options.spacy_models is None:
        return make(options.data, work, options.spacy_steps)
    join(options.spacy_models, work / "pipeline-given")
    return work / "pipeline-given"


def told_of(options: argparse.Namespace) -> str:
    trained = "trained as scripts/baselines/spacy does it" if options.spacy_models else \
        f"of the sizes that scripts/baselines/spacy trains, but trained for {options.spacy_steps} steps only, as its speed hardly hangs on " \
        "its weights; F1 and LAS are those of the trained ones"
    return f"{trained}. It has a tok2vec, tagger, parser and names, and neither vectors nor lemmas."


def make(data: Path, work: Path, steps: int) -> Path:
    """Trains both halves for some steps and joins them; what is there is not made again."""
    out = work / f"pipeline-{steps}"
    if not (out / "meta.json").exists():
        import docbins
        import ewt
        import pipelines

        with contextlib.redirect_stdout(sys.stderr):
            docbins.write(SimpleNamespace(train={"ewt": ewt.load(data, "train")}, dev={"ewt": ewt.load(data, "dev")}), work / "docs")
            few = {"training.max_steps": steps, "training.eval_frequency": steps, "corpora.dev.limit": 100}
            for kind in KINDS:
                pipelines.train(kind, work / "docs", work / kind, few)
        join(work, out)
    return out


def join(work: Path, out: Path) -> None:
    """One pipeline of the two that scripts/baselines/spacy leaves in its WORK folder: a tok2vec for tags and trees, and the
    names with their own, as in the small pipelines that spaCy publishes."""
    import spacy

    nlp, names = (spacy.load(work / kind / "model-best") for kind in KINDS)
    names.replace_listeners("tok2vec", "ner", ["model.tok2vec"])
    nlp.add_pipe("ner", source=names)
    part = out.with_name(f"{out.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    nlp.to_disk(part)
    shutil.rmtree(out, ignore_errors=True)
    part.rename(out)
