"""Predictions as records of `dateline eval`: the gold records' text, words and sentences, with what was predicted."""
from __future__ import annotations

import json
from pathlib import Path
from typing import Callable, Iterable, Iterator

Name = tuple[int, int, str]  # first word, end, type
Word = dict  # xpos, head (0 = root, i = word i-1 of the sentence), deprel


def records(path: Path) -> Iterator[dict]:
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if "title" in record or record["offsets"] != "codepoint":
                raise ValueError(f"{path}: {record['id']} has a title, or offsets other than code points")
            yield record


def write(gold: Path, out: Path, layer: Callable[[dict, list], dict], read: Callable[[list[list[str]]], list]) -> None:
    """Writes a prediction for every gold record: `read` is given the words of its sentences and nothing else."""
    part = out.with_name(f"{out.name}.part")
    with open(part, "w", encoding="utf-8") as target:
        for record in records(gold):
            found = read([[token["text"] for token in tokens] for tokens in sentences(record)])
            target.write(json.dumps(bare(record) | layer(record, found), ensure_ascii=False) + "\n")
    part.replace(out)


def sentences(record: dict) -> list[list[dict]]:
    """The tokens of each sentence."""
    return [sentence["tokens"] for sentence in record["sentences"]]


def bare(record: dict) -> dict:
    return {key: record[key] for key in ("schema", "id", "text", "offsets")}


def entities(record: dict, found: Iterable[list[Name]]) -> dict:
    """The layer of entities, one a name, from names of each sentence."""
    layer = []
    for tokens, names in zip(sentences(record), found, strict=True):
        for first, end, kind in names:
            start, stop = tokens[first]["start"], tokens[end - 1]["end"]
            mention = {"start": start, "end": stop, "text": record["text"][start:stop]}
            layer.append({"id": f"e{len(layer) + 1}", "type": kind, "mentions": [mention]})
    return {"entities": layer}


def trees(record: dict, found: Iterable[list[Word]]) -> dict:
    """The layer of sentences, with tags and trees."""
    place = lambda token: {key: token[key] for key in ("start", "end", "text")}
    return {"sentences": [{"tokens": [place(token) | word for token, word in zip(tokens, words, strict=True)]}
                          for tokens, words in zip(sentences(record), found, strict=True)]}


def joined(names: list[Name], origin: list[int]) -> list[Name]:
    """Names of parts of words as names of whole words; of two that meet in one word the first stays."""
    whole: list[Name] = []
    for first, end, kind in names:
        first, end = origin[first], origin[end - 1] + 1
        if not whole or whole[-1][1] <= first:
            whole.append((first, end, kind))
    return whole


def gold_names(record: dict) -> list[list[Name]]:
    """The gold names of each sentence, by words: what a perfect reader would say."""
    starts = {token["start"]: (s, t) for s, tokens in enumerate(sentences(record)) for t, token in enumerate(tokens)}
    ends = {token["end"]: (s, t) for s, tokens in enumerate(sentences(record)) for t, token in enumerate(tokens)}
    names: list[list[Name]] = [[] for _ in record["sentences"]]
    for entity in record["entities"]:
        for mention in entity["mentions"]:
            (sentence, first), (_, last) = starts[mention["start"]], ends[mention["end"]]
            names[sentence].append((first, last + 1, entity["type"]))
    return names


def gold_trees(record: dict) -> list[list[Word]]:
    return [[{key: token[key] for key in ("xpos", "head", "deprel")} for token in tokens] for tokens in sentences(record)]
