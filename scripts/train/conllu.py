"""Reads CoNLL-U: syntax of UD treebanks."""
from __future__ import annotations

from pathlib import Path
from typing import Iterator

import lemma as lemma_scripts
from sentence import Sentence


def read(path: Path, corpus: str) -> Iterator[tuple[dict[str, str], Sentence]]:
    """Yields (comments, sentence); multiword-token lines and empty nodes are left out."""
    for meta, sentence, _ in read_with_misc(path, corpus):
        yield meta, sentence


def read_with_misc(path: Path, corpus: str) -> Iterator[tuple[dict[str, str], Sentence, list[str]]]:
    """The same with the last column."""
    meta: dict[str, str] = {}
    rows: list[list[str]] = []
    doc = ""
    with open(path, encoding="utf-8") as f:
        for line in f:
            line = line.rstrip("\n")
            if line.startswith("#"):
                key, _, value = line[1:].partition("=")
                meta[key.strip()] = value.strip()
                doc = meta.get("newdoc id", doc)
            elif not line:
                if rows:
                    yield meta, _sentence(rows, corpus, doc), [r[9] for r in rows]
                meta, rows = {}, []
            else:
                cols = line.split("\t")
                if cols[0].isdigit():
                    rows.append(cols)
    if rows:
        yield meta, _sentence(rows, corpus, doc), [r[9] for r in rows]


def _sentence(rows: list[list[str]], corpus: str, doc: str) -> Sentence:
    forms = [r[1] for r in rows]
    lemmas = [r[2] if r[2] != "_" or r[1] == "_" else r[1] for r in rows]
    return Sentence(
        words=forms, corpus=corpus, doc=doc,
        upos=[r[3] for r in rows],
        xpos=[r[4] for r in rows],
        lemmas=lemmas,
        lemma=[lemma_scripts.script(f, l) for f, l in zip(forms, lemmas)],
        head=[int(r[6]) if r[6].isdigit() else -1 for r in rows],
        deprel=[r[7] for r in rows],
    )
