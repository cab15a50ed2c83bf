"""Numbers of `dateline eval --format json` as rows of SCORES.md."""
from __future__ import annotations

from typing import Iterator, NamedTuple

from apart import sections
from plan import BARS, LEFT_OUT, MOST_OF_TRAINING, SHOWN, Bar


class Set(NamedTuple):
    """A scored set."""

    corpus: str
    split: str
    # "A", "B" or nothing.
    half: str
    # "upper-cased", "title-cased" or nothing.
    case: str
    # How the shipped model may meet it: train, dev, test, A, B.
    kind: str
    # What of the corpus was read: articles, tokens.
    size: dict
    # Which map of labels, if any.
    map: str
    # "given" or "raw".
    tokens: str
    report: dict

    @property
    def part(self) -> str:
        return f"{self.split} {self.half}".strip() + (f", {self.case}" if self.case else "")


KINDS = {
    "test": ("Test sets", "Only ever scored."),
    "B": ("Halves B", "Sets for measuring that come in one part: the half that is only ever scored."),
    "A": ("Halves A", "The other half, which may be read for errors and used to choose."),
    "dev": ("Development sets", "May be used to choose; the model does not learn from them."),
    "train": ("Training sets", f"The model or the rules may have learned from these: the scores say what was learned, not what to expect. At most {MOST_OF_TRAINING} articles of each, evenly spaced."),
}


def rows(found: Set) -> Iterator[dict]:
    """The shown numbers of a set, in the order of the plan. A metric of which gold has nothing is no number."""
    by_name = {(section["task"], row["metric"], row["group"]): row for section in found.report["sections"] for row in section["rows"]}
    for name in SHOWN:
        row = by_name.get(name)
        if row is not None and row["gold"] > 0:
            yield {"task": name[0], **row}


def number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def line(found: Set, row: dict) -> str:
    interval = "" if row["interval"] is None else f"{row['interval'][0]:.3f}–{row['interval'][1]:.3f}"
    metric = row["metric"] if row["group"] == "all" else f"{row['metric']}, {row['group']}"
    size = f"{found.report['articles']} articles" + (f", {found.size['tokens']} tokens" if found.size.get("tokens") else "")
    cells = [found.corpus, found.part, size, found.tokens, found.map, row["task"], metric, f"{row['gold']:.0f}",
             number(row["precision"]), number(row["recall"]), number(row["value"]), interval]
    return "| " + " | ".join(cells) + " |"


def bars(sets: list[Set]) -> Iterator[tuple[Bar, float | None]]:
    """Every bar with its value; None where its set was not scored."""
    def value_of(bar: Bar, part: str, metric: str) -> float | None:
        for found in sets:
            labels = found.map in (f"{bar.map or bar.corpus}.toml", "none")
            if labels and (found.corpus, found.part, found.tokens) == (bar.corpus, part, bar.tokens):
                return next((row[bar.of] for row in rows(found)
                             if row["metric"] == metric and bar.group in (None, row["group"])), None)
        return None

    for bar in BARS:
        value = value_of(bar, bar.part, bar.metric)
        if bar.below is not None and value is not None:
            whole = value_of(bar, bar.below, bar.metric)
            value = None if whole is None else whole - value
        if bar.above is not None and value is not None:
            least = value_of(bar, bar.part, bar.above)
            value = None if least is None else value - least
        yield bar, value


class Written(NamedTuple):
    """What a file of scores says already: the rows of each set, by section, and the values of bars."""

    rows: dict[str, list[str]]
    bars: dict[str, str]

    @staticmethod
    def parse(markdown: str) -> "Written":
        sections = dict(part.split("\n", 1) for part in markdown.split("\n## ")[1:])
        table = lambda title: [row for row in sections.get(title, "").splitlines() if row.startswith("| ")][1:]
        cells = (row.split(" | ") for row in table("Bars"))
        return Written({title: table(title) for title, _ in KINDS.values()}, {row[0][2:]: row[2] for row in cells})


def set_of(row: str) -> tuple[str, str]:
    """Corpus and part of a row."""
    corpus, part = row[2:].split(" | ")[:2]
    return corpus, part


def markdown(sets: list[Set], model: str, before: Written = Written({}, {})) -> str:
    """The tables; of corpora that were not scored now, the rows of `before`."""
    out = [f"# Scores of {model}", "",
           "Written by `scripts/evaluate --data DIR`; running it again on the same corpora gives the same file. Every number is one of",
           "`dateline eval`, which prints the matching rule beside it; `scripts/data/README.md` tells what each corpus labels and what its",
           "map of labels (`scripts/data/maps/`) makes of it. Intervals are 95 %, by bootstrap over articles. *tokens*: `given` is the",
           "corpus' own, `raw` the text alone, and so is segmentation always. *gold*: items that were compared. Scores are of the whole",
           "pipeline, rules included.", "",
           "## Bars", "", "| bar | limit | value | holds |", "|---|---|---|---|"]
    for bar, value in bars(sets):
        if value is None and before.bars.get(bar.name):
            value = float(before.bars[bar.name])
        holds = "not scored" if value is None else "yes" if bar.holds(value) else "**no**"
        out.append(f"| {bar.name} | {'≤' if bar.at_most else '≥'} {bar.limit} | {number(value)} | {holds} |")
    for kind, (title, what) in KINDS.items():
        lines = [line(found, row) for found in sets if found.kind == kind for row in rows(found)]
        scored = {(found.corpus, found.part.split(",")[0]) for found in sets}
        lines += [row for row in before.rows.get(title, ()) if (set_of(row)[0], set_of(row)[1].split(",")[0]) not in scored]
        # A sort that keeps the order within a corpus.
        lines.sort(key=lambda row: set_of(row)[0])
        if lines:
            out += ["", f"## {title}", "", what, "",
                    "| corpus | part | size | tokens | map | task | metric | gold | P | R | F1 or share | 95 % |",
                    "|---|---|---|---|---|---|---|---|---|---|---|---|"]
            out += lines
    out += sections()
    out += ["", "## Not scored", ""] + [f"- `{corpus}`: {why}." for corpus, why in LEFT_OUT.items()]
    return "\n".join(out) + "\n"
