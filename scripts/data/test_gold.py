import unittest
from collections import Counter

from gold import Article, SpanError, aligned, size_of, spaced


class Spans(unittest.TestCase):
    def test_offsets_count_code_points(self):
        article = Article("a", "Zoë 👍 Łódź", ["entities"])
        article.entity("PLACE", [article.at(6, 10, "Łódź")])
        self.assertEqual(article.record["entities"][0]["mentions"], [{"start": 6, "end": 10, "text": "Łódź"}])

    def test_a_wrong_span_names_both_strings(self):
        article = Article("doc", "Ana left")
        with self.assertRaisesRegex(SpanError, "doc: 4..8 is 'left', not 'gone'"):
            article.at(4, 8, "gone")

    def test_spans_outside_the_text(self):
        article = Article("doc", "Ana left")
        for start, end in ((0, 0), (5, 4), (-1, 2), (4, 9)):
            with self.assertRaises(SpanError):
                article.at(start, end)

    def test_words_are_compared_without_white_space(self):
        article = Article.of_tokens("a", [["Jean", "-", "Luc", "left"]])
        self.assertEqual(article.words(0, 3, "Jean-Luc")["text"], "Jean - Luc")
        with self.assertRaises(SpanError):
            article.words(0, 2, "Jean-Luc")
        with self.assertRaises(SpanError):
            article.words(3, 5)

    def test_tokens_joined_and_aligned(self):
        self.assertEqual(spaced([["a", "bc"], ["d"]]), ("a bc\nd", [[(0, 1), (2, 4)], [(5, 6)]]))
        self.assertEqual(aligned("a-b  c", ["a", "-", "b", "c"]), [(0, 1), (1, 2), (2, 3), (5, 6)])
        with self.assertRaises(SpanError):
            aligned("a x b", ["a", "b"])

    def test_words_of_a_later_sentence(self):
        article = Article.of_tokens("a", [["one", "two"], ["three", "four"]])
        self.assertEqual(article.words_in(1, 1, 2), {"start": 14, "end": 18, "text": "four"})
        with self.assertRaises(SpanError):
            article.words_in(0, 1, 3)

    def test_annotated_stretches_are_joined(self):
        article = Article.of_tokens("a", [["one"], ["two"], ["three"], ["four"]])
        article.annotate_sentences([0, 1, 3])
        self.assertEqual(article.record["annotated"], [{"start": 0, "end": 7}, {"start": 14, "end": 18}])
        with self.assertRaises(SpanError):
            article.annotate([])

    def test_size(self):
        article = Article.of_tokens("a", [["Ana", "left"]], ["events"])
        article.event("LEAVE", [article.words(1, 2) | {"optional": True}], [{"role": "who", **article.words(0, 1)}])
        size = size_of(article.record)
        self.assertEqual((size["tokens"], size["triggers"], size["roles"], size["optional"]), (2, 1, 1, 1))
        self.assertEqual(article.lost, Counter())


if __name__ == "__main__":
    unittest.main()
