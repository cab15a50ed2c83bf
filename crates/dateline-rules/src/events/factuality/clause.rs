//! Cues of a verb's own clause: auxiliaries, negation, tense.

use dateline_text::{Deprel, Xpos};

use super::Status;
use crate::events::ontology::EventType;
use crate::events::sentence::Context;

/// What a verb's own clause says. `None` for bare infinitives and
/// gerunds, whose governor decides.
pub(super) fn clause(context: &Context<'_>, verb: usize, kind: &EventType) -> Option<Status> {
    let tree = context.tree;
    if is_denied(context, verb) {
        return Some(Status::Negated);
    }
    let (mut modal, mut past, mut present, mut infinitive, mut formerly) =
        (None, false, false, false, false);
    for &child in context.children(verb) {
        let word = tree.lower(child);
        match tree.deprel(child) {
            Deprel::Aux | Deprel::AuxPass | Deprel::Cop => match word {
                "will" | "shall" | "'ll" | "’ll" | "wo" => modal = Some(Status::Planned),
                "would" | "'d" | "’d" => modal = Some(would(context, verb)),
                "may" | "might" | "could" | "can" => modal = Some(Status::Hypothetical),
                "should" | "must" | "ought" => modal = Some(Status::Proposed),
                // "that detaining someone is": a copula makes no progressive.
                _ if tree.deprel(child) == Deprel::Cop && tree.xpos(verb) == Xpos::Vbg => {}
                "is" | "are" | "am" | "'s" | "’s" | "'re" | "’re" => present = true,
                "was" | "were" | "had" | "did" => past = true,
                "has" | "have" | "been" | "'ve" | "’ve" => past = true,
                _ => {}
            },
            Deprel::Mark => match word {
                "if" | "unless" | "whether" | "lest" => return Some(Status::Hypothetical),
                "before" | "until" | "till" if matches!(tree.xpos(verb), Xpos::Vbz | Xpos::Vbp) => {
                    return Some(Status::Expected);
                }
                "to" => infinitive = true,
                _ => {}
            },
            Deprel::Advmod => {
                formerly |= context.is(child, context.rules.grammar.formerly)
                    && matches!(word, "originally" | "previously" | "formerly" | "once");
                if context.is(child, context.rules.grammar.possible) {
                    modal = modal.or(Some(Status::Hypothetical));
                }
            }
            _ => {}
        }
    }
    if let Some(modal) = modal {
        return Some(modal);
    }
    if formerly && (past || tree.xpos(verb).is_past()) {
        return Some(Status::Historical);
    }
    if infinitive {
        let title = context.in_title(verb)
            && matches!(tree.deprel(verb), Deprel::Root | Deprel::Ccomp | Deprel::Parataxis);
        let headline = context.in_title(verb) && tree.deprel(verb) == Deprel::Acl;
        // "is to close"
        return (title || headline || present).then_some(Status::Planned);
    }
    match tree.xpos(verb) {
        Xpos::Vbg if present && !past => Some(Status::Ongoing),
        Xpos::Vbg if past => Some(Status::Actual),
        Xpos::Vbd => Some(Status::Actual),
        Xpos::Vbn if past || present => Some(Status::Actual),
        Xpos::Vbn if matches!(tree.deprel(verb), Deprel::Root | Deprel::Acl) => {
            Some(Status::Actual)
        }
        Xpos::Vbz | Xpos::Vbp => Some(present_tense(context, verb, kind)),
        _ => None,
    }
}

/// Negation of the verb itself, by its subject or object (*nobody*, *no one*, *none of*, *no
/// shots*), or shared with the verb before it (*did not kill or injure*).
fn is_denied(context: &Context<'_>, verb: usize) -> bool {
    let tree = context.tree;
    if tree.is_negated(verb) {
        return true;
    }
    let nobody = |token: usize| {
        let word = tree.lower(token);
        let whole = matches!(word, "all" | "every" | "everyone" | "everything");
        matches!(word, "nobody" | "none" | "nothing" | "neither")
            || !whole && context.is_negated_noun(token)
    };
    let children = context.children(verb);
    let objects = children.iter().copied().filter(|&c| tree.deprel(c) == Deprel::Obj);
    if context.is_verb(verb) && objects.chain(context.surface_subject(verb, 1)).any(nobody) {
        return true;
    }
    let shared = tree.deprel(verb) == Deprel::Conj
        && children
            .iter()
            .any(|&c| tree.deprel(c) == Deprel::Cc && matches!(tree.lower(c), "or" | "nor"))
        && !children.iter().any(|&c| matches!(tree.deprel(c).base(), Deprel::Aux | Deprel::Nsubj));
    shared && tree.head(verb).is_some_and(|head| tree.is_negated(head))
}

/// A verb that shares the auxiliaries of the one it is coordinated with: *will close plants and cut
/// jobs*, *were not arrested or charged*.
pub(super) fn shares_auxiliaries(context: &Context<'_>, verb: usize) -> bool {
    let tree = context.tree;
    tree.deprel(verb) == Deprel::Conj
        && matches!(tree.xpos(verb), Xpos::Vb | Xpos::Vbn | Xpos::Vbg)
        && tree.head(verb).is_some_and(|head| tree.xpos(head) == tree.xpos(verb))
        && !context
            .children(verb)
            .iter()
            .any(|&c| matches!(tree.deprel(c).base(), Deprel::Aux | Deprel::Nsubj | Deprel::Mark))
}

/// What the clause above makes of a finite one: *if … and …*, *doubted that*, *no evidence that*.
pub(super) fn doubted(context: &Context<'_>, verb: usize, status: Status) -> Status {
    let tree = context.tree;
    let first = context.first_conjunct(verb);
    let conditional = first != verb
        && context.children(first).iter().any(|&c| {
            tree.deprel(c) == Deprel::Mark && matches!(tree.lower(c), "if" | "unless" | "whether")
        });
    if conditional && status != Status::Negated {
        return Status::Hypothetical;
    }
    let finite = !context.is_infinitive(first)
        && matches!(tree.deprel(first), Deprel::Ccomp | Deprel::Acl | Deprel::Csubj);
    let open = matches!(status, Status::Actual | Status::Ongoing) || status.is_planned();
    let Some(head) = tree.head(first).filter(|_| finite && open) else { return status };
    let grammar = &context.rules.grammar;
    let participle = tree.deprel(first) == Deprel::Acl
        && !context.children(first).iter().any(|&c| tree.deprel(c).base() == Deprel::Nsubj);
    if !participle && context.is(head, grammar.doubting)
        || context.is(head, grammar.nonfactive) && tree.is_negated(head)
    {
        return Status::Hypothetical;
    }
    status
}

/// "said it would leave" is a plan; "it would leave if …" is not.
fn would(context: &Context<'_>, verb: usize) -> Status {
    let reported = context.tree.deprel(verb) == Deprel::Ccomp
        && context.tree.head(verb).is_some_and(|h| context.is(h, context.rules.grammar.reporting));
    if reported { Status::Expected } else { Status::Hypothetical }
}

/// Headlines and statements use the present for what happened; a bare plural subject makes a habit.
fn present_tense(context: &Context<'_>, verb: usize, kind: &EventType) -> Status {
    let tree = context.tree;
    if context.in_title(verb) || kind.family == "statement" {
        return Status::Actual;
    }
    let usual = context.children(verb).iter().any(|&c| {
        tree.deprel(c) == Deprel::Advmod
            && matches!(
                tree.lower(c),
                "usually" | "often" | "always" | "sometimes" | "regularly" | "normally" | "rarely"
            )
    });
    let bare = context.surface_subject(verb, 1).is_some_and(|s| {
        tree.xpos(s) == Xpos::Nns
            && !context.children(s).iter().any(|&c| {
                matches!(
                    tree.deprel(c),
                    Deprel::Det
                        | Deprel::Nummod
                        | Deprel::NmodPoss
                        | Deprel::Amod
                        | Deprel::Compound
                )
            })
    });
    if bare || usual { Status::Generic } else { Status::Actual }
}
