//! What is no name is dropped, and kinds are put right by the words of a name.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use dateline_text::{Deprel, Upos, Xpos};

use super::casing::is_cased;
use super::lexicon::{Lexicon, Sort, key};
use super::mentions::{Name, is_capitalized};
use super::suffixes::Suffixes;
use crate::reading::Kind;
use crate::tree::Tree;

/// The word that heads a name: the last, or the one before "of" or "for".
fn head_word<'a>(tree: &Tree<'a>, tokens: &Range<usize>) -> &'a str {
    let joint = tokens.clone().skip(1).find(|&t| matches!(tree.word(t), "of" | "for"));
    tree.word(joint.unwrap_or(tokens.end) - 1)
}

/// Drops what is no name, and puts kinds right that the words of the name tell.
pub(crate) fn retype(
    tree: &Tree<'_>,
    names: &mut Vec<Name>,
    lexicon: &Lexicon,
    suffixes: &Suffixes,
) {
    names.retain(|name| is_named(tree, name, lexicon, suffixes));
    for name in names.iter_mut() {
        let spelled = key(name.tokens.clone().map(|t| tree.word(t)));
        let free = matches!(name.kind, Kind::Place | Kind::Person | Kind::Misc | Kind::Norp);
        if lexicon.is_other(&spelled) {
            name.kind = Kind::Misc;
        } else if lexicon.is_organization(&spelled) {
            name.kind = Kind::Org;
            name.entries.clear();
        } else if matches!(name.kind, Kind::Person | Kind::Org) && is_dateline(tree, name, lexicon)
        {
            name.kind = Kind::Place;
            name.relist(tree, lexicon);
        } else if name.kind == Kind::Person && is_people(tree, &name.tokens, lexicon) {
            name.kind = Kind::Norp;
            name.relist(tree, lexicon);
        } else if free
            && name.entries.is_empty()
            && (name.tokens.len() > 1
                && (lexicon.heads_organization(head_word(tree, &name.tokens))
                    || lexicon.is_club_prefix(tree.word(name.tokens.start)))
                || is_told(tree, &name.tokens, lexicon))
        {
            name.kind = Kind::Org;
        }
    }
    reassign(tree, names, lexicon);
}

/// "HAMILTON — The council ...", where the text runs on and the dateline is no zone of its own.
fn is_dateline(tree: &Tree<'_>, name: &Name, lexicon: &Lexicon) -> bool {
    let (start, end) = (name.tokens.start, name.tokens.end);
    let sentence = tree.sentence(start);
    let words = || name.tokens.clone().map(|t| tree.word(t));
    start == sentence.start
        && end + 1 < sentence.end
        && matches!(tree.word(end), "—" | "–" | "--" | "---")
        && words().all(|w| !w.chars().any(char::is_lowercase))
        && words().any(|w| w.chars().filter(|c| c.is_uppercase()).count() > 3)
        && !lexicon.gazetteer().find(&key(words())).is_empty()
}

/// True for several words that each name a people: "Sunni Arab".
fn is_people(tree: &Tree<'_>, tokens: &Range<usize>, lexicon: &Lexicon) -> bool {
    tokens.len() > 1 && tokens.clone().all(|t| lexicon.is_people(tree.word(t)))
}

/// True if the noun beside a name tells that it is an organization's: "the daily Zed", "the Zed
/// party".
fn is_told(tree: &Tree<'_>, tokens: &Range<usize>, lexicon: &Lexicon) -> bool {
    let head = tree.head_of(tokens);
    let sentence = tree.sentence(head);
    let noun = |t: usize| sentence.contains(&t) && tree.upos(t) == Upos::Noun;
    let tells = |t: usize, before| lexicon.tells_organization(tree.word(t), before);
    let front = tokens.start.checked_sub(1).filter(|&t| noun(t) && tells(t, true));
    if front.is_some_and(|t| tree.head(head) == Some(t) || tree.head(t) == Some(head)) {
        return true;
    }
    let behind = Some(tokens.end).filter(|&t| noun(t) && tells(t, false));
    behind.is_some_and(|t| tree.head(head) == Some(t) && tree.deprel(head) == Deprel::Compound)
}

fn is_named(tree: &Tree<'_>, name: &Name, lexicon: &Lexicon, suffixes: &Suffixes) -> bool {
    let letters = name.tokens.clone().flat_map(|t| tree.word(t).chars());
    // A single letter is the debris of markup or of a list.
    let debris = name.entries.is_empty() && letters.filter(|c| c.is_alphanumeric()).count() < 2;
    // An address is no place; it may stand for the person who writes from it.
    let address =
        name.kind != Kind::Person && name.tokens.clone().any(|t| is_address(tree.word(t)));
    let nothing = name.tokens.len() == 1
        && matches!(name.kind, Kind::Org | Kind::Person)
        && lexicon.is_abbreviation(tree.word(name.tokens.start));
    let suffix =
        name.kind == Kind::Person && name.tokens.clone().all(|t| is_suffix(tree.word(t), suffixes));
    !debris && !suffix && !nothing && !address && is_cased(tree, name, lexicon)
}

/// True for what stands behind a name, or nothing but its period.
fn is_suffix(word: &str, suffixes: &Suffixes) -> bool {
    let plain = word.trim_end_matches('.');
    plain.is_empty() || suffixes.is_of_person(plain)
}

/// True for an e-mail address, a link or a user's handle.
fn is_address(word: &str) -> bool {
    word.contains('@') || word.starts_with("http") || word.starts_with("www.")
}

/// Single words taken for persons that are cities or the short forms of organizations, where no
/// person of that name is in the article.
fn reassign(tree: &Tree<'_>, names: &mut [Name], lexicon: &Lexicon) {
    let number = |t: usize| tree.word(t).bytes().all(|b| b.is_ascii_digit());
    for name in names.iter_mut().filter(|n| n.kind == Kind::Person) {
        // The minute behind a scorer's or substitute's name.
        while name.tokens.len() > 1 && number(name.tokens.end - 1) {
            name.tokens.end -= 1;
        }
    }
    let known = Words::of(tree, names);
    for name in names.iter_mut().filter(|n| n.tokens.len() == 1) {
        let token = name.tokens.start;
        let word = tree.word(token);
        // "Mr German" is no people.
        let surname = name.kind == Kind::Norp
            && tree.xpos(token) == Xpos::Nnp
            && !matches!(tree.deprel(token).base(), Deprel::Amod | Deprel::Compound)
            && known.borne.contains(word);
        if surname {
            name.kind = Kind::Person;
            name.entries.clear();
        }
        if name.kind != Kind::Person || known.borne.contains(word) {
            continue;
        }
        let listed = name.entries.first().map(|&e| lexicon.entry(e));
        if listed.is_some_and(|e| e.sort == Sort::City && !e.unsure) {
            name.kind = Kind::Place;
        } else if known.is_firm(word) {
            name.kind = Kind::Org;
        }
    }
}

/// What the article's other names tell of single words.
#[derive(Default)]
struct Words<'a> {
    /// Words of persons' full names.
    borne: HashSet<&'a str>,
    /// First words of organizations' names, with the best score of these.
    firms: HashMap<&'a str, f32>,
    /// Single words taken for persons: the sum of their scores and their number.
    persons: HashMap<&'a str, (f32, f32)>,
}

impl<'a> Words<'a> {
    fn of(tree: &Tree<'a>, names: &[Name]) -> Words<'a> {
        let titled = |name: &Name| {
            let sentence = tree.sentence(name.tokens.start);
            let before = name.tokens.start.checked_sub(1).filter(|b| sentence.contains(b));
            before.is_some_and(|b| is_capitalized(tree.word(b)) && tree.upos(b) == Upos::Propn)
        };
        let mut words = Words::default();
        for name in names {
            let first = tree.word(name.tokens.start);
            match name.kind {
                Kind::Person if name.tokens.len() > 1 || titled(name) => {
                    words.borne.extend(name.tokens.clone().map(|t| tree.word(t)));
                }
                Kind::Person => {
                    let (sum, count) = words.persons.entry(first).or_default();
                    (*sum, *count) = (*sum + name.score, *count + 1.0);
                }
                Kind::Org if name.tokens.len() > 1 => {
                    let best = words.firms.entry(first).or_default();
                    *best = best.max(name.score);
                }
                _ => {}
            }
        }
        words
    }

    /// True if `word` begins an organization's name of which the model is surer than of the person:
    /// it is the less sure where it is wrong.
    fn is_firm(&self, word: &str) -> bool {
        let (sum, count) = self.persons.get(word).copied().unwrap_or((0.0, 1.0));
        self.firms.get(word).is_some_and(|&best| best >= sum / count)
    }
}

#[cfg(test)]
mod tests {
    use crate::entities::tests::{read, read_scored};

    #[test]
    fn nouns_beside_a_name_tell_an_organization() {
        for (sentence, expected) in [
            (
                "the DET DT 2 det; daily NOUN NN 4 nsubj; Zed PROPN NNP 2 appos B-PERSON; wrote VERB VBD 0 root",
                "ORG Zed: Zed",
            ),
            (
                "the DET DT 3 det; Zed PROPN NNP 3 compound B-PERSON; party NOUN NN 4 nsubj; won VERB VBD 0 root",
                "ORG Zed: Zed",
            ),
            (
                "the DET DT 3 det; Zed PROPN NNP 3 compound B-PERSON; bank NOUN NN 4 nsubj; won VERB VBD 0 root",
                "PERSON Zed: Zed",
            ),
            (
                "AFC PROPN NNP 2 compound B-PERSON; Zed PROPN NNP 3 nsubj I-PERSON; won VERB VBD 0 root",
                "ORG AFC Zed: AFC Zed",
            ),
            ("Likud PROPN NNP 2 nsubj B-PERSON; won VERB VBD 0 root", "ORG Likud: Likud"),
        ] {
            assert_eq!(read(&[sentence]), [expected], "{sentence}");
        }
    }

    #[test]
    fn what_names_nothing_is_dropped() {
        for name in ["CEO", "MPs", "ann@example.org", "www.example.org", "Z"] {
            let sentence =
                format!("the DET DT 2 det; {name} PROPN NNP 3 nsubj B-ORG; left VERB VBD 0 root");
            assert_eq!(read(&[&sentence]), Vec::<String>::new(), "{name}");
        }
        let sender = "ann@example.org PROPN NNP 2 nsubj B-PERSON; left VERB VBD 0 root";
        assert_eq!(read(&[sender]).len(), 1);
    }

    #[test]
    fn a_word_taken_for_a_person_is_a_firm_only_where_the_model_is_surer_of_that() {
        let word = "Zed PROPN NNP 2 nsubj B-PERSON; left VERB VBD 0 root";
        let firm =
            "Zed PROPN NNP 3 nsubj B-ORG; Foods PROPN NNP 1 flat I-ORG; grew VERB VBD 0 root";
        assert_eq!(read_scored(&[firm, word], 0.5), ["ORG Zed Foods: Zed Foods | Zed"]);
    }
}
