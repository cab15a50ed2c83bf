//! *He* and *she*, where only one person can be meant.

use dateline_text::{Deprel, Upos};

use super::titles::Gender;
use crate::tree::Tree;

/// A mention of a person, in text order.
pub(crate) struct Antecedent {
    pub(crate) head: usize,
    pub(crate) end: usize,
    pub(crate) entity: usize,
    pub(crate) gender: Option<Gender>,
    pub(crate) score: f32,
}

/// A pronoun led back to a person.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Resolved {
    pub(crate) token: usize,
    pub(crate) entity: usize,
    pub(crate) score: f32,
}

fn gender(word: &str) -> Option<Gender> {
    match word.to_lowercase().as_str() {
        "he" | "him" => Some(Gender::Masculine),
        "she" | "her" => Some(Gender::Feminine),
        _ => None,
    }
}

/// More persons and pronouns than this are not looked back over: keeps endless sentences linear.
const NEAR: usize = 32;

/// Leads each "he" and "she" back to the one person who is a subject before it in its own or the
/// previous sentence; to none where two could be meant.
pub(crate) fn resolve(tree: &Tree<'_>, persons: &[Antecedent]) -> Vec<Resolved> {
    let text = tree.text;
    let mut found: Vec<Resolved> = Vec::new();
    for token in 0..tree.len() {
        if tree.upos(token) != Upos::Pron || tree.deprel(token).base() == Deprel::Det {
            continue;
        }
        let Some(gender) = gender(tree.word(token)) else { continue };
        let sentence = text.tokens()[token].sentence;
        // News writes a sentence a paragraph: the one before counts, unless it is the headline.
        let earliest = match sentence.checked_sub(1) {
            Some(before) if text.sentences()[before].zone == text.sentences()[sentence].zone => {
                before
            }
            _ => sentence,
        };
        // Pronouns resolved in the sentence before carry on its subject.
        let from = text.sentences()[earliest].tokens.start;
        let first = persons.partition_point(|p| p.head < from);
        let before = first + persons[first..].partition_point(|p| p.end <= token);
        let near = persons[first.max(before.saturating_sub(NEAR))..before].iter();
        let fits: Vec<(usize, f32)> = near
            .filter(|p| p.gender.is_none_or(|g| g == gender) && is_subject(tree, p.head))
            .map(|p| (p.entity, p.score))
            .collect();
        let carried = found.iter().rev().take(NEAR).take_while(|r| r.token >= from);
        let carried = carried.filter(|r| self::gender(tree.word(r.token)) == Some(gender));
        let mut candidates: Vec<(usize, f32)> =
            fits.into_iter().chain(carried.map(|r| (r.entity, r.score))).collect();
        candidates.sort_by_key(|c| c.0);
        candidates.dedup_by_key(|c| c.0);
        if let [(entity, score)] = candidates[..] {
            found.push(Resolved { token, entity, score });
        }
    }
    found
}

fn is_subject(tree: &Tree<'_>, head: usize) -> bool {
    let mut conjuncts = std::iter::once(head).chain(tree.ancestors(head)).take(NEAR);
    let first = conjuncts.find(|&t| tree.deprel(t) != Deprel::Conj);
    first.is_some_and(|t| tree.deprel(t).is_subject())
}
