"""Articles to the sequences that the encoder reads: Dateline's own words, cut into pieces and windows as it does.

A sequence is {"input_ids", "shape_ids", "word_starts", "word_sentences", "root_starts", "article"}. Sentences that are only
context for those between them are in the pieces and not in the words, as at inference.
"""
from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Iterator

sys.path.append(str(Path(__file__).resolve().parents[1] / "train"))

from conllu import read as read_conllu
from pieces import Pieces
from sentence import Sentence
from shapes import shape_ids
from windows import documents, plan


class Maker:
    def __init__(self, model: Path):
        config = json.loads((model / "config.json").read_text(encoding="utf-8"))
        self.limit, self.context = config["max_pieces"], config["context_pieces"]
        self.pieces = Pieces(model / "tokenizer.json")

    def of_document(self, document: list[list[str]]) -> Iterator[dict]:
        """The windows of a document, given the words of its sentences."""
        document = [part for words in document for part in self.parts(words)]
        costs = [self.cost(words) for words in document]
        for read, keep in plan(costs, self.limit, self.context):
            yield self.sequence([document[i] for i in read], range(keep.start - read.start, keep.stop - read.start))

    def cost(self, words: list[str]) -> int:
        """Pieces of a sentence and its separator."""
        return 1 + sum(len(self.pieces.word(w)) for w in words)

    def parts(self, words: list[str]) -> Iterator[list[str]]:
        """A sentence that no window holds in pieces that one does: Dateline lets them overlap, which few sentences call for."""
        part: list[str] = []
        for word in words:
            if part and 1 + self.cost([*part, word]) > self.limit:
                yield part
                part = []
            part.append(word)
        yield part

    def sequence(self, sentences: list[list[str]], keep: range) -> dict:
        ids, shapes = [self.pieces.cls], [0]
        starts, numbers, roots = [], [], []
        for at, words in enumerate(sentences):
            root = len(ids) - 1
            for word in words:
                pieces = self.pieces.word(word)
                if at in keep:
                    starts.append(len(ids))
                    numbers.append(at + 1)
                    roots.append(root)
                ids += pieces
                shapes += shape_ids(word, len(pieces))
            ids.append(self.pieces.sep)
            shapes.append(0)
        return {"input_ids": ids, "shape_ids": shapes, "word_starts": starts, "word_sentences": numbers, "root_starts": roots}


def words_of(dateline: Path, articles: Path) -> list[list[Sentence]]:
    """The sentences of each article, as the program cuts them."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "articles.conllu"
        subprocess.run([dateline, "batch", articles, "-o", out, "--format", "conllu"], check=True, capture_output=True)
        return list(documents([sentence for _, sentence in read_conllu(out, "")]))


def make(dateline: Path, model: Path, articles: Path) -> list[dict]:
    """The sequences of a file of articles, article by article."""
    with open(articles, encoding="utf-8") as lines:
        numbers = {json.loads(line)["id"]: number for number, line in enumerate(lines)}
    maker = Maker(model)
    return [sequence | {"article": numbers[document[0].doc]} for document in words_of(dateline, articles)
            for sequence in maker.of_document([s.words for s in document])]


def counts(sequences: list[dict]) -> dict[str, int]:
    """How much there is to read. Words are counted once; pieces as often as they are read."""
    size = lambda key: sum(len(s[key]) for s in sequences)
    return {"articles": len({s["article"] for s in sequences}), "sequences": len(sequences), "words": size("word_starts"),
            "pieces": size("input_ids")}
