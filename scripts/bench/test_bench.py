"""Tests without the peers: batches, sequences, the protocol between driver and engines, ratios, the table's place."""
from __future__ import annotations

import contextlib
import importlib.util
import io
import sys
import tempfile
import textwrap
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE / "engines")]

import accuracy
import driver
import report
from rows import ENCODER, Row, Way

has = lambda name: importlib.util.find_spec(name) is not None


def results(**rows: list[tuple[float, float]]) -> dict:
    """Results of rows named work__engine, each with (seconds, CPU seconds) of its passes."""
    made = {key.replace("__", "/"): {
        "work": key.split("__")[0], "name": key, "way": "2 threads", "load_seconds": 0.1, "tokens": 0 if key.startswith("pipeline") else 1000, "model_bytes": 5e6,
        "passes": [{"seconds": s, "cpu_seconds": c, "peak_rss_kb": 2048} for s, c in passes]} for key, passes in rows.items()}
    return {"rows": made, "reference": ["encoder/b"], "scores": {"encoder/a": {"f1": 0.8}}, "failed": {"encoder/c": "no such program"},
            "input": {"articles": 10, "words": 500, "pieces": 1000, "sequences": 20}, "machine": {"cpu": "a CPU", "cores": 2, "features": ["avx2"],
            "memory_gb": 8, "system": "Linux"}, "busy": [0.0, 0.25], "versions": {"python": "3.11"}, "date": "2026-01-01", "f1_on": "a set", "spacy": "small"}


class Reports(unittest.TestCase):
    def test_ratios_are_those_of_the_same_round(self):
        made = report.summary(results(encoder__a=[(1.0, 2.0), (4.0, 8.0), (2.0, 4.0)], encoder__b=[(2.0, 2.0), (8.0, 8.0), (3.0, 4.0)]))
        a, b = made
        self.assertEqual(a["speed"], [2.0, 1.5, 2.0])
        self.assertEqual(a["work_per_cpu"], [1.0, 1.0, 1.0])
        self.assertEqual(b["speed"], [1.0, 1.0, 1.0])
        self.assertEqual((a["tokens_per_second"], a["words_per_second"], a["words_per_cpu_second"]), (500.0, 250.0, 125.0))

    def test_without_the_row_of_reference_the_first_is_it(self):
        found = results(encoder__a=[(1.0, 1.0)], pipeline__x=[(1.0, 1.0)])
        self.assertEqual(report.reference_of(found, "encoder"), "encoder/a")
        self.assertEqual(report.reference_of(found, "pipeline"), "pipeline/x")

    def test_the_table_has_every_row_under_its_work(self):
        lines = report.table(results(encoder__a=[(1.0, 2.0)], encoder__b=[(2.0, 2.0)], pipeline__x=[(1.0, 1.0)])).splitlines()
        self.assertEqual(len({line.count("|") for line in lines}), 1)
        self.assertEqual([line.split("|")[1].strip()[:9] for line in lines[2:]], ["**Encoder", "encoder__", "encoder__", "**Whole p", "pipeline_"])
        self.assertIn("| 2.00×\u00a0(2.00–2.00) |", lines[3])

    def test_what_failed_is_told(self):
        self.assertIn("- not measured: encoder/c: no such program", report.section(results(encoder__a=[(1.0, 2.0)])))

    def test_prose_around_the_marks_stays(self):
        first = report.place("# Title\n\nBefore.\n", "one")
        self.assertEqual(first, f"# Title\n\nBefore.\n\n{report.BEGIN}\none\n{report.END}\n")
        self.assertEqual(report.place(first + "\nAfter.\n", "two"), first.replace("one", "two") + "\nAfter.\n")


class Scores(unittest.TestCase):
    def test_the_tree_has_those_that_are_shown(self):
        for on in accuracy.SETS:
            scores = accuracy.of_rows(accuracy.ROOT / "models/dateline-en", accuracy.ROOT / "none", on, [("all/rten", 0.5)])
            self.assertEqual(scores["all/rten"], {"f1": 0.5})
            for row in ("pipeline/dateline", "pipeline/spacy"):
                self.assertEqual(set(scores[row]), {"f1", "las"}, (on, row))


@unittest.skipUnless(has("numpy"), "numpy is not installed")
class Batches(unittest.TestCase):
    def test_buckets_hold_what_fits_once_padded(self):
        import batching

        made = batching.groups([{"input_ids": [1] * n} for n in (3, 10, 9, 4, 30)], 20)
        self.assertEqual([[len(s["input_ids"]) for s in group] for group in made], [[30], [10, 9], [4, 3]])
        self.assertEqual(len(batching.groups([{"input_ids": [1]}] * 3, 0)), 3)

    def test_rows_are_filled_up(self):
        import batching

        row = lambda n, words: {"input_ids": [7] * n, "shape_ids": [1] * n} | {name: [2] * words for name in batching.WORDS}
        made = batching.arrays([row(3, 1), row(2, 0)])
        self.assertEqual(made["input_ids"].tolist(), [[7, 7, 7], [7, 7, 0]])
        self.assertEqual(made["attention_mask"].tolist(), [[1, 1, 1], [1, 1, 0]])
        self.assertEqual(made["word_starts"].tolist(), [[2], [0]])


@unittest.skipUnless(has("onnxruntime") and has("onnx"), "onnxruntime is not installed")
class Graphs(unittest.TestCase):
    def test_the_cut_graph_has_the_pieces_alone_and_stored_weights_are_multiplied_out(self):
        import numpy as np
        import onnx_peers
        from onnx import TensorProto, helper, numpy_helper

        ids = lambda name: helper.make_tensor_value_info(name, TensorProto.INT64, ["B", "S"])
        weights = np.array([[2, -4], [6, 127]], np.int8)
        nodes = [helper.make_node("DequantizeLinear", ["w.int8", "w.scale"], ["w"], axis=0), helper.make_node("Gather", ["w", "input_ids"], ["x"]),
                 helper.make_node("Cast", ["shape_ids"], ["s"], to=TensorProto.FLOAT), helper.make_node("Cast", ["attention_mask"], ["m"], to=TensorProto.FLOAT),
                 helper.make_node("Add", ["s", "m"], ["sm"]), helper.make_node("Unsqueeze", ["sm", "last"], ["sm1"]), helper.make_node("Add", ["x", "sm1"], ["y"]),
                 helper.make_node("Unsqueeze", ["word_starts", "last"], ["at"]), helper.make_node("GatherElements", ["y", "at"], ["out"], axis=1)]
        graph = helper.make_graph(nodes, "g", [ids(name) for name in (*onnx_peers.OF_PIECES, "word_starts")],
                                  [helper.make_tensor_value_info("out", TensorProto.FLOAT, ["B", "S", "H"])],
                                  [numpy_helper.from_array(weights, "w.int8"), numpy_helper.from_array(np.array([0.5, 2.0], np.float32), "w.scale"),
                                   numpy_helper.from_array(np.array([-1]), "last")])
        whole = onnx_peers.in_f32(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)]))
        w = next(numpy_helper.to_array(i) for i in whole.graph.initializer if i.name == "w")
        self.assertEqual(w.tolist(), [[1.0, -2.0], [12.0, 254.0]])
        self.assertNotIn("w.int8", [i.name for i in whole.graph.initializer])
        cut = onnx_peers.encoder_of(whole)
        self.assertEqual(([i.name for i in cut.graph.input], [o.name for o in cut.graph.output]), (list(onnx_peers.OF_PIECES), ["y"]))


@unittest.skipUnless(has("tokenizers"), "tokenizers is not installed")
class Sequences(unittest.TestCase):
    def setUp(self):
        import sequences

        self.maker = sequences.Maker(accuracy.ROOT / "models/dateline-en")

    def test_context_is_read_and_has_no_words(self):
        made = self.maker.sequence([["Prices", "rose", "."], ["Nobody", "knew", "."]], range(1, 2))
        pieces = self.maker.pieces
        self.assertEqual((made["input_ids"][0], made["input_ids"].count(pieces.sep)), (pieces.cls, 2))
        self.assertEqual((made["word_starts"], made["word_sentences"], made["root_starts"]), ([5, 6, 7], [2] * 3, [4] * 3))
        self.assertEqual(len(made["shape_ids"]), len(made["input_ids"]))

    def test_every_word_is_asked_for_once_and_no_window_is_too_long(self):
        document = [["word"] * n for n in (5, 300, 40, 40, 40, 40, 100, 100, 7)]
        made = list(self.maker.of_document(document))
        self.assertEqual(sum(len(s["word_starts"]) for s in made), sum(map(len, document)))
        self.assertLessEqual(max(len(s["input_ids"]) for s in made), self.maker.limit)


class Engines(unittest.TestCase):
    """The driver and small programs that speak as engines do."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def row(self, engine: str, *passes: str):
        ways = []
        for number, body in enumerate(passes):
            program = self.folder / f"{engine}{number}.py"
            head = f"import sys, time\nsys.path.insert(0, {str(HERE / 'engines')!r})\nimport serve\n"
            program.write_text(head + textwrap.dedent(body), encoding="utf-8")
            ways.append(Way(str(number), [sys.executable, program]))
        return Row(ENCODER, engine, engine, ways)

    def measure(self, *rows):
        nothing = driver.Input(self.folder / "sequences", self.folder / "articles")
        with contextlib.redirect_stderr(io.StringIO()):
            return driver.measure(list(rows), nothing, nothing, 2, self.folder / "logs")

    def test_the_quicker_way_is_taken_and_a_failure_ends_its_row_alone(self):
        sleeps = "serve.serve(lambda: time.sleep({}), 0.5, 10)"
        run = self.measure(
            self.row("two", sleeps.format(0.05), sleeps.format(0.001)), self.row("broken", "sys.exit('no model')"),
            self.row("own", "print('not an answer')\nserve.serve(lambda: serve.Usage(3.0, 7), 0.5, 10)"), self.row("one", sleeps.format(0.01)))
        self.assertEqual(list(run.rows), ["encoder/two", "encoder/one"])
        two, one = run.rows.values()
        self.assertEqual((two.way.label, sorted(run.tried["encoder/two"])), ("1", ["0", "1"]))
        self.assertEqual((one.tokens, one.load_seconds, len(one.passes), len(run.busy)), (10, 0.5, 2, 2))
        self.assertGreaterEqual(one.passes[0]["seconds"], 0.01)
        self.assertGreater(one.passes[0]["peak_rss_kb"], 1000)
        self.assertEqual(run.failed, {"encoder/broken": "no model", "encoder/own": "not an answer"})

    def test_processes_share_a_pass_and_one_that_ends_ends_the_row(self):
        member = """
            import team

            def make(broken):
                return [0.01] * 6, (lambda seconds: time.sleep(seconds if not broken else sys.exit("ended"))), 6, 0.5

            if __name__ == "__main__":
                team.serve_team(2, make, {})
            """
        run = self.measure(self.row("whole", member.format(False)), self.row("broken", member.format(True)))
        self.assertEqual((list(run.rows), list(run.failed)), (["encoder/whole"], ["encoder/broken"]))
        self.assertEqual(run.rows["encoder/whole"].tokens, 6)
        self.assertGreater(run.rows["encoder/whole"].passes[0]["peak_rss_kb"], 10_000)

    def test_a_pass_can_say_what_it_used(self):
        run = self.measure(self.row("own", "serve.serve(lambda: serve.Usage(3.0, 7), 0.5, 10)"))
        self.assertEqual([(p["cpu_seconds"], p["peak_rss_kb"]) for p in run.rows["encoder/own"].passes], [(3.0, 7)] * 2)


if __name__ == "__main__":
    unittest.main()
