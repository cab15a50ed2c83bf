"""Shape classes of words: what an uncased encoder cannot see. The inference side computes the same numbers."""
from functools import lru_cache

LOWER, UPPER, TITLE, DIGITS, ALNUM, PUNCT, CAP1, MIXED = range(1, 9)
SHAPE_IDS = 17  # 0 for special pieces, then two for each class


@lru_cache(maxsize=1 << 18)
def shape_class(word: str) -> int:
    letters = [c for c in word if c.isalpha()]
    digit = any(c.isnumeric() for c in word if not c.isalpha())
    if digit:
        return ALNUM if letters else DIGITS
    if not letters:
        return PUNCT
    upper = sum(c.isupper() for c in letters)
    if upper == 0:
        return LOWER
    if len(letters) == 1:
        return CAP1
    if not any(c.islower() for c in letters):
        return UPPER
    if upper == 1 and letters[0].isupper():
        return TITLE
    return MIXED


def shape_ids(word: str, pieces: int) -> list[int]:
    """Shape ids of a word's pieces: odd for the first, even for the later ones."""
    c = shape_class(word)
    return [2 * c - 1] + [2 * c] * (pieces - 1)
