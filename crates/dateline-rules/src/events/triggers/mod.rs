//! Which words of an article name events, and of which type.

mod anaphora;
mod evidence;
mod modifiers;
mod patterns;
mod refusal;

use dateline_text::{Deprel, Upos};

use super::frame::Frame;
use super::lexicon::Strength;
use super::sentence::Context;
use super::words::stems;
use crate::reading::Kind;
use evidence::evidence;
pub(crate) use modifiers::stack;
use patterns::best;
pub(crate) use refusal::Refusal;

/// A word that names an event.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) token: usize,
    /// Index of the lexicon's entry.
    pub(crate) trigger: usize,
    /// Index of the type.
    pub(crate) kind: usize,
    pub(crate) verbal: bool,
    pub(crate) frame: Frame,
    pub(crate) probability: f32,
    /// The least probability that was asked for.
    pub(crate) threshold: f32,
}

/// Least probability of the model's event head, by strength of the lexicon's entry.
/// Chosen on news read by hand: the head is sure of most verbs and unsure of nouns.
fn verb_threshold(strength: Strength) -> f32 {
    match strength {
        Strength::Strong => 0.1,
        Strength::Normal => 0.3,
        Strength::Weak => 0.5,
    }
}

/// As [`verb_threshold`], for nouns with and without evidence in their context.
fn noun_threshold(strength: Strength, evidence: bool) -> f32 {
    match (strength, evidence) {
        (Strength::Strong, true) => 0.1,
        (Strength::Strong, false) => 0.3,
        (Strength::Normal, true) => 0.3,
        (Strength::Normal, false) => 0.7,
        (Strength::Weak, true) => 0.5,
        (Strength::Weak, false) => 2.0,
    }
}

/// Finds all triggers, in text order.
pub(crate) fn find(context: &Context<'_>) -> Vec<Found> {
    let (mut found, _) = weigh(context);
    drop_carriers(context, &mut found);
    found
}

/// The listed words that are no triggers here, each with the reason.
pub(crate) fn refused(context: &Context<'_>) -> Vec<(usize, Refusal)> {
    weigh(context).1
}

fn weigh(context: &Context<'_>) -> (Vec<Found>, Vec<(usize, Refusal)>) {
    let (mut found, mut refused) = (Vec::new(), Vec::new());
    let mut seen = vec![false; context.rules.lexicon.types.len()];
    let mut told = anaphora::Told::new(seen.len());
    for token in 0..context.tree.len() {
        let trigger = match context.tree.upos(token) {
            Upos::Verb => verb(context, token),
            Upos::Noun | Upos::Propn => {
                anaphora::refers_back(context, token, &told, noun(context, token, &seen))
            }
            _ => Err(Refusal::Unlisted),
        };
        match trigger {
            Ok(trigger) => {
                seen[trigger.kind] = true;
                told.add(context, &trigger);
                found.push(trigger);
            }
            Err(Refusal::Unlisted) => {}
            Err(refusal) => refused.push((token, refusal)),
        }
    }
    (found, refused)
}

/// Entries listed under the lower-cased surface ("talks"), else under the lemma.
fn entries<'c>(context: &Context<'c>, token: usize, verbal: bool) -> &'c [usize] {
    let rules = context.rules;
    let lexicon = if verbal { &rules.lexicon.verbs } else { &rules.lexicon.nouns };
    let surface = context.tree.lower(token);
    let lemma = context.tree.lower_lemma(token);
    let found = if verbal {
        let irregular = rules.words.value("irregular", surface);
        let known = irregular.and_then(|lemma| lexicon.get(lemma));
        known.or_else(|| lexicon.get(lemma)).or_else(|| lexicon.get(surface))
    } else {
        lexicon.get(surface).or_else(|| lexicon.get(lemma))
    };
    let found = found.or_else(|| stems(surface).iter().find_map(|stem| lexicon.get(stem)));
    found.map_or(&[], Vec::as_slice)
}

fn verb(context: &Context<'_>, token: usize) -> Result<Found, Refusal> {
    let entries = entries(context, token, true);
    if entries.is_empty() {
        return Err(Refusal::Unlisted);
    }
    let relation = context.tree.deprel(token);
    let modifier = matches!(
        relation,
        Deprel::Amod | Deprel::Compound | Deprel::Case | Deprel::Mark | Deprel::Fixed
    );
    if modifier {
        return Err(Refusal::Modifier);
    }
    if in_name(context, token) {
        return Err(Refusal::Name);
    }
    let frame = context.verb_frame(token);
    let best = best(context, token, entries, &frame).ok_or(Refusal::Context)?;
    let entry = &context.rules.lexicon.triggers[best];
    let probability = context.tree.tokens[token].event;
    let threshold = verb_threshold(entry.strength);
    if probability < threshold {
        return Err(Refusal::Improbable { probability, threshold });
    }
    let kind = entry.kind;
    Ok(Found { token, trigger: best, kind, verbal: true, frame, probability, threshold })
}

fn noun(context: &Context<'_>, token: usize, seen: &[bool]) -> Result<Found, Refusal> {
    let entries = entries(context, token, false);
    if entries.is_empty() {
        return Err(Refusal::Unlisted);
    }
    if in_name(context, token) {
        return Err(Refusal::Name);
    }
    let modifiers = stack(context, token);
    let frame = context.noun_frame(token, &modifiers);
    let best = best(context, token, entries, &frame).ok_or(Refusal::Context)?;
    let entry = &context.rules.lexicon.triggers[best];
    let evidence = evidence(context, token, entry, &frame, seen[entry.kind]);
    let evidence = evidence.ok_or(Refusal::Counted)?;
    let probability = context.tree.tokens[token].event;
    let inner =
        matches!(context.tree.deprel(token), Deprel::Compound | Deprel::Amod | Deprel::NmodDesc);
    let outer = context.tree.head(token).filter(|_| inner);
    // A compound is an event of its own only before another event ("troop withdrawal talks").
    if outer.is_some_and(|head| entries_of_noun(context, head).is_empty() && probability < 0.9) {
        return Err(Refusal::Modifier);
    }
    let threshold = noun_threshold(entry.strength, evidence);
    if probability < threshold {
        return Err(Refusal::Improbable { probability, threshold });
    }
    let kind = entry.kind;
    Ok(Found { token, trigger: best, kind, verbal: false, frame, probability, threshold })
}

fn entries_of_noun<'c>(context: &Context<'c>, token: usize) -> &'c [usize] {
    if context.is_noun(token) && !in_name(context, token) {
        entries(context, token, false)
    } else {
        &[]
    }
}

/// Parts of names never trigger, but the names of events do ("the Gulf War").
fn in_name(context: &Context<'_>, token: usize) -> bool {
    context.name_covering(token).is_some_and(|mention| {
        let head = context.reading.mentions[mention].head;
        context.entity_kind(mention) != Kind::Event || head != token
    })
}

/// A light verb is no event beside the one it carries; nor is a verb that says of an event what
/// its noun says already ("the quake struck").
fn drop_carriers(context: &Context<'_>, found: &mut Vec<Found>) {
    let grammar = &context.rules.grammar;
    let mut carriers: Vec<(usize, usize)> =
        found.iter().filter_map(|f| f.frame.carrier.map(|c| (c, f.kind))).collect();
    carriers.sort_unstable();
    found.retain(|f| {
        let start = carriers.partition_point(|c| c.0 < f.token);
        let mut own = carriers[start..].iter().take_while(|c| c.0 == f.token).peekable();
        let empty = context.is(f.token, grammar.light) || context.is(f.token, grammar.undergo);
        let meets = context.is(f.token, grammar.assembling);
        // "announced a visit, ordered a withdrawal" says who spoke, too.
        let name = context.rules.lexicon.types[f.kind].name.as_str();
        let speaks = matches!(name, "statement.say" | "statement.demand");
        !f.verbal
            || speaks
            || own.peek().is_none()
            || !(empty || !meets && own.any(|c| c.1 == f.kind))
    });
}
