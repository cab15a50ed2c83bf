"""Tests of the labels, the records and the sums; they need neither spaCy, unless it is installed, nor a corpus."""
from __future__ import annotations

import importlib.util
import sys
import unittest
from pathlib import Path

sys.path.insert(1, str(Path(__file__).resolve().parents[2] / "train"))

from entity_tags import MISSING, tags_of
from labels import outside, span_masks
from predictions import entities, gold_names, gold_trees, joined, trees
from scoring import prf, three_types

HAS_SPACY = importlib.util.find_spec("spacy") is not None and importlib.util.find_spec("spacy.tokens") is not None


class Tags(unittest.TestCase):
    def test_one_allowed_tag_is_that_tag(self):
        masks = span_masks(2, ["PERSON"]) + [outside()] + span_masks(1, ["PLACE"]) + span_masks(1, ["ORG"])
        self.assertEqual(tags_of(masks), ["B-PERSON", "I-PERSON", "O", "B-PLACE", "B-ORG"])

    def test_other_types_are_outside(self):
        self.assertEqual(tags_of(span_masks(2, ["NORP", "MISC", "EVENT"])), ["O", "O"])
        self.assertEqual(tags_of(span_masks(1, ["DATE"], optional=True)), ["O"])

    def test_an_o_that_may_be_a_type_which_is_not_learned_is_o(self):
        self.assertEqual(tags_of([outside("DATE", "NORP", "EVENT", "MISC")]), ["O"])

    def test_what_may_be_one_of_the_three_or_not_is_missing(self):
        for masks in ([0], [outside("ORG")], span_masks(1, ["PLACE", "NORP"]), span_masks(1, ["ORG", "MISC"]),
                      span_masks(1, ["PERSON", "ORG"]), span_masks(1, ["PERSON"], optional=True)):
            self.assertEqual(tags_of(masks), [MISSING])

    def test_a_name_does_not_begin_with_its_second_word(self):
        second = span_masks(2, ["ORG"])[1]
        self.assertEqual(tags_of([0, second, second]), [MISSING] * 3)
        self.assertEqual(tags_of([second]), [MISSING])
        self.assertEqual(tags_of(span_masks(1, ["PLACE"]) + [second]), ["B-PLACE", MISSING])


def record() -> dict:
    text = "Ünal left.\nIt rained in Novi Sad."
    row = lambda *spans: {"tokens": [{"start": a, "end": b, "text": text[a:b]} for a, b in spans]}
    return {"text": text, "sentences": [row((0, 4), (5, 9), (9, 10)), row((11, 13), (14, 20), (21, 23), (24, 28), (29, 32), (32, 33))]}


class Records(unittest.TestCase):
    def test_names_get_the_characters_of_their_words(self):
        layer = entities(record(), [[(0, 1, "PERSON")], [(3, 5, "PLACE")]])
        self.assertEqual(layer, {"entities": [
            {"id": "e1", "type": "PERSON", "mentions": [{"start": 0, "end": 4, "text": "Ünal"}]},
            {"id": "e2", "type": "PLACE", "mentions": [{"start": 24, "end": 32, "text": "Novi Sad"}]}]})

    def test_gold_names_come_back(self):
        names = [[(0, 1, "PER")], [(3, 5, "LOC"), (0, 1, "ORG")]]
        self.assertEqual(gold_names(record() | entities(record(), names)), names)

    def test_gold_trees_come_back(self):
        found = [[{"xpos": "NN", "head": (0 if i == 1 else 2), "deprel": "root" if i == 1 else "dep"} for i, _ in enumerate(s["tokens"])]
                 for s in record()["sentences"]]
        layer = trees(record(), found)
        self.assertEqual(gold_trees(layer), found)
        self.assertEqual(layer["sentences"][1]["tokens"][3],
                         {"start": 24, "end": 28, "text": "Novi", "xpos": "NN", "head": 2, "deprel": "dep"})

    def test_another_number_of_sentences_is_an_error(self):
        with self.assertRaises(ValueError):
            entities(record(), [[]])

    def test_names_of_parts_become_names_of_words(self):
        # "Graz-born Eva" as Graz - born Eva
        origin = [0, 0, 0, 1]
        self.assertEqual(joined([(0, 1, "PLACE"), (3, 4, "PERSON")], origin), [(0, 1, "PLACE"), (1, 2, "PERSON")])
        self.assertEqual(joined([(0, 1, "PLACE"), (2, 3, "ORG"), (3, 4, "PERSON")], origin), [(0, 1, "PLACE"), (1, 2, "PERSON")])


class Sums(unittest.TestCase):
    def test_three_types_alone(self):
        row = lambda group, precision, predicted, gold: {"metric": "strict", "group": group, "precision": precision, "predicted": predicted,
                                                         "gold": gold}
        rows = [row("all", 0.5, 10, 20), row("PERSON", 0.75, 4, 6), row("ORG", None, 0, 2), row("PLACE", 0.5, 4, 4), row("MISC", 0.0, 2, 8)]
        self.assertEqual(three_types({"sections": [{"rows": rows}]}), {"precision": 0.625, "recall": 0.4167, "f1": 0.5, "gold": 12})

    def test_nothing_found(self):
        self.assertEqual(prf(0, 0, 3), {"precision": 0.0, "recall": 0.0, "f1": 0.0, "gold": 3})


@unittest.skipUnless(HAS_SPACY, "spaCy is not installed")
class Docs(unittest.TestCase):
    def test_missing_tags_stay_missing_in_the_file(self):
        from docbins import name_doc
        from spacy.tokens import Doc, DocBin
        from spacy.training import Example
        from spacy.vocab import Vocab

        tags = ["O", "B-ORG", "I-ORG", MISSING, "B-PLACE", "B-PLACE", MISSING, "O"]
        written = DocBin(docs=[name_doc(Vocab(), list("abcdefgh"), tags)]).to_bytes()
        doc, = DocBin().from_bytes(written).get_docs(Vocab())
        learned = Example(Doc(doc.vocab, words=list("abcdefgh")), doc).get_aligned_ner()
        self.assertEqual(learned, ["O", "B-ORG", "L-ORG", None, "U-PLACE", "U-PLACE", None, "O"])

    def test_trees_come_back(self):
        from docbins import tree_doc
        from pipelines import words
        from sentence import Sentence
        from spacy.vocab import Vocab

        s = Sentence("She saw Graz today".split(), xpos=["PRP", "VBD", "NNP", "NN"], head=[2, 0, 2, 2],
                     deprel=["nsubj", "root", "obj", "obl:tmod"])
        self.assertEqual([(w["xpos"], w["head"], w["deprel"]) for w in words(tree_doc(Vocab(), s))], list(zip(s.xpos, s.head, s.deprel)))


if __name__ == "__main__":
    unittest.main()
