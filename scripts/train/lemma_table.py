"""Writes `lemmas.tsv`: lemmas of known word forms by Penn tag, for words that the lemma head need not guess.

Rows are form, tag, lemma (tab-separated, sorted). They come from the training parts of the treebanks, and from regular
inflection of the verbs, nouns and adjectives seen there.

    python lemma_table.py --data DIR --out models/dateline-en [--check]
"""
from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from pathlib import Path

import ewt
import gum

TAGS = {"NN", "NNS", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "JJ", "JJR", "JJS", "RB", "RBR", "RBS", "MD", "PRP", "PRP$", "DT",
        "IN", "CC", "TO", "WP", "WDT", "WRB", "POS"}
WORD = re.compile(r"^[a-z'’]+$")
VOWELS = "aeiou"


def inflections(lemma: str, tag: str):
    """Regular forms (form, tag, whether the spelling is certain) of a lemma: tag VB, NN or JJ."""
    consonant_y = lemma.endswith("y") and lemma[-2:-1] not in (*VOWELS, "")
    s = lemma[:-1] + "ies" if consonant_y else lemma + "es" if re.search(r"(s|x|z|ch|sh)$", lemma) else lemma + "s"
    doubling = len(lemma) > 2 and re.search(r"[^aeiou][aeiou][bdgklmnprtvz]$", lemma) is not None
    if tag == "NN":
        yield s, "NNS", True
    elif tag == "VB":
        stem = lemma[:-1] if lemma.endswith("e") else lemma
        past = lemma[:-1] + "ied" if consonant_y else stem + "ed"
        ing = lemma + "ing" if lemma.endswith(("ee", "ye", "oe")) else stem + "ing"
        yield s, "VBZ", True
        yield lemma, "VBP", True
        for form in ("VBD", "VBN"):
            yield past, form, not doubling
            if doubling:
                yield lemma + lemma[-1] + "ed", form, True
        yield ing, "VBG", not doubling
        if doubling:
            yield lemma + lemma[-1] + "ing", "VBG", True
    elif tag == "JJ":
        stem = lemma[:-1] + "i" if consonant_y else lemma[:-1] if lemma.endswith("e") else lemma
        if len(lemma) <= 6:
            yield stem + "er", "JJR", not doubling
            yield stem + "est", "JJS", not doubling
            if doubling:
                yield lemma + lemma[-1] + "er", "JJR", True
                yield lemma + lemma[-1] + "est", "JJS", True


def table(sentences) -> dict[tuple[str, str], str]:
    seen: dict[tuple[str, str], Counter] = defaultdict(Counter)
    lemmas: dict[str, Counter] = defaultdict(Counter)
    for s in sentences:
        for form, tag, lemma in zip(s.words, s.xpos, s.lemmas):
            form = form.lower()
            if tag in TAGS and WORD.match(form) and WORD.match(lemma.lower()):
                seen[form, tag][lemma] += 1
                base = {"N": "NN", "V": "VB", "J": "JJ"}.get(tag[0])
                if base and len(lemma) > 2 and lemma.islower():
                    lemmas[base][lemma] += 1
    rows = {}
    for certain in (False, True):  # what is certain overwrites what is not
        for tag in ("JJ", "NN", "VB"):
            for lemma, n in sorted(lemmas[tag].items()):
                for form, t, sure in inflections(lemma, tag):
                    if sure == certain and (n > 1 or form not in lemmas[tag]):
                        rows[form, t] = lemma
    # A participle or past that is irregular somewhere keeps its lemma in its other uses too.
    for (form, tag), counts in seen.items():
        lemma, n = counts.most_common(1)[0]
        if n / counts.total() >= 0.6:
            rows[form, tag] = lemma
    for (form, tag), lemma in list(rows.items()):
        twin = {"VBD": "VBN", "VBN": "VBD", "VBP": "VB", "VB": "VBP"}.get(tag)
        if twin and (form, twin) not in rows:
            rows[form, twin] = lemma
    return rows


def check(rows, sentences) -> None:
    """Accuracy and coverage on development sentences, with their own tags."""
    known = right = total = 0
    for s in sentences:
        for form, tag, lemma in zip(s.words, s.xpos, s.lemmas):
            if tag in TAGS:
                total += 1
                if (found := rows.get((form.lower(), tag))) is not None:
                    known += 1
                    right += found == lemma
    print(f"dev: {known / total:.4f} of words of these tags are in the table, {right / known:.4f} of them right")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--check", action="store_true", help="score the table on EWT dev")
    args = parser.parse_args()
    train, _ = gum.load(args.data)
    rows = table(ewt.load(args.data, "train") + train)
    lines = [f"{form}\t{tag}\t{lemma}\n" for (form, tag), lemma in sorted(rows.items())]
    (args.out / "lemmas.tsv").write_text("".join(lines), encoding="utf-8")
    print(f"{len(lines)} rows")
    if args.check:
        check(rows, ewt.load(args.data, "dev"))


if __name__ == "__main__":
    main()
