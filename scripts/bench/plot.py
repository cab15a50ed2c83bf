"""The picture beside the table: how good and how quick whole pipelines are, and how quick the engines."""
from __future__ import annotations

from pathlib import Path

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt
from matplotlib.axes import Axes

OURS, OTHERS, INK, FAINT = "#0b6e99", "#b3b3b3", "#333333", "#dddddd"
STYLE = {"font.family": "sans-serif", "font.size": 10, "svg.fonttype": "none", "svg.hashsalt": "bench", "text.color": INK, "axes.edgecolor": FAINT,
         "axes.labelcolor": INK, "xtick.color": INK, "ytick.color": INK, "axes.spines.top": False, "axes.spines.right": False}


def write(path: Path, rows: list[dict], f1_on: str) -> None:
    scored = [row for row in rows if row["work"] == "pipeline" and row["f1"] is not None]
    engines = {work: [row for row in rows if row["work"] == work] for work in ("encoder", "all")}
    engines = {work: some for work, some in engines.items() if some}
    if not scored and not engines:
        return
    with plt.rc_context(STYLE):
        heights = [len(some) for some in engines.values()]
        figure = plt.figure(figsize=(10 if scored and engines else 5.5, 4.6), layout="constrained", facecolor="white")
        figure.get_layout_engine().set(w_pad=0.12, h_pad=0.1)
        columns = figure.subfigures(1, bool(scored) + bool(engines), squeeze=False, wspace=0.04)[0]
        if scored:
            pipelines(columns[0].subplots(), scored, f1_on)
        if engines:
            axes = columns[-1].subplots(len(engines), 1, squeeze=False, height_ratios=heights, sharex=True)[:, 0]
            for axis, (work, some) in zip(axes, engines.items()):
                bars(axis, some, "Encoder alone" if work == "encoder" else "Encoder and heads")
            axes[-1].set_xlabel("word pieces a second")
        figure.savefig(path, format="svg", metadata={"Date": None})
        plt.close(figure)


def ours(row: dict) -> bool:
    return row["name"].startswith("Dateline")


def pipelines(axis: Axes, rows: list[dict], f1_on: str) -> None:
    """F1 over words a CPU second; up and to the right is better."""
    speeds = [row["words_per_cpu_second"] for row in rows]
    for row in rows:
        x, y = row["words_per_cpu_second"], row["f1"]
        axis.plot(x, y, "o", markersize=9, color=OURS if ours(row) else OTHERS)
        right = x > (min(speeds) * max(speeds)) ** 0.5 and len(rows) > 1
        axis.annotate(row["name"], (x, y), xytext=(-9 if right else 9, 7), textcoords="offset points", ha="right" if right else "left", va="center",
                      weight="bold" if ours(row) else "normal")
    axis.set_xscale("log")
    axis.set_xlim(min(speeds) / 1.8, max(speeds) * 1.8)
    low, high = min(row["f1"] for row in rows), max(row["f1"] for row in rows)
    room = max(0.05, (high - low) * 0.3)
    axis.set_ylim(max(0, low - room), min(1, high + room))
    axis.xaxis.set_major_locator(matplotlib.ticker.LogLocator(subs=(1, 2, 5)))
    axis.xaxis.set_major_formatter(matplotlib.ticker.StrMethodFormatter("{x:,.0f}"))
    axis.xaxis.set_minor_locator(matplotlib.ticker.NullLocator())
    axis.grid(color=FAINT, linewidth=0.6)
    axis.set_axisbelow(True)
    axis.set_xlabel("words a CPU second, raw text to JSON")
    axis.set_ylabel(f"entity F1, {f1_on}")
    axis.set_title("Whole pipelines", loc="left", weight="bold")


def bars(axis: Axes, rows: list[dict], title: str) -> None:
    """Pieces a second, the quickest first."""
    rows = sorted(rows, key=lambda row: row["tokens_per_second"])
    values = [row["tokens_per_second"] for row in rows]
    drawn = axis.barh([row["name"] for row in rows], values, color=[OURS if ours(row) else OTHERS for row in rows], height=0.62)
    axis.bar_label(drawn, labels=[f"{value:,.0f}" for value in values], padding=4)
    axis.margins(x=0.16)
    axis.tick_params(axis="y", length=0)
    axis.spines["left"].set_visible(False)
    axis.xaxis.set_major_formatter(matplotlib.ticker.StrMethodFormatter("{x:,.0f}"))
    axis.set_title(title, loc="left", weight="bold")
