//! Who has been spoken of, how lately, and in what part of the sentence.

use std::collections::HashMap;

use dateline_text::{Deprel, ZoneKind};

use super::nouns::Kinds;
use super::offices::Office;
use crate::entities::titles::Gender;
use crate::tree::Tree;

/// What a referent is, as far as pronouns care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Person,
    Org,
    Place,
    /// Several people.
    Many,
    Thing,
}

/// Someone or something that nouns and pronouns may stand for. Most are entities; the others are
/// common nouns, which are in the way of a pronoun's entity.
#[derive(Clone, Debug)]
pub(crate) struct Referent {
    pub(super) entity: Option<usize>,
    pub(super) class: Class,
    pub(super) gender: Option<Gender>,
    pub(super) kinds: Kinds,
    /// Nouns that name tells itself or that stand beside it, lower-cased.
    pub(super) nouns: Vec<String>,
    pub(super) offices: Vec<Office>,
    pub(super) subtype: Option<&'static str>,
    pub(super) country: Option<String>,
    /// Introduced as somebody new: "a company".
    pub(super) indefinite: bool,
}

impl Referent {
    pub(super) fn new(entity: Option<usize>, class: Class) -> Referent {
        Referent {
            entity,
            class,
            gender: None,
            kinds: 0,
            nouns: Vec::new(),
            offices: Vec::new(),
            subtype: None,
            country: None,
            indefinite: false,
        }
    }
}

/// One mention of a referent.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub(super) referent: usize,
    pub(super) head: usize,
    pub(super) sentence: usize,
    pub(super) weight: f32,
    pub(super) score: f32,
}

/// The referents spoken of so far, in text order.
#[derive(Default)]
pub(super) struct Discourse {
    pub(super) referents: Vec<Referent>,
    pub(super) seen: Vec<Seen>,
    /// The referent of each head.
    pub(super) at: HashMap<usize, usize>,
    /// How often each was spoken of.
    times: HashMap<usize, u8>,
}

/// How many sentences back a referent is still in mind.
pub(super) const WINDOW: usize = 3;
/// More mentions than this are not looked back over: keeps endless sentences linear.
const NEAR: usize = 96;
/// What is left of a referent's weight a sentence later.
const DECAY: f32 = 0.5;
/// How much more weight the one meant must have than the next.
pub(super) const MARGIN: f32 = 1.35;

/// How much each earlier mention adds to a referent's weight.
const TOPIC: f32 = 0.06;

impl Discourse {
    pub(super) fn mention(&mut self, tree: &Tree<'_>, head: usize, referent: usize, score: f32) {
        let sentence = tree.text.tokens()[head].sentence;
        let weight = weight(tree, head);
        self.at.insert(head, referent);
        let times = self.times.entry(referent).or_default();
        *times = times.saturating_add(1);
        self.seen.push(Seen { referent, head, sentence, weight, score });
    }

    /// What common nouns stand for: one referent for a noun.
    pub(super) fn introduce(&mut self, class: Class, gender: Option<Gender>, noun: &str) -> usize {
        let lately = self.seen.iter().rev().take(NEAR);
        let same = |r: &Referent| {
            r.entity.is_none() && r.class == class && r.nouns.first().is_some_and(|n| n == noun)
        };
        if let Some(known) = { lately }.find(|s| same(&self.referents[s.referent])) {
            return known.referent;
        }
        let mut referent = Referent::new(None, class);
        referent.gender = gender;
        referent.nouns.push(noun.to_owned());
        self.referents.push(referent);
        self.referents.len() - 1
    }

    /// Mentions before `token` in the sentences that are still in mind, latest first; a headline
    /// is in nobody's mind.
    pub(super) fn lately<'a>(
        &'a self,
        tree: &'a Tree<'_>,
        token: usize,
        window: usize,
    ) -> impl Iterator<Item = &'a Seen> + 'a {
        let sentences = tree.text.sentences();
        let sentence = tree.text.tokens()[token].sentence;
        let zone = sentences[sentence].zone;
        let visible =
            move |s: &&Seen| zone == ZoneKind::Title || sentences[s.sentence].zone == zone;
        let near = self.seen.iter().rev().take(NEAR);
        near.take_while(move |s| s.sentence + window >= sentence).filter(visible)
    }

    /// Weighs the referents in mind: `fit` tells how well a mention goes with what is looked for (0: not at
    /// all). Heaviest first.
    pub(super) fn weigh(
        &self,
        tree: &Tree<'_>,
        token: usize,
        window: usize,
        fit: impl Fn(&Referent, &Seen) -> f32,
    ) -> Vec<(usize, f32)> {
        let sentence = tree.text.tokens()[token].sentence;
        let mut weights: Vec<(usize, f32)> = Vec::new();
        let mut counted: Vec<(usize, usize, f32)> = Vec::new();
        for seen in self.lately(tree, token, window) {
            let fits = fit(&self.referents[seen.referent], seen);
            if fits <= 0.0 {
                continue;
            }
            let distance = sentence.saturating_sub(seen.sentence);
            let weight = seen.weight * fits * DECAY.powi(i32::try_from(distance).unwrap_or(31));
            // In one sentence only the weightiest mention counts.
            match counted.iter_mut().find(|c| c.0 == seen.referent && c.1 == seen.sentence) {
                Some(known) => known.2 = known.2.max(weight),
                None => counted.push((seen.referent, seen.sentence, weight)),
            }
        }
        for (referent, _, weight) in counted {
            let weight = weight * self.topic(referent);
            match weights.iter_mut().find(|w| w.0 == referent) {
                Some(known) => known.1 += weight,
                None => weights.push((referent, weight)),
            }
        }
        weights.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        weights
    }

    /// How much more is said of whom much has been said already.
    fn topic(&self, referent: usize) -> f32 {
        1.0 + TOPIC * self.times.get(&referent).map_or(0.0, |n| f32::from(*n.min(&10)))
    }

    /// The one referent that is clearly heavier than all others.
    pub(super) fn clear(weights: &[(usize, f32)]) -> Option<usize> {
        Discourse::clear_by(weights, MARGIN)
    }

    /// The same, with how many times heavier it must be.
    pub(super) fn clear_by(weights: &[(usize, f32)], margin: f32) -> Option<usize> {
        match weights {
            [] => None,
            [(one, _)] => Some(*one),
            [(best, most), (_, next), ..] => (*most >= *next * margin).then_some(*best),
        }
    }

    /// The model's score of the latest mention of a referent.
    pub(super) fn score(&self, referent: usize) -> f32 {
        let latest = self.seen.iter().rev().find(|s| s.referent == referent);
        latest.map_or(0.0, |s| s.score)
    }
}

/// The relation that `token` has as a phrase: apposed and coordinated names share that of the first.
pub(super) fn relation(tree: &Tree<'_>, token: usize) -> (Deprel, usize) {
    let mut at = token;
    for _ in 0..NEAR {
        match (tree.deprel(at).base(), tree.head(at)) {
            (Deprel::Conj | Deprel::Appos | Deprel::Flat, Some(head)) => at = head,
            _ => break,
        }
    }
    (tree.deprel(at), at)
}

/// How prominent a mention is by its place in the sentence: subject, object, the rest.
fn weight(tree: &Tree<'_>, head: usize) -> f32 {
    let (relation, at) = relation(tree, head);
    let weight = match relation.base() {
        Deprel::Nsubj if relation == Deprel::NsubjPass => 0.95,
        Deprel::Nsubj | Deprel::Vocative | Deprel::Dislocated => 1.0,
        Deprel::Root | Deprel::Parataxis => 0.8,
        Deprel::Obj | Deprel::Iobj => 0.65,
        Deprel::Obl if relation == Deprel::OblAgent => 0.55,
        Deprel::Obl => 0.45,
        Deprel::Nmod if relation == Deprel::NmodPoss => 0.5,
        Deprel::Nmod => 0.35,
        // "Acme officials said" is about Acme.
        Deprel::Compound if tree.head(at).is_some_and(|h| tree.deprel(h).is_subject()) => 0.5,
        Deprel::Compound | Deprel::Amod => 0.25,
        _ => 0.35,
    };
    // A subordinate clause is about less than the main clause.
    let clause = tree.head(at).map(|verb| tree.deprel(verb).base());
    let subordinate = matches!(clause, Some(Deprel::Acl | Deprel::Advcl));
    if subordinate { weight * 0.8 } else { weight }
}

/// The subject of a clause, by what controls it too: "wanted **to see**".
pub(super) fn subject(tree: &Tree<'_>, clause: usize) -> Option<usize> {
    let mut at = clause;
    for _ in 0..8 {
        let own =
            tree.children(at).iter().copied().find(|&c| tree.deprel(c).base() == Deprel::Nsubj);
        if own.is_some() {
            return own;
        }
        at = match tree.deprel(at).base() {
            Deprel::Xcomp | Deprel::Conj => tree.head(at)?,
            Deprel::Advcl => tree.head(at)?,
            _ => return None,
        };
    }
    None
}
