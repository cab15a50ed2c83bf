"""One training sentence: words, and for each task either labels or None."""
from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Sentence:
    words: list[str]
    corpus: str = ""
    entity: list[int] | None = None  # bit masks of allowed tags; 0 = not labelled
    upos: list[str] | None = None
    xpos: list[str] | None = None
    lemma: list[str] | None = None  # lemma scripts
    head: list[int] | None = None  # 0 = root, i = word i-1; -1 = not labelled
    deprel: list[str] | None = None
    event: list[int] | None = None  # 1, 0, or -1 = not labelled
    lemmas: list[str] | None = None  # gold lemmas, for evaluation
    spans: list[tuple[int, int, str]] | None = None  # gold entities, for evaluation
    origin: list[int] | None = None  # of each word the index of the corpus' own word, where words were split for the model
    doc: str = ""

    def __len__(self) -> int:
        return len(self.words)
