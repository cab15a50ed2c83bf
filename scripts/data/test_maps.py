"""The committed files: maps, halves and the table of the README agree with the scripts that make them."""
import json
import re
import runpy
import tomllib
import unittest
from pathlib import Path

import corpora
import tables
from halves import ECBPLUS_HELD_OUT, half_of

HERE = Path(__file__).resolve().parent
make_maps = runpy.run_path(str(HERE / "make-maps"))
convert = runpy.run_path(str(HERE / "convert"))

FILE = {
    "types": [{"type": "military.attack", "cameo": "18; 19 (190)"}, {"type": "military.strike", "cameo": "19"},
              {"type": "statement.say", "cameo": "-"}, {"type": "statement.warn", "cameo": "13"}],
    "maps": {
        "WIKIEVENTS_KAIROS": {"A.B.Unspecified": "military.attack", "A.B.C": "military.strike", "A.D.*": None, "A.E.F": "statement.say",
                              "A.E.G": "statement.warn"},
        "RAMS_AIDA_prefix": {"a": "statement.say", "a.b": "military.strike", "a.b.c": None},
        "PLOVER": {"X": "statement.say; statement.warn", "Y": {"type": "statement.warn", "quality": "~"}},
    },
}


def listed(target) -> list[str]:
    return target if isinstance(target, list) else [target]


class Generated(unittest.TestCase):
    def setUp(self):
        self.ontology = make_maps["Ontology"](FILE)

    def test_values(self):
        self.assertEqual(self.ontology.target(None), "")
        self.assertEqual(self.ontology.exact("PLOVER")("X"), ["statement.say", "statement.warn"])
        self.assertEqual(self.ontology.exact("PLOVER")("Y"), "statement.warn")
        with self.assertRaisesRegex(KeyError, "no such event type: military.flight"):
            self.ontology.target("military.flight")

    def test_kairos(self):
        for label, target in (("A.B.C", "military.strike"), ("A.B.X", "military.attack"), ("A.B", "military.attack"), ("A.D.X", ""),
                              ("A.D", ""), ("A.E", ["statement.say", "statement.warn"])):
            self.assertEqual(self.ontology.kairos(label), target, label)
        with self.assertRaises(KeyError):
            self.ontology.kairos("A.Z")

    def test_aida_takes_the_longest_prefix(self):
        for label, target in (("a.x.n/a", "statement.say"), ("a.b.n/a", "military.strike"), ("a.b.c", "")):
            self.assertEqual(self.ontology.aida(label), target, label)
        with self.assertRaises(KeyError):
            self.ontology.aida("b")

    def test_roots_and_classes(self):
        self.assertEqual(self.ontology.weis("16"), "statement.warn")
        with self.assertRaisesRegex(KeyError, "no such event type: diplomacy.talks"):
            self.ontology.weis("03")
        self.assertEqual(self.ontology.classes("timebank")("REPORTING"), ["statement.say", "statement.warn"])
        self.assertEqual(self.ontology.classes("timebank")("STATE"), "")
        self.assertEqual(len(self.ontology.classes("timebank")("OCCURRENCE")), 4)

    def test_predictions_of_types_that_the_corpus_lacks_are_dropped(self):
        table = make_maps["predictions"]({"PER": "PERSON", "MISC": ["MISC", "NORP"], "NUM": ""})
        self.assertEqual(table, {"PERSON": "PERSON", "ORG": "", "PLACE": "", "NORP": "NORP", "EVENT": "", "GROUP": "",
                                 "MISC": "MISC", "PER": "PERSON", "NUM": ""})

    def test_a_label_without_a_meaning_is_an_error(self):
        labels = {"entities": {"PER", "XYZ"}, "events": set(), "roles": set()}
        with self.assertRaisesRegex(KeyError, "XYZ"):
            make_maps["tables_of"]("btc", labels, self.ontology)

    def test_toml(self):
        text = make_maps["toml"]("btc", {"entities": {"PER": "PERSON", "a:b": ["X", "Y"]}, "events": {"L": ["t" * 60, "u" * 60]}})
        self.assertEqual(tomllib.loads(text), {"mention_kinds": ["name"], "entities": {"PER": "PERSON", "a:b": ["X", "Y"]},
                                               "events": {"L": ["t" * 60, "u" * 60]}})


class Committed(unittest.TestCase):
    maps = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted((HERE / "maps").glob("*.toml"))}

    def test_every_corpus_with_typed_items_has_a_map(self):
        # UD EWT has trees only, Giveme5W1H phrases.
        self.assertEqual(set(self.maps), set(corpora.names()) - {"ud_ewt", "giveme5w1h", "layouts"})

    def test_entity_maps_are_those_of_the_tables(self):
        for name, found in self.maps.items():
            self.assertEqual("entities" in found, name in tables.ENTITIES, name)
            if "entities" in found:
                self.assertEqual(found["entities"], tables.ENTITIES[name], name)
                self.assertEqual(found["predictions"], make_maps["predictions"](tables.ENTITIES[name]), name)
                self.assertEqual(found.get("mention_kinds"), ["name"] if name in tables.NAMES_ONLY else None, name)
                targets = {t for target in found["entities"].values() for t in listed(target)}
                self.assertLessEqual(targets, {*tables.OUR_ENTITIES, ""}, name)

    def test_roles_are_mapped_or_foreign(self):
        for name in tables.FOREIGN_ROLES:
            self.assertIs(self.maps[name].get("foreign_roles"), True, name)
            self.assertNotIn("roles", self.maps[name], name)
            self.assertEqual(self.maps[name].get("participants", False), name in tables.PARTICIPANTS, name)
        self.assertLessEqual(tables.PARTICIPANTS, tables.FOREIGN_ROLES)

    def test_event_types_are_types(self):
        every = {t for target in self.maps["qanom"]["events"].values() for t in target}
        self.assertEqual(len(every), 60)
        for name, found in self.maps.items():
            for label, target in found.get("events", {}).items():
                self.assertLessEqual(set(listed(target)) - {""}, every, f"{name} {label}")
        plover = tomllib.loads((HERE / "maps" / "label_sets" / "plover.toml").read_text(encoding="utf-8"))
        self.assertEqual(plover["events"]["CONSULT"], ["diplomacy.talks", "diplomacy.visit"])

    def test_halves_follow_their_rule(self):
        splits = json.loads((HERE / "splits.json").read_text(encoding="utf-8"))
        expected = {(name, split) for name in corpora.names() for split in corpora.load(name).ONE_PART}
        self.assertEqual({(name, split) for name, of in splits["halves"].items() for split in of}, expected)
        for name, of in splits["halves"].items():
            for split, halves in of.items():
                for half in "AB":
                    self.assertEqual(halves["counts"][half], len(set(halves[half])))
                    self.assertTrue(halves[half] and all(half_of(id) == half for id in halves[half]), f"{name} {split}")
        self.assertEqual(splits["ecbplus"]["held_out_topics"], list(ECBPLUS_HELD_OUT))

    def test_training_holds_out_the_same_topics(self):
        source = (HERE.parent / "train" / "events.py").read_text(encoding="utf-8")
        topics = re.search(r"ECB_DEV_TOPICS = \{(.*)\}", source)[1]
        self.assertEqual(set(re.findall(r'"(\d+)"', topics)), set(ECBPLUS_HELD_OUT))

    def test_readme_has_the_table(self):
        rows = set(convert["table"]().splitlines()) - set((HERE / "README.md").read_text(encoding="utf-8").splitlines())
        self.assertEqual(rows, set(), "copy the output of `convert --list` into README.md")


if __name__ == "__main__":
    unittest.main()
