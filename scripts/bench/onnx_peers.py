"""Graphs for ONNX Runtime made of the shipped one: weights in f32, its own dynamic int8 of that, and both cut after the encoder."""
from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from rows import ALL, ENCODER, PRECISIONS, graph_path

OF_PIECES = ("input_ids", "attention_mask", "shape_ids")
OF_WORDS = ("word_starts", "word_sentences", "root_starts")


def make(shipped: Path, folder: Path) -> None:
    """Writes the four graphs, unless they are newer than the shipped one and this file."""
    wanted = [graph_path(folder, part, precision) for part in (ENCODER, ALL) for precision in PRECISIONS]
    made_of = max(path.stat().st_mtime for path in (shipped, Path(__file__)))
    if all(path.exists() and path.stat().st_mtime >= made_of for path in wanted):
        return
    folder.mkdir(parents=True, exist_ok=True)
    model = in_f32(onnx.load(str(shipped)))
    _write(model, folder, ALL)
    _write(encoder_of(model), folder, ENCODER)


def _write(model: onnx.ModelProto, folder: Path, part: str) -> None:
    with tempfile.TemporaryDirectory(dir=folder) as name:
        f32, prepared, int8 = (Path(name) / f"{kind}.onnx" for kind in ("f32", "prepared", "int8"))
        onnx.save(model, str(f32))
        # As ONNX Runtime's manual has it: shapes first, then int8 weights, and activations by what each call brings.
        # Scales by channel are as quick as one for all, and closer to f32.
        quant_pre_process(str(f32), str(prepared), skip_symbolic_shape=True)
        quantize_dynamic(str(prepared), str(int8), per_channel=True, weight_type=QuantType.QInt8)
        int8.replace(graph_path(folder, part, "int8"))
        f32.replace(graph_path(folder, part, "f32"))


def in_f32(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same numbers without int8: stored weights are multiplied out. A graph that has none stays as it is."""
    graph = model.graph
    stored = {init.name: init for init in graph.initializer}
    nodes, gone, made = [], set(), []
    for node in graph.node:
        if node.op_type != "DequantizeLinear" or node.input[0] not in stored:
            nodes.append(node)
            continue
        made.append(numpy_helper.from_array(_multiplied_out(node, stored), node.output[0]))
        gone.update(node.input)
    kept = [init for name, init in stored.items() if name not in gone]
    del graph.node[:], graph.initializer[:]
    graph.node.extend(nodes)
    graph.initializer.extend(kept + made)
    onnx.checker.check_model(model)
    return model


def _multiplied_out(node: onnx.NodeProto, stored: dict[str, onnx.TensorProto]) -> np.ndarray:
    weight, scale, *zero = (numpy_helper.to_array(stored[name]) for name in node.input)
    axis = next((a.i for a in node.attribute if a.name == "axis"), 1)
    along = lambda values: values.reshape([-1 if i == axis % weight.ndim else 1 for i in range(weight.ndim)]) if values.ndim else values
    whole = weight.astype(np.float32) - (along(zero[0]).astype(np.float32) if zero else 0)
    return whole * along(scale.astype(np.float32))


def encoder_of(model: onnx.ModelProto) -> onnx.ModelProto:
    """From the pieces to their vectors: the graph up to where the first pieces of words are picked out."""
    graph = model.graph
    needed = {n.input[0]: _ancestors(graph, n.input[0]) for n in graph.node if n.op_type == "GatherElements"}
    of_pieces = [name for name, before in needed.items() if not before & set(OF_WORDS) and before >= set(OF_PIECES)]
    if len(of_pieces) != 1:
        raise SystemExit(f"where the encoder ends is not plain: {of_pieces}")
    end, before = of_pieces[0], needed[of_pieces[0]]
    cut = onnx.ModelProto()
    cut.CopyFrom(model)
    for field, kept in ((cut.graph.node, [n for n in graph.node if before.intersection(n.output)]),
                        (cut.graph.initializer, [i for i in graph.initializer if i.name in before]),
                        (cut.graph.input, [i for i in graph.input if i.name in OF_PIECES]),
                        (cut.graph.output, [helper.make_tensor_value_info(end, TensorProto.FLOAT, ["B", "S", "H"])])):
        del field[:]
        field.extend(kept)
    del cut.graph.value_info[:]
    onnx.checker.check_model(cut)
    return cut


def _ancestors(graph: onnx.GraphProto, name: str) -> set[str]:
    """The names of all values that a value depends on, its own among them."""
    makers = {output: node for node in graph.node for output in node.output}
    seen, open_ = set(), [name]
    while open_:
        at = open_.pop()
        if at not in seen:
            seen.add(at)
            open_ += makers[at].input if at in makers else []
    return seen
