//! Cues of the word that governs an event: *deny*, *plan*, *propose*, *call off*.

use dateline_text::{Deprel, Xpos};

use super::Status;
use crate::events::ontology::EventType;
use crate::events::sentence::Context;

pub(super) enum Step {
    Found(Status),
    Up(usize),
    /// What is above was done for the event's sake.
    Purpose(usize),
    Stop,
}

/// Probability from which the model takes a noun for an event.
const EVENT: f32 = 0.5;

/// What the word above says of the event.
pub(super) fn governor(context: &Context<'_>, at: usize, kind: &EventType) -> Step {
    let tree = context.tree;
    let first = context.first_conjunct(at);
    let Some(head) = tree.head(first) else { return Step::Stop };
    let grammar = &context.rules.grammar;
    let verb = context.is_verb(at);
    let relation = tree.deprel(first);
    let (preposition, _) = context.preposition(first);
    let purpose = relation == Deprel::Advcl && context.is_infinitive(first);
    if relation == Deprel::Nmod && preposition == "of" && in_the_event_of(context, head) {
        return Step::Found(Status::Hypothetical);
    }
    if relation == Deprel::Nsubj && is_underway(context, head) {
        return Step::Found(Status::Ongoing);
    }
    let governed = match relation {
        Deprel::Obj | Deprel::NsubjPass | Deprel::Compound | Deprel::NmodPoss => true,
        Deprel::Nsubj => context.is_passive(head) || context.is(head, grammar.occur),
        Deprel::Xcomp | Deprel::Ccomp | Deprel::Acl | Deprel::Csubj => true,
        Deprel::Advcl if purpose && preposition == "in" => true,
        Deprel::Obl | Deprel::Nmod | Deprel::Advcl => {
            matches!(
                preposition.as_str(),
                "" | "of" | "for" | "on" | "to" | "about" | "from" | "into" | "as"
            )
        }
        _ => false,
    };
    if !governed {
        return Step::Stop;
    }
    // "cancelled the protest march": the nouns are one event; "withdrawal talks" are not.
    let talks = context.is(head, grammar.talking);
    if relation == Deprel::Compound
        && context.is_noun(head)
        && !talks
        && tree.tokens[head].event >= EVENT
    {
        return Step::Up(head);
    }
    let finite =
        relation == Deprel::Ccomp && !context.is_infinitive(first) && tree.xpos(first) != Xpos::Vbg;
    let is = |class| context.is(head, class);
    // Charges that are denied have been brought all the same.
    if is(grammar.denying)
        && (relation == Deprel::Obj || verb)
        && kind.family != "statement"
        && !context.is(first, grammar.hearsay)
    {
        return Step::Found(Status::Negated);
    }
    if finite {
        return if is(grammar.supposing) { Step::Found(Status::Hypothetical) } else { Step::Stop };
    }
    let spared = tree.lemma(head).eq_ignore_ascii_case("escape")
        && !matches!(kind.family.as_str(), "life" | "justice");
    if is(grammar.failing) && !spared {
        let rules = tree.lemma(head).eq_ignore_ascii_case("rule");
        if !rules || has_particle(context, head) {
            return match (tree.is_negated(head), rules) {
                (false, _) => Step::Found(Status::Negated),
                // "cannot rule out a strike"; "did not stop the march": there was one.
                (true, true) => Step::Found(Status::Hypothetical),
                (true, false) if tree.xpos(head) == Xpos::Vb => Step::Found(Status::Actual),
                (true, false) => Step::Stop,
            };
        }
    }
    if cancels(context, head)
        && !purpose
        && matches!(relation, Deprel::Obj | Deprel::NsubjPass | Deprel::Nsubj | Deprel::Nmod)
    {
        return Step::Found(if tree.is_negated(head) {
            Status::Planned
        } else {
            Status::Cancelled
        });
    }
    if is(grammar.topical) && verb {
        return Step::Found(Status::Proposed);
    }
    // "has no plans to leave", "did not agree to", "is not expected to".
    if verb
        && (is(grammar.planning) || is(grammar.proposing) && relation != Deprel::Obl)
        && !purpose
        && context.is_negated_noun(head)
    {
        return Step::Found(Status::Negated);
    }
    let talked = is(grammar.talking);
    if is(grammar.proposing) && !(talked && kind.given) && !purpose {
        return Step::Found(Status::Proposed);
    }
    if is(grammar.planning) && (verb || !matches!(relation, Deprel::Nsubj)) && !purpose {
        // "faced protests" did; "faces trial" will.
        if tree.lemma(head).eq_ignore_ascii_case("face") && tree.xpos(head).is_past() {
            return Step::Up(head);
        }
        let announced = tree.lemma(head).eq_ignore_ascii_case("announce");
        if !(announced && kind.given) {
            let open = is(grammar.hoped);
            return Step::Found(if open { Status::Expected } else { Status::Planned });
        }
    }
    if is(grammar.supposing) && !purpose {
        return Step::Found(Status::Hypothetical);
    }
    if purpose {
        // "rallied to win": in a match it tells how it ended.
        let ended = kind.name == "sport_culture.contest" && tree.xpos(head).is_past();
        return if ended { Step::Up(head) } else { Step::Purpose(head) };
    }
    // "has to win", "does not have to win"; who had to leave did.
    if verb
        && relation == Deprel::Xcomp
        && tree.lemma(head).eq_ignore_ascii_case("have")
        && tree.xpos(head) != Xpos::Vbd
    {
        let open = tree.is_negated(head);
        return Step::Found(if open { Status::Hypothetical } else { Status::Proposed });
    }
    // "it is hard to assess", "is willing to sell": nobody has yet.
    if verb && context.is_infinitive(first) && is(grammar.open) {
        return Step::Found(Status::Hypothetical);
    }
    if is(grammar.aspect)
        || is(grammar.light) && context.is_verb(head)
        || is(grammar.transparent)
        || (verb && relation == Deprel::Xcomp)
    {
        return Step::Up(head);
    }
    if relation == Deprel::Acl && context.is_infinitive(first) {
        if let Some(status) = ranked(context, head) {
            return Step::Found(status);
        }
        return Step::Found(Status::Hypothetical);
    }
    Step::Stop
}

fn has_particle(context: &Context<'_>, verb: usize) -> bool {
    let mut children = context.children(verb).iter();
    children.any(|&c| context.tree.deprel(c) == Deprel::CompoundPrt)
}

/// A word by which an event is called off.
pub(super) fn cancels(context: &Context<'_>, word: usize) -> bool {
    let tree = context.tree;
    let off = || context.children(word).iter().any(|&c| tree.word(c).eq_ignore_ascii_case("off"));
    context.is(word, context.rules.grammar.cancelling)
        && (!tree.lemma(word).eq_ignore_ascii_case("call") || off())
}

/// "the first woman to win": she did; "the next team to play" will.
fn ranked(context: &Context<'_>, head: usize) -> Option<Status> {
    let tree = context.tree;
    let words = context.children(head).iter().copied().chain([head]);
    words.filter(|&w| w == head || tree.deprel(w) == Deprel::Amod).find_map(|w| {
        match tree.lower(w) {
            "first" | "second" | "third" | "fourth" | "fifth" | "last" | "only" | "latest"
            | "youngest" | "oldest" => Some(Status::Actual),
            "next" => Some(Status::Planned),
            _ => None,
        }
    })
}

/// "in the event of a strike", "in case of fire".
fn in_the_event_of(context: &Context<'_>, noun: usize) -> bool {
    let tree = context.tree;
    matches!(tree.lower_lemma(noun), "event" | "case")
        && context
            .children(noun)
            .iter()
            .any(|&c| tree.deprel(c) == Deprel::Case && tree.word(c).eq_ignore_ascii_case("in"))
}

/// "talks are underway", "are under way".
fn is_underway(context: &Context<'_>, word: usize) -> bool {
    let tree = context.tree;
    tree.word(word).eq_ignore_ascii_case("underway")
        || tree.word(word).eq_ignore_ascii_case("way")
            && context.children(word).iter().any(|&c| tree.word(c).eq_ignore_ascii_case("under"))
}
