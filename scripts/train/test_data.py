"""Tests of windows, made-up names and pages, and the names read off GUM's mentions; they need no torch and no corpus."""
from __future__ import annotations

import random
import tempfile
import unittest
from pathlib import Path

import gum
import sports
from labels import ENTITY_TAGS, ENTITY_TYPES, outside, span_masks
from names import Names, certain, replaced
from sentence import Sentence
from windows import cut, documents, plan


def tags(s: Sentence) -> list[str]:
    return ["|".join(t for i, t in enumerate(ENTITY_TAGS) if m >> i & 1) for m in s.entity]


def sentence(text: str, spans=(), corpus: str = "gmb", doc: str = "") -> Sentence:
    words = text.split()
    entity = [outside()] * len(words)
    for a, b, kind in spans:
        entity[a:b] = span_masks(b - a, [kind])
    return Sentence(words, corpus, entity=entity, doc=doc)


TRAIN = {"gmb": [sentence("Rain fell in Lusaka and Graz .", [(3, 4, "PLACE"), (5, 6, "PLACE")]), sentence("A Danish ship .", [(1, 2, "NORP")])],
         "redocred": []}


class Windows(unittest.TestCase):
    def test_every_sentence_is_kept_once_with_context_on_both_sides(self):
        rng = random.Random(1)
        for _ in range(300):
            costs = [rng.choice((2, 5, 20, 31, 90, 300)) for _ in range(rng.randrange(40))]
            kept = []
            for read, keep in plan(costs, 256, 32):
                kept += keep
                self.assertLessEqual({*keep}, {*read})
                if 1 + costs[keep[0]] > 256:
                    self.assertEqual(len(read), 1)
                    continue
                self.assertLessEqual(1 + sum(costs[i] for i in read), 256)
                self.assertLessEqual(sum(costs[i] for i in read if i < keep[0]), 32)
                self.assertLessEqual(sum(costs[i] for i in read if i > keep[-1]), 32)
            self.assertEqual(kept, list(range(len(costs))))

    def test_a_document_that_fits_is_one_window(self):
        self.assertEqual(list(plan([50, 50, 50], 256, 32)), [(range(3), range(3))])
        self.assertEqual(list(plan([100, 30, 100, 30, 100], 256, 32)),
                         [(range(0, 2), range(0, 2)), (range(1, 4), range(2, 4)), (range(3, 5), range(4, 5))])

    def test_training_windows_stay_within_a_document(self):
        sentences = [sentence("a b c", doc="1")] * 9 + [sentence("d e", doc="2")] * 3 + [sentence("f")] * 2
        groups = list(documents(sentences))
        self.assertEqual([len(g) for g in groups], [9, 3, 1, 1])
        windows = [w for g in groups for w in cut(g, lambda s: 1 + len(s), 256, random.Random(2))]
        self.assertEqual([s for w in windows for s in w], sentences)


class MadeUp(unittest.TestCase):
    names = Names(TRAIN)

    def test_a_replaced_mention_keeps_its_type_and_the_rest_its_labels(self):
        old = sentence("Minister Anna Berg met Lusaka 's mayor .", [(1, 3, "PERSON"), (4, 5, "PLACE")])
        changed = 0
        for seed in range(400):
            new = replaced(old, self.names, random.Random(seed))
            self.assertEqual(len(new.words), len(new.entity))
            (a, b, kind), place = sorted(certain(new))
            self.assertEqual((a, kind), (1, "PERSON"))
            self.assertEqual(new.words[b:], old.words[3:])
            self.assertEqual(new.words[place[0]], "Lusaka")
            changed += new.words != old.words
        self.assertGreater(changed, 10)

    def test_swapped_names_keep_type_and_number_of_words(self):
        old = sentence("anna likes Lusaka .", [(0, 1, "PERSON"), (2, 3, "PLACE")], corpus="ewt_names")
        seen = set()
        for seed in range(50):
            new = replaced(old, self.names, random.Random(seed))
            self.assertEqual((new.entity, new.words[1], new.words[3]), (old.entity, "likes", "."))
            self.assertTrue(new.words[0].islower())
            seen.add(new.words[2])
        self.assertGreater(len(seen), 1)

    def test_corpora_with_syntax_stay_as_they_are(self):
        old = sentence("Anna Berg left .", [(0, 2, "PERSON")], corpus="ewt")
        self.assertTrue(all(replaced(old, self.names, random.Random(seed)) is old for seed in range(200)))

    def test_organizations_and_people_are_words(self):
        rng = random.Random(3)
        for _ in range(2000):
            for words in (self.names.person(rng), self.names.organization(rng)):
                self.assertTrue(words and all(w and " " not in w for w in words), words)

    def test_sports_pages_are_labelled_word_by_word(self):
        for page in sports.pages(self.names, random.Random(4), 0):
            self.assertGreater(len(page), 1)
            for s in page:
                self.assertEqual(len(s.words), len(s.entity))
                self.assertTrue(all(kind in ENTITY_TYPES for _, _, kind in certain(s)))


GUM = """# newdoc id = GUM_news_example
# sent_id = GUM_news_example-1
1	Former	former	ADJ	JJ	_	2	amod	_	Entity=(1-person-new-cf1-1-sgl-Example
2	President	president	PROPN	NNP	_	0	root	_	_
3	Ada	Ada	PROPN	NNP	_	2	flat	_	_
4	Brook	Brook	PROPN	NNP	_	2	flat	_	Entity=1)
5	of	of	ADP	IN	_	8	case	_	_
6	the	the	DET	DT	_	8	det	_	Entity=(2-organization-new-cf2-1-sgl
7	Harbour	Harbour	PROPN	NNP	_	8	compound	_	_
8	Council	Council	PROPN	NNP	_	2	nmod	_	_
9	of	of	ADP	IN	_	10	case	_	_
10	Lusaka	Lusaka	PROPN	NNP	_	8	nmod	_	Entity=(3-place-new-cf3-1-sgl)2)
11	spoke	speak	VERB	VBD	_	2	acl	_	_
12	yesterday	yesterday	NOUN	NN	_	11	obl	_	Entity=(4-time-new-cf4-1-sgl)
13	.	.	PUNCT	.	_	2	punct	_	_

"""


class Gum(unittest.TestCase):
    def test_names_within_noun_phrases(self):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "gum").mkdir()
            (Path(folder) / "gum/dev_documents.txt").write_text("other\n")
            (Path(folder) / "gum/GUM_news_example.conllu").write_text(GUM)
            train, dev = gum.load(Path(folder))
        self.assertEqual((len(train), dev), (1, []))
        spans = sorted(certain(train[0]))
        self.assertEqual([(" ".join(train[0].words[a:b]), kind) for a, b, kind in spans],
                         [("Ada Brook", "PERSON"), ("Harbour Council of Lusaka", "ORG")])
        self.assertEqual(tags(train[0])[11], "O|B-DATE")


if __name__ == "__main__":
    unittest.main()
