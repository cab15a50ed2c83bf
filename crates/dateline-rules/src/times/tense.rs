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
    if let Some(direction) = marked(tree, token) {
        return direction;
    }
    let mut below = token;
    for above in tree.ancestors(token).take(REACH) {
        let noun = std::mem::replace(&mut below, above);
        // "called for a strike on Friday", where "on Friday" may hang on the verb as well.
        let between = |c: usize| (above + 1..token).contains(&c) && tree.case(c) == "for";
        if PROPOSING.contains(&tree.lemma(above))
            && ((noun != token && tree.case(noun) == "for")
                || tree.children(above).iter().take(BREADTH).any(|&c| between(c)))
        {
            return Direction::Future;
        }
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
            // "had been scheduled to expire on Friday"
            let over = |g: usize| {
                tree.with_base(g, Deprel::Aux)
                    .any(|a| tree.lemma(a) == "have" && tree.xpos(a).is_past())
            };
            if governor.is_some_and(over) {
                return Direction::Past;
            }
            if governor
                .is_some_and(|g| listed(&grammar.future_verb, g) || listed(&grammar.future_aux, g))
            {
                return Direction::Future;
            }
            // A headline's "Ministers to meet Monday" may hang the verb on the noun.
            let headline = |g: usize| {
                tree.head(g).is_none() && matches!(tree.upos(g), Upos::Noun | Upos::Propn)
            };
            if governor.is_some_and(|g| !headline(g)) {
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
        let present = matches!(tree.xpos(above), Xpos::Vbz | Xpos::Vbp) && auxiliaries.is_empty();
        if present && listed(&grammar.future_present, above) {
            return Direction::Future;
        }
        return Direction::Open;
    }
    Direction::Open
}

/// Verbs and nouns whose "for" introduces what is yet to be.
const PROPOSING: &[&str] =
    &["call", "plan", "schedule", "appeal", "prepare", "ask", "push", "campaign", "ready"];

/// What is set for a day; other things of a day ("Thursday's closing price") have been.
const SCHEDULED: &[&str] = &[
    "election",
    "vote",
    "poll",
    "ballot",
    "referendum",
    "match",
    "game",
    "final",
    "semi-final",
    "race",
    "meeting",
    "summit",
    "session",
    "hearing",
    "deadline",
    "debate",
    "ceremony",
    "clash",
    "tie",
    "visit",
    "strike",
    "march",
    "rally",
    "protest",
    "conference",
    "event",
    "concert",
    "inauguration",
    "funeral",
];

/// What the marks on the expression itself tell: "until Wednesday", "Thursday's closing price".
fn marked(tree: &Tree<'_>, token: usize) -> Option<Direction> {
    let head = tree.head(token)?;
    let possessive = tree.children(token).iter().any(|&c| matches!(tree.word(c), "'s" | "’s"));
    if possessive && tree.deprel(token).base() == Deprel::Nmod {
        return (!SCHEDULED.contains(&tree.lemma(head))).then_some(Direction::Past);
    }
    let deadline = tree.case(token) == "by" && tree.upos(head) == Upos::Noun;
    if deadline && tree.deprel(token).base() == Deprel::Nmod {
        return Some(Direction::Future);
    }
    if matches!(tree.case(token).as_str(), "until" | "till") {
        let verb = std::iter::once(head).chain(tree.ancestors(head)).take(REACH);
        let verb = { verb }.find(|&t| matches!(tree.upos(t), Upos::Verb | Upos::Aux));
        // "stayed until Friday" is over; "closed", "has" and "were told to stay until Friday" not.
        let over = verb.is_some_and(|v| tree.xpos(v) == Xpos::Vbd && tree.lemma(v) != "have");
        return (!over).then_some(Direction::Future);
    }
    None
}
