//! "The Haitian capital", "the capital of Peru": a city that is not named.

use std::ops::Range;

use dateline_text::{Deprel, Upos};

use super::groups::Who;
use super::lexicon::Lexicon;
use crate::tree::Tree;

/// A capital spoken of without its name.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Capital {
    pub(crate) tokens: Range<usize>,
    pub(crate) head: usize,
    /// ISO 3166-1 alpha-3.
    pub(crate) country: String,
    pub(crate) score: f32,
}

/// The capitals that an article names by their country alone. With the name beside it ("the
/// Peruvian capital Lima") the name is the mention.
pub(crate) fn find(tree: &Tree<'_>, who: &[Who], lexicon: &Lexicon) -> Vec<Capital> {
    let mut found = Vec::new();
    for head in 0..tree.len() {
        let noun = matches!(tree.upos(head), Upos::Noun | Upos::Propn);
        if !noun || !tree.word(head).eq_ignore_ascii_case("capital") {
            continue;
        }
        let named = |t: usize| {
            let at = who.partition_point(|w| w.tokens.end <= t);
            who.get(at).filter(|w| w.tokens.contains(&t) && w.country.is_some())
        };
        let beside = tree.children(head).iter().any(|&c| {
            matches!(tree.deprel(c), Deprel::Appos | Deprel::Flat) && tree.upos(c) == Upos::Propn
        });
        let inner = matches!(
            tree.deprel(head),
            Deprel::Compound | Deprel::NmodDesc | Deprel::Appos | Deprel::Flat | Deprel::Amod
        );
        if beside || inner {
            continue;
        }
        let mut telling = tree.children(head).iter().copied().filter(|&c| match tree.deprel(c) {
            Deprel::Amod | Deprel::Compound | Deprel::NmodPoss => c < head,
            Deprel::Nmod => tree.case(c) == "of",
            _ => false,
        });
        let Some(teller) = telling.find_map(named) else { continue };
        let Some(country) = teller.country.clone().filter(|c| lexicon.capital(c).is_some()) else {
            continue;
        };
        let tokens = teller.tokens.start.min(head)..teller.tokens.end.max(head + 1);
        found.push(Capital { tokens, head, country, score: teller.score });
    }
    found
}
