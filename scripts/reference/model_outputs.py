"""Reference outputs of the model for a few paragraphs, each read as one sequence, by ONNX Runtime and the Hugging Face tokenizer.

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
from decode import entities, tree  # noqa: E402
from shapes import shape_ids  # noqa: E402

PARAGRAPHS = [
    [
        "The finance minister of Norway resigned on Monday after talks with unions collapsed .",
        "Ingrid Solberg had held the post since 2019 .",
        "Her deputy will take over for now , the ministry said .",
    ],
    [
        "Heavy rain killed at least 12 people near Mombasa , the Kenya Red Cross said .",
        "Two bridges were swept away .",
        "Rescuers are still searching for a bus that was carrying schoolchildren .",
        "It left Malindi on Friday .",
    ],
    [
        "\" We will not sign it , \" said Elena Petrova , who leads the F-35 programme in the U.S.",
        "She added that Lockheed Martin had been told .",
    ],
    [
        "No comment .",
        "Police in Leeds arrested a man after the attack .",
        "Costa , 34 , denies the charges .",
    ],
]
WORD_PIECES = 24
MASKED = -1e4  # the score of words of other sentences as heads
# Stored in full, and of arc each word's own sentence; of the others the best class is enough.
LOGITS = ["entity", "event", "rel"]


def lemma(script: str, word: str) -> str:
    case, cut, suffix = script.split("|", 2)
    form = word.lower() if case == "lower" else word
    if int(cut) > len(form):
        return word.lower()
    return form[: len(form) - int(cut)] + suffix or word.lower()


def softmax(logits: np.ndarray) -> np.ndarray:
    e = np.exp(logits - logits.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def read(paragraph: list[str], labels: dict, temperature: float, tokenizer: Tokenizer, run) -> dict:
    """What the model says of a paragraph."""
    sentences = [sentence.split() for sentence in paragraph]
    words = [word for sentence in sentences for word in sentence]
    cls, sep, unk = (tokenizer.token_to_id(t) for t in ("[CLS]", "[SEP]", "[UNK]"))
    ids, shapes, starts, numbers, roots = [cls], [0], [], [], []
    for number, sentence in enumerate(sentences, 1):
        root = len(ids) - 1
        for word in sentence:
            pieces = tokenizer.encode(word, add_special_tokens=False).ids[:WORD_PIECES] or [unk]
            starts.append(len(ids))
            numbers.append(number)
            roots.append(root)
            ids += pieces
            shapes += shape_ids(word, len(pieces))
        ids.append(sep)
        shapes.append(0)
    inputs = {
        "input_ids": ids,
        "attention_mask": [1] * len(ids),
        "shape_ids": shapes,
        "word_starts": starts,
        "word_sentences": numbers,
        "root_starts": roots,
    }
    logits = run(inputs)
    best = {name: value.argmax(-1) for name, value in logits.items()}
    arcs, heads, found = [], [], []
    for number in range(1, len(sentences) + 1):
        at = np.flatnonzero(np.array(numbers) == number)
        others = np.setdiff1d(np.arange(len(words)), at)
        assert (logits["arc"][np.ix_(at, others + 1)] == MASKED).all()
        arc = logits["arc"][np.ix_(at, np.append(0, at + 1))]
        arcs += arc.tolist()
        first = int(at[0])
        heads += [first + int(h) - 1 if h else -1 for h in tree(arc)]
        spans = entities(logits["entity"][at], labels["entity"])
        found += [[first + start, first + end, kind] for start, end, kind in spans]
    root = labels["deprel"].index("root")
    rel = logits["rel"].copy()
    rel[:, root] = [np.inf if head < 0 else -np.inf for head in heads]
    event = softmax(logits["event"] / temperature)[:, 1]
    kept = {name: logits[name].tolist() for name in LOGITS} | {"arc": arcs}
    return {
        "sentences": sentences,
        "inputs": inputs,
        "logits": {n: [[round(x, 4) for x in row] for row in rows] for n, rows in kept.items()},
        "upos": [labels["upos"][i] for i in best["upos"]],
        "xpos": [labels["xpos"][i] for i in best["xpos"]],
        "lemma": [lemma(labels["lemma"][i], w) for i, w in zip(best["lemma"], words)],
        "head": heads,
        "deprel": [labels["deprel"][i] for i in rel.argmax(-1)],
        "entities": found,
        "event": [round(float(p), 4) for p in event],
    }


def main(folder: Path, out: Path) -> None:
    config = json.loads((folder / "config.json").read_text())
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    options = onnxruntime.SessionOptions()
    # Beyond this level ONNX Runtime rounds activations to 8 bits, and is no reference any more.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    session = onnxruntime.InferenceSession(
        str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
    )

    def run(inputs: dict[str, list[int]]) -> dict[str, np.ndarray]:
        assert len(inputs["input_ids"]) <= config["max_pieces"], "choose shorter sentences"
        names = [o.name for o in session.get_outputs()]
        feed = {name: np.array([values], dtype=np.int64) for name, values in inputs.items()}
        return {name: value[0] for name, value in zip(names, session.run(None, feed))}

    temperature = config.get("temperature", {}).get("event", 1.0)
    sequences = [read(p, config["labels"], temperature, tokenizer, run) for p in PARAGRAPHS]
    weights = hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest()
    lines = ",\n".join(json.dumps(s, ensure_ascii=False) for s in sequences)
    out.write_text(f'{{"sha256": "{weights}", "sequences": [\n{lines}\n]}}\n')


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
