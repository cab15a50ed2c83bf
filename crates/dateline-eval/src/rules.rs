//! The matching rule of every metric, to be printed beside its numbers.

/// What the numbers of a cell are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Precision, recall and F1.
    F1,
    /// A share: hits of judged items; precision, recall and F1 are one value.
    Accuracy,
    /// A mean of some quantity over the judged items.
    Mean,
    /// A bin of a reliability table.
    Reliability,
}

/// A metric and how it matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// As in [`crate::cells::Key`].
    pub task: &'static str,
    /// As in [`crate::cells::Key`].
    pub metric: &'static str,
    /// What its cells hold.
    pub form: Form,
    /// When a prediction is right.
    pub text: &'static str,
}

const fn rule(task: &'static str, metric: &'static str, form: Form, text: &'static str) -> Rule {
    Rule { task, metric, form, text }
}

use Form::{Accuracy, F1, Mean, Reliability};

/// All metrics, in the order in which they are shown.
pub const RULES: &[Rule] = &[
    rule("entities", "strict", F1, "same span and type (as seqeval, conlleval)"),
    rule("entities", "exact span", F1, "same span, any type"),
    rule("entities", "partial", F1, "same span 1, overlapping span ½, any type"),
    rule("entities", "type", F1, "overlapping span of the same type"),
    rule("events", "TI exact, all triggers", F1, "trigger: same span; every trigger"),
    rule("events", "TI overlap, all triggers", F1, "trigger: a shared character; every trigger"),
    rule("events", "TI exact", F1, "trigger: same span; gold labels that map to a type"),
    rule("events", "TI overlap", F1, "trigger: a shared character; gold labels that map to a type"),
    rule("events", "TC exact", F1, "trigger: same span and type"),
    rule("events", "TC overlap", F1, "trigger: a shared character and same type"),
    rule("events", "TC exact, by part of speech", F1, "trigger: same span and type"),
    rule(
        "events",
        "TC overlap, by part of speech",
        F1,
        "trigger: a shared character and same type",
    ),
    rule("events", "TC family exact", F1, "trigger: same span and family"),
    rule("events", "TC family overlap", F1, "trigger: a shared character and same family"),
    rule("events", "type of found", Accuracy, "same type, of triggers found (overlap)"),
    rule("events", "family of found", Accuracy, "same family, of triggers found (overlap)"),
    rule("events", "AI exact", F1, "argument: event type, same span"),
    rule("events", "AC exact", F1, "argument: event type, same span, role"),
    rule("events", "AI head", F1, "argument: event type, head words meet"),
    rule("events", "AC head", F1, "argument: event type, head words meet, role"),
    rule(
        "events",
        "AI coreferent",
        F1,
        "argument: event type, head meets any mention of the filler",
    ),
    rule(
        "events",
        "AC coreferent",
        F1,
        "argument: event type, head meets any mention of the filler, role",
    ),
    rule("events", "AI+ exact", F1, "argument: trigger (same span) and event type, same span"),
    rule(
        "events",
        "AC+ exact",
        F1,
        "argument: trigger (same span) and event type, same span, role",
    ),
    rule("events", "AI+ head", F1, "argument: trigger (overlap) and event type, head words meet"),
    rule(
        "events",
        "AC+ head",
        F1,
        "argument: trigger (overlap) and event type, head words meet, role",
    ),
    rule(
        "events",
        "AI+ coreferent",
        F1,
        "argument: trigger (overlap) and event type, head meets any mention of the filler",
    ),
    rule(
        "events",
        "AC+ coreferent",
        F1,
        "argument: trigger (overlap) and event type, head meets any mention of the filler, role",
    ),
    rule("events", "AI+ exact, found triggers", F1, "as AI+ exact, on found triggers only"),
    rule("events", "AC+ exact, found triggers", F1, "as AC+ exact, on found triggers only"),
    rule("events", "AI+ head, found triggers", F1, "as AI+ head, on found triggers only"),
    rule("events", "AC+ head, found triggers", F1, "as AC+ head, on found triggers only"),
    rule(
        "events",
        "AI+ coreferent, found triggers",
        F1,
        "as AI+ coreferent, on found triggers only",
    ),
    rule(
        "events",
        "AC+ coreferent, found triggers",
        F1,
        "as AC+ coreferent, on found triggers only",
    ),
    rule(
        "events",
        "types of the article",
        F1,
        "type: an event of that type anywhere in the article; gold without triggers",
    ),
    rule("events", "event time", Accuracy, "same TIMEX3 value, of matched events that have one"),
    rule("events", "event country", Accuracy, "same country, of matched events that have one"),
    rule("factuality", "status", Accuracy, "same status, of triggers found (overlap)"),
    rule("factuality", "polarity", Accuracy, "same polarity, of triggers found (overlap)"),
    rule("factuality", "negated", F1, "negative polarity, of triggers found (overlap)"),
    rule("factuality", "certainty", Accuracy, "same certainty, of triggers found (overlap)"),
    rule("attribution", "source", F1, "a mention of the source overlaps gold's, of matched events"),
    rule("attribution", "source accuracy", Accuracy, "the same, of events that gold attributes"),
    rule("attribution", "cue", F1, "the cue overlaps gold's, of matched events"),
    rule("labels", "exact", Accuracy, "same words without case, articles and plurals"),
    rule("labels", "token F1", Mean, "F1 of the words, mean over matched events"),
    rule("labels", "head", Accuracy, "same head noun"),
    rule("main event", "event", Accuracy, "a trigger in common with gold's main event"),
    rule("main event", "type", Accuracy, "type of gold's main event"),
    rule("main event", "who", Accuracy, "head word stands in a gold phrase; none if gold has none"),
    rule(
        "main event",
        "what",
        Accuracy,
        "head word stands in a gold phrase; none if gold has none",
    ),
    rule("main event", "when", Accuracy, "same date; none if gold has none"),
    rule(
        "main event",
        "where",
        Accuracy,
        "head word stands in a gold phrase; none if gold has none",
    ),
    rule("main event", "why", Accuracy, "head word stands in a gold phrase; none if gold has none"),
    rule("main event", "how", Accuracy, "head word stands in a gold phrase; none if gold has none"),
    rule("main event", "who, first sentence", Accuracy, "so far its subject gets"),
    rule(
        "main event",
        "what, first sentence",
        Accuracy,
        "so far its predicate gets: verb and object",
    ),
    rule("main event", "when, first sentence", Accuracy, "so far its first date gets"),
    rule("main event", "where, first sentence", Accuracy, "so far its first place gets"),
    rule("times", "relaxed", F1, "a shared character"),
    rule("times", "strict", F1, "same span"),
    rule("times", "value", F1, "a shared character and same value"),
    rule("times", "type", F1, "a shared character and same type"),
    rule("times", "value accuracy", Accuracy, "same value, of expressions found (relaxed)"),
    rule("times", "type accuracy", Accuracy, "same type, of expressions found (relaxed)"),
    rule(
        "times",
        "wrong grain only",
        Accuracy,
        "share of wrong values that are right but for the grain",
    ),
    rule("places", "country", Accuracy, "same country; not found is wrong"),
    rule("places", "coverage", Accuracy, "any country given"),
    rule("places", "country where given", Accuracy, "same country, where one is given"),
    rule("places", "within 161 km", Accuracy, "coordinates at most 161 km off; not found is wrong"),
    rule("places", "within 161 km where given", Accuracy, "at most 161 km off, where given"),
    rule("places", "mean km where given", Mean, "kilometres off, where coordinates are given"),
    rule(
        "salience",
        "salient",
        F1,
        "entities that most summaries of the article mention; matched by most mentions shared",
    ),
    rule("salience", "salience off", Mean, "distance to the share of summaries, where found"),
    rule("places", "metonymic", F1, "mentions that stand for something else; same span, as places"),
    rule("places", "metonymy", Accuracy, "metonymic or not, of mentions found with their span"),
    rule("places", "metonymy value", Accuracy, "what metonymic mentions stand for, of those found"),
    rule("clusters", "MUC", F1, "links kept; mentions by exact span"),
    rule("clusters", "B³", F1, "share of each mention's cluster; mentions by exact span"),
    rule("clusters", "CEAFe", F1, "clusters aligned one to one by φ4; mentions by exact span"),
    rule("syntax", "UPOS", F1, "same word and universal part of speech (CoNLL 2018)"),
    rule("syntax", "XPOS", F1, "same word and Penn part of speech (CoNLL 2018)"),
    rule("syntax", "lemma", F1, "same word and lemma (CoNLL 2018)"),
    rule("syntax", "UAS", F1, "same word and head (CoNLL 2018)"),
    rule("syntax", "LAS", F1, "same word, head and universal relation (CoNLL 2018)"),
    rule("segmentation", "token", F1, "same characters, white space aside (CoNLL 2018)"),
    rule("segmentation", "sentence", F1, "same characters, white space aside (CoNLL 2018)"),
    rule(
        "calibration",
        "entities",
        Reliability,
        "right by the strict rule; 15 bins of equal width",
    ),
    rule(
        "calibration",
        "events",
        Reliability,
        "right if a trigger of it is (TC overlap); 15 bins of equal width",
    ),
    rule(
        "zones",
        "furniture left unread",
        Accuracy,
        "characters of furniture in no title or body, blanks aside",
    ),
    rule("zones", "body not read", Accuracy, "characters of body in no title or body"),
    rule("zones", "kind", F1, "characters in the same kind of zone, blanks aside"),
    rule("zones", "entity mentions in furniture", Mean, "meet gold furniture; number an article"),
    rule("zones", "event mentions in furniture", Mean, "meet gold furniture; number an article"),
    rule("published", "date right", Accuracy, "same date, of articles that state theirs"),
    rule("published", "date wrong", Accuracy, "another date, of articles that state theirs"),
    rule("published", "date invented", Accuracy, "any date, of articles that state none"),
];

/// The rule of a metric. Inferred values follow the rules of stated ones.
pub fn find(task: &str, metric: &str) -> Option<&'static Rule> {
    let task = task.strip_suffix(", inferred").unwrap_or(task);
    RULES.iter().find(|rule| rule.task == task && rule.metric == metric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_metric_stands_once() {
        for rule in RULES {
            let same = |other: &&Rule| other.task == rule.task && other.metric == rule.metric;
            assert_eq!(RULES.iter().filter(same).count(), 1, "{rule:?}");
        }
        assert_eq!(find("events, inferred", "AC head").map(|rule| rule.form), Some(F1));
    }
}
