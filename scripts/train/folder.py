"""Opens an exported model folder: what evaluate.py and calibrate.py share."""
from __future__ import annotations

import json
from pathlib import Path

import numpy as np

import scores
from batches import Encoder
from export import INPUTS, OUTPUTS, open_session
from labels import Labels
from pieces import Pieces
from sentence import Sentence


class Folder:
    def __init__(self, path: Path, threads: int = 0):
        self.path = path
        self.config = json.loads((path / "config.json").read_text(encoding="utf-8"))
        self.labels = Labels.from_dict(self.config["labels"])
        self.encoder = Encoder(Pieces(path / "tokenizer.json"), self.labels)
        self.context = self.config["context_pieces"]
        self.session = open_session(path / "model.onnx", threads)

    def run(self, x: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        return dict(zip(OUTPUTS, self.session.run(OUTPUTS, {k: x[k] for k in INPUTS})))

    def predict(self, sentences: list[Sentence]):
        """(sentence, logits of its words by head), documents read in windows as the inference side does."""
        return scores.predict(sentences, self.encoder, self.run, self.context)
