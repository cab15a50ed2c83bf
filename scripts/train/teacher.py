"""The weights of an exported folder, back in torch: what int8 and scales stand for."""
from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from export import verify
from folder import Folder
from model import DatelineModel, restored


def load(folder: Folder, encoder: Path) -> DatelineModel:
    """The network of `folder`, checked against ONNX Runtime."""
    model = restored(encoder, folder.labels, weights(folder.path / "model.onnx")).eval()
    worst = verify(model, folder.path / "model.onnx")
    if worst > 1e-3:
        raise SystemExit(f"torch differs from ONNX by {worst}")
    print(f"teacher: torch against onnx {worst:.1e}")
    return model


def weights(path: Path) -> dict[str, torch.Tensor]:
    """By the names of DatelineModel. A matrix product is named by the bias that is added to it; the two without one by their shape."""
    graph = onnx.load(str(path)).graph
    stored = {init.name: numpy_helper.to_array(init) for init in graph.initializer}
    for node in graph.node:
        if node.op_type == "DequantizeLinear":
            q, scale = (stored.pop(name).astype(np.float32) for name in node.input)
            axis = next(a.i for a in node.attribute if a.name == "axis")
            stored[node.output[0]] = q * np.expand_dims(scale, 1 - axis)
    biases = {name: node for node in graph.node if node.op_type == "Add" for name in node.input}
    out = {name: value for name, value in stored.items() if name.startswith(("encoder.", "arc.", "rel", "entity.", "upos.", "xpos.", "lemma.", "event."))}
    for node in graph.node:
        if node.op_type == "MatMul" and node.input[1] in stored:
            matrix = stored[node.input[1]].T
            add = biases.get(node.output[0])
            bias = next((name for name in add.input if name in stored and name.endswith(".bias")), None) if add else None
            name = bias.removesuffix("bias") + "weight" if bias else "arc.bilinear.weight" if len(matrix) == matrix.shape[1] else "rel.bilinear.weight"
            out[name] = matrix
    return {name: torch.from_numpy(np.ascontiguousarray(value)) for name, value in out.items()}
