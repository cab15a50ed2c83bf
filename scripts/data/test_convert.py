import json
import runpy
import tempfile
import unittest
from pathlib import Path

from halves import half_of

convert = runpy.run_path(str(Path(__file__).resolve().parent / "convert"))


class Command(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.out = self.root / "out.jsonl"

    def write(self, half=None):
        return convert["write"]("dwie", "dev", self.root, self.out, half)

    def fill(self, titles):
        mention = {"name": "Bo", "pos": [0, 1], "sent_id": 0, "type": "type::person"}
        wrong = mention | {"name": "Jo"}
        (self.root / "dwie").mkdir()
        (self.root / "dwie" / "dev.json").write_text(json.dumps([
            {"title": title, "sents": [["Bo"]], "vertexSet": [[mention, wrong]]} for title in titles]), encoding="utf-8")

    def test_halves_add_up(self):
        titles = [f"d{n}" for n in range(20)]
        self.fill(titles)
        whole = self.write()
        kept = {}
        for half in "AB":
            summary = self.write(half)
            kept[half] = [json.loads(line)["id"] for line in self.out.read_text(encoding="utf-8").splitlines()]
            self.assertEqual(summary["lost"], {"mention that differs from its tokens": len(kept[half])})
            self.assertEqual(summary["size"]["documents"], len(kept[half]))
        self.assertEqual(sorted(kept["A"] + kept["B"]), sorted(titles))
        self.assertTrue(kept["A"] and kept["B"] and all(half_of(id) == half for half in "AB" for id in kept[half]))
        self.assertEqual((whole["size"]["documents"], whole["lost"]), (20, {"mention that differs from its tokens": 20}))

    def test_the_halves_of_known_ids(self):
        # As `printf c | sha256sum` has it, the digests end in b, d, 6 and 1.
        self.assertEqual([half_of(id) for id in ("a", "b", "c", "dateline")], ["B", "B", "A", "B"])

    def test_a_file_appears_only_when_complete(self):
        with self.assertRaisesRegex(FileNotFoundError, "there is no folder .*dwie"):
            self.write()
        self.fill(["twice", "twice"])
        with self.assertRaisesRegex(ValueError, "two documents are named twice"):
            self.write()
        self.assertFalse(self.out.exists())

    def test_an_empty_corpus_is_an_error(self):
        self.fill([])
        with self.assertRaisesRegex(ValueError, "no document in .*dwie"):
            self.write()

    def test_unknown_names(self):
        with self.assertRaisesRegex(KeyError, "no corpus 'dwi'"):
            convert["write"]("dwi", "dev", self.root, self.out, None)
        self.fill(["a"])
        with self.assertRaisesRegex(KeyError, "dwie has no split 'test'; it has dev"):
            convert["write"]("dwie", "test", self.root, self.out, None)


if __name__ == "__main__":
    unittest.main()
