"""Column files: one token a line, sentences parted by blank lines, spans as tags in a column."""
from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Iterable, Iterator

from gold import Article

DOCUMENT_MARK = "-DOCSTART-"
Rows = list[list[str]]


def documents(path: Path) -> Iterator[list[Rows]]:
    """Documents as lists of sentences. Without document marks each sentence is a document."""
    with open(path, encoding="utf-8", errors="replace") as lines:
        marked = any(line.startswith(DOCUMENT_MARK) for line in lines)
    sentences: list[Rows] = []
    for rows in blocks(path):
        if rows[0][0] == DOCUMENT_MARK:
            if sentences:
                yield sentences
            sentences = []
            rows = rows[1:]  # some files have no blank line behind the mark
        if rows:
            sentences.append(rows)
        if sentences and not marked:
            yield sentences
            sentences = []
    if sentences:
        yield sentences


def blocks(path: Path) -> Iterator[Rows]:
    """Sentences as lists of columns, which tabs part, or white space where a line has no tab."""
    rows: Rows = []
    with open(path, encoding="utf-8", errors="replace", newline="\n") as lines:
        for line in lines:
            line = line.rstrip("\r\n")
            columns = [c.strip() for c in line.split("\t")] if "\t" in line else line.split()
            if columns and columns[0]:
                rows.append(columns)
            elif rows:
                yield rows
                rows = []
    if rows:
        yield rows


def spans_of(tags: Iterable[str]) -> list[tuple[int, int, str]]:
    """Spans (first, end, label) of IO, IOB1, IOB2 or BIOES tags, as conlleval reads them: a span goes on
    while the prefix is I or E and the label the same; an I that continues nothing starts one."""
    spans, first, label = [], 0, None
    for at, tag in enumerate([*tags, "O"]):
        prefix, _, name = tag.partition("-")
        if label is not None and (prefix not in ("I", "E") or name != label):
            spans.append((first, at, label))
            label = None
        if label is None and prefix in ("B", "I", "E", "S"):
            first, label = at, name
    return spans


def tagged(id: str, sentences: list[Rows], column: int, lost: Counter | None = None) -> Article:
    """An article of column sentences with the entities of one tag column, one a mention."""
    article = Article.of_tokens(id, [[row[0] for row in rows] for rows in sentences], ["entities"], lost=lost)
    for n, rows in enumerate(sentences):
        for first, end, label in spans_of(row[column] for row in rows):
            article.entity(label, [article.words_in(n, first, end)])
    return article


def convert_files(paths: Iterable[Path], column: int, lost: Counter, folder: bool = False) -> Iterator[dict]:
    """Records of column files; documents are named FILE#1, FILE#2 …, after their folder if asked."""
    for path in paths:
        name = f"{path.parent.name}/{path.name}" if folder else path.name
        for number, sentences in enumerate(documents(path), 1):
            yield tagged(f"{name}#{number}", sentences, column, lost).record
