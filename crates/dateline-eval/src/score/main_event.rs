//! The event an article is about: who did what, when, where, why and how.
//!
//! An automatic stand-in for the grades of Hamborg et al. 2019 (Giveme5W1H): an answer is right if
//! the head word of one of its phrases stands in one of the annotated phrases; a date, if it is the
//! day (or the month, or year) that gold gives. Where gold has no answer, none is right.

use std::collections::BTreeMap;

use super::first_sentence;
use super::heads::{characters, head_word, words};
use super::spans::shared;
use super::{ScoreError, mistake};
use crate::axis::Axis;
use crate::cells::Cell;
use crate::mapping::Maps;
use crate::matching::Span;
use crate::mistakes::MistakeKind;
use crate::sample::{Event, MainEvent, Sample};
use crate::tally::{ALL, Tally};

use super::labels::{self, Meaning};

const TASK: &str = "main event";

const QUESTIONS: [&str; 6] = ["who", "what", "when", "where", "why", "how"];

/// The same of the article's first sentence, which stands for no understanding at all.
const BASELINES: [&str; 4] = [
    "who, first sentence",
    "what, first sentence",
    "when, first sentence",
    "where, first sentence",
];

/// Scores the answers about the main event of an article, where gold has one.
///
/// Cells, all accuracies over articles: `who`, `what`, `when`, `where`, `why`, `how`; the first four
/// of the article's first sentence too, where the prediction holds syntax; `event` (the
/// predicted main event shares a trigger with gold's), where gold names one with a trigger, and
/// `type`, where gold names one with a type of ours.
pub fn main_event(
    gold: &Sample,
    predicted: &Sample,
    maps: &Maps,
    out: &mut Tally,
) -> Result<(), ScoreError> {
    let Some(main) = &gold.main_event else {
        return Ok(());
    };
    let axis = gold.axis();
    let article = characters(gold);
    let own = View { sample: gold, axis, article: &article };
    let other = View { sample: predicted, axis, article: &article };
    let nothing = MainEvent::default();
    let found = predicted.main_event.as_ref().unwrap_or(&nothing);
    let baseline = first_sentence::answers(predicted, axis);
    for (index, question) in QUESTIONS.into_iter().enumerate() {
        let expected = own.answers(main, question);
        let actual = other.answers(found, question);
        let only_phrases = !expected.is_empty() && !expected.iter().any(|answer| is_date(answer));
        if question == "when" && only_phrases {
            // No date to compare with.
            continue;
        }
        let right = is_right(question, &expected, &actual);
        out.add(TASK, question, ALL, Cell::accuracy(f64::from(u8::from(right)), 1.0));
        let first = baseline.as_ref().and_then(|answers| answers.get(index));
        if let (Some(metric), Some(first)) = (BASELINES.get(index).copied(), first) {
            let right = is_right(question, &expected, first);
            out.add(TASK, metric, ALL, Cell::accuracy(f64::from(u8::from(right)), 1.0));
        }
        if !right {
            let shown = |answers: &[String]| format!("{question}: {}", answers.join(" | "));
            let (expected, actual) = (shown(&expected), shown(&actual));
            let (a, b) = (Some(((0, 0), expected.as_str())), Some(((0, 0), actual.as_str())));
            mistake(out, gold, TASK, MistakeKind::WrongAnswer, a, b);
        }
    }
    let of_found = found.event.as_deref().and_then(|id| other.event(id));
    if let Some(event) = main.event.as_deref().and_then(|id| own.event(id)) {
        score_event(gold, event, of_found, maps, axis, out)?;
    }
    Ok(())
}

/// Where gold has no answer, none is right.
fn is_right(question: &str, expected: &[String], actual: &[String]) -> bool {
    let met =
        if question == "when" { same_date(expected, actual) } else { meets(expected, actual) };
    met || (expected.is_empty() && actual.is_empty())
}

fn score_event(
    gold: &Sample,
    event: &Event,
    found: Option<&Event>,
    maps: &Maps,
    axis: Axis,
    out: &mut Tally,
) -> Result<(), ScoreError> {
    let spans = |event: &Event| -> Vec<Span> {
        let mentions = event.mentions.iter();
        mentions
            .flat_map(|mention| axis.accepted(&mention.location.at, &mention.alternatives))
            .collect()
    };
    let expected = spans(event);
    let hit = |right: bool| Cell::accuracy(f64::from(u8::from(right)), 1.0);
    if !expected.is_empty() {
        let actual = found.map(spans).unwrap_or_default();
        let right = expected.iter().any(|a| actual.iter().any(|b| shared(*a, *b) > 0));
        out.add(TASK, "event", ALL, hit(right));
    }
    match labels::gold(maps.events.as_ref(), &event.kind, &event.types) {
        Meaning::Left(_) => {}
        Meaning::Unknown(label) => {
            let span = expected.first().copied().unwrap_or((0, 0));
            return Err(ScoreError::unknown(gold, "gold event", &label, "events", span));
        }
        Meaning::Types(types) if event.kind.is_empty() => drop(types),
        Meaning::Types(types) => {
            let kind = found.map(|found| match labels::predicted_event(maps, &found.kind) {
                Meaning::Types(types) => types[0].clone(),
                _ => found.kind.clone(),
            });
            out.add(TASK, "type", ALL, hit(kind.is_some_and(|kind| types.contains(&kind))));
        }
    }
    Ok(())
}

/// A sample and the text its spans are of.
struct View<'a> {
    sample: &'a Sample,
    axis: Axis,
    article: &'a [char],
}

impl View<'_> {
    fn event(&self, id: &str) -> Option<&Event> {
        self.sample.events.iter().flatten().find(|event| event.id == id)
    }

    /// The phrases that answer a question: those written down, or those that the ids stand for.
    fn answers(&self, main: &MainEvent, question: &str) -> Vec<String> {
        let written: &BTreeMap<String, Vec<String>> = &main.answers;
        if let Some(phrases) = written.get(question) {
            return phrases.iter().filter(|phrase| !phrase.is_empty()).cloned().collect();
        }
        match question {
            "who" => main.who.iter().flat_map(|id| self.phrases(id)).collect(),
            "what" => {
                let label = main.what.iter().cloned();
                label.chain(main.event.iter().flat_map(|id| self.triggers(id))).collect()
            }
            "when" => main.when.iter().cloned().collect(),
            "where" => main.place.iter().flat_map(|id| self.phrases(id)).collect(),
            "why" => main.why.iter().flat_map(|why| self.phrases(why)).collect(),
            "how" => main.how.iter().cloned().collect(),
            _ => Vec::new(),
        }
    }

    /// Mentions of an entity, triggers and label of an event, or the words themselves.
    fn phrases(&self, id: &str) -> Vec<String> {
        if let Some(entity) = self.sample.entities.iter().flatten().find(|entity| entity.id == id) {
            let mentions = entity.mentions.iter();
            return mentions.filter_map(|mention| self.words(&mention.location)).collect();
        }
        let triggers = self.triggers(id);
        if triggers.is_empty() { vec![id.to_string()] } else { triggers }
    }

    fn triggers(&self, id: &str) -> Vec<String> {
        let Some(event) = self.event(id) else { return Vec::new() };
        let triggers = event.mentions.iter().filter_map(|mention| self.words(&mention.location));
        triggers.chain(event.label.clone()).collect()
    }

    fn words(&self, location: &crate::sample::Location) -> Option<String> {
        if !location.text.is_empty() {
            return Some(location.text.clone());
        }
        let (start, end) = self.axis.span(&location.at);
        self.article.get(start..end).map(|characters| characters.iter().collect())
    }
}

/// The head word of one of the answers stands in one of the gold phrases.
fn meets(expected: &[String], actual: &[String]) -> bool {
    let words: Vec<String> = expected.iter().flat_map(|phrase| words(phrase)).collect();
    actual.iter().filter_map(|phrase| head_word(phrase)).any(|head| words.contains(&head))
}

fn same_date(expected: &[String], actual: &[String]) -> bool {
    let days = |value: &String| value.split('T').next().unwrap_or_default().to_string();
    let expected: Vec<String> = expected.iter().filter(|value| is_date(value)).map(days).collect();
    // Gold may give a month or a year only: then any day of it is right.
    actual.iter().map(days).any(|day| {
        expected.iter().any(|gold| {
            day.strip_prefix(gold.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        })
    })
}

/// True for `2020`, `2020-05`, `2020-05-14` and a date with a time.
fn is_date(value: &str) -> bool {
    let day = value.split('T').next().unwrap_or_default();
    let mut parts = day.split('-');
    let mut digits = |count: usize| {
        parts
            .next()
            .is_none_or(|part| part.len() == count && part.bytes().all(|b| b.is_ascii_digit()))
    };
    !day.is_empty() && digits(4) && digits(2) && digits(2) && day.len() <= 10
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[&str]) -> Vec<String> {
        values.iter().map(|value| value.to_string()).collect()
    }

    #[test]
    fn dates() {
        assert!(
            is_date("2020")
                && is_date("2020-05-14T10:00")
                && !is_date("Monday")
                && !is_date("PRESENT_REF")
        );
        assert!(same_date(&of(&["on Monday", "2020-05-14"]), &of(&["2020-05-14T18:00"])));
        assert!(same_date(&of(&["2020-05"]), &of(&["2020-05-14"])));
        assert!(!same_date(&of(&["2020-05-14"]), &of(&["2020-05"])));
        assert!(!same_date(&of(&["2020-05"]), &of(&["2020-051"])));
    }

    #[test]
    fn heads_in_phrases() {
        assert!(meets(&of(&["rebels of the northern front"]), &of(&["the armed rebel"])));
        assert!(!meets(&of(&["rebels"]), &of(&["the rebels' leader"])));
        assert!(!meets(&of(&[]), &of(&["rebels"])));
    }
}
