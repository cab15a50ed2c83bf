"""The rows of the table: what runs, and in which ways of which the best one counts."""
from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from options import MODEL

ENGINES = Path(__file__).resolve().parent / "engines"
# Kinds of work, from pieces to vectors of pieces, from pieces to scores of all heads, and from raw text to JSON.
ENCODER, ALL, PIPELINE = "encoder", "all", "pipeline"
PRECISIONS = ("int8", "f32")  # of ONNX Runtime
OURS = {"native-int8": "Dateline, native int8", "native-f32": "Dateline, native f32", "rten": "Dateline on rten"}


@dataclass
class Way:
    """One way of running an engine. The driver adds its input."""

    label: str
    command: list


@dataclass
class Row:
    work: str
    engine: str
    name: str
    ways: list[Way]
    files: list[Path] = field(default_factory=list)  # the model's, to be weighed

    @property
    def key(self) -> str:
        return f"{self.work}/{self.engine}"


def all_rows(options: argparse.Namespace, graphs: Path, weights: Path, rust_bert: list | None) -> list[Row]:
    """Every row that this run could have, by kind of work; `--only` chooses among them."""
    rows = [*encoders(options, ENCODER, graphs), *pretrained(options, weights, rust_bert), *encoders(options, ALL, graphs), *pipelines(options)]
    return [row for row in rows if chosen(options, row.key)]


def chosen(options: argparse.Namespace, key: str) -> bool:
    return not options.only or any(part in key for part in options.only)


def encoders(options: argparse.Namespace, work: str, graphs: Path) -> list[Row]:
    """Dateline's engines and ONNX Runtime, over the same graph or its encoder."""
    model = options.model / "model.onnx"
    of_ours = lambda engine: [options.encoder, "--model", options.model, "--engine", engine, "--threads", options.threads, "--part", work]
    rows = [Row(work, engine, name, [Way(threads(options.threads), of_ours(engine))], [model]) for engine, name in OURS.items()]
    for precision in PRECISIONS:
        graph = graph_path(graphs, work, precision)
        rows.append(Row(work, f"onnxruntime-{precision}", f"ONNX Runtime {precision}", batched(options, python("onnx_engine"), graph), [graph]))
    return rows


def graph_path(folder: Path, work: str, precision: str) -> Path:
    return folder / f"{work}.{precision}.onnx"


def pretrained(options: argparse.Namespace, weights: Path, rust_bert: list | None) -> list[Row]:
    """Programs that read a pretrained encoder as it is published."""
    files = [weights / "model.safetensors"]
    rows = [Row(ENCODER, "transformers", "transformers f32 (torch)", batched(options, python("torch_engine"), weights), files)]
    if rust_bert:
        rows.append(Row(ENCODER, "rust-bert", "rust-bert f32 (libtorch)", batched(options, rust_bert, weights), files))
    return rows


def batched(options: argparse.Namespace, command: list, model: Path) -> list[Way]:
    """By several threads at each call or by several calls at once; in buckets or one window a call."""
    n = options.threads
    counts = [(n, 1), (1, n)] if n > 1 else [(1, 1)]
    return [Way(f"{threads(a) if b == 1 else f'{b} × 1 thread'}, {batching}",
                [*command, "--model", model, "--threads", a, "--callers", b, "--batching", batching])
            for (a, b), batching in product(counts, ("buckets", "single"))]


def pipelines(options: argparse.Namespace) -> list[Row]:
    n = options.threads
    dateline = [*python("batch_engine"), "--dateline", options.dateline, "--threads", n]
    model = [] if options.model == MODEL else ["--model", options.model]  # the program has that one inside
    rows = [Row(PIPELINE, "dateline", "Dateline", [Way(threads(n), [*dateline, *model])], [options.model])]
    if options.fast_model.is_dir():
        way = Way(threads(n), [*dateline, "--model", options.fast_model])
        rows.append(Row(PIPELINE, "dateline-fast", "Dateline, fast tier", [way], [options.fast_model]))
    spacy = [*python("spacy_engine"), "--model", options.spacy_pipeline]
    ways = [Way("1 process" if b == 1 else f"{b} processes", [*spacy, "--callers", b]) for b in sorted({1, n})]
    return [*rows, Row(PIPELINE, "spacy", "spaCy", ways, [options.spacy_pipeline])]


def python(engine: str) -> list:
    return [sys.executable, ENGINES / f"{engine}.py"]


def threads(n: int) -> str:
    return f"{n} thread" if n == 1 else f"{n} threads"


def size(files: list[Path]) -> int:
    """Bytes on disk. Of a model folder what a reader loads, not its papers."""
    found = [f for path in files for f in (path.rglob("*") if path.is_dir() else [path])]
    return sum(f.stat().st_size for f in found if f.is_file() and f.suffix != ".md")
