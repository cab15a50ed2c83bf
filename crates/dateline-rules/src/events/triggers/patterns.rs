//! Which of the lexicon's entries for a word matches its context.

use dateline_text::{Deprel, Upos};

use crate::events::frame::Frame;
use crate::events::lexicon::Trigger;
use crate::events::sentence::Context;

/// The matching entry that says most of the word's context; of equals the user's own, then the earlier.
pub(super) fn best(
    context: &Context<'_>,
    token: usize,
    entries: &[usize],
    frame: &Frame,
) -> Option<usize> {
    let triggers = &context.rules.lexicon.triggers;
    let matching =
        entries.iter().copied().filter(|&e| matches(context, token, &triggers[e], frame));
    matching
        .max_by_key(|&e| (triggers[e].specificity(), triggers[e].origin.own, std::cmp::Reverse(e)))
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
    let about = entry.article.is_empty() || context.article_has(entry.article);
    let without = entry.without.is_empty() || !context.sentence_has(token, entry.without);
    passive_fits
        && with
        && about
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
