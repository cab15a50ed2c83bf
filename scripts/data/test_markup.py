"""Corpora in XML and brat."""
import unittest
from unittest import mock

from testing import CorpusTest, converted, tokens


def place(start, end, text, **more):
    return {"start": start, "end": end, "text": text, **more}


TML = """<?xml version="1.0" ?>
<TimeML>
<DOCID>wire1</DOCID>
<DCT><TIMEX3 tid="t0" type="DATE" value="1998-02-06">02-06-98</TIMEX3></DCT>
<EXTRAINFO>not read</EXTRAINFO>
<TEXT>Ms. Lund <EVENT eid="e1" class="REPORTING">said</EVENT> the firm did not <EVENT eid="e2" class="OCCURRENCE">sell</EVENT> it \
<TIMEX3 tid="t1" type="DATE" value="1998-02-05">Thursday</TIMEX3> &amp; \
<TIMEX3 tid="t2" type="DURATION" value="P2D" mod="APPROX">two days</TIMEX3> of <EVENT eid="e3" class="STATE">calm</EVENT>.\
<TIMEX3 tid="t3" type="DATE" value="1998"/></TEXT>
<MAKEINSTANCE eiid="ei1" eventID="e1" tense="PAST" aspect="NONE" polarity="POS" pos="VERB" />
<MAKEINSTANCE eiid="ei2" eventID="e2" tense="PAST" aspect="NONE" polarity="NEG" pos="VERB" />
<MAKEINSTANCE eiid="ei9" eventID="e2" tense="PAST" aspect="NONE" polarity="POS" pos="VERB" />
<TLINK lid="l1" relType="IS_INCLUDED" eventInstanceID="ei2" relatedToTime="t1" />
<TLINK lid="l2" relType="BEFORE" eventInstanceID="ei1" relatedToTime="t1" />
<TLINK lid="l3" relType="INCLUDES" timeID="t2" relatedToEventInstance="ei1" />
<SLINK lid="l4" relType="EVIDENTIAL" eventInstanceID="ei1" subordinatedEventInstance="ei2" />
</TimeML>
"""


class TimeML(CorpusTest):
    text = "Ms. Lund said the firm did not sell it Thursday & two days of calm."
    times = [
        {"id": "t1", **place(39, 47, "Thursday"), "type": "DATE", "value": "1998-02-05"},
        {"id": "t2", **place(50, 58, "two days"), "type": "DURATION", "value": "P2D", "mod": "APPROX"},
    ]

    def test_timebank(self):
        (record,), lost = converted("timebank", "timebank", {"TimeBank/wire1.tml": TML})
        self.check(record, "wire1", self.text, published={"value": "1998-02-06"}, times=self.times, events=[
            {"id": "v1", "type": "REPORTING", "roles": [], "time": {"value": "P2D", "ref": "t2"},
             "mentions": [place(9, 13, "said", pos="verb", factuality={"polarity": "positive"})]},
            {"id": "v2", "type": "OCCURRENCE", "roles": [], "time": {"value": "1998-02-05", "ref": "t1"},
             "mentions": [place(31, 35, "sell", pos="verb", factuality={"polarity": "negative"})],
             "attribution": {"speaker": place(0, 8, "Ms. Lund"), "cue": place(9, 13, "said")}},
            {"id": "v3", "type": "STATE", "roles": [], "mentions": [place(62, 66, "calm")]}])
        self.assertEqual(lost, {"time expression without words": 1, "further instance of an event word": 1,
                                "event without an instance: no polarity or part of speech": 1})

    def test_what_a_word_above_undoes_is_negative(self):
        link = "<SLINK relType='COUNTER_FACTIVE' eventInstanceID='ei1' subordinatedEventInstance='ei2'/></TimeML>"
        text = TML.replace('polarity="NEG"', 'polarity="POS"')
        for tml, polarity in ((text, "positive"), (text.replace("</TimeML>", link), "negative")):
            (record,), _ = converted("timebank", "timebank", {"TimeBank/wire1.tml": tml})
            self.assertEqual(record["events"][1]["mentions"][0]["factuality"]["polarity"], polarity)

    def test_aquaint_has_times_only(self):
        (record,), _ = converted("timebank", "aquaint", {"AQUAINT/wire1.tml": TML})
        self.check(record, "wire1", self.text, published={"value": "1998-02-06"}, times=self.times)

    def test_speakers_stand_right_beside_the_word(self):
        monday = "<TIMEX3 tid='t1' type='DATE' value='X'>Monday</TIMEX3>"
        for clause, speaker in (
                ("Ms. Lund said", "Ms. Lund"), ("It rose, she said", "she"), ("A spokesman for Lund said", None),
                ("The big firm said", "The big firm"), ("It rose, analysts said", "analysts"), ("But Lund has said", "Lund"),
                ("Lund, head of the firm, said", "Lund"), ("The firm, of Oslo, Norway, said", None),
                ("So it was, said Lund,", "Lund"), ("\"It rose,\" said the minister.", "the minister"),
                ("Lund then said the firm,", None), (f"On {monday} Lund said", None), ("In a note Lund said", None),
                ("It rose, said the Lund group in Oslo where", None)):
            before, _, after = clause.partition("said")
            text = (f"<TimeML><TEXT>{before}<EVENT eid='e1' class='REPORTING'>said</EVENT>{after} <EVENT eid='e2' class='OCCURRENCE'>"
                    "war</EVENT></TEXT><MAKEINSTANCE eiid='i1' eventID='e1' pos='VERB'/><MAKEINSTANCE eiid='i2' eventID='e2' "
                    "pos='NOUN'/><SLINK relType='EVIDENTIAL' eventInstanceID='i1' subordinatedEventInstance='i2'/></TimeML>")
            (record,), _ = converted("timebank", "timebank", {"TimeBank/a.tml": text})
            attribution = record["events"][1]["attribution"]
            self.assertEqual(attribution.get("speaker", {}).get("text"), speaker, clause)


def cat(rows, marks, relations):
    """A CAT document: (sentence, token) rows; (tag, id, token numbers, attributes) marks."""
    words = "".join(f'<token t_id="{n}" sentence="{s}" number="0">{t}</token>' for n, (s, t) in enumerate(rows, 1))
    spans = "".join(f'<{tag} m_id="{id}" {more}>' + "".join(f'<token_anchor t_id="{t}"/>' for t in anchors) + f"</{tag}>"
                    for tag, id, anchors, more in marks)
    return f"<Document>{words}<Markables>{spans}</Markables><Relations>{relations}</Relations></Document>"


class Cat(CorpusTest):
    def test_ecbplus(self):
        rows = [(0, "http"), (1, "Ann"), (1, "was"), (1, "put"), (1, "right"), (1, "down"), (1, "Tuesday"), (2, "No"), (2, "fall")]
        marks = [("ACTION_OCCURRENCE", 1, (4, 6), ""), ("NEG_ACTION_OCCURRENCE", 2, (9,), ""), ("HUMAN_PART_PER", 3, (2,), ""),
                 ("ACTION_OCCURRENCE", 4, (1,), ""), ("ACTION_OCCURRENCE", 5, (), ""), ("ACTION_STATE", 6, (3,), "")]
        link = '<CROSS_DOC_COREF r_id="1"><source m_id="1"/><source m_id="2"/><target m_id="5"/></CROSS_DOC_COREF>'
        files = {"ECBplus_coreference_sentences.csv": "Topic,File,Sentence Number\n7,1ecb,1\n7,1ecb,2\n",
                 "7/7_1ecb.xml": cat(rows, marks, link), "7/7_2ecb.xml": cat(rows, marks, link),
                 "18/18_1ecb.xml": cat(rows, marks, link)}
        (record,), lost = converted("ecbplus", "train", files)
        text = "http\nAnn was put right down Tuesday\nNo fall"
        self.check(record, "7_1ecb", text, sentences=tokens(text), annotated=[{"start": 5, "end": 43}], events=[
            {"id": "v1", "type": "ACTION_STATE", "roles": [],
             "mentions": [place(9, 12, "was", factuality={"polarity": "positive"})]},
            {"id": "v2", "type": "ACTION_OCCURRENCE", "roles": [], "mentions": [
                place(13, 16, "put", alternatives=[{"start": 13, "end": 27}], factuality={"polarity": "positive"}),
                place(39, 43, "fall", factuality={"polarity": "negative"})]}])
        self.assertEqual(lost, {"event mention outside the listed sentences": 1, "document without a listed sentence": 1,
                                "mention whose tokens do not adjoin: its first stretch, or all of it": 1})
        none, lost = converted("ecbplus", "dev", files)
        self.assertEqual((none, lost), ([], {"document without a listed sentence": 1}))

    def test_meantime(self):
        rows = [(0, "Firm"), (0, "may"), (0, "close"), (1, "March"), (1, "6"), (2, "The"), (2, "closure"), (3, "It"), (3, "closed")]
        marks = [("ENTITY_MENTION", 1, (1,), 'syntactic_type="NAM" head=""'),
                 ("EVENT_MENTION", 2, (3,), 'pos="VERB" polarity="POS" certainty="POSSIBLE" time="FUTURE" special_cases="NONE"'),
                 ("EVENT_MENTION", 3, (6, 7), 'pos="NOUN" polarity="NEG" certainty="CERTAIN" time="NON_FUTURE" special_cases="GEN"'),
                 ("TIMEX3", 4, (4, 5), 'type="DATE" value="2009-03-06" functionInDocument="CREATION_TIME"'),
                 ("ENTITY_MENTION", 5, (8,), 'syntactic_type="PRO" head=""'),
                 ("EVENT", 6, (), 'class="OTHER"'), ("ENTITY", 7, (), 'ent_type="ORG"')]
        links = ('<REFERS_TO><source m_id="2"/><source m_id="3"/><target m_id="6"/></REFERS_TO>'
                 '<REFERS_TO><source m_id="1"/><source m_id="5"/><target m_id="7"/></REFERS_TO>'
                 '<HAS_PARTICIPANT sem_role="Arg1"><source m_id="2"/><target m_id="1"/></HAS_PARTICIPANT>'
                 '<HAS_PARTICIPANT sem_role="Argm-TMP"><source m_id="3"/><target m_id="4"/></HAS_PARTICIPANT>')
        more = marks + [("EVENT_MENTION", 8, (9,), 'pos="VERB"')]
        files = {"intra-doc_annotation/corpus_stock/1_a.xml": cat(rows, marks, links),
                 "intra_cross-doc_annotation/corpus_stock/1_a.xml": cat(rows, more, links)}
        (record,), lost = converted("meantime", "test", files)
        text = "Firm may close\nMarch 6\nThe closure\nIt closed"
        self.check(record, "1_a", text, published={"value": "2009-03-06"}, sentences=tokens(text),
                   annotated=[{"start": 0, "end": 34}],
                   entities=[{"id": "e1", "type": "ORG", "mentions": [place(0, 4, "Firm", kind="name")]}],
                   times=[{"id": "t1", **place(15, 22, "March 6"), "type": "DATE", "value": "2009-03-06"}],
                   events=[{"id": "v1", "type": "OTHER", "mentions": [
                       place(9, 14, "close", pos="verb", factuality={"polarity": "positive", "certainty": "possible", "future": True}),
                       place(23, 34, "The closure", pos="noun", factuality={
                           "status": "generic", "polarity": "negative", "certainty": "certain", "future": False})],
                       "roles": [place(0, 4, "Firm", role="Arg1", entity="e1"), place(15, 22, "March 6", role="Argm-TMP", time="t1")]}])
        self.assertEqual(lost, {"sentence that is not annotated": 1, "ENTITY_MENTION behind the annotated sentences": 1})
        (record,), _ = converted("meantime", "test_cross", files)
        self.assertNotIn("annotated", record)
        self.assertEqual([len(e["mentions"]) for e in record["entities"]], [2])
        self.assertEqual([e["type"] for e in record["events"]], ["OTHER", "UNKNOWN"])


class Places(CorpusTest):
    def test_lgl(self):
        def toponym(start, end, phrase, entry):
            return f"<toponym><start>{start}</start><end>{end}</end><phrase>{phrase}</phrase>{entry}</toponym>"

        entry = ('<gaztag geonameid="1"><name>x</name><lat>41.5</lat><lon>-8.25</lon>'
                 '<country geonameid="2">{}</country></gaztag>')
        file = ('<articles><article docid="77"><dltime>2009-03-20 12:24:52-05</dltime><text><![CDATA[Braga é bonita & Gaza, Narnia]]>'
                "</text><toponyms>" + toponym(0, 5, "Braga", entry.format("Portugal"))
                + toponym(17, 21, "Gaza", entry.format("Palestinian Territory")) + toponym(23, 29, "Narnia", "")
                + "</toponyms></article></articles>")
        (record,), lost = converted("geoparsing", "lgl", {"lgl.xml": file})
        where = {"latitude": 41.5, "longitude": -8.25}
        self.check(record, "lgl/77", "Braga é bonita & Gaza, Narnia", published={"value": "2009-03-20"}, entities=[
            {"id": "e1", "type": "TOPONYM", "country": "PRT", **where, "mentions": [place(0, 5, "Braga", kind="name")]},
            {"id": "e2", "type": "TOPONYM", "country": "PSE", **where, "mentions": [place(17, 21, "Gaza", kind="name")]},
            {"id": "e3", "type": "TOPONYM", "mentions": [place(23, 29, "Narnia", kind="name")]}])
        self.assertEqual(lost, {"toponym without an entry: neither country nor coordinates": 1})

    def test_geowebnews_counts_line_breaks_of_two_characters(self):
        ann = ("T2\tLiteral_Expression 13 17\ttown\nT1\tMetonymic 7 11\tOslo\n#1\tAnnotatorNotes T1\t999000111222\n"
               "#2\tAnnotatorNotes T2\t59.9, -10.75\nA1\tModifier_Type T2 Noun\n")
        files = {"GeoWebNews/3.txt": "Hi é\r\n Oslo\r\ntown", "GeoWebNews/3.ann": ann}
        (record,), lost = converted("geoparsing", "geowebnews", files)
        self.check(record, "geowebnews/3", "Hi é\r\n Oslo\r\ntown", entities=[
            {"id": "e1", "type": "Metonymic", "mentions": [place(7, 11, "Oslo", kind="name", metonymy="metonymic")]},
            {"id": "e2", "type": "Literal_Expression", "latitude": 59.9, "longitude": -10.75,
             "mentions": [place(13, 17, "town", kind="nominal")]}])
        self.assertEqual(lost, {"GeoNames id of no known country": 1})
        with mock.patch("geonames.countries", lambda: {"999000111222": "NOR"}):
            (record,), lost = converted("geoparsing", "geowebnews", files)
        self.assertEqual((record["entities"][0]["country"], lost), ("NOR", {}))


class Petrarch(CorpusTest):
    def test_codes(self):
        def sentence(id, codes):
            return (f'<Sentence date="19950131" id="{id}" category="DEMO">{codes}<Text>\nElbonia thanked \n Freedonia.\n</Text>'
                    "<Parse>(ROOT)</Parse></Sentence>")

        def code(value):
            return f'<EventCoding sourcecode="ELB" targetcode="FRE" eventcode="{value}"/>'

        file = ("<Validation><Sentences>" + sentence("A-1", code("0551") + code("904")) + sentence("A-1", '<EventCoding noevents="True"/>')
                + sentence("A-2", '<EventCoding error="x"/>') + "</Sentences></Validation>")
        (first, second), lost = converted("petrarch2", "all", {"PETR.UnitTest.records.xml": file})
        text = "Elbonia thanked Freedonia."
        self.check(first, "A-1", text, published={"value": "1995-01-31"},
                   document_events=[{"id": "v1", "type": "05", "roles": []}])
        self.check(second, "A-1#2", text, published={"value": "1995-01-31"}, document_events=[])
        self.assertEqual(lost, {"event whose code is not WEIS'": 1, "sentence that tests an error message": 1})


if __name__ == "__main__":
    unittest.main()
