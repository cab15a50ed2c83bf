//! Time expressions (TIMEX3) and the publication date they are counted from.

mod calendar;
mod grammar;
mod matcher;
pub(crate) mod numbers;
mod order;
pub(crate) mod published;
mod tense;
#[cfg(test)]
mod tests;

use std::ops::Range;

use dateline_text::{Deprel, Upos};

pub(crate) use calendar::Anchor;
use calendar::Reference;

use crate::data::{RuleError, Source};
use crate::reading::{Kind, MentionKind, Reading, TimeFact};
use crate::tree::Tree;

/// The time grammar.
#[derive(Debug)]
pub(crate) struct TimeRules {
    grammar: grammar::Grammar,
    published: published::Patterns,
}

impl TimeRules {
    pub(crate) fn load(source: &Source) -> Result<TimeRules, RuleError> {
        Ok(TimeRules {
            grammar: grammar::Grammar::load(source)?,
            published: published::Patterns::load(source)?,
        })
    }
}

/// Whether a time word is part of a name: "Ruby Tuesday", "Tuesday Weld".
fn is_named(tree: &Tree<'_>, token: usize, grammar: &grammar::Grammar) -> bool {
    let is_time = |t: usize| grammar.listed.contains(tree.lower(t));
    if tree.upos(token) != Upos::Propn || !is_time(token) {
        return false;
    }
    let joined = |part: usize, whole: usize| {
        tree.head(part) == Some(whole)
            && matches!(tree.deprel(part).base(), Deprel::Flat | Deprel::Compound)
    };
    let sentence = tree.sentence(token);
    let beside = [token.checked_sub(1), Some(token + 1)];
    beside.into_iter().flatten().filter(|other| sentence.contains(other)).any(|other| {
        tree.upos(other) == Upos::Propn
            && tree.word(other).chars().all(char::is_alphabetic)
            && !is_time(other)
            && (joined(token, other) || joined(other, token))
    })
}

/// Finds the time expressions of an article.
pub(crate) fn find(reading: &mut Reading<'_>, rules: &TimeRules) {
    let tree = &reading.tree;
    let mut taken = vec![false; tree.len()];
    for mention in &reading.mentions {
        let kind = reading.entities[mention.entity].kind;
        if mention.kind == MentionKind::Name && matches!(kind, Kind::Person | Kind::Org) {
            taken[mention.tokens.clone()].fill(true);
        }
    }
    for (token, taken) in taken.iter_mut().enumerate() {
        *taken |= is_named(tree, token, &rules.grammar);
    }
    let published = reading.published.as_ref().map(|p| p.date);
    let mut times: Vec<TimeFact> = Vec::new();
    let mut before = 0;
    for sentence in reading.text.sentences() {
        let offset = sentence.tokens.start;
        let words: Vec<matcher::Word<'_>> = sentence
            .tokens
            .clone()
            .map(|t| matcher::Word {
                text: tree.word(t),
                lower: tree.lower(t),
                known: rules.grammar.names(tree.lower(t)),
                numeric: matcher::is_numeric(tree.lower(t)),
                upos: tree.upos(t),
                plural: tree.xpos(t).is_plural(),
                joined: reading.text.is_joined_to_next(t),
                taken: taken[t],
            })
            .collect();
        let direction = |words: &Range<usize>| {
            let tokens = words.start + offset..words.end + offset;
            tense::direction(tree, tree.head_of(&tokens), &rules.grammar)
        };
        // Only the sentence before still tells which day "a day earlier" is counted from.
        let mut last =
            times.iter().enumerate().skip(before).rev().filter(|(_, t)| t.kind == "DATE");
        let reference = last.find_map(|(i, t)| Reference::new(i, t.value.as_deref()?));
        let quarter = |(i, t): (usize, &TimeFact)| {
            let compared = matches!(t.anchor, Some(Anchor::Time(_)));
            let named = (t.kind == "DATE" && !compared).then_some(t.value.as_deref()?)?;
            Reference::new(i, named).filter(|r| r.is_quarter())
        };
        let period = times.iter().enumerate().rev().find_map(quarter);
        let anchors =
            matcher::Anchors { published, reference, period, near: before, count: times.len() };
        before = times.len();
        for found in matcher::find(&rules.grammar, &words, anchors, direction) {
            let tokens = found.words.start + offset..found.words.end + offset;
            times.push(TimeFact {
                tokens,
                kind: found.kind,
                value: found.value.text,
                modifier: found.modifier,
                anchor: found.value.anchor,
            });
        }
    }
    reading.times = times;
}
