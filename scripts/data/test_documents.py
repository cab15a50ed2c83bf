"""Corpora of whole documents in JSON and text."""
import json
import unittest

from corpora import layouts
from testing import CorpusTest, converted, tokens


def place(start, end, text, **more):
    return {"start": start, "end": end, "text": text, **more}


class Clusters(CorpusTest):
    def test_redocred(self):
        def mention(name, pos, sentence, kind):
            return {"name": name, "pos": pos, "sent_id": sentence, "type": kind}

        file = json.dumps([{"title": "Lund", "sents": [["Eva", "Lund", "ran"], ["Lund", "won"]], "labels": [], "vertexSet": [
            [mention("Lund", [0, 1], 1, "PER"), mention("Eva Lund", [0, 2], 0, "PER"), mention("Lund", [0, 1], 1, "MISC")],
            [mention("lost", [1, 2], 1, "MISC")]]}])
        (record,), lost = converted("redocred", "dev", {"dev_revised.json": file})
        text = "Eva Lund ran\nLund won"
        self.check(record, "dev#1", text, sentences=tokens(text), entities=[
            {"id": "e1", "type": "PER", "types": ["MISC"], "mentions": [place(0, 8, "Eva Lund"), place(13, 17, "Lund")]}])
        self.assertEqual(lost, {"mention that stands twice in its cluster": 1, "mention that differs from its tokens": 1})

    def test_dwie_cuts_sentences_and_skips_line_breaks(self):
        words = ["Big", "news", "\n", "He", "said", ":", "\"", "Go", ".", "\"", "Ann", "-", "Bo", "went", "\n"]
        file = json.dumps([{"title": "DW_1", "sents": [words], "labels": [], "vertexSet": [
            [{"name": "Ann-Bo", "pos": [10, 13], "sent_id": 0, "type": "type::person"},
             {"name": "He", "pos": [3, 4], "sent_id": 0, "type": "type::person"},
             {"name": "Jo", "pos": [7, 8], "sent_id": 0, "type": "type::person"}],
            [{"name": "x", "pos": [0, 1], "sent_id": 0, "type": "type::role"}]]}])
        (record,), lost = converted("dwie", "dev", {"dev.json": file})
        text = 'Big news\nHe said : " Go . "\nAnn - Bo went'
        self.check(record, "DW_1", text, sentences=tokens(text), entities=[
            {"id": "e1", "type": "person", "mentions": [place(28, 36, "Ann - Bo"), place(9, 11, "He")]}])
        self.assertEqual(lost, {"mention that differs from its tokens": 2, "entity without a mention": 1})


class Layouts(CorpusTest):
    PAGE = "# style: a page\n# published: 2024-07-22 | dateline\n\nF|Menu\n|\nD|LUND, July 22, 2024 \u2014 \nB+It closed. \nF+Enditem\n"

    def test_zones_of_marked_lines(self):
        text = "Menu\n\nLUND, July 22, 2024 \u2014 It closed. Enditem\n"
        places = {"Menu": "furniture", "LUND, July 22, 2024 \u2014": "dateline", "It closed.": "body", "Enditem": "furniture"}
        zones = [{"kind": kind, "field": "text", "start": text.index(part), "end": text.index(part) + len(part)}
                 for part, kind in places.items()]
        self.check(layouts.parse("p", self.PAGE), "p", text, zones=zones, published={"value": "2024-07-22", "source": "dateline"})

    def test_no_date_and_faults(self):
        undated = self.PAGE.replace("2024-07-22 | dateline", "none")
        self.assertIsNone(layouts.parse("p", undated)["published"])
        for wrong in (undated.replace("F|Menu", "X|Menu"), undated.replace("F|Menu", "F|"), undated[2:]):
            with self.assertRaises(ValueError):
                layouts.parse("p", wrong)

    def test_the_pages_of_this_tree(self):
        for split, count, least in (("all", 60, {"title", "body"}), ("development", 552, {"body"})):
            records, lost = converted("layouts", split, {})
            self.assertEqual((len(records), lost), (count, {}))
            self.assertTrue(all({zone["kind"] for zone in record["zones"]} >= least for record in records))


class MainEvent(CorpusTest):
    def test_giveme5w1h(self):
        def answers(*phrases):
            return {"annotated": list(phrases), "label": "x"}

        row = {"dId": "d1", "title": "Tram derails", "description": "A tram fell.", "text": "It fell at 6am.",
               "date_publish": "2016-11-09 00:00:00", "fiveWoneH": {
                   "who": answers({"coderPhraseCount": 1, "text": "tram"}, {"coderPhraseCount": 3, "text": "A tram"}),
                   "when": answers({"coderPhraseCount": 1, "parsed": "2016-11-08"},
                                   {"coderPhraseCount": 2, "parsed": "2016-11-09", "text": "at 6am"}),
                   "why": answers({"coderPhraseCount": 2}), "how": answers()}}
        (record,), lost = converted("giveme5w1h", "all", {"d1.json": json.dumps(row)})
        self.check(record, "d1", "A tram fell.\n\nIt fell at 6am.", title="Tram derails", published={"value": "2016-11-09"},
                   main_event={"when": "2016-11-09", "answers": {
                       "who": ["A tram", "tram"], "when": ["2016-11-09", "2016-11-08", "at 6am"]}})
        self.assertEqual(lost, {"answer without text or date": 1})


class Templates(CorpusTest):
    TEXT = """TST1-MUC3-0001

   LIMA, 2 MAY 89 -- THE REBELS OF THE RED
BAND BOMBED A BRIDGE.  MAYOR DIAZ DIED.

TST1-MUC3-0002

   NOTHING HAPPENED.
"""
    KEY = """;;; a remark
0.  MESSAGE: ID                     TST1-MUC3-0001 (NCCOSC)
1.  MESSAGE: TEMPLATE               1
2.  INCIDENT: DATE                  02 MAY 89
3.  INCIDENT: LOCATION              PERU: LIMA (CITY)
4.  INCIDENT: TYPE                  BOMBING / ATTACK
5.  INCIDENT: STAGE OF EXECUTION    ACCOMPLISHED
6.  INCIDENT: INSTRUMENT ID         -
9.  PERP: INDIVIDUAL ID             "GUNMEN" / "REBELS"
10. PERP: ORGANIZATION ID           ? "RED BAND"
                                    "BLUE BAND"
12. PHYS TGT: ID                    "BRIDGE"
18. HUM TGT: NAME                   "DIAZ"
19. HUM TGT: DESCRIPTION            "MAYOR": "DIAZ"

0.  MESSAGE: ID                     TST1-MUC3-0001
1.  MESSAGE: TEMPLATE               2 (OPTIONAL)
2.  INCIDENT: DATE                  - 02 MAY 89
4.  INCIDENT: TYPE                  ATTACK

0.  MESSAGE: ID                     TST1-MUC3-0001
1.  MESSAGE: TEMPLATE               3
2.  INCIDENT: DATE                  - 31 MAY 89
3.  INCIDENT: LOCATION              PERU / CHILE
4.  INCIDENT: TYPE                  ARSON
5.  INCIDENT: STAGE OF EXECUTION    THREATENED

0.  MESSAGE: ID                     TST1-MUC3-0002
1.  MESSAGE: TEMPLATE               *
4.  INCIDENT: TYPE                  *
"""

    def test_muc34(self):
        files = {"tst1/tst1-muc3": self.TEXT, "tst1/key-tst1.v7": self.KEY}
        (first, second), lost = converted("muc34", "tst1", files)
        text = "LIMA, 2 MAY 89 -- THE REBELS OF THE RED\nBAND BOMBED A BRIDGE.  MAYOR DIAZ DIED."
        self.check(first, "TST1-MUC3-0001", text, document_events=[
            {"id": "v1", "type": "BOMBING", "types": ["ATTACK"], "time": {"value": "1989-05-02"}, "place": {"country": "PER"},
             "factuality": {"status": "actual"}, "roles": [
                 place(22, 28, "REBELS", role="perpetrator_individual"),
                 place(36, 44, "RED\nBAND", role="perpetrator_organization", optional=True),
                 place(54, 60, "BRIDGE", role="physical_target"), place(69, 73, "DIAZ", role="victim")]},
            {"id": "v2", "type": "ARSON", "factuality": {"status": "hypothetical"}, "roles": []}])
        self.check(second, "TST1-MUC3-0002", "NOTHING HAPPENED.", document_events=[])
        self.assertEqual(lost, {"filler whose strings are not in the text": 1, "description of a named victim": 1,
                                "optional template": 1, "date that is a range or a bound": 1,
                                "place without one known country": 1})


if __name__ == "__main__":
    unittest.main()
