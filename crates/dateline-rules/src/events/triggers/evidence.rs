//! Evidence in its context that a noun names a happening.

use dateline_text::{Deprel, Xpos};

use crate::events::frame::Frame;
use crate::events::lexicon::Trigger;
use crate::events::sentence::Context;

/// Whether anything around the noun shows it to name a happening; `None` where something shows
/// that it doesn't.
pub(super) fn evidence(
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
    // "caused nineteen deaths": the verb above was asked for.
    let governed = entry.conditions.iter().any(|(slots, _)| slots == "governor");
    if counted && !borne && !governed && frame.carrier.is_none() && tree.xpos(token) == Xpos::Nns {
        return None;
    }
    let dated = [grammar.dated, grammar.ongoing, grammar.upcoming, grammar.formerly];
    let modified =
        context.children(token).iter().any(|&c| dated.iter().any(|&class| context.is(c, class)));
    let definite = context.children(token).iter().any(|&c| {
        tree.deprel(c) == Deprel::Det
            && matches!(tree.lower(c), "the" | "this" | "that" | "these" | "those")
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
