"""CoNLL-U and its relatives: documents of sentences, with the raw text they came from."""
from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Iterator

from gold import Article, Span, squeezed


@dataclass
class Sentence:
    """A sentence: comments, words (columns), and the surface tokens that cover several words."""

    comments: dict[str, str] = field(default_factory=dict)
    words: list[list[str]] = field(default_factory=list)
    ranges: dict[int, tuple[int, str, list[str]]] = field(default_factory=dict)  # first word -> (end, form, columns)

    @property
    def opens_document(self) -> bool:
        return "newdoc id" in self.comments or "newdoc" in self.comments

    @property
    def opens_paragraph(self) -> bool:
        return self.opens_document or "newpar" in self.comments or "newpar id" in self.comments


def sentences(path: Path) -> Iterator[Sentence]:
    """The sentences of a file; empty nodes are left out."""
    sentence = Sentence()
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("#"):
                key, _, value = line[1:].partition("=")
                sentence.comments[key.strip()] = value.strip()
            elif not line:
                if sentence.words:
                    yield sentence
                sentence = Sentence()
            else:
                columns = line.split("\t")
                if columns[0].isdigit():
                    sentence.words.append(columns)
                elif "-" in columns[0]:
                    first, _, last = columns[0].partition("-")
                    sentence.ranges[int(first) - 1] = (int(last), columns[1], columns)
    if sentence.words:
        yield sentence


def documents(path: Path) -> Iterator[tuple[str, list[Sentence]]]:
    """(identifier, sentences) of each document of a file."""
    id, document = path.stem, []
    for sentence in sentences(path):
        if sentence.opens_document:
            if document:
                yield id, document
            id, document = sentence.comments.get("newdoc id", f"{path.stem}#{id}"), []
        document.append(sentence)
    if document:
        yield id, document


def misc(columns: list[str]) -> dict[str, str]:
    """The last column's keys and values."""
    if len(columns) < 10 or columns[9] == "_":
        return {}
    return dict(item.partition("=")[::2] for item in columns[9].split("|"))


def raw_text(document: list[Sentence], lost: Counter) -> tuple[str, list[list[Span]]]:
    """The text of a document and the spans of its words: sentences as their `text` comment has them,
    joined by a space, or by an empty line where a paragraph begins."""
    text, spans = "", []
    for sentence in document:
        if text:
            text += "\n\n" if sentence.opens_paragraph else " "
        text_of, row = sentence_text(sentence, lost)
        spans.append([(start + len(text), end + len(text)) for start, end in row])
        text += text_of
    return text, spans


def sentence_text(sentence: Sentence, lost: Counter) -> tuple[str, list[Span]]:
    """The sentence's text and its words' spans in it."""
    text, spans, at, n = sentence.comments["text"], [], 0, 0
    while n < len(sentence.words):
        end, form, _ = sentence.ranges.get(n, (n + 1, sentence.words[n][1], None))
        words = [columns[1] for columns in sentence.words[n:end]]
        start = text.find(form, at)
        if start < 0 or text[at:start].strip():
            raise ValueError(f"{sentence.comments.get('sent_id')}: {form!r} is not next in {text[at:at + 30]!r}")
        at = start + len(form)
        spans += _within(form, words, start, lost)
        n = end
    return text, spans


def _within(form: str, words: list[str], start: int, lost: Counter) -> list[Span]:
    """The spans of the words of one surface token: their own characters where they add up to it, else
    cut at the same lengths (the surface has letters more or fewer), the last taking the rest."""
    if len(words) > 1 and squeezed(form) != squeezed("".join(words)):
        lost["surface token whose words do not add up to it: cut by length"] += 1
    spans, at = [], start
    for n, word in enumerate(words):
        rest = len(words) - n - 1
        end = start + len(form) - rest if rest == 0 else min(at + len(word), start + len(form) - rest)
        spans.append((at, end))
        at = end
    return spans


def syntax(columns: list[str]) -> dict:
    """The syntax fields of a word."""
    lemma = columns[2] if columns[2] != "_" or columns[1] == "_" else columns[1]
    return {"upos": columns[3], "xpos": columns[4], "lemma": lemma, "head": int(columns[6]), "deprel": columns[7]}


def article(id: str, document: list[Sentence], layers: tuple[str, ...], lost: Counter, with_syntax: bool,
            **more) -> Article:
    """An article of raw text with its words as tokens."""
    text, spans = raw_text(document, lost)
    made = Article(id, text, layers, lost=lost, **more)
    forms = [[text[start:end] for start, end in row] for row in spans]
    trees = [[syntax(columns) for columns in s.words] for s in document] if with_syntax else None
    made.set_sentences(forms, spans, trees)
    return made
