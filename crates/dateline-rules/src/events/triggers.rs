//! Which words of an article name events, and of which type.

use dateline_text::{Deprel, Upos, Xpos};

use crate::reading::Kind;

use super::frame::Frame;
use super::lexicon::{Strength, Trigger};
use super::sentence::Context;
use super::words::stems;

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
}

/// Modifiers before a noun that are looked at.
const MAX_MODIFIERS: usize = 12;

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
    let mut found = Vec::new();
    let mut seen = vec![false; context.rules.lexicon.types.len()];
    for token in 0..context.tree.len() {
        let trigger = match context.tree.upos(token) {
            Upos::Verb => verb(context, token),
            Upos::Noun | Upos::Propn => noun(context, token, &seen),
            _ => None,
        };
        if let Some(trigger) = trigger {
            seen[trigger.kind] = true;
            found.push(trigger);
        }
    }
    drop_carriers(context, &mut found);
    found
}

/// Entries listed under the lower-cased surface ("talks"), else under the lemma.
fn entries<'c>(context: &Context<'c>, token: usize, verbal: bool) -> &'c [usize] {
    let rules = context.rules;
    let lexicon = if verbal { &rules.lexicon.verbs } else { &rules.lexicon.nouns };
    let surface = context.tree.word(token).to_lowercase();
    let lemma = context.tree.lemma(token).to_lowercase();
    let found = if verbal {
        let irregular = rules.words.value("irregular", &surface);
        let known = irregular.and_then(|lemma| lexicon.get(lemma));
        known.or_else(|| lexicon.get(&lemma)).or_else(|| lexicon.get(&surface))
    } else {
        lexicon.get(&surface).or_else(|| lexicon.get(&lemma))
    };
    let found = found.or_else(|| stems(&surface).iter().find_map(|stem| lexicon.get(stem)));
    found.map_or(&[], Vec::as_slice)
}

fn verb(context: &Context<'_>, token: usize) -> Option<Found> {
    let entries = entries(context, token, true);
    let relation = context.tree.deprel(token);
    let modifier = matches!(
        relation,
        Deprel::Amod | Deprel::Compound | Deprel::Case | Deprel::Mark | Deprel::Fixed
    );
    if entries.is_empty() || modifier || in_name(context, token) {
        return None;
    }
    let frame = context.verb_frame(token);
    let best = best(context, token, entries, &frame)?;
    let entry = &context.rules.lexicon.triggers[best];
    let probability = context.tree.tokens[token].event;
    if probability < verb_threshold(entry.strength) {
        return None;
    }
    Some(Found { token, trigger: best, kind: entry.kind, verbal: true, frame, probability })
}

fn noun(context: &Context<'_>, token: usize, seen: &[bool]) -> Option<Found> {
    let entries = entries(context, token, false);
    if entries.is_empty() || in_name(context, token) {
        return None;
    }
    let modifiers = stack(context, token);
    let frame = context.noun_frame(token, &modifiers);
    let best = best(context, token, entries, &frame)?;
    let entry = &context.rules.lexicon.triggers[best];
    let evidence = evidence(context, token, entry, &frame, seen[entry.kind])?;
    let probability = context.tree.tokens[token].event;
    let inner =
        matches!(context.tree.deprel(token), Deprel::Compound | Deprel::Amod | Deprel::NmodDesc);
    let outer = context.tree.head(token).filter(|_| inner);
    // A compound is an event of its own only before another event ("troop withdrawal talks").
    if outer.is_some_and(|head| entries_of_noun(context, head).is_empty() && probability < 0.9) {
        return None;
    }
    if probability < noun_threshold(entry.strength, evidence) {
        return None;
    }
    Some(Found { token, trigger: best, kind: entry.kind, verbal: false, frame, probability })
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

/// The matching entry that says most of the word's context; the earlier one of equals.
fn best(context: &Context<'_>, token: usize, entries: &[usize], frame: &Frame) -> Option<usize> {
    let triggers = &context.rules.lexicon.triggers;
    let matching =
        entries.iter().copied().filter(|&e| matches(context, token, &triggers[e], frame));
    matching.max_by_key(|&e| (triggers[e].specificity(), std::cmp::Reverse(e)))
}

fn matches(context: &Context<'_>, token: usize, entry: &Trigger, frame: &Frame) -> bool {
    let tree = context.tree;
    if let Some(particle) = &entry.particle {
        let found = context.children(token).iter().any(|&c| match tree.deprel(c) {
            Deprel::CompoundPrt | Deprel::Advmod => tree.word(c).eq_ignore_ascii_case(particle),
            Deprel::Obl | Deprel::Advcl => {
                let (canonical, written) = context.preposition(c);
                canonical == *particle || written.split(' ').next() == Some(particle)
            }
            _ => false,
        });
        if !found {
            return false;
        }
    }
    let passive_fits = entry.passive.is_none_or(|passive| passive == frame.passive);
    // What a pronoun stands for is named in the sentence before.
    let told = |t: usize| {
        let before = context.reading.text.tokens()[token].sentence.checked_sub(1);
        let object = frame.get("object").is_some_and(|o| context.tree.upos(o) == Upos::Pron);
        context.sentence_has(t, entry.context)
            || object && before.is_some_and(|s| context.classes_in(s).overlaps(entry.context))
    };
    let with = entry.context.is_empty() || told(token);
    let without = entry.without.is_empty() || !context.sentence_has(token, entry.without);
    passive_fits
        && with
        && without
        && entry.conditions.iter().all(|(slots, filter)| {
            let (slots, forbidden) = match slots.strip_prefix("no_") {
                Some(slots) => (slots, true),
                None => (slots.as_str(), false),
            };
            let mut fillers = slots.split(',').map(str::trim).flat_map(|slot| -> Vec<usize> {
                if slot == "governor" {
                    tree.head(token).into_iter().collect()
                } else {
                    frame.all(slot).flat_map(|t| context.conjuncts(t)).collect()
                }
            });
            if filter.none {
                return fillers.next().is_none();
            }
            fillers.any(|t| filter.accepts(context, t)) != forbidden
        })
}

/// Nouns and adjectives before `token` that belong to it: the nearest event noun on a
/// modifier's right takes it, whatever the parser attached it to.
pub(crate) fn stack(context: &Context<'_>, token: usize) -> Vec<usize> {
    let tree = context.tree;
    let is_modifier = |t: usize| {
        matches!(
            tree.deprel(t),
            Deprel::Compound | Deprel::Amod | Deprel::NmodDesc | Deprel::Flat | Deprel::Nmod
        ) && tree.head(t).is_some_and(|h| h > t)
            && context.preposition(t).0.is_empty()
    };
    let mut top = token;
    while is_modifier(top) {
        match tree.head(top).filter(|&h| context.is_noun(h)) {
            Some(head) => top = head,
            None => break,
        }
    }
    let mut flat = Vec::new();
    let mut open = vec![top];
    while let Some(next) = open.pop() {
        for &child in context.children(next).iter().filter(|&&c| c < next) {
            if flat.len() >= MAX_MODIFIERS {
                break;
            }
            let coordinated = tree.deprel(child) == Deprel::Conj;
            let led = tree.deprel(next) == Deprel::Amod
                && context.reading.mention_covering(child).is_some();
            if is_modifier(child) || coordinated || led {
                flat.push(child);
                open.push(child);
            }
        }
        // "US and Iraqi talks": conjuncts of a modifier stand on its right.
        for &child in context.children(next).iter().filter(|&&c| c > next && c < token) {
            if flat.len() >= MAX_MODIFIERS {
                break;
            }
            if tree.deprel(child) == Deprel::Conj && next != top {
                flat.push(child);
                open.push(child);
            }
        }
    }
    flat.sort_unstable();
    flat.dedup();
    let mut own: Vec<usize> = Vec::new();
    for &modifier in flat.iter().rev().filter(|&&m| m < token) {
        own.push(modifier);
        if !entries_of_noun(context, modifier).is_empty() {
            break;
        }
    }
    own.reverse();
    own
}

/// Whether anything around the noun shows it to name a happening; `None` where something shows
/// that it doesn't.
fn evidence(
    context: &Context<'_>,
    token: usize,
    entry: &Trigger,
    frame: &Frame,
    seen: bool,
) -> Option<bool> {
    let tree = context.tree;
    let grammar = &context.rules.grammar;
    let kind = &context.rules.lexicon.types[entry.kind];
    let borne = frame.args.iter().any(|arg| match arg.slot.as_ref() {
        "time" => true,
        "noun" => !entry.conditions.is_empty(),
        slot => {
            let shared = slot == "in" || slot == "at";
            shared || kind.slots.contains_key(slot) || entry.slots.contains_key(slot)
        }
    });
    let counted = context
        .children(token)
        .iter()
        .any(|&c| tree.deprel(c) == Deprel::Nummod && context.reading.time_covering(c).is_none());
    if counted && !borne && frame.carrier.is_none() && tree.xpos(token) == Xpos::Nns {
        return None;
    }
    let dated = [grammar.dated, grammar.ongoing, grammar.upcoming, grammar.formerly];
    let modified =
        context.children(token).iter().any(|&c| dated.iter().any(|&class| context.is(c, class)));
    let definite = context.children(token).iter().any(|&c| {
        tree.deprel(c) == Deprel::Det
            && matches!(
                tree.word(c).to_lowercase().as_str(),
                "the" | "this" | "that" | "these" | "those"
            )
    });
    let prepositional = {
        let (canonical, written) = context.preposition(token);
        let words = &context.rules.words;
        words.of(&canonical).overlaps(grammar.event_preposition)
            || words.of(&written).overlaps(grammar.event_preposition)
    };
    let governed = tree.head(token).is_some_and(|head| {
        let relation = tree.deprel(token);
        let object = matches!(relation, Deprel::Obj | Deprel::NsubjPass);
        let over = [
            grammar.aspect,
            grammar.planning,
            grammar.proposing,
            grammar.cancelling,
            grammar.failing,
        ];
        (object && over.iter().any(|&class| context.is(head, class)))
            || (relation == Deprel::Nsubj && context.is(head, grammar.causing))
    });
    let measured = tree.head(token).is_some_and(|head| {
        context.is(head, grammar.transparent) && context.of_phrase(head) == Some(token)
    });
    Some(
        borne
            || frame.carrier.is_some()
            || modified
            || prepositional
            || governed
            || measured
            || (definite && seen),
    )
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
        !f.verbal || own.peek().is_none() || !(empty || !meets && own.any(|c| c.1 == f.kind))
    });
}
