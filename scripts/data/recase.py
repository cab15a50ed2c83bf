"""Upper-cased and title-cased copies of gold records, as headlines are written; offsets stay."""
from __future__ import annotations

import re

CASES = ("upper-cased", "title-cased")
_WORD_START = re.compile(r"(?<!\S)(\W*)(\w)")


def same_length(text: str, changed: str) -> str:
    return changed if len(changed) == len(text) else text


def upper(text: str) -> str:
    """Letter by letter: a few letters have no capital of one character and stay ("ß")."""
    return "".join(same_length(c, c.upper()) for c in text)


def title(text: str) -> str:
    """A capital at the start of every word."""
    return _WORD_START.sub(lambda m: m[1] + upper(m[2]), text)


def recased(record: dict, case: str) -> dict:
    """A record of one field (`text`, no title) in another case: the text, and every surface cut from it anew."""
    if record.get("title"):
        raise ValueError(f"{record['id']}: only records without a title can be re-cased")
    text = (upper if case == "upper-cased" else title)(record["text"])

    def walk(value):
        if isinstance(value, list):
            return [walk(v) for v in value]
        if isinstance(value, dict):
            value = {k: walk(v) for k, v in value.items()}
            if {"start", "end", "text"} <= value.keys():
                value["text"] = text[value["start"]: value["end"]]
        return value

    return {**walk(record), "text": text}
