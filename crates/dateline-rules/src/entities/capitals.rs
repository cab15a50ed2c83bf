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

#[cfg(test)]
mod tests {
    use crate::entities::tests::read;

    #[test]
    fn capitals_without_and_with_their_name() {
        let talks = "They PRON PRP 2 nsubj; met VERB VBD 0 root; in ADP IN 6 case; \
            the DET DT 6 det; Peruvian ADJ JJ 6 amod B-NORP; capital NOUN NN 2 obl";
        let found = read(&[talks]);
        assert_eq!(
            found,
            ["PLACE Peruvian capital PER city: Peruvian capital", "NORP Peruvian PER: Peruvian"]
        );
        let named = "Lima PROPN NNP 2 nsubj B-PLACE; slept VERB VBD 0 root";
        let found = read(&[talks, named]);
        assert_eq!(found[0], "PLACE Lima PER city: Peruvian capital | Lima");
        let beside = format!("{talks}; Lima PROPN NNP 6 appos B-PLACE");
        assert_eq!(read(&[&beside]), ["NORP Peruvian PER: Peruvian", "PLACE Lima PER city: Lima"]);
    }
}
