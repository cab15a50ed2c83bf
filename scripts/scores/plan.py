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
    "ecbplus": "events",
    "ewt_propbank": "events",
    "geneva": "events",
    "geoparsing": "places",
    "giveme5w1h": "events",
    "gmb": "entities",
    "gum": "entities,times,clusters,syntax,segmentation",
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
# learned from every split of three corpora.
KINDS = {
    "btc": "train",
    "crossner": "train",
    "redocred": "train",
    "conll2003.train": "dev",
    "muc34.dev": "dev",
    "petrarch2": "dev",
    "geneva.val": "test",
    "muc34.tst1": "test",
    "muc34.tst2": "test",
    "conll2003.test_corrected": "test",
    "conll2003.test_without_sports": "test",
    "gmb.train": "train",
    "wikigold.train": "train",
}
# Sets that are read as raw text as well as on their own tokens.
RAW_TOO = {("conll2003", "test"), ("uner_ewt", "test"), ("worldwide", "all")}

# The numbers shown, as (task, metric, group), in this order; the others are in the command's own report.
SHOWN = [
    ("entities", "strict", "all"),
    ("entities", "strict, PERSON ORG PLACE alone", "all"),
    ("entities", "exact span", "all"),
    ("clusters", "CoNLL mean", "entities"),
    ("clusters", "CoNLL mean", "entities, found mentions"),
    ("places", "country", "all"),
    ("places", "country where given", "all"),
    ("times", "relaxed", "all"),
    ("times", "strict", "all"),
    ("times", "value", "all"),
    ("events", "TI overlap, all triggers", "all"),
    ("events", "TI overlap", "all"),
    ("events", "TC overlap", "all"),
    ("events", "AI+ head", "all"),
    ("events", "AC+ head", "all"),
    ("events", "AC+ head, found triggers", "all"),
    ("events", "event time", "all"),
    ("events", "types of the article", "all"),
    ("factuality", "status", "all"),
    ("factuality", "polarity", "all"),
    ("factuality", "certainty", "all"),
    ("attribution", "source accuracy", "all"),
    ("attribution", "cue", "all"),
    ("main event", "who", "all"),
    ("main event", "what", "all"),
    ("main event", "when", "all"),
    ("main event", "where", "all"),
    ("main event", "why", "all"),
    ("syntax", "UPOS", "all"),
    ("syntax", "lemma", "all"),
    ("syntax", "UAS", "all"),
    ("syntax", "LAS", "all"),
    ("segmentation", "token", "all"),
    ("segmentation", "sentence", "all"),
    ("calibration", "expected calibration error", "entities"),
]


class Bar(NamedTuple):
    """The least value of a number of a set."""

    name: str
    corpus: str
    part: str
    metric: str
    least: float


STRICT, CORE = "strict", "strict, PERSON ORG PLACE alone"
BARS = [
    Bar("UNER-EWT test, F1", "uner_ewt", "test", STRICT, 0.72),
    Bar("worldwide half B, F1 of PERSON ORG PLACE", "worldwide", "all B", CORE, 0.68),
    Bar("UD EWT test, LAS", "ud_ewt", "test", "LAS", 0.85),
    Bar("UD EWT test, UPOS", "ud_ewt", "test", "UPOS", 0.955),
]
