//! Patterns followed word by word, and the longest that matches.

use std::ops::Range;

use super::classes::matched;
use super::guards::holds;
use super::{Anchors, Captures, Word};
use crate::times::calendar::{self, Context, Direction, Value};
use crate::times::grammar::{Grammar, Item, Rule, Term};

pub(super) struct Match {
    pub(super) end: usize,
    pub(super) kind: &'static str,
    pub(super) value: Value,
    /// The modifier that the pattern itself makes.
    pub(super) modifier: Option<&'static str>,
}

/// The longest match that starts at a word and has a value.
pub(super) fn longest(
    grammar: &Grammar,
    words: &[Word<'_>],
    at: usize,
    anchors: Anchors,
    direction: &impl Fn(&Range<usize>) -> Direction,
) -> Option<Match> {
    let by_word = grammar.by_word.get(words[at].lower).into_iter().flatten();
    let by_class = grammar
        .by_class
        .iter()
        .filter(|(class, _)| words[at].numeric && matched(grammar, class, words, at).is_some())
        .flat_map(|(_, rules)| rules);
    let mut candidates: Vec<usize> = by_word.chain(by_class).copied().collect();
    candidates.sort_unstable();
    candidates.dedup();
    let mut matches = Vec::new();
    for number in candidates {
        let rule = &grammar.rules[number];
        let mut captures = Captures::default();
        let Some(end) = follow(grammar, &rule.items, words, at, &mut captures) else { continue };
        let taken = words[at..end].iter().any(|w| w.taken);
        if !taken && surrounded(rule, words, at, end) && holds(rule, words, at, end) {
            matches.push((end, number, captures));
        }
    }
    matches.sort_by_key(|(end, number, _)| (std::cmp::Reverse(*end), *number));
    matches.into_iter().find_map(|(end, number, captures)| {
        let rule = &grammar.rules[number];
        let Anchors { published, reference, period, near, .. } = anchors;
        let period_near = period.is_some_and(|p| p.time() >= near);
        let direction = direction(&(at..end));
        let context = Context { published, reference, period, period_near, direction };
        let value = calendar::evaluate(&rule.value, &captures, context)?;
        Some(Match { end, kind: rule.kind, value, modifier: rule.modifier })
    })
}

fn surrounded(rule: &Rule, words: &[Word<'_>], start: usize, end: usize) -> bool {
    let is_one = |wanted: &Option<Vec<String>>, word: Option<&Word<'_>>| {
        wanted.as_ref().is_none_or(|list| word.is_some_and(|w| is_listed(list, w)))
    };
    is_one(&rule.before, start.checked_sub(1).map(|b| &words[b]))
        && is_one(&rule.after, words.get(end))
}

fn is_listed(list: &[String], word: &Word<'_>) -> bool {
    list.binary_search_by(|listed| listed.as_str().cmp(word.lower)).is_ok()
}

/// Where the items end if they match from `at` on. Optional items are tried first, then skipped.
fn follow(
    grammar: &Grammar,
    items: &[Item],
    words: &[Word<'_>],
    at: usize,
    captures: &mut Captures,
) -> Option<usize> {
    let Some((item, rest)) = items.split_first() else { return Some(at) };
    let mark = captures.0.len();
    if at < words.len() {
        let length = match &item.term {
            Term::Words(list) => (words[at].known && is_listed(list, &words[at])).then_some(1),
            Term::Class { class, name } => {
                matched(grammar, class, words, at).map(|(value, length)| {
                    captures.0.push((name.clone(), value));
                    length
                })
            }
        };
        if let Some(length) = length
            && let Some(end) = follow(grammar, rest, words, at + length, captures)
        {
            return Some(end);
        }
        captures.0.truncate(mark);
    }
    if item.optional { follow(grammar, rest, words, at, captures) } else { None }
}
