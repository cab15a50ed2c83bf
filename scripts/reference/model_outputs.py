"""Reference outputs of the model for a few sentences, by ONNX Runtime and the Hugging Face tokenizer.

    python scripts/reference/model_outputs.py models/dateline-en \
        crates/dateline-model/tests/data/reference.json

The test `reference` of dateline-model checks that inference in Rust says the same. Run this again
whenever the model changes. Needs numpy, onnxruntime and tokenizers.
"""
import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "train"))
from shapes import shape_ids  # noqa: E402

SENTENCES = [
    "The finance minister of Norway resigned on Monday after talks with unions collapsed .",
    "Heavy rain killed at least 12 people near Mombasa , the Kenya Red Cross said .",
    "\" We will not sign it , \" said Elena Petrova , who leads the F-35 programme in the U.S.",
]
WORD_PIECES = 24
LOGITS = ["entity", "event", "arc", "rel"]  # kept in full; of the others the best class is enough


def lemma(script: str, word: str) -> str:
    case, cut, suffix = script.split("|", 2)
    form = word.lower() if case == "lower" else word
    if int(cut) > len(form):
        return word.lower()
    return form[: len(form) - int(cut)] + suffix or word.lower()


def softmax(logits: np.ndarray) -> np.ndarray:
    e = np.exp(logits - logits.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def is_single_rooted(heads: list[int]) -> bool:
    """Heads count from 0, -1 is the root."""
    for word in range(len(heads)):
        seen = set()
        while word >= 0 and word not in seen:
            seen.add(word)
            word = heads[word]
        if word >= 0:
            return False
    return heads.count(-1) == 1


def spans(tags: list[str]) -> list[list]:
    found = []
    for i, tag in enumerate(tags):
        if tag.startswith("I-"):
            assert found and found[-1][1] == i and found[-1][2] == tag[2:], f"illegal tags {tags}"
            found[-1][1] = i + 1
        elif tag != "O":
            found.append([i, i + 1, tag[2:]])
    return found


def main(folder: Path, out: Path) -> None:
    config = json.loads((folder / "config.json").read_text())
    labels = config["labels"]
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    options = onnxruntime.SessionOptions()
    # Beyond this level ONNX Runtime rounds activations to 8 bits, and is no reference any more.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    session = onnxruntime.InferenceSession(
        str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
    )
    cls, sep, unk = (tokenizer.token_to_id(t) for t in ("[CLS]", "[SEP]", "[UNK]"))
    sentences = []
    for sentence in SENTENCES:
        words = sentence.split()
        ids, shapes, starts = [cls], [0], []
        for word in words:
            pieces = tokenizer.encode(word, add_special_tokens=False).ids[:WORD_PIECES] or [unk]
            starts.append(len(ids))
            ids += pieces
            shapes += shape_ids(word, len(pieces))
        ids.append(sep)
        shapes.append(0)
        inputs = {
            "input_ids": ids,
            "attention_mask": [1] * len(ids),
            "shape_ids": shapes,
            "word_starts": starts,
            "word_mask": [1] * len(words),
        }
        names = [o.name for o in session.get_outputs()]
        feed = {name: np.array([values], dtype=np.int64) for name, values in inputs.items()}
        logits = {name: value[0] for name, value in zip(names, session.run(None, feed))}

        best = {name: value.argmax(-1) for name, value in logits.items()}
        heads = [int(h) - 1 for h in best["arc"]]
        # The decoders are tested by themselves: here the best heads must be a tree already.
        assert is_single_rooted(heads), f"choose another sentence: {sentence}"
        root = labels["deprel"].index("root")
        rel = logits["rel"].copy()
        rel[:, root] = [np.inf if head < 0 else -np.inf for head in heads]
        event = softmax(logits["event"] / config.get("temperature", {}).get("event", 1.0))[:, 1]
        sentences.append({
            "tokens": words,
            "inputs": inputs,
            "logits": {
                name: [[round(float(x), 4) for x in row] for row in logits[name]] for name in LOGITS
            },
            "upos": [labels["upos"][i] for i in best["upos"]],
            "xpos": [labels["xpos"][i] for i in best["xpos"]],
            "lemma": [lemma(labels["lemma"][i], w) for i, w in zip(best["lemma"], words)],
            "head": heads,
            "deprel": [labels["deprel"][i] for i in rel.argmax(-1)],
            "entities": spans([labels["entity"][i] for i in best["entity"]]),
            "event": [round(float(p), 4) for p in event],
        })
    weights = hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest()
    lines = ",\n".join(json.dumps(s, ensure_ascii=False) for s in sentences)
    out.write_text(f'{{"sha256": "{weights}", "sentences": [\n{lines}\n]}}\n')


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
