"""Engines as programs that wait to be asked for a pass, chosen among their ways, and asked in turns."""
from __future__ import annotations

import contextlib
import json
import os
import statistics
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

import machine
from rows import PIPELINE, Row, Way

# Nothing is fetched, and nothing is run by more threads than asked.
ENVIRONMENT = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false", "PYTHONWARNINGS": "ignore"}
TRIES = 3  # passes of each way on the short input
PATIENCE = 1800  # seconds after which an engine is given up


class Failed(Exception):
    """An engine that ended, or answered something else than asked."""


@dataclass
class Input:
    sequences: Path
    articles: Path

    def arguments(self, row: Row) -> list:
        return ["--articles", self.articles] if row.work == PIPELINE else ["--sequences", self.sequences]


class Engine:
    """A running program; serve.py says how it is spoken with."""

    def __init__(self, way: Way, arguments: list, log: Path):
        self.log = log
        command = [str(part) for part in [*way.command, *arguments]]
        with open(log, "w", encoding="utf-8") as errors:
            self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True, bufsize=1,
                                            env=os.environ | ENVIRONMENT)
        self.ready = self._answer("ready", "load_seconds", "tokens")

    def run(self) -> dict:
        """One pass: seconds, CPU seconds, peak memory."""
        try:
            self.process.stdin.write("run\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass  # the answer, which is none, says it
        return self._answer("seconds", "cpu_seconds", "peak_rss_kb")

    def _answer(self, *keys: str) -> dict:
        patience = threading.Timer(PATIENCE, self.process.kill)
        patience.start()
        line = self.process.stdout.readline()
        patience.cancel()
        try:
            answer = json.loads(line)
            return {key: answer[key] for key in keys}
        except (ValueError, KeyError, TypeError):
            self.close()
            told = self.log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
            raise Failed(line.strip() or (told[-1] if told else f"ended with {self.process.returncode}")) from None

    def close(self) -> None:
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()


@dataclass
class Measured:
    """What one row came to: a pass for each round."""

    row: Row
    way: Way
    load_seconds: float
    tokens: int
    passes: list[dict]

    def record(self) -> dict:
        return {"work": self.row.work, "name": self.row.name, "way": self.way.label, "load_seconds": self.load_seconds, "tokens": self.tokens,
                "passes": self.passes}


def told(what: str) -> None:
    print(f"== {what}", file=sys.stderr, flush=True)


def best_way(row: Row, short: Input, logs: Path) -> tuple[Way, dict[str, float]]:
    """The way that is quickest on the short input, and the seconds of each."""
    if len(row.ways) == 1:
        return row.ways[0], {}
    seconds = {}
    for way in row.ways:
        engine = Engine(way, short.arguments(row), logs / f"{row.key.replace('/', '.')}.log")
        try:
            seconds[way.label] = statistics.median(engine.run()["seconds"] for _ in range(TRIES))
        finally:
            engine.close()
    best = min(seconds, key=seconds.get)
    return next(way for way in row.ways if way.label == best), seconds


@dataclass
class Run:
    """What was measured, the seconds of all ways that were tried, why rows failed, and the cores that others kept busy
    before each round."""

    rows: dict[str, Measured] = field(default_factory=dict)
    tried: dict[str, dict[str, float]] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    busy: list[float] = field(default_factory=list)


def measure(rows: list[Row], whole: Input, short: Input, rounds: int, logs: Path) -> Run:
    """All engines are held ready at once; in every round each makes one pass, in every second round the last one first."""
    logs.mkdir(parents=True, exist_ok=True)
    engines: dict[str, Engine] = {}
    run = Run()
    for row in rows:
        try:
            told(f"{row.key}: how it runs best")
            way, run.tried[row.key] = best_way(row, short, logs)
            engine = Engine(way, whole.arguments(row), logs / f"{row.key.replace('/', '.')}.log")
        except (Failed, OSError) as error:
            run.failed[row.key] = str(error)
            told(f"{row.key}: left out: {error}")
            continue
        engines[row.key] = engine
        run.rows[row.key] = Measured(row, way, engine.ready["load_seconds"], engine.ready["tokens"], [])
    for number in range(rounds):
        run.busy.append(machine.busy())
        told(f"round {number + 1} of {rounds}; busy with other work: {run.busy[-1]} cores")
        for key in (list(engines) if number % 2 == 0 else list(reversed(engines))):
            try:
                run.rows[key].passes.append(engines[key].run())
            except Failed as error:
                run.failed[key] = str(error)
                told(f"{key}: left out: {error}")
                del engines[key], run.rows[key]
    for engine in engines.values():
        engine.close()
    return run
