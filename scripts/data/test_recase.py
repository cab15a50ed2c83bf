"""Tests of re-cased gold."""
from __future__ import annotations

import unittest

from recase import recased, title, upper


class Recase(unittest.TestCase):
    def test_letters_of_one_capital(self):
        self.assertEqual(upper("straße in Oslo"), "STRAßE IN OSLO")
        self.assertEqual(title('the "new" mayor of são paulo isn\'t 3rd'), 'The "New" Mayor Of São Paulo Isn\'t 3rd')

    def test_surfaces_follow_the_text(self):
        record = {"id": "1", "text": "rain in oslo", "entities": [{"id": "e1", "type": "LOC", "mentions": [{"start": 8, "end": 12, "text": "oslo"}]}]}
        changed = recased(record, "title-cased")
        self.assertEqual(changed["text"], "Rain In Oslo")
        self.assertEqual(changed["entities"][0]["mentions"][0]["text"], "Oslo")
        self.assertEqual(record["entities"][0]["mentions"][0]["text"], "oslo")
        with self.assertRaises(ValueError):
            recased({**record, "title": "t"}, "upper-cased")


if __name__ == "__main__":
    unittest.main()
