//! Nouns that need no evidence of their own, because they take up an event just told: "rebels
//! attacked a post; *the raid* lasted an hour".

use dateline_text::{Deprel, Upos};

use super::{Found, Refusal, entries, in_name, stack};
use crate::events::sentence::Context;

/// Sentences back within which the event must have been told.
const NEAR: usize = 3;
/// Least probability of the model's event head.
const LEAST: f32 = 0.5;

/// The sentence in which each type was last told of.
pub(super) struct Told(Vec<Option<usize>>);

impl Told {
    pub(super) fn new(types: usize) -> Told {
        Told(vec![None; types])
    }

    pub(super) fn add(&mut self, context: &Context<'_>, found: &Found) {
        self.0[found.kind] = Some(context.sentence(found.token));
    }

    fn recent(&self, kind: usize, sentence: usize) -> bool {
        // In its own sentence the noun is part of what is told: "beat Chelsea in the final".
        self.0[kind].is_some_and(|told| told < sentence && sentence - told <= NEAR)
    }
}

/// A definite noun that was refused, or read as an event that nobody spoke of before, as one that
/// refers back to an event of another of its senses.
pub(super) fn refers_back(
    context: &Context<'_>,
    token: usize,
    told: &Told,
    first: Result<Found, Refusal>,
) -> Result<Found, Refusal> {
    let sentence = context.sentence(token);
    let lexicon = &context.rules.lexicon;
    let open = match &first {
        Ok(found) => {
            let listed = lexicon.triggers[found.trigger].specificity() > 0;
            !listed && !told.recent(found.kind, sentence)
        }
        Err(refusal) => !matches!(refusal, Refusal::Unlisted | Refusal::Name | Refusal::Modifier),
    };
    let probability = context.tree.tokens[token].event;
    let common = context.tree.upos(token) == Upos::Noun && !in_name(context, token);
    if !open || !common || probability < LEAST || !definite(context, token) {
        return first;
    }
    let back = entries(context, token, false).iter().copied().find(|&entry| {
        let kind = lexicon.triggers[entry].kind;
        // What was said, and figures, come up too often for a bare noun to tell which.
        let spoken = lexicon.types[kind].family == "statement";
        let figures = lexicon.types[kind].name == "business_economy.figures";
        !spoken && !figures && told.recent(kind, sentence)
    });
    let Some(trigger) = back else { return first };
    let frame = context.noun_frame(token, &stack(context, token));
    let kind = lexicon.triggers[trigger].kind;
    Ok(Found { token, trigger, kind, verbal: false, frame, probability, threshold: LEAST })
}

/// True for "the raid", "this raid", "their raid"; not for "a raid", nor for "the raid on Lund" or
/// "the tax cuts", which may be others.
fn definite(context: &Context<'_>, token: usize) -> bool {
    let tree = context.tree;
    let inner = matches!(tree.deprel(token), Deprel::Compound | Deprel::Amod | Deprel::NmodDesc);
    let determined = context.children(token).iter().any(|&c| {
        let pronoun = tree.deprel(c) == Deprel::NmodPoss && tree.upos(c) == Upos::Pron;
        let word = tree.lower(c);
        pronoun || matches!(word, "the" | "this" | "that" | "these" | "those")
    });
    let own = context.children(token).iter().any(|&c| {
        tree.deprel(c) == Deprel::Compound
            || tree.deprel(c).base() == Deprel::Nmod
                && c > token
                && context.name_covering(c).is_some()
    });
    determined && !inner && !own
}
