//! Where a name starts and ends.

use std::ops::Range;

use dateline_text::{Deprel, Upos, Xpos};

use super::lexicon::Lexicon;
use super::mentions::{entries, is_capitalized, is_hyphen, is_inner_hyphen, is_letter, is_word};
use crate::tree::Tree;

/// True if two runs that the model took for two persons are the name of one.
pub(super) fn is_one_person(tree: &Tree<'_>, left: &Range<usize>, right: &Range<usize>) -> bool {
    left.end + 1 == right.start
        && tree.sentence(left.start).contains(&right.start)
        && (is_inner_hyphen(tree, left.end)
            || follows_initial(tree, left)
            || is_reversed(tree, left, right))
}

/// True if a run ends with an initial and its period stands behind it: "Ann B" + ". Doe".
fn follows_initial(tree: &Tree<'_>, left: &Range<usize>) -> bool {
    tree.word(left.end) == "." && is_letter(tree.word(left.end - 1))
}

/// True for the two names in "Doe, Ann" between quotation marks, as mail programs write senders.
fn is_reversed(tree: &Tree<'_>, left: &Range<usize>, right: &Range<usize>) -> bool {
    let quote = |t: usize| matches!(tree.word(t), "\"" | "“" | "”" | "``" | "''");
    left.start > 0
        && right.end < tree.len()
        && tree.word(left.end) == ","
        && quote(left.start - 1)
        && quote(right.end)
}

/// Cuts at hyphens: between two countries or peoples ("US-Iraq"), and before a common word
/// ("Iran-backed").
pub(super) fn pieces(
    tree: &Tree<'_>,
    tokens: Range<usize>,
    lexicon: &Lexicon,
) -> Vec<Range<usize>> {
    let cuts: Vec<usize> = tokens.clone().filter(|&t| is_inner_hyphen(tree, t)).collect();
    if cuts.is_empty() {
        return vec![tokens];
    }
    let mut parts = Vec::new();
    let mut start = tokens.start;
    for cut in cuts.iter().copied().chain([tokens.end]) {
        if start < cut {
            parts.push(start..cut);
        }
        start = cut + 1;
    }
    let listed = |part: &Range<usize>| !entries(tree, part.clone(), lexicon).is_empty();
    if parts.len() > 1
        && parts.iter().all(listed)
        && entries(tree, tokens.clone(), lexicon).is_empty()
    {
        return parts;
    }
    let common = |part: &Range<usize>| {
        part.clone().all(|t| !is_capitalized(tree.word(t)))
            && matches!(tree.xpos(part.end - 1), Xpos::Vbn | Xpos::Vbd | Xpos::Vbg | Xpos::Jj)
    };
    let kept = match parts.split_last() {
        Some((last, [.., before])) if common(last) => tokens.start..before.end,
        _ => tokens,
    };
    [kept].into()
}

/// Where a member of the US Congress or of a state's is from: "Ann Doe, D-Utopia" and "(R-Utopia)".
pub(super) fn constituency(tree: &Tree<'_>, tokens: &Range<usize>) -> Option<Range<usize>> {
    let start = tokens.start;
    let before = start.checked_sub(1).map(|t| tree.word(t));
    let party = matches!(tree.word(start), "D" | "R" | "I")
        && matches!(before, Some("," | "("))
        && tokens.len() > 2
        && is_inner_hyphen(tree, start + 1)
        && is_capitalized(tree.word(start + 2));
    party.then_some(start + 2..tokens.end)
}

/// A person's name with the syllable behind a hyphen that the model cut off: "Kim Min-" + "in".
/// `next` is where the next name starts.
pub(super) fn with_syllable(tree: &Tree<'_>, tokens: Range<usize>, next: usize) -> Range<usize> {
    let (start, end) = (tokens.start, tokens.end);
    let limit = tree.sentence(start).end.min(next);
    let syllable = |t: usize| {
        t < limit
            && tree.word(t).chars().all(char::is_lowercase)
            && tree.word(t).chars().count() <= SYLLABLE
    };
    let given = |t: usize| is_capitalized(tree.word(t)) && tree.word(t).chars().count() <= SYLLABLE;
    if end - start > 1 && is_hyphen(tree.word(end - 1)) && syllable(end) && given(end - 2) {
        return start..end + 1;
    }
    let cut = syllable(end + 1)
        && is_inner_hyphen(tree, end)
        && end - start > 1
        && given(end - 1)
        && matches!(tree.upos(end + 1), Upos::Adp | Upos::Propn | Upos::X);
    if cut { start..end + 2 } else { tokens }
}

/// The most letters of a syllable of a Chinese or Korean given name.
const SYLLABLE: usize = 6;

/// Takes determiners, possessive marks, quotes and other punctuation off both ends.
pub(super) fn trim(tree: &Tree<'_>, tokens: Range<usize>) -> Option<Range<usize>> {
    let Range { mut start, mut end } = tokens;
    let (first, last) = (start, end - 1);
    // The last period of "U . S ." in text whose tokens are parted by spaces.
    let spelled = |t: usize| {
        t >= first + 3
            && tree.word(t) == "."
            && tree.word(t - 2) == "."
            && is_letter(tree.word(t - 1))
    };
    let part = |t: usize| tree.word(t) == "The" && is_inside(tree, t);
    // "Zed's" may be the name of a shop; not where it owns what follows.
    let owns =
        |t: usize| t < last || tree.head(t).is_some_and(|h| tree.deprel(h) == Deprel::NmodPoss);
    let loose = |t: usize| {
        let word = tree.word(t);
        !is_word(word) || matches!(word, "'s" | "’s") && owns(t)
    };
    while start < end {
        let word = tree.lower(start);
        let article = matches!(word, "the" | "a" | "an") && start + 1 < end && !part(start);
        if !(article || loose(start)) {
            break;
        }
        start += 1;
    }
    while start < end && loose(end - 1) && !spelled(end - 1) {
        end -= 1;
    }
    (start < end).then_some(start..end)
}

/// How many tokens in front of a name are looked at.
const REACH: usize = 12;

/// True if the capital of `token` is its own: running text stands before it in the sentence.
fn is_inside(tree: &Tree<'_>, token: usize) -> bool {
    let start = tree.sentence(token).start;
    token > start
        && is_word(tree.word(token - 1))
        && (start.max(token.saturating_sub(REACH))..token)
            .any(|t| tree.word(t).chars().all(char::is_lowercase))
}

#[cfg(test)]
mod tests {
    use crate::entities::tests::read;

    #[test]
    fn parts_of_one_persons_name() {
        for (sentence, expected) in [
            (
                "Ann PROPN NNP 5 nsubj B-PERSON; B PROPN NNP 1 flat I-PERSON; . PUNCT . 1 punct I-PERSON; \
                 Zed PROPN NNP 1 flat B-PERSON; left VERB VBD 0 root",
                "PERSON Ann B . Zed: Ann B . Zed",
            ),
            (
                "\" PUNCT `` 2 punct _; Zed PROPN NNP 0 root B-PERSON _; , PUNCT , 2 punct I-PERSON; \
                 Ann PROPN NNP 2 flat B-PERSON _; \" PUNCT '' 2 punct",
                "PERSON Zed, Ann: Zed, Ann",
            ),
            (
                "Kim PROPN NNP 5 nsubj B-PERSON; Min PROPN NNP 1 flat I-PERSON _; - PUNCT HYPH 2 punct _; \
                 in ADP IN 2 case; won VERB VBD 0 root",
                "PERSON Kim Min-in: Kim Min-in",
            ),
        ] {
            assert_eq!(read(&[sentence]), [expected], "{sentence}");
        }
        let list =
            "Ann PROPN NNP 0 root B-PERSON _; , PUNCT , 3 punct; Bob PROPN NNP 1 conj B-PERSON";
        assert_eq!(read(&[list]), ["PERSON Ann: Ann", "PERSON Bob: Bob"]);
    }

    #[test]
    fn articles_are_part_of_a_name_where_their_capital_is_their_own() {
        let inside = "at ADP IN 3 case; The DET DT 3 det B-PLACE; Hague PROPN NNP 0 root I-PLACE";
        assert_eq!(read(&[inside]), ["PLACE The Hague NLD city: The Hague"]);
        let start = "The DET DT 2 det B-ORG; Zeds PROPN NNPS 3 nsubj I-ORG; left VERB VBD 0 root";
        assert_eq!(read(&[start]), ["ORG Zeds: Zeds"]);
    }

    #[test]
    fn periods_and_possessives_at_the_end() {
        let spelled = "the DET DT 2 det; U PROPN NNP 6 nsubj B-PLACE; . PUNCT . 2 punct I-PLACE; \
            S PROPN NNP 2 flat I-PLACE; . PUNCT . 2 punct I-PLACE; left VERB VBD 0 root";
        assert_eq!(read(&[spelled]), ["PLACE United States USA country: U . S ."]);
        let shop = "at ADP IN 2 case; Zed PROPN NNP 0 root B-ORG _; 's PART POS 2 case I-ORG";
        assert_eq!(read(&[shop]), ["ORG Zed's: Zed's"]);
        let owner = "Zed PROPN NNP 3 nmod:poss B-ORG _; 's PART POS 1 case I-ORG; ships NOUN NNS 4 nsubj; left VERB VBD 0 root";
        assert_eq!(read(&[owner]), ["ORG Zed: Zed"]);
    }
}
