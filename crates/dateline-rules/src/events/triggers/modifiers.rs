//! The modifiers in front of an event noun that belong to it.

use dateline_text::Deprel;

use super::entries_of_noun;
use crate::events::sentence::Context;

/// Modifiers before a noun that are looked at.
const MAX_MODIFIERS: usize = 12;

/// Nouns and adjectives before `token` that belong to it: the nearest event noun on a
/// modifier's right takes it, whatever the parser attached it to.
pub(crate) fn stack(context: &Context<'_>, token: usize) -> Vec<usize> {
    let tree = context.tree;
    let is_modifier = |t: usize| {
        matches!(
            tree.deprel(t),
            Deprel::Compound | Deprel::Amod | Deprel::NmodDesc | Deprel::Flat | Deprel::Nmod
        ) && tree.head(t).is_some_and(|h| h > t)
            && context.preposition(t).0.is_empty()
    };
    let mut top = token;
    while is_modifier(top) {
        match tree.head(top).filter(|&h| context.is_noun(h)) {
            Some(head) => top = head,
            None => break,
        }
    }
    let mut flat = Vec::new();
    let mut open = vec![top];
    while let Some(next) = open.pop() {
        for &child in context.children(next).iter().filter(|&&c| c < next) {
            if flat.len() >= MAX_MODIFIERS {
                break;
            }
            let coordinated = tree.deprel(child) == Deprel::Conj;
            let led = tree.deprel(next) == Deprel::Amod
                && context.reading.mention_covering(child).is_some();
            if is_modifier(child) || coordinated || led {
                flat.push(child);
                open.push(child);
            }
        }
        // "US and Iraqi talks": conjuncts of a modifier stand on its right.
        for &child in context.children(next).iter().filter(|&&c| c > next && c < token) {
            if flat.len() >= MAX_MODIFIERS {
                break;
            }
            if tree.deprel(child) == Deprel::Conj && next != top {
                flat.push(child);
                open.push(child);
            }
        }
    }
    flat.sort_unstable();
    flat.dedup();
    let mut own: Vec<usize> = Vec::new();
    for &modifier in flat.iter().rev().filter(|&&m| m < token) {
        own.push(modifier);
        if !entries_of_noun(context, modifier).is_empty() {
            break;
        }
    }
    own.reverse();
    own
}
