"""Writes the model folder: model.onnx with int8 weights, tokenizer.json and config.json.

    python export.py --checkpoint run/checkpoint.pt --out DIR [--bias RUN/bias.json] [--f32]
    python export.py --untrained --data DATA --out DIR     (random heads, for trying out the interface)
"""
from __future__ import annotations

import argparse
import hashlib
import json
import warnings
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import torch
from onnx import TensorProto, helper, numpy_helper

import ewt
import gum
from labels import Labels
from model import DatelineModel, create, restored
from pieces import MAX_PIECES, encoder_folder

INPUTS = ["input_ids", "attention_mask", "shape_ids", "word_starts", "word_sentences", "root_starts"]
OUTPUTS = ["entity", "upos", "xpos", "lemma", "event", "arc", "rel"]
BIG = 30_000  # smaller matrices stay f32: they cost little and lose most
VERSION = "0.3.0"
CONTEXT_PIECES = 32  # of the sentences before and after those that a window is read for


def quantize(weight: np.ndarray, axis: int) -> tuple[np.ndarray, np.ndarray]:
    """Symmetric int8 with one scale for each index along `axis`."""
    peak = np.abs(weight).max(axis=1 - axis, keepdims=True)
    scale = np.maximum(peak, 1e-8).astype(np.float32) / np.float32(127)
    q = np.clip(np.rint(weight / scale), -127, 127).astype(np.int8)
    return q, scale.reshape(-1)


def round_weights(model: torch.nn.Module) -> None:
    """Replaces the big matrices by what their int8 form stands for, so that torch and ONNX compute the same."""
    for module in model.modules():
        if isinstance(module, (torch.nn.Linear, torch.nn.Embedding)) and module.weight.numel() >= BIG:
            w = module.weight.data.numpy()
            q, scale = quantize(w, 0)  # rows: output channels of a Linear, entries of an Embedding
            module.weight.data = torch.from_numpy(q.astype(np.float32) * scale[:, None])


def example(batch: int = 2, pieces: int = 12, words: int = 7, seed: int = 0, vocab: int = 30_000) -> dict[str, torch.Tensor]:
    g = torch.Generator().manual_seed(seed)
    x = {
        "input_ids": torch.randint(1000, vocab, (batch, pieces), generator=g),
        "attention_mask": torch.ones(batch, pieces, dtype=torch.long),
        "shape_ids": torch.randint(1, 17, (batch, pieces), generator=g),
        "word_starts": torch.sort(torch.stack([torch.randperm(pieces - 2, generator=g)[:words] + 1 for _ in range(batch)])).values,
        "word_sentences": 1 + torch.arange(words).div(4, rounding_mode="floor").repeat(batch, 1),
        "root_starts": torch.arange(words).div(4, rounding_mode="floor").repeat(batch, 1),
    }
    x["attention_mask"][-1, pieces // 2:] = 0
    x["word_sentences"][-1, words // 2:] = 0
    x["word_starts"][-1] = torch.where(x["word_sentences"][-1] > 0, torch.arange(1, words + 1), 0)
    return x


def to_onnx(model: DatelineModel, path: Path, int8: bool) -> None:
    """Traces the model (its weights already rounded) and stores its big matrices as int8, unless that is not wanted."""
    x = example()
    axes = {n: {0: "B", 1: "S"} for n in INPUTS[:3]} | {n: {0: "B", 1: "W"} for n in INPUTS[3:] + OUTPUTS}
    axes["arc"] = {0: "B", 1: "W", 2: "H"}
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(model, tuple(x[n] for n in INPUTS), str(path), input_names=INPUTS, output_names=OUTPUTS,
                          dynamic_axes=axes, opset_version=17, do_constant_folding=True, dynamo=False)
    graph_model = onnx.load(str(path))
    _share_weights(graph_model.graph)
    if int8:
        _store_int8(graph_model.graph)
    graph_model.producer_name = "dateline"
    graph_model.doc_string = ""
    for node in graph_model.graph.node:
        node.doc_string = ""
    onnx.checker.check_model(graph_model)
    onnx.save(graph_model, str(path))


def _share_weights(graph: onnx.GraphProto) -> None:
    """Where a layer is applied twice, the tracer puts an Identity between its weights and the second use: takes it out."""
    names = {init.name for init in graph.initializer}
    same = {n.output[0]: n.input[0] for n in graph.node if n.op_type == "Identity" and n.input[0] in names}
    nodes = [n for n in graph.node if not (n.op_type == "Identity" and n.output[0] in same)]
    for node in nodes:
        node.input[:] = [same.get(name, name) for name in node.input]
    del graph.node[:]
    graph.node.extend(nodes)


def _store_int8(graph: onnx.GraphProto) -> None:
    users: dict[str, list] = {}
    for node in graph.node:
        for i, name in enumerate(node.input):
            users.setdefault(name, []).append((node, i))
    new_nodes, kept, added = [], [], []
    for init in graph.initializer:
        big = init.data_type == TensorProto.FLOAT and len(init.dims) == 2 and int(np.prod(init.dims)) >= BIG
        used = users.get(init.name, [])
        if not big or not used:
            kept.append(init)
            continue
        kinds = {(n.op_type, i) for n, i in used}
        if kinds <= {("MatMul", 1)}:
            axis = 1  # [in, out]: columns are output channels
        elif kinds <= {("Gather", 0), ("Slice", 0)}:
            axis = 0
        else:
            raise SystemExit(f"{init.name}: unexpected use {kinds}")
        q, scale = quantize(numpy_helper.to_array(init), axis)
        added += [numpy_helper.from_array(q, init.name + ".int8"), numpy_helper.from_array(scale, init.name + ".scale")]
        new_nodes.append(helper.make_node("DequantizeLinear", [init.name + ".int8", init.name + ".scale"], [init.name],
                                          name=init.name + ".dequantize", axis=axis))
    del graph.initializer[:]
    graph.initializer.extend(kept + added)
    nodes = new_nodes + list(graph.node)
    del graph.node[:]
    graph.node.extend(nodes)


def open_session(path: Path, threads: int = 0) -> ort.InferenceSession:
    """A session that computes in f32: beyond "basic", ONNX Runtime would also quantize the activations."""
    options = ort.SessionOptions()
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.intra_op_num_threads = threads
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def verify(model: DatelineModel, path: Path) -> float:
    """Largest difference between ONNX Runtime and torch over inputs of several sizes."""
    session = open_session(path)
    worst = 0.0
    for b, s, w in ((1, 3, 1), (2, 12, 7), (3, 40, 31), (1, 256, 200)):
        x = example(b, s, w, seed=s)
        got = dict(zip(OUTPUTS, session.run(OUTPUTS, {k: v.numpy() for k, v in x.items()})))
        with torch.no_grad():
            want = dict(zip(OUTPUTS, (t.numpy() for t in model(**x))))
        same = got["arc"].argmax(-1) == want["arc"].argmax(-1)
        for name in OUTPUTS:
            d = np.abs(got[name] - want[name])
            worst = max(worst, float(d[same].max() if name == "rel" else d.max()))
    return worst


def write_folder(model: DatelineModel, labels: Labels, encoder: Path, out: Path, name: str, int8: bool = True) -> None:
    out.mkdir(parents=True, exist_ok=True)
    model.eval()
    if int8:
        round_weights(model)
    temporary = out / "model.onnx.part"
    to_onnx(model, temporary, int8)
    worst = verify(model, temporary)
    if worst > 1e-3:
        raise SystemExit(f"ONNX differs from torch by {worst}")
    temporary.replace(out / "model.onnx")
    tokenizer = json.loads((encoder / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer["truncation"] = tokenizer["padding"] = None
    (out / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")
    config = {"format": 2, "name": name, "version": VERSION, "max_pieces": MAX_PIECES, "context_pieces": CONTEXT_PIECES,
              "attention_heads": model.encoder.layers[0].heads, "labels": labels.to_dict(),
              "temperature": {"entity": 1.0, "event": 1.0},
              "weights_sha256": hashlib.sha256((out / "model.onnx").read_bytes()).hexdigest()}
    (out / "config.json").write_text(json.dumps(config, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    sizes = {p.name: p.stat().st_size for p in sorted(out.iterdir())}
    print(f"onnx against torch: {worst:.2e}; {sizes}")


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--checkpoint", type=Path)
    a.add_argument("--untrained", action="store_true")
    a.add_argument("--data", type=Path)
    a.add_argument("--encoder")
    a.add_argument("--out", type=Path, required=True)
    a.add_argument("--name", default="dateline-en")
    a.add_argument("--bias", type=Path, help="numbers for the entity types, made by bias.py")
    a.add_argument("--f32", action="store_true", help="leave the weights as they are, to measure what int8 costs")
    args = a.parse_args()
    encoder = encoder_folder(args.encoder)
    torch.manual_seed(1)
    if args.untrained:
        labels = Labels.from_sentences(ewt.load(args.data, "train") + gum.load(args.data)[0])
        model = create(encoder, labels)
    else:
        state = torch.load(args.checkpoint, map_location="cpu", weights_only=True)
        labels = Labels.from_dict(state["labels"])
        model = restored(encoder, labels, state["model"])
        if args.bias:
            bias = json.loads(args.bias.read_text(encoding="utf-8"))
            model.entity.bias.data += torch.tensor([0.0 if t == "O" else bias[t[2:]] for t in labels.entity])
    write_folder(model, labels, encoder, args.out, args.name, not args.f32)


if __name__ == "__main__":
    main()
