"""Corpora of events in JSON lines and CSV."""
import json
import unittest

from testing import CorpusTest, converted, tokens


def place(start, end, text, **more):
    return {"start": start, "end": end, "text": text, **more}


def lines(*rows):
    return "".join(json.dumps(row) + "\n" for row in rows)


class Predicates(CorpusTest):
    def test_ewt_propbank(self):
        def row(id, words, frames, has=True):
            n = len(words)
            return {"sent_id": id, "has_propbank": has, "tokens": words, "lemma": [w.lower() for w in words],
                    "upos": ["PROPN", "VERB", "NOUN"][:n], "xpos": ["NNP", "VBZ", "NN"][:n], "head": [2, 0, 2][:n],
                    "deprel": ["nsubj", "root", "obj"][:n], "frames": frames}

        rows = [row("mail-0001", ["Ann", "takes", "part"],
                    [{"pred": 1, "roleset": "take.LV", "args": [["ARG0", 0, 1], ["V", 1, 2]]},
                     {"pred": 2, "roleset": "part.01", "args": [["ARG0", 0, 1]]}]),
                row("mail-0002", ["Yes"], [], has=False),
                row("blog-0001", ["No"], [], has=False)]
        (record,), lost = converted("ewt_propbank", "dev", {"ewt-dev.jsonl": lines(*rows)})
        self.assertEqual(record["sentences"][0]["tokens"][1], place(
            4, 9, "takes", upos="VERB", xpos="VBZ", lemma="takes", head=0, deprel="root"))
        del record["sentences"]
        self.check(record, "mail", "Ann takes part\nYes", annotated=[{"start": 0, "end": 14}], events=[
            {"id": "v1", "type": "PREDICATE", "mentions": [place(4, 9, "takes", pos="verb", optional=True)],
             "roles": [place(0, 3, "Ann", role="ARG0")]},
            {"id": "v2", "type": "PREDICATE", "mentions": [place(10, 14, "part", pos="noun")],
             "roles": [place(0, 3, "Ann", role="ARG0")]}])
        self.assertEqual(lost, {"sentence without PropBank": 2, "document without PropBank": 1})

    def test_qanom_takes_the_majority(self):
        head = "qasrl_id,sentence,target_idx,worker_id,is_verbal,question\n"
        sentence = "The raid and his plan were news ."
        votes = [(1, "w1", True), (1, "w1", True), (1, "w2", True), (1, "w3", False), (4, "w1", True), (4, "w2", False),
                 (6, "w1", False)]
        file = head + "".join(f"id1,{sentence},{at},{worker},{vote},\n" for at, worker, vote in votes)
        (record,), lost = converted("qanom", "dev", {"annot.dev.csv": file})
        self.check(record, "id1", sentence, sentences=tokens(sentence), events=[
            {"id": "v1", "type": "NOMINALIZATION", "mentions": [place(4, 8, "raid", pos="noun")], "roles": []},
            {"id": "v2", "type": "NOMINALIZATION", "mentions": [place(17, 21, "plan", pos="noun", optional=True)], "roles": []},
        ], annotated=[{"start": 4, "end": 8}, {"start": 17, "end": 21}, {"start": 27, "end": 31}])
        self.assertEqual(lost, {"candidate on which annotators are divided": 1,
                                "candidate that is no event: annotated, without a gold item": 1})


class Typed(CorpusTest):
    def test_geneva_has_raw_text_and_two_forms_of_arguments(self):
        common = {"sentence": "Re-elected Ann spoke.", "tokens": ["Re", "-", "elected", "Ann", "spoke", "."]}
        train = common | {"wnd_id": "w1", "event_mentions": [
            {"event_type": "Statement", "trigger": {"start": 4, "end": 5, "text": "spoke"}, "arguments": [
                {"role": "Speaker", "text": "Re-elected Ann", "start": 0, "end": 4},
                {"role": "Topic", "text": "nothing", "start": 2, "end": 3}]},
            {"event_type": "Choosing", "trigger": {"start": 0, "end": 3, "text": "elected"}, "arguments": []}]}
        (record,), lost = converted("geneva", "train", {"train.jsonl": lines(train)})
        words = [place(0, 2, "Re"), place(2, 3, "-"), place(3, 10, "elected"), place(11, 14, "Ann"), place(15, 20, "spoke"),
                 place(20, 21, ".")]
        self.check(record, "w1", common["sentence"], sentences=[{"tokens": words}], events=[
            {"id": "v1", "type": "Statement", "mentions": [place(15, 20, "spoke")],
             "roles": [place(0, 14, "Re-elected Ann", role="Speaker")]}])
        self.assertEqual(lost, {"argument that differs from its tokens": 1, "trigger that differs from its tokens": 1})
        val = common | {"wnd_id": "w2", "entity_mentions": [{"id": "x", "start": 3, "end": 4}], "event_mentions": [
            {"event_type": "Statement", "trigger": {"start": 4, "end": 5, "text": "spoke"},
             "arguments": [{"entity_id": "x", "role": "Speaker", "text": "Ann"}]}]}
        (record,), _ = converted("geneva", "val", {"val.jsonl": lines(val)})
        self.assertEqual(record["events"][0]["roles"], [place(11, 14, "Ann", role="Speaker")])

    def test_rams_annotates_one_trigger(self):
        row = {"doc_key": "d1", "sentences": [["Ann", "met", "Bo"], ["In", "Rome"]], "evt_triggers": [[1, 1, [["a.b.n/a", 1.0]]]],
               "gold_evt_links": [[[1, 1], [0, 0], "evt001arg01participant"], [[1, 1], [4, 4], "evt001arg02place"]]}
        (record,), _ = converted("rams", "dev", {"dev.jsonlines": lines(row)})
        text = "Ann met Bo\nIn Rome"
        self.check(record, "d1", text, sentences=tokens(text), annotated=[{"start": 4, "end": 7}], events=[
            {"id": "v1", "type": "a.b.n/a", "mentions": [place(4, 7, "met")],
             "roles": [place(0, 3, "Ann", role="participant"), place(14, 18, "Rome", role="place")]}])

    def test_wikievents_train(self):
        row = {"docid": "d1", "tokens": "Mr . Ek shot Bo . Bo died in Rome .".split(),
               "sentences": ["Mr ", " Ek shot Bo ", " Bo died in Rome "], "event_mentions": [
                   {"event_type": "Life.Die", "trigger": {"start_idx": 7, "end_idx": 8, "text": "died"}, "arguments": [
                       {"role": "Victim", "text": "Bo"}, {"role": "Killer", "text": "Ek"}, {"role": "Place", "text": "Oslo"}]},
                   {"event_type": "Life.Die", "trigger": {"start_idx": 3, "end_idx": 4, "text": "shoot"}, "arguments": []}]}
        (record,), lost = converted("wikievents", "train", {"train.jsonl": lines(row)})
        text = "Mr . Ek shot Bo .\nBo died in Rome ."
        self.check(record, "d1", text, sentences=tokens(text), events=[
            {"id": "v1", "type": "Life.Die", "mentions": [place(21, 25, "died")],
             "roles": [place(18, 20, "Bo", role="Victim"), place(5, 7, "Ek", role="Killer")]}])
        self.assertEqual(lost, {"argument text not found, or found too often": 1, "trigger that differs from its tokens": 1})

    def test_wikievents_dev_gets_back_its_line_breaks(self):
        row = {"doc_id": "d1", "text": "Raid in RomeTwo died. More",
               "sentences": [[[["Raid", 0, 4], ["in", 5, 7], ["Rome", 8, 12]], "Raid in Rome"],
                             [[["Two", 13, 16], ["died", 17, 21], [".", 21, 22]], "Two died."], [[["More", 23, 27]], "More"]],
               "entity_mentions": [{"id": "T1", "start": 3, "end": 4, "entity_type": "PER", "text": "Two"}],
               "event_mentions": [{"event_type": "Life.Die.Unspecified", "trigger": {"start": 4, "end": 5, "text": "died"},
                                   "arguments": [{"entity_id": "T1", "role": "Victim", "text": "Two"}]}]}
        (record,), _ = converted("wikievents", "dev", {"dev.jsonl": lines(row)})
        self.assertEqual([len(s["tokens"]) for s in record.pop("sentences")], [3, 3, 1])
        self.check(record, "d1", "Raid in Rome\nTwo died. More",
                   entities=[{"id": "e1", "type": "PER", "mentions": [place(13, 16, "Two")]}],
                   events=[{"id": "v1", "type": "Life.Die.Unspecified", "mentions": [place(17, 21, "died")],
                            "roles": [place(13, 16, "Two", role="Victim", entity="e1")]}])

    def test_m2e2_joins_sentences_and_puts_back_their_ends(self):
        def row(n, start, text, words, index, events):
            return {"sentence_id": f"VOA_1_{n}", "sentence_start": start, "sentence_end": start + len(text), "sentence": text,
                    "words": words, "index": index, "golden-event-mentions": events}

        attack = {"event_type": "Conflict:Attack", "trigger": {"start": 1, "end": 2, "text": "shelled"},
                  "arguments": [{"role": "Target", "start": 2, "end": 3, "text": "Rome"}]}
        file = json.dumps([
            row(7, 40, "Ann cried.'", ["Ann", "cried", ".", "''"], [["40", "42"], ["44", "48"], ["49", "49"], ["50", "51"]], []),
            row(0, 10, "They shelled Rome", ["They", "shelled", "Rome", "."],
                [["10", "13"], ["15", "21"], ["23", "26"], ["27", "27"]], [attack])])
        (record,), _ = converted("m2e2", "all", {"text_events.json": file})
        words = [[place(0, 4, "They"), place(5, 12, "shelled"), place(13, 17, "Rome"), place(17, 18, ".")],
                 [place(19, 22, "Ann"), place(23, 28, "cried"), place(28, 29, "."), place(29, 31, "''")]]
        self.check(record, "VOA_1", "They shelled Rome. Ann cried.''", sentences=[{"tokens": row} for row in words], events=[
            {"id": "v1", "type": "Conflict:Attack", "mentions": [place(5, 12, "shelled")],
             "roles": [place(13, 17, "Rome", role="Target")]}])

    def test_causalnews(self):
        head = "\ufeffcorpus,doc_id,sent_id,eg_id,index,text,causal_text_w_pairs,num_rs\n"
        marked = ["<ARG1>They marched</ARG1> <ARG0><SIG0>because of</SIG0> the tax</ARG0> .",
                  "<ARG0>They marched</ARG0> because of <ARG1>the tax</ARG1> .", "<ARG0>Others</ARG0> marched ."]
        text = "They marched because of the tax ."
        (record, empty), lost = converted("causalnews", "dev", {
            "dev_subtask2_grouped.csv": head + f'cnc,a,1,0,a_1,{text},"{marked}",3\ncnc,a,2,0,a_2,Fine .,[],0\n'})
        self.check(record, "a_1", text, sentences=tokens(text), events=[
            {"id": "v1", "type": "CAUSALITY", "mentions": [place(13, 23, "because of")],
             "roles": [place(13, 31, "because of the tax", role="cause"), place(0, 12, "They marched", role="effect")]},
            {"id": "v2", "type": "CAUSALITY", "mentions": [],
             "roles": [place(0, 12, "They marched", role="cause"), place(24, 31, "the tax", role="effect")]}])
        self.check(empty, "a_2", "Fine .", sentences=tokens("Fine ."), events=[])
        self.assertEqual(lost, {"relation without a signal": 1, "relation whose text differs from the sentence": 1})


if __name__ == "__main__":
    unittest.main()
