"""What is scored on which corpus, and which numbers are bars."""
from __future__ import annotations

from typing import NamedTuple

# Tasks of each corpus, in the words of `dateline eval --task`. Segmentation only where the raw text
# is the publisher's, not joined from tokens.
TASKS = {
    "btc": "entities",
    "conll2003": "entities,calibration",
    "crossner": "entities",
    "dwie": "entities,clusters",
    "ecbplus": "events,clusters",
    "ewt_propbank": "events",
    "geneva": "events",
    "geoparsing": "places",
    "giveme5w1h": "events",
    "gmb": "entities",
    "gum": "entities,times,clusters,salience,syntax,segmentation",
    "layouts": "zones",
    "m2e2": "events",
    "meantime": "entities,times,events,clusters",
    "muc34": "events",
    "petrarch2": "events",
    "qanom": "events",
    "rams": "events",
    "redocred": "entities,clusters",
    "timebank": "times,events",
    "ud_ewt": "syntax,segmentation",
    "uner_ewt": "entities,calibration",
    "wikievents": "events",
    "wikigold": "entities",
    "wnut17": "entities",
    "worldwide": "entities,calibration",
}

# Corpora that are not scored, and why.
LEFT_OUT = {
    "causalnews": "labels cause and effect, which stand for none of our types",
}
# Splits that repeat another one: parts by region, the cross-document copies of MEANTIME.
REPEATED = {
    ("worldwide", "africa"), ("worldwide", "asia"), ("worldwide", "latam"), ("worldwide", "oceania_north"),
    ("meantime", "train_cross"), ("meantime", "test_cross"),
}
# What a split is to the shipped model, where its name does not tell: train, dev or test. The model
# learned from every split of three corpora; it knows nothing of zones, whose weights were fitted to the
# layouts of development.
KINDS = {
    "btc": "train",
    "crossner": "train",
    "redocred": "train",
    "conll2003.train": "dev",
    "gum.dev_edited": "dev",
    "muc34.dev": "dev",
    "petrarch2": "dev",
    "geneva.val": "test",
    "muc34.tst1": "test",
    "muc34.tst2": "test",
    "conll2003.test_corrected": "test",
    "conll2003.test_without_sports": "test",
    "gmb.train": "train",
    "wikigold.train": "train",
    "layouts.development": "dev",
}
# Articles of a training set that are scored, at most.
MOST_OF_TRAINING = 400
# Sets that are read as raw text as well as on their own tokens.
RAW_TOO = {("conll2003", "test"), ("uner_ewt", "test"), ("worldwide", "all")}
# Sets of which upper-cased and title-cased copies are read too, for headlines: corpus, split, half.
RECASED_TOO = {("uner_ewt", "test", ""), ("worldwide", "all", "B"), ("uner_ewt", "dev", "")}

# Sets that are read by another map too, with its tasks.
MAPS_TOO = {("gum", "dev"): ("variants/gum_people", "clusters")}

# The numbers shown, as (task, metric, group), in this order; the others are in the command's own report.
SHOWN = [
    ("entities", "strict", "all"),
    ("entities", "strict, PERSON ORG PLACE alone", "all"),
    ("entities", "exact span", "all"),
    ("clusters", "CoNLL mean", "entities"),
    ("clusters", "CoNLL mean", "entities, found mentions"),
    ("clusters", "CoNLL mean", "events"),
    ("clusters", "CoNLL mean", "events, found mentions"),
    ("places", "country", "all"),
    ("places", "macro country", "all"),
    ("places", "country where given", "all"),
    ("salience", "salient", "all"),
    ("salience", "salience off", "all"),
    ("places", "metonymic", "all"),
    ("places", "metonymy", "all"),
    ("times", "relaxed", "all"),
    ("times", "strict", "all"),
    ("times", "value", "all"),
    ("events", "TI overlap, all triggers", "all"),
    ("events", "TI overlap", "all"),
    ("events", "TC overlap", "all"),
    ("events", "AI+ head", "all"),
    ("events", "AC+ head", "all"),
    ("events", "AI+ head, found triggers", "all"),
    ("events", "AC+ head, found triggers", "all"),
    ("events", "event time", "all"),
    ("events", "types of the article", "all"),
    ("factuality", "status", "all"),
    ("factuality", "polarity", "all"),
    ("factuality", "macro polarity", "all"),
    ("factuality", "negated", "all"),
    ("factuality", "certainty", "all"),
    ("factuality", "macro certainty", "all"),
    ("attribution", "source accuracy", "all"),
    ("attribution", "cue", "all"),
    ("main event", "who", "all"),
    ("main event", "what", "all"),
    ("main event", "when", "all"),
    ("main event", "where", "all"),
    ("main event", "why", "all"),
    ("main event", "how", "all"),
] + [
    ("main event", f"{question}, first sentence", "all") for question in ("who", "what", "when", "where")
] + [
    ("syntax", "UPOS", "all"),
    ("syntax", "lemma", "all"),
    ("syntax", "UAS", "all"),
    ("syntax", "LAS", "all"),
    ("segmentation", "token", "all"),
    ("segmentation", "sentence", "all"),
    ("calibration", "expected calibration error", "entities"),
    ("calibration", "calibration error by chance", "entities"),
    ("zones", "furniture left unread", "all"),
    ("zones", "body not read", "all"),
    ("zones", "kind", "dateline"),
    ("zones", "kind", "byline"),
    ("zones", "kind", "title"),
    ("zones", "entity mentions in furniture", "all"),
    ("zones", "event mentions in furniture", "all"),
    ("published", "date right", "all"),
    ("published", "date wrong", "all"),
    ("published", "date invented", "all"),
]


class Bar(NamedTuple):
    """The least or the most that a number of a set may be."""

    name: str
    corpus: str
    part: str
    metric: str
    limit: float
    tokens: str = "given"
    at_most: bool = False
    # Of its precision, recall or value (F1, a share).
    of: str = "value"
    # Of a difference: the part whose number this one's is taken from.
    below: str | None = None
    # Of a difference: the metric whose number is taken from this one's.
    above: str | None = None
    # Of a metric that has several, and of a map that is not the corpus' own.
    group: str | None = None
    map: str | None = None

    def holds(self, value: float) -> bool:
        return value <= self.limit if self.at_most else value >= self.limit


STRICT, CORE, ECE = "strict", "strict, PERSON ORG PLACE alone", "expected calibration error"
BARS = [
    Bar("UNER-EWT test, F1", "uner_ewt", "test", STRICT, 0.80),
    Bar("CoNLL-2003 test, F1 of PERSON ORG PLACE", "conll2003", "test", CORE, 0.78),
    Bar("CoNLL-2003 test without sports, F1 of PERSON ORG PLACE", "conll2003", "test_without_sports", CORE, 0.78),
    Bar("worldwide half B, F1 of PERSON ORG PLACE", "worldwide", "all B", CORE, 0.78),
    Bar("UD EWT test, UPOS", "ud_ewt", "test", "UPOS", 0.967),
    Bar("UD EWT test, lemma", "ud_ewt", "test", "lemma", 0.967),
    Bar("UD EWT test, UAS", "ud_ewt", "test", "UAS", 0.910),
    Bar("UD EWT test, LAS", "ud_ewt", "test", "LAS", 0.885),
    Bar("UD EWT test, words of raw text", "ud_ewt", "test", "token", 0.985),
    Bar("GUM dev, words of raw text", "gum", "dev", "token", 0.985),
    Bar("GUM dev news, bio and academic, sentences of raw text", "gum", "dev_edited", "sentence", 0.90),
    Bar("GUM dev, people and organizations found, CoNLL mean", "gum", "dev", "CoNLL mean", 0.60,
        group="entities, found mentions", map="gum_people"),
    Bar("Re-DocRED test, entity clusters, CoNLL mean", "redocred", "test", "CoNLL mean", 0.60, group="entities"),
    Bar("DWIE dev, entity clusters, CoNLL mean", "dwie", "dev B", "CoNLL mean", 0.60, group="entities"),
    Bar("TimeBank half B, time expressions, relaxed F1", "timebank", "timebank B", "relaxed", 0.88, tokens="raw"),
    Bar("TimeBank half B, values of time expressions, F1", "timebank", "timebank B", "value", 0.76, tokens="raw"),
    Bar("AQUAINT half B, time expressions, relaxed F1", "timebank", "aquaint B", "relaxed", 0.88, tokens="raw"),
    Bar("AQUAINT half B, values of time expressions, F1", "timebank", "aquaint B", "value", 0.76, tokens="raw"),
    Bar("UNER-EWT test, calibration error", "uner_ewt", "test", ECE, 0.03, at_most=True),
    Bar("worldwide half B, calibration error", "worldwide", "all B", ECE, 0.07, at_most=True),
] + [
    Bar(f"{name} half B, {what}", "geoparsing", f"{split} B", metric, limit, tokens="raw")
    for name, split in (("LGL", "lgl"), ("GeoWebNews", "geowebnews_literal"))
    for what, metric, limit in (("country of toponyms", "country", 0.75), ("mean over countries", "macro country", 0.60))
] + [
    Bar(f"{name}, F1 lost when {case}", corpus, f"{part}, {case}", metric, 0.06, at_most=True, below=part)
    for name, corpus, part, metric in (("UNER-EWT test", "uner_ewt", "test", STRICT), ("worldwide half B", "worldwide", "all B", CORE))
    for case in ("upper-cased", "title-cased")
] + [
    Bar("layouts half B, furniture left unread", "layouts", "all B", "furniture left unread", 0.95, tokens="raw"),
    Bar("layouts half B, body not read", "layouts", "all B", "body not read", 0.005, tokens="raw", at_most=True),
    Bar("layouts half B, publication date right", "layouts", "all B", "date right", 0.95, tokens="raw"),
    Bar("layouts half B, publication date invented", "layouts", "all B", "date invented", 0.0, tokens="raw", at_most=True),
] + [
    Bar("M2E2 half B, triggers of the right type, F1", "m2e2", "all B", "TC overlap", 0.40),
    Bar("M2E2 half B, arguments with their event and role, F1 by head words", "m2e2", "all B", "AC+ head", 0.20),
    Bar("WikiEvents half B, triggers, F1", "wikievents", "all B", "TI overlap", 0.52),
    Bar("WikiEvents half B, triggers of the right type, F1", "wikievents", "all B", "TC overlap", 0.42),
    Bar("RAMS half B, the annotated trigger found, recall", "rams", "dev B", "TI overlap", 0.78, of="recall"),
    Bar("RAMS half B, found with its type, recall", "rams", "dev B", "TC overlap", 0.55, of="recall"),
    Bar("GENEVA val, triggers of the right type, F1", "geneva", "val", "TC overlap", 0.45),
    Bar("MEANTIME test, participants of events found, F1 by head words", "meantime", "test", "AI+ head, found triggers", 0.50),
    Bar("MEANTIME test, polarity of events found, mean F1 of its values", "meantime", "test", "macro polarity", 0.60),
    Bar("MEANTIME test, certainty of events found, mean F1 of its values", "meantime", "test", "macro certainty", 0.60),
    Bar("TimeBank half B, negated events of those found, F1", "timebank", "timebank B", "negated", 0.75, tokens="raw"),
    Bar("TimeBank half B, reported events of those found given to their speaker", "timebank", "timebank B", "source accuracy",
        0.75, tokens="raw"),
    Bar("ECB+ dev, events found, CoNLL mean", "ecbplus", "dev", "CoNLL mean", 0.50, group="events, found mentions"),
] + [
    Bar(f"Giveme5W1H half B, {question}: above the first sentence's", "giveme5w1h", "all B", question, 0.10, tokens="raw",
        above=f"{question}, first sentence")
    for question in ("who", "what", "when", "where")
]
