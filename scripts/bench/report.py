"""From passes to numbers, and from numbers to the table of BENCHMARKS.md."""
from __future__ import annotations

import statistics
from pathlib import Path
from typing import Callable

TITLES = {
    "encoder": "**Encoder alone**: word pieces to vectors",
    "all": "**Encoder and heads**: word pieces to scores of names, tags, lemmas, trees, event words",
    "pipeline": "**Whole pipeline**: raw text to JSON",
}
BEGIN, END = "<!-- bench:begin -->", "<!-- bench:end -->"
NO_BREAK = "\u00a0"


def summary(results: dict) -> list[dict]:
    """A line for each row: medians over its rounds, and how it stands to the row of reference in the same rounds."""
    rows, made = results["rows"], []
    for key, row in rows.items():
        reference = reference_of(results, row["work"])
        median = lambda name: statistics.median(p[name] for p in row["passes"])
        seconds, cpu, counts = median("seconds"), median("cpu_seconds"), results["input"]
        score = results["scores"].get(key, {})
        made.append({
            "key": key, "work": row["work"], "name": row["name"], "way": row["way"],
            "tokens_per_second": row["tokens"] / seconds if row["tokens"] else None,
            "articles_per_second": counts["articles"] / seconds, "words_per_second": counts["words"] / seconds,
            "words_per_cpu_second": counts["words"] / cpu, "cpu_seconds": cpu,
            "speed": ratio(rows[reference], row, "seconds"), "work_per_cpu": ratio(rows[reference], row, "cpu_seconds"),
            "peak_mb": median("peak_rss_kb") / 1024, "load_seconds": row["load_seconds"], "model_mb": row["model_bytes"] / 1e6,
            "f1": score.get("f1"), "las": score.get("las"),
        })
    return made


def reference_of(results: dict, work: str) -> str:
    """The row that others of its kind of work are compared with: the one asked for, or the first there is."""
    of_work = [key for key, row in results["rows"].items() if row["work"] == work]
    return next((key for key in results["reference"] if key in of_work), of_work[0])


def ratio(reference: dict, row: dict, name: str) -> list[float]:
    """How many times less of something a row takes than the reference: median, least and most of the rounds both have."""
    pairs = list(zip(reference["passes"], row["passes"]))
    ratios = [theirs[name] / mine[name] for theirs, mine in pairs]
    return [statistics.median(ratios), min(ratios), max(ratios)]


Shown = Callable[[dict], str]
whole = lambda key: (lambda row: "–" if row[key] is None else f"{row[key]:,.0f}")
digits = lambda key, n: (lambda row: "–" if row[key] is None else f"{row[key]:.{n}f}")
times = lambda key: (lambda row: f"{row[key][0]:.2f}×{NO_BREAK}({row[key][1]:.2f}–{row[key][2]:.2f})")
COLUMNS: list[tuple[str, Shown]] = [
    ("engine", lambda row: row["name"]), ("as", lambda row: row["way"]), ("tokens/s", whole("tokens_per_second")),
    ("articles/s", digits("articles_per_second", 1)), ("words/s", whole("words_per_second")), ("words per CPU s", whole("words_per_cpu_second")),
    ("CPU s", digits("cpu_seconds", 1)), ("speed", times("speed")), ("per CPU s", times("work_per_cpu")), ("peak MB", whole("peak_mb")),
    ("load s", digits("load_seconds", 2)), ("model MB", digits("model_mb", 1)), ("F1", digits("f1", 3)), ("LAS", digits("las", 3)),
]


def table(results: dict) -> str:
    """One table with a heading row for each kind of work."""
    cells = lambda row: "| " + " | ".join(row) + " |"
    lines = [cells([name for name, _ in COLUMNS]), cells(["---", "---", *["---:"] * (len(COLUMNS) - 2)])]
    rows = summary(results)
    for work, title in TITLES.items():
        if any(row["work"] == work for row in rows):
            lines.append(cells([title, *[""] * (len(COLUMNS) - 1)]))
            lines += [cells([shown(row) for _, shown in COLUMNS]) for row in rows if row["work"] == work]
    return "\n".join(lines)


def section(results: dict) -> str:
    """The table with what it was measured on and what its columns are."""
    machine, counts, versions = results["machine"], results["input"], results["versions"]
    references = [f"{results['rows'][key]['name']} ({work})" for work in TITLES
                  if any(row["work"] == work for row in results["rows"].values()) for key in [reference_of(results, work)]]
    rounds = max(len(row["passes"]) for row in results["rows"].values())
    lines = [
        f"{machine['cpu']}, {machine['cores']} cores ({', '.join(machine['features'])}), {machine['memory_gb']} GB, {machine['system']}; other "
        f"programs kept {max(results['busy'])} cores busy before the worst of the rounds. "
        f"{', '.join(f'{name} {version}' for name, version in versions.items())}. {results['date']}.",
        "",
        f"{counts['articles']} articles, {counts['words']:,} words; for the encoder {counts['pieces']:,} word pieces in {counts['sequences']:,} "
        f"windows. Medians of {rounds} rounds, in each of which every row makes one pass.",
        "",
        table(results),
        "",
        f"- *speed*, *per CPU s*: how much quicker, and how much more for each CPU second, than {', '.join(references)} in the same round: "
        "median, least and most.",
        "- *tokens*: word pieces with [CLS] and [SEP]; padding is not counted. *as*: the way of running it that was quickest on a fifth of the articles.",
        "- *load*: from the program's start to a model that can run; a Python program's imports count. *peak*: of all its processes. "
        "*model*: its files; not the programs and libraries that run it.",
        f"- *F1*: strict, of PERSON, ORG and PLACE, on {results['f1_on']}; *LAS*: on UD English EWT test, given words. Of whole pipelines, from SCORES.md "
        "and scripts/baselines/spacy; – where nothing in the tree says it.",
    ]
    rows = results["rows"]
    if any(key.endswith("/transformers") or key.endswith("/rust-bert") for key in rows):
        lines.append("- transformers and rust-bert read the pretrained encoder, which has Dateline's layers and sizes but no shapes; they have no heads to run. "
                     "Where torch is a build with CUDA, as PyPI's for Linux, its libraries are part of the peak.")
    if "pipeline/dateline" in rows:
        lines.append("- Dateline's passes start the program anew, and that counts; spaCy has been loaded before. Dateline finds events, times, places "
                     "and who is who besides; spaCy tags, parses and names.")
    if "pipeline/spacy" in rows:
        lines.append(f"- spaCy's pipeline: {results['spacy']}")
    lines += [f"- not measured: {key}: {reason}" for key, reason in results["failed"].items()]
    return "\n".join(lines)


def place(text: str, new: str) -> str:
    """Puts a section between its marks, where there are some, or at the end."""
    marked = f"{BEGIN}\n{new}\n{END}"
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    return before + marked + after if begin and end else text.rstrip() + "\n\n" * bool(text.strip()) + marked + "\n"


def write(path: Path, results: dict) -> None:
    text = path.read_text(encoding="utf-8") if path.exists() else "# Benchmarks\n"
    path.write_text(place(text, section(results)), encoding="utf-8")
