//! Cues of the word that governs an event: *deny*, *plan*, *propose*, *call off*.

use dateline_text::{Deprel, Xpos};

use super::Status;
use crate::events::ontology::EventType;
use crate::events::sentence::Context;

pub(super) enum Step {
    Found(Status),
    Up(usize),
    Stop,
}

/// What the word above says of the event.
pub(super) fn governor(context: &Context<'_>, at: usize, kind: &EventType) -> Step {
    let tree = context.tree;
    let first = context.first_conjunct(at);
    let Some(head) = tree.head(first) else { return Step::Stop };
    let grammar = &context.rules.grammar;
    let verb = context.is_verb(at);
    let relation = tree.deprel(first);
    let (preposition, _) = context.preposition(first);
    let governed = match relation {
        Deprel::Obj | Deprel::NsubjPass | Deprel::Compound | Deprel::NmodPoss => true,
        Deprel::Nsubj => context.is_passive(head) || context.is(head, grammar.occur),
        Deprel::Xcomp | Deprel::Ccomp | Deprel::Acl | Deprel::Csubj => true,
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
    let finite =
        relation == Deprel::Ccomp && !context.is_infinitive(first) && tree.xpos(first) != Xpos::Vbg;
    let is = |class| context.is(head, class);
    let purpose = relation == Deprel::Advcl && context.is_infinitive(first);
    if is(grammar.denying) && (relation == Deprel::Obj || verb) && kind.family != "statement" {
        return Step::Found(Status::Negated);
    }
    if finite {
        return if is(grammar.supposing) { Step::Found(Status::Hypothetical) } else { Step::Stop };
    }
    if is(grammar.failing) && (!is(grammar.proposing) || tree.is_negated(head)) {
        let particle =
            context.children(head).iter().any(|&c| tree.deprel(c) == Deprel::CompoundPrt);
        if !tree.lemma(head).eq_ignore_ascii_case("rule") || particle {
            return Step::Found(Status::Negated);
        }
    }
    if is(grammar.cancelling)
        && !purpose
        && matches!(relation, Deprel::Obj | Deprel::NsubjPass | Deprel::Nsubj | Deprel::Nmod)
    {
        let off = context.children(head).iter().any(|&c| tree.word(c).eq_ignore_ascii_case("off"));
        if !tree.lemma(head).eq_ignore_ascii_case("call") || off {
            return Step::Found(Status::Cancelled);
        }
    }
    if is(grammar.topical) && verb {
        return Step::Found(Status::Proposed);
    }
    let talked = is(grammar.talking);
    if is(grammar.proposing) && !(talked && kind.given) && !purpose {
        return Step::Found(Status::Proposed);
    }
    if is(grammar.planning) && (verb || !matches!(relation, Deprel::Nsubj)) && !purpose {
        let announced = tree.lemma(head).eq_ignore_ascii_case("announce");
        if !(announced && kind.given) {
            return Step::Found(Status::Planned);
        }
    }
    if is(grammar.supposing) && !purpose {
        return Step::Found(Status::Hypothetical);
    }
    if purpose {
        // "rallied to win": in a match it tells how it ended.
        let ended = kind.name == "sport_culture.contest" && tree.xpos(head).is_past();
        return if ended { Step::Up(head) } else { Step::Found(Status::Planned) };
    }
    if is(grammar.aspect)
        || is(grammar.light)
        || is(grammar.transparent)
        || (verb && relation == Deprel::Xcomp)
    {
        return Step::Up(head);
    }
    if relation == Deprel::Acl && context.is_infinitive(first) {
        return Step::Found(Status::Hypothetical);
    }
    Step::Stop
}
