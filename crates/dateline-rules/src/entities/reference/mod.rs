//! Common nouns and pronouns led back to the names they stand for, reading from left to right.
//!
//! What is in mind is weighed by how lately and how prominently it was spoken of; a noun or pronoun
//! is led back to the one that clearly outweighs all others that fit, else to none.

mod descriptions;
mod discourse;
mod nominals;
mod nouns;
mod offices;
mod pronouns;
mod speech;
mod walk;
mod words;

use std::ops::Range;

use super::titles::{Gender, Titles};
use crate::reading::{EntityFact, MentionKind};
use crate::tree::Tree;
pub(crate) use nominals::Nominal;
pub(crate) use nouns::Nouns;
pub(crate) use pronouns::Resolved;
use walk::Walk;
pub(crate) use words::Words;

/// A mention that earlier steps found.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub(crate) entity: usize,
    pub(crate) tokens: Range<usize>,
    pub(crate) head: usize,
    pub(crate) kind: MentionKind,
    pub(crate) score: f32,
}

/// What was led back.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) pronouns: Vec<Resolved>,
    pub(crate) nominals: Vec<Nominal>,
}

/// Word lists that decide.
pub(crate) struct Lists<'a> {
    pub(crate) nouns: &'a Nouns,
    pub(crate) titles: &'a Titles,
    pub(crate) words: &'a Words,
}

/// Leads nouns and pronouns back to `entities`, whose `genders` titles told; `mentions` stand in
/// text order.
pub(crate) fn resolve(
    tree: &Tree<'_>,
    entities: &[EntityFact],
    genders: &[Option<Gender>],
    mentions: &[Known],
    lists: &Lists<'_>,
) -> Found {
    let mut walk = Walk::new(tree, entities, mentions, lists);
    walk.introduce(genders);
    for token in 0..tree.len() {
        walk.read(token);
    }
    walk.first_persons();
    walk.ahead();
    walk.found
}
