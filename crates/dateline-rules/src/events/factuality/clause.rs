//! Cues of a verb's own clause: auxiliaries, negation, tense.

use dateline_text::{Deprel, Xpos};

use super::Status;
use crate::events::ontology::EventType;
use crate::events::sentence::Context;

/// What a verb's own clause says. `None` for bare infinitives and
/// gerunds, whose governor decides.
pub(super) fn clause(context: &Context<'_>, verb: usize, kind: &EventType) -> Option<Status> {
    let tree = context.tree;
    if tree.is_negated(verb) || of_nobody(context, verb) {
        return Some(Status::Negated);
    }
    let (mut modal, mut past, mut present, mut infinitive, mut formerly) =
        (None, false, false, false, false);
    for &child in context.children(verb) {
        let word = tree.word(child).to_lowercase();
        match tree.deprel(child) {
            Deprel::Aux | Deprel::AuxPass | Deprel::Cop => match word.as_str() {
                "will" | "shall" | "'ll" | "’ll" | "wo" => modal = Some(Status::Planned),
                "would" | "'d" | "’d" => modal = Some(would(context, verb)),
                "may" | "might" | "could" | "can" => modal = Some(Status::Hypothetical),
                "should" | "must" | "ought" => modal = Some(Status::Proposed),
                "is" | "are" | "am" | "'s" | "’s" | "'re" | "’re" => present = true,
                "was" | "were" | "had" | "did" => past = true,
                "has" | "have" | "been" | "'ve" | "’ve" => past = true,
                _ => {}
            },
            Deprel::Mark => match word.as_str() {
                "if" | "unless" | "whether" => return Some(Status::Hypothetical),
                "to" => infinitive = true,
                _ => {}
            },
            Deprel::Advmod => {
                formerly |= context.is(child, context.rules.grammar.formerly)
                    && matches!(word.as_str(), "originally" | "previously" | "formerly" | "once");
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

/// "Nobody was hurt", "no one died", "killed no civilians": what is said of nobody did not happen.
fn of_nobody(context: &Context<'_>, verb: usize) -> bool {
    let tree = context.tree;
    context.children(verb).iter().any(|&party| {
        let deprel = tree.deprel(party).base();
        let word = tree.word(party).to_lowercase();
        let no = context.children(party).iter().any(|&c| {
            let lemma = tree.lemma(c).to_lowercase();
            tree.deprel(c) == Deprel::Det && matches!(lemma.as_str(), "no" | "neither")
        });
        matches!(deprel, Deprel::Nsubj | Deprel::Obj)
            && (no || matches!(word.as_str(), "nobody" | "none" | "no-one" | "nothing"))
    })
}

/// "said it would leave" is a plan; "it would leave if …" is not.
fn would(context: &Context<'_>, verb: usize) -> Status {
    let reported = context.tree.deprel(verb) == Deprel::Ccomp
        && context.tree.head(verb).is_some_and(|h| context.is(h, context.rules.grammar.reporting));
    if reported { Status::Planned } else { Status::Hypothetical }
}

/// Headlines and statements use the present for what happened; a bare plural subject makes a habit.
fn present_tense(context: &Context<'_>, verb: usize, kind: &EventType) -> Status {
    let tree = context.tree;
    if context.in_title(verb) || kind.family == "statement" {
        return Status::Actual;
    }
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
    if bare { Status::Generic } else { Status::Actual }
}
