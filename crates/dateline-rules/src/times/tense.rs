//! Whether the verb that governs a word points to the past or to the future.

use dateline_text::{Deprel, Upos, Xpos};

use super::calendar::Direction;
use super::grammar::Grammar;
use crate::tree::Tree;

/// How far up the tree a governing verb is looked for.
const REACH: usize = 8;

/// How many dependents of a verb are looked at: a broken tree hangs a whole article on one word.
const BREADTH: usize = 64;

/// Where the nearest verb above `token` points.
pub(crate) fn direction(tree: &Tree<'_>, token: usize, grammar: &Grammar) -> Direction {
    let listed = |list: &[String], t: usize| {
        list.iter().any(|w| *w == tree.lemma(t) || w.eq_ignore_ascii_case(tree.word(t)))
    };
    for above in tree.ancestors(token).take(REACH) {
        let auxiliary = |t: &usize| matches!(tree.deprel(*t).base(), Deprel::Aux | Deprel::Cop);
        let auxiliaries: Vec<usize> =
            tree.children(above).iter().copied().take(BREADTH).filter(auxiliary).collect();
        let predicate =
            matches!(tree.upos(above), Upos::Verb | Upos::Aux) || !auxiliaries.is_empty();
        if listed(&grammar.future_verb, above) && (tree.xpos(above) == Xpos::Vbn || tree.upos(above) == Upos::Adj)
            // "the meeting scheduled for Monday", "is due on Monday"
            && !auxiliaries.iter().any(|&a| tree.lemma(a) == "have")
        {
            return Direction::Future;
        }
        if !predicate {
            continue;
        }
        if auxiliaries.iter().any(|&a| listed(&grammar.future_aux, a)) {
            return Direction::Future;
        }
        let infinitive = tree.xpos(above) == Xpos::Vb
            && tree
                .children(above)
                .iter()
                .take(BREADTH)
                .any(|&c| tree.deprel(c) == Deprel::Mark && tree.upos(c) == Upos::Part);
        if infinitive {
            let governor = tree.head(above);
            if governor
                .is_some_and(|g| listed(&grammar.future_verb, g) || listed(&grammar.future_aux, g))
            {
                return Direction::Future;
            }
            if governor.is_some() {
                continue;
            }
            // A headline's "Leaders to meet Monday".
            return Direction::Future;
        }
        let past = |t: usize| tree.xpos(t).is_past();
        let passive = tree.xpos(above) == Xpos::Vbn;
        if (past(above) && !passive)
            || auxiliaries.iter().any(|&a| past(a) || tree.lemma(a) == "have")
        {
            return Direction::Past;
        }
        if passive && auxiliaries.is_empty() {
            return Direction::Past;
        }
        return Direction::Open;
    }
    Direction::Open
}
