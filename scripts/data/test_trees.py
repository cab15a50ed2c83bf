import unittest
from collections import Counter

from corpora.gum import timex_value
from testing import CorpusTest, converted

UD = """\
# newdoc id = letter
# sent_id = letter-1
# newpar id = letter-p1
# text = Ana can't go.
1\tAna\tAna\tPROPN\tNNP\t_\t4\tnsubj\t_\t_
2-3\tcan't\t_\t_\t_\t_\t_\t_\t_\t_
2\tca\tcan\tAUX\tMD\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
4.1\tgone\tgo\tVERB\tVBN\t_\t_\t_\t_\t_
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# sent_id = letter-2
# text = Pity
1\tPity\tpity\tNOUN\tNN\t_\t0\troot\t_\t_

# newdoc id = note
# sent_id = note-1
# text = gonna
1-2\tgonna\t_\t_\t_\t_\t_\t_\t_\t_
1\tgoin\tgo\tVERB\tVBG\t_\t0\troot\t_\t_
2\tto\tto\tPART\tTO\t_\t1\txcomp\t_\t_

"""

GUM = """\
# newdoc id = GUM_news_quay
# meta::dateCreated = 2014-05-03
# newpar
# sent_id = GUM_news_quay-1
# text = Mayor Ada Berg's boat left on 3 May 2014.
1\tMayor\tMayor\tPROPN\tNNP\t_\t5\tnmod:poss\t_\tEntity=(1-object-new-nnnnn-cf1-5-sgl(2-person-new-ssssn-cf2-1,2,3-coref-Ada_Berg
2\tAda\tAda\tPROPN\tNNP\t_\t1\tflat\t_\t_
3-4\tBerg's\t_\t_\t_\t_\t_\t_\t_\t_
3\tBerg\tBerg\tPROPN\tNNP\t_\t1\tflat\t_\t_
4\t's\t's\tPART\tPOS\t_\t1\tcase\t_\tEntity=2)
5\tboat\tboat\tNOUN\tNN\t_\t6\tnsubj\t_\tEntity=1)
6\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_
7\ton\ton\tADP\tIN\t_\t8\tcase\t_\t_
8\t3\t3\tNUM\tCD\t_\t6\tobl\t_\tEntity=(3-time-new-nnnns-cf3-1,2,3-sgl|XML=<date when:::"2014-05-03">
9\tMay\tMay\tPROPN\tNNP\t_\t8\tnmod\t_\t_
10\t2014\t2014\tNUM\tCD\t_\t8\tnmod\t_\tEntity=3)|SpaceAfter=No|XML=</date>
11\t.\t.\tPUNCT\t.\t_\t6\tpunct\t_\t_

# newpar
# sent_id = GUM_news_quay-2
# text = She rowed all night
1\tShe\tshe\tPRON\tPRP\t_\t2\tnsubj\t_\tEntity=(2-person-giv:act-ssssn-cf1-1-ana)
2\trowed\trow\tVERB\tVBD\t_\t0\troot\t_\t_
3\tall\tall\tDET\tDT\t_\t4\tdet\t_\tEntity=(4-time-new-nnnnn-cf2-2-sgl
4\tnight\tnight\tNOUN\tNN\t_\t2\tobl\t_\tEntity=4)

"""


class Trees(CorpusTest):
    def test_ud_ewt(self):
        (letter, note), lost = converted("ud_ewt", "dev", {"en_ewt-ud-dev.conllu": UD})

        def token(start, end, text, upos, xpos, lemma, head, deprel):
            return {"start": start, "end": end, "text": text, "upos": upos, "xpos": xpos, "lemma": lemma, "head": head,
                    "deprel": deprel}

        self.check(letter, "letter", "Ana can't go. Pity", sentences=[
            {"tokens": [token(0, 3, "Ana", "PROPN", "NNP", "Ana", 4, "nsubj"), token(4, 6, "ca", "AUX", "MD", "can", 4, "aux"),
                        token(6, 9, "n't", "PART", "RB", "not", 4, "advmod"), token(10, 12, "go", "VERB", "VB", "go", 0, "root"),
                        token(12, 13, ".", "PUNCT", ".", ".", 4, "punct")]},
            {"tokens": [token(14, 18, "Pity", "NOUN", "NN", "pity", 0, "root")]}])
        self.assertEqual([t["text"] for t in note["sentences"][0]["tokens"]], ["gonn", "a"])
        self.assertEqual(lost, {"surface token whose words do not add up to it: cut by length": 1})

    def test_text_that_does_not_match_its_words(self):
        with self.assertRaisesRegex(ValueError, "letter-1: 'Ana' is not next in .Eva"):
            converted("ud_ewt", "dev", {"en_ewt-ud-dev.conllu": UD.replace("text = Ana", "text = Eva")})

    def test_uner_ewt_has_rows_of_three_and_five_columns(self):
        file = ("# newdoc id = note\n# sent_id = note-1\n# text = Meet Jo Ek.\n1\tMeet\tO\n2\tJo\tB-PER\t-\tx\n3\tEk\tI-PER\t-\tx\n"
                "4\t.\tO\n\n")
        (record,), _ = converted("uner_ewt", "test", {"en_ewt-ud-test.iob2": file})
        words = [{"start": a, "end": b, "text": t} for a, b, t in ((0, 4, "Meet"), (5, 7, "Jo"), (8, 10, "Ek"), (10, 11, "."))]
        self.check(record, "note", "Meet Jo Ek.", sentences=[{"tokens": words}],
                   entities=[{"id": "e1", "type": "PER", "mentions": [{"start": 5, "end": 10, "text": "Jo Ek"}]}])


class Gum(CorpusTest):
    def test_mentions_dates_and_documents(self):
        files = {"GUM_news_quay.conllu": GUM, "GUM_bio_x.conllu": GUM.replace("news_quay", "bio_x"),
                 "dev_documents.txt": "GUM_news_quay\nGUM_vlog_absent\n"}
        (record,), lost = converted("gum", "dev", files)
        text = "Mayor Ada Berg's boat left on 3 May 2014.\n\nShe rowed all night"
        self.assertEqual(record["sentences"][1]["tokens"][1], {
            "start": 47, "end": 52, "text": "rowed", "upos": "VERB", "xpos": "VBD", "lemma": "row", "head": 0, "deprel": "root"})
        del record["sentences"]
        self.check(record, "GUM_news_quay", text, published={"value": "2014-05-03"}, entities=[
            {"id": "e1", "type": "person", "salience": 0.8, "mentions": [
                {"start": 0, "end": 16, "text": "Mayor Ada Berg's", "kind": "name", "alternatives": [{"start": 0, "end": 14}]},
                {"start": 43, "end": 46, "text": "She", "kind": "pronoun"}]},
            {"id": "e2", "type": "object", "salience": 0.0, "mentions": [
                {"start": 0, "end": 21, "text": "Mayor Ada Berg's boat", "kind": "nominal",
                 "alternatives": [{"start": 17, "end": 21}]}]},
            {"id": "e3", "type": "time", "salience": 0.2, "mentions": [
                {"start": 30, "end": 40, "text": "3 May 2014", "kind": "name", "alternatives": [{"start": 32, "end": 35}]}]},
            {"id": "e4", "type": "time", "salience": 0.0, "mentions": [
                {"start": 53, "end": 62, "text": "all night", "kind": "nominal", "alternatives": [{"start": 57, "end": 62}]}]},
        ], times=[
            {"id": "t1", "start": 30, "end": 40, "text": "3 May 2014", "type": "DATE", "value": "2014-05-03"},
            {"id": "t2", "start": 53, "end": 62, "text": "all night", "type": "DATE", "optional": True}])
        self.assertEqual(lost, {})
        (other,), _ = converted("gum", "train", files)
        self.assertEqual(other["id"], "GUM_bio_x")

    def test_tei_values(self):
        lost = Counter()
        for when, value in (("2014", "2014"), ("2014-05", "2014-05"), ("480", "0480"), ("-0044", "BC0044"), ("-480", "BC0480"),
                            ("--05-03", "XXXX-05-03"), ("--05", "XXXX-05"), ("2014-05-03T09:30:00", "2014-05-03T09:30"),
                            ("09:30:00", None), ("soon", None)):
            self.assertEqual(timex_value({"when": when}, lost), value, when)
        self.assertIsNone(timex_value({"from": "1990", "to": "1999"}, lost))
        self.assertEqual(lost, {"value of another form": 2, "interval without a TIMEX3 value": 1})


if __name__ == "__main__":
    unittest.main()
