import unittest

from columns import spans_of
from corpora.conll2003 import is_sport
from testing import CorpusTest, converted, tokens


def mention(start, end, text, **more):
    return {"start": start, "end": end, "text": text, **more}


class Tags(unittest.TestCase):
    def test_every_scheme(self):
        self.assertEqual(spans_of(["B-A", "I-A", "B-A", "O"]), [(0, 2, "A"), (2, 3, "A")])
        self.assertEqual(spans_of(["I-A", "I-A", "I-B", "O", "I-A"]), [(0, 2, "A"), (2, 3, "B"), (4, 5, "A")])
        self.assertEqual(spans_of(["I-A", "B-A", "I-A"]), [(0, 1, "A"), (1, 3, "A")])
        self.assertEqual(spans_of(["S-A", "B-B", "I-B", "E-B", "S-A"]), [(0, 1, "A"), (1, 4, "B"), (4, 5, "A")])


class ColumnCorpora(CorpusTest):
    def test_conll2003(self):
        file = ("-DOCSTART- -X- -X- O\n\nRiga NNP I-NP B-LOC\nwins VBZ I-VP O\n\nEva NNP I-NP B-PER\nOzola NNP I-NP I-PER\n\n"
                "-DOCSTART- -X- -X- O\n\nOslo NNP I-NP B-LOC\nBergen NNP I-NP B-LOC\n")
        (first, second), lost = converted("conll2003", "test", {"test.txt": file})
        self.check(first, "test.txt#1", "Riga wins\nEva Ozola", sentences=tokens("Riga wins\nEva Ozola"), entities=[
            {"id": "e1", "type": "LOC", "mentions": [mention(0, 4, "Riga")]},
            {"id": "e2", "type": "PER", "mentions": [mention(10, 19, "Eva Ozola")]}])
        self.check(second, "test.txt#2", "Oslo Bergen", sentences=tokens("Oslo Bergen"), entities=[
            {"id": "e1", "type": "LOC", "mentions": [mention(0, 4, "Oslo")]},
            {"id": "e2", "type": "LOC", "mentions": [mention(5, 11, "Bergen")]}])
        self.assertEqual(lost, {})

    def test_conll2003_without_sports(self):
        file = "".join(f"-DOCSTART- -X- O O\n\n{headline} NN O O\n- : O O\nRiga NNP O B-LOC\n\n"
                       for headline in ("SOCCER", "RTRS", "Tennis"))
        (record,), lost = converted("conll2003", "test_without_sports", {"test.txt": file})
        self.assertEqual((record["id"], record["text"], lost), ("test.txt#2", "RTRS - Riga", {"article about sport": 2}))
        for headline, sport in (("NHL ICE HOCKEY - STANDINGS", True), ("TENNIS RESULTS FROM ROME", True), ("ALPINE SKIING-LUND WINS", True),
                                ("RTRS - Boxing - Ek wins", True),
                                ("PRESS DIGEST - Rome", False), ("Oil - golf", False)):
            self.assertEqual(is_sport(headline.split()), sport, headline)

    def test_gmb_has_a_record_for_each_sentence(self):
        file = "Oslo\tNNP\tB-geo\nagrees\tVBZ\tO\n\nNorwegian\tJJ\tB-gpe\nships\tNNS\tO\n"
        (first, second), _ = converted("gmb", "train", {"gmb_ner.conll": file})
        self.check(first, "gmb_ner.conll#1", "Oslo agrees", sentences=tokens("Oslo agrees"),
                   entities=[{"id": "e1", "type": "geo", "mentions": [mention(0, 4, "Oslo")]}])
        self.assertEqual((second["id"], second["entities"][0]["type"]), ("gmb_ner.conll#2", "gpe"))

    def test_crossner(self):
        file = "The\tO\nBlue\tB-politicalparty\nParty\tI-politicalparty\nwon\tO\n"
        (record,), _ = converted("crossner", "politics.dev", {"politics/dev.txt": file})
        self.check(record, "politics/dev.txt#1", "The Blue Party won", sentences=tokens("The Blue Party won"),
                   entities=[{"id": "e1", "type": "politicalparty", "mentions": [mention(4, 14, "Blue Party")]}])

    def test_wikigold_has_io_tags_and_text_before_the_first_mark(self):
        file = "Mars I-ORG\nPress I-ORG\nof O\nLima I-LOC\n\nIt O\ncloses O\n\n-DOCSTART- O\n\nQuito I-LOC\n"
        (first, second), _ = converted("wikigold", "train", {"CONLL-format/data/wikigold.conll.txt": file})
        self.check(first, "wikigold.conll.txt#1", "Mars Press of Lima\nIt closes",
                   sentences=tokens("Mars Press of Lima\nIt closes"), entities=[
                       {"id": "e1", "type": "ORG", "mentions": [mention(0, 10, "Mars Press")]},
                       {"id": "e2", "type": "LOC", "mentions": [mention(14, 18, "Lima")]}])
        self.assertEqual((second["id"], second["text"]), ("wikigold.conll.txt#2", "Quito"))

    def test_btc(self):
        (record,), _ = converted("btc", "g", {"CONLL-format/data/g.conll": "@ann\tO\nin\tO\nBonn\tB-LOC\n"})
        self.check(record, "g.conll#1", "@ann in Bonn", sentences=tokens("@ann in Bonn"),
                   entities=[{"id": "e1", "type": "LOC", "mentions": [mention(8, 12, "Bonn")]}])

    def test_wnut17(self):
        path = "CONLL-format/data/test/emerging.test.annotated"
        (record,), _ = converted("wnut17", "test", {path: "see\tO\nFun\tB-creative-work\nHouse\tI-creative-work\n"})
        self.check(record, "emerging.test.annotated#1", "see Fun House", sentences=tokens("see Fun House"),
                   entities=[{"id": "e1", "type": "creative-work", "mentions": [mention(4, 13, "Fun House")]}])

    def test_worldwide(self):
        file = ("https://example.org/1\tO\n\nBank\tB-Organization\tO\nof\tI-Organization\tO\nGhana\tI-Organization\tB-Location\n"
                "in\tO\nAccra\tB-Location\tB-Location\n\nthe O\n")
        (record,), lost = converted("worldwide", "africa", {"ghana_x_1.txt.tsv": file, "jp_y_1.txt.tsv": file})
        text = "Bank of Ghana in Accra\nthe"
        self.check(record, "ghana_x_1.txt.tsv", text, sentences=tokens(text), entities=[
            {"id": "e1", "type": "Organization", "mentions": [mention(0, 13, "Bank of Ghana")]},
            {"id": "e2", "type": "Location", "mentions": [mention(17, 22, "Accra")]},
            {"id": "e3", "type": "Location", "mentions": [mention(8, 13, "Ghana", optional=True)]}])
        self.assertEqual(lost, {"nested mention of the same words as the outer one": 1})
        both, _ = converted("worldwide", "all", {"ghana_x_1.txt.tsv": file, "jp_y_1.txt.tsv": file})
        self.assertEqual(len(both), 2)

    def test_worldwide_region_of_an_unknown_file(self):
        with self.assertRaisesRegex(KeyError, "xx_1.txt.tsv"):
            converted("worldwide", "asia", {"xx_1.txt.tsv": "a\tO\n"})


if __name__ == "__main__":
    unittest.main()
