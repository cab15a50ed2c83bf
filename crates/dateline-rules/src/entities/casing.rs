//! Names without capitals. In edited text a lower-cased "name" is nearly always the model's mistake;
//! where people write without capitals it is a name like any other.

use std::ops::Range;

use dateline_text::Upos;

use super::lexicon::Lexicon;
use super::mentions::{Name, is_word};
use crate::tree::Tree;

/// From this score on the model is believed without any other sign.
const SURE: f32 = 0.75;

/// True if a name has a capital or a digit, or stands for a name all the same.
pub(super) fn is_cased(tree: &Tree<'_>, name: &Name, lexicon: &Lexicon) -> bool {
    let mut letters = name.tokens.clone().flat_map(|t| tree.word(t).chars());
    if letters.any(|c| c.is_uppercase() || c.is_ascii_digit()) {
        return true;
    }
    let mut words = name.tokens.clone().filter(|&t| is_word(tree.word(t)));
    let proper = words.next().is_some_and(|first| tree.upos(first) == Upos::Propn)
        && words.all(|t| matches!(tree.upos(t), Upos::Propn | Upos::Part | Upos::Adp));
    let listed = name.entries.iter().any(|&e| !lexicon.entry(e).unsure);
    proper && (listed || name.score >= SURE || is_careless(tree, name.tokens.start))
}

/// How many words are looked at.
const REACH: usize = 24;

/// True if the sentence of `token` is written without regard to capitals: it begins in lower case,
/// or has an "i" for the speaker.
fn is_careless(tree: &Tree<'_>, token: usize) -> bool {
    let Range { start, end } = tree.sentence(token);
    let mut letters = (start..end.min(start + REACH)).flat_map(|t| tree.word(t).chars());
    let mut around = start.max(token.saturating_sub(REACH))..end.min(token + REACH);
    letters.find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase)
        || around.any(|t| tree.word(t) == "i" && tree.upos(t) == Upos::Pron)
}

#[cfg(test)]
mod tests {
    use crate::entities::tests::{read, read_scored};

    #[test]
    fn names_without_capitals_where_nobody_writes_them() {
        let careless = "i PRON PRP 2 nsubj; met VERB VBD 0 root; zed PROPN NNP 2 obj B-PERSON; \
            in ADP IN 5 case; utopia PROPN NNP 2 obl B-PLACE; and CCONJ CC 7 cc; \
            us PRON PRP 3 conj B-PLACE";
        assert_eq!(
            read_scored(&[careless], 0.5),
            ["PERSON zed: zed", "PLACE utopia USA city: utopia"]
        );
        let edited = "Ships NOUN NNS 2 nsubj; left VERB VBD 0 root; bumbo PROPN NNP 2 obj B-PLACE";
        let places = |sentence| {
            let mut found = read_scored(&[sentence], 0.5);
            found.retain(|e| e.starts_with("PLACE"));
            found
        };
        assert_eq!(places(edited), Vec::<String>::new());
        // A listed name needs no other sign, and a sure one none at all.
        let listed = edited.replace("bumbo", "peru");
        assert_eq!(places(&listed), ["PLACE Peru PER country: peru"]);
        let sure = read(&[edited]);
        assert!(sure.contains(&"PLACE bumbo other: bumbo".to_owned()), "{sure:?}");
    }
}
