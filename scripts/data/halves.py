"""Halves of evaluation sets that come in one part.

A may be read for errors and used to choose; B is only ever scored.
"""
from __future__ import annotations

import hashlib

RULE = "A if the SHA-256 of the document id (UTF-8), read as a number, is even (its last hexadecimal digit is even); else B"


def half_of(id: str) -> str:
    return "A" if int(hashlib.sha256(id.encode()).hexdigest(), 16) % 2 == 0 else "B"


# ECB+ topics that no training sees (the shipped model's script holds out the same ones).
ECBPLUS_HELD_OUT = ("5", "18", "24", "33")
