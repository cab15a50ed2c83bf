//! Cues before a noun: *planned*, *former*, *no*.

use dateline_text::Deprel;

use super::Status;
use crate::events::sentence::Context;

/// What the words before a noun say of its event.
pub(super) fn modified(context: &Context<'_>, token: usize) -> Option<Status> {
    let grammar = &context.rules.grammar;
    let tree = context.tree;
    if context.is_verb(token) {
        return None;
    }
    for &child in context.children(token) {
        let bare = tree.deprel(child) == Deprel::Case
            && matches!(tree.lower(child), "without" | "instead");
        if bare {
            return Some(Status::Negated);
        }
        // "next Friday's strike", "tomorrow's vote"
        if tree.deprel(child) == Deprel::NmodPoss && is_ahead(context, child) {
            return Some(Status::Planned);
        }
        if !matches!(
            tree.deprel(child),
            Deprel::Amod | Deprel::Det | Deprel::Advmod | Deprel::Compound
        ) {
            continue;
        }
        if tree.deprel(child) == Deprel::Det {
            if matches!(tree.lower(child), "no" | "neither") {
                return Some(Status::Negated);
            }
            continue;
        }
        if tree.deprel(child) == Deprel::Amod {
            if context.is(child, grammar.undone) {
                return Some(Status::Negated);
            }
            if context.is(child, grammar.shelved) {
                return Some(Status::Cancelled);
            }
        }
        if tree.lemma(child).eq_ignore_ascii_case("propose")
            || tree.word(child).eq_ignore_ascii_case("proposed")
        {
            return Some(Status::Proposed);
        }
        // "their first talks", "an old feud" are news all the same.
        if matches!(tree.lower(child), "first" | "once" | "old") {
            continue;
        }
        let cues = [
            (grammar.hoped, Status::Expected),
            (grammar.upcoming, Status::Planned),
            (grammar.possible, Status::Hypothetical),
            (grammar.formerly, Status::Historical),
            (grammar.ongoing, Status::Ongoing),
        ];
        if let Some((_, status)) = cues.into_iter().find(|(class, _)| context.is(child, *class)) {
            return Some(status);
        }
    }
    None
}

/// A day or week to come: *next Friday*, *tomorrow*.
fn is_ahead(context: &Context<'_>, token: usize) -> bool {
    let tree = context.tree;
    let coming = |t: usize| {
        let word = tree.lower(t);
        matches!(word, "next" | "coming" | "tomorrow")
    };
    context.reading.time_covering(token).is_some()
        && (coming(token) || context.children(token).iter().any(|&c| coming(c)))
}
