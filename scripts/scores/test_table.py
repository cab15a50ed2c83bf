"""Tests of the tables on made-up reports."""
from __future__ import annotations

import json
import sys
import tempfile
import unittest
from pathlib import Path
from runpy import run_path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "data")]

import corpora
import plan
from table import Set, Written, bars, markdown, rows

evaluate = run_path(str(HERE.parent / "evaluate"))


def row(metric: str, value: float, group: str = "all", gold: float = 10, **more) -> dict:
    return {"metric": metric, "group": group, "precision": None, "recall": None, "value": value, "interval": None, "gold": gold,
            "predicted": None, **more}


def found(corpus: str, split: str, kind: str, sections: dict[str, list[dict]], half: str = "", tokens: str = "given",
          case: str = "") -> Set:
    report = {"articles": 3, "sections": [{"task": task, "rows": rows} for task, rows in sections.items()]}
    return Set(corpus, split, half, case, kind, {"tokens": 70}, f"{corpus}.toml", tokens, report)


class Tables(unittest.TestCase):
    ner = found("uner_ewt", "test", "test", {"entities": [
        row("exact span", 0.9), row("strict", 0.7, precision=0.8, recall=0.625, interval=[0.6, 0.8]), row("strict", 0.1, "PERSON")]})

    def test_rows_are_those_of_the_plan_in_its_order(self):
        self.assertEqual([(r["task"], r["metric"], r["group"]) for r in rows(self.ner)],
                         [("entities", "strict", "all"), ("entities", "exact span", "all")])
        nothing = found("m2e2", "all", "B", {"events": [row("AC+ head", 0.0, gold=0)]}, "B")
        self.assertEqual(list(rows(nothing)), [])

    def test_bars(self):
        values = {bar.name: value for bar, value in bars([self.ner])}
        self.assertEqual(values["UNER-EWT test, F1"], 0.7)
        self.assertIsNone(values["UD EWT test, LAS"])
        lower = found("uner_ewt", "test", "test", {"entities": [row("strict", 0.62)]}, case="upper-cased")
        values = {bar.name: (value, bar.holds(value)) for bar, value in bars([self.ner, lower]) if value is not None}
        self.assertEqual(values["UNER-EWT test, F1"], (0.7, False))
        lost, holds = values["UNER-EWT test, F1 lost when upper-cased"]
        self.assertAlmostEqual(lost, 0.08)
        self.assertFalse(holds)
        raw = self.ner._replace(tokens="raw")
        self.assertTrue(all(value is None for _, value in bars([raw])))

    def test_what_was_not_scored_again_stays(self):
        half = found("worldwide", "all", "B", {"entities": [row(plan.CORE, 0.5)]}, "B")
        both = markdown([half, self.ner], "m 1")
        self.assertEqual(markdown([], "m 1", Written.parse(both)), both)
        better = self.ner._replace(report={"articles": 3, "sections": [{"task": "entities", "rows": [row("strict", 0.9)]}]})
        new = markdown([better], "m 1", Written.parse(both))
        self.assertEqual(new, markdown([half, better], "m 1"))

    def test_bars_above_another_metric(self):
        answers = {"main event": [row("who", 0.7), row("who, first sentence", 0.55)]}
        half = found("giveme5w1h", "all", "B", answers, "B")._replace(tokens="raw")
        values = {bar.metric: (value, bar.holds(value)) for bar, value in bars([half]) if value is not None}
        self.assertAlmostEqual(values["who"][0], 0.15)
        self.assertTrue(values["who"][1])

    def test_markdown(self):
        half = found("worldwide", "all", "B", {"entities": [row(plan.CORE, 0.5)]}, "B")
        text = markdown([half, self.ner], "m 1")
        self.assertIn("| UNER-EWT test, F1 | ≥ 0.8 | 0.700 | **no** |", text)
        self.assertIn("| uner_ewt | test | 3 articles, 70 tokens | given | uner_ewt.toml | entities | strict | 10 | 0.800 | 0.625 | 0.700 "
                      "| 0.600–0.800 |", text)
        # Half B stands apart from the test sets, behind them.
        self.assertLess(text.index("## Test sets"), text.index("## Halves B"))
        self.assertLess(text.index("## Halves B"), text.index("| worldwide | all B |"))


class Plan(unittest.TestCase):
    def test_bars_are_of_numbers_that_are_shown(self):
        shown = {metric for _, metric, _ in plan.SHOWN}
        self.assertEqual([bar.name for bar in plan.BARS if bar.metric not in shown], [])
        self.assertEqual(len({bar.name for bar in plan.BARS}), len(plan.BARS))

    def test_every_corpus_is_scored_or_left_out_with_a_reason(self):
        self.assertEqual({*plan.TASKS, *plan.LEFT_OUT}, set(corpora.names()))
        self.assertFalse(plan.TASKS.keys() & plan.LEFT_OUT.keys())

    def test_every_set_has_a_kind(self):
        for name, split, half, *_ in evaluate["planned"]([]):
            self.assertIn(half or evaluate["kind_of"](name, split), ("train", "dev", "test", "A", "B"))

    def test_evaluation_corpora_are_never_training_sets(self):
        for name, split, half, *_ in evaluate["planned"]([]):
            if not half and corpora.load(name).USE == "eval":
                self.assertNotEqual(evaluate["kind_of"](name, split), "train", f"{name}.{split}")


class Thin(unittest.TestCase):
    def test_articles_are_evenly_spaced_and_counted(self):
        with tempfile.TemporaryDirectory() as folder:
            gold = Path(folder) / "gold.jsonl"
            gold.write_text("".join(json.dumps({"id": str(i), "text": "a b", "sentences": []}) + "\n" for i in range(1000)))
            size = evaluate["thin"](gold)
            kept = [json.loads(line)["id"] for line in gold.read_text().splitlines()]
        self.assertEqual(kept, [str(i) for i in range(0, 1000, 3)])
        self.assertEqual(size["documents"], len(kept))


if __name__ == "__main__":
    unittest.main()
