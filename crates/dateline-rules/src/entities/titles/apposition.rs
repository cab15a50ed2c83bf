//! Offices in apposition to a name: "Jane Doe, the Iraqi finance minister".

use dateline_text::Deprel;

use super::{Bearing, Class, Gender, REACH, Titles, joined};
use crate::entities::mentions::{Name, is_hyphen};
use crate::tree::Tree;

/// Titles behind: "Jane Doe, the Iraqi finance minister", "Jane Doe, chief executive of Acme";
/// and an office that the name explains: "the finance minister, Jane Doe".
pub(super) fn apposed(
    tree: &Tree<'_>,
    name: &Name,
    owner: &[Option<usize>],
    titles: &Titles,
    country: &impl Fn(usize) -> Option<String>,
) -> Bearing {
    let inside = |t: usize| name.tokens.contains(&t);
    let mut bearing = Bearing::default();
    let mut nouns = Vec::new();
    for token in name.tokens.clone() {
        nouns.extend(tree.with(token, Deprel::Appos).filter(|&c| !inside(c)));
        let explained = tree.deprel(token) == Deprel::Appos;
        nouns.extend(tree.head(token).filter(|&h| explained && !inside(h)));
    }
    for noun in nouns {
        if owner[noun].is_some() {
            continue;
        }
        match office_phrase(tree, noun, owner, titles) {
            Some((title, gender)) => {
                bearing.titles.push(title);
                bearing.gender = bearing.gender.or(gender);
            }
            // "his Iraqi counterpart, John Doe" tells the country only.
            None if tree.lemma(noun).eq_ignore_ascii_case("counterpart") => {}
            None => continue,
        }
        let sentence = tree.sentence(noun);
        let near = sentence.start.max(noun.saturating_sub(REACH))..sentence.end.min(noun + REACH);
        let held: Vec<usize> =
            near.filter(|&t| belongs(tree, t, noun)).filter_map(|t| owner[t]).collect();
        let found = held.iter().copied().find_map(country);
        bearing.country = bearing.country.or(found);
        bearing.of.extend(held);
    }
    bearing
}

/// True if `token` tells whose the office `noun` is: "the Somali foreign minister", "a spokesman
/// for the Somali government", but not "ambassador to Somalia".
fn belongs(tree: &Tree<'_>, token: usize, noun: usize) -> bool {
    let mut at = token;
    for _ in 0..4 {
        if at == noun {
            return true;
        }
        let modifies = match tree.deprel(at).base() {
            Deprel::Compound | Deprel::Amod | Deprel::Flat => true,
            Deprel::Nmod => {
                matches!(tree.case(at).as_str(), "" | "of" | "for" | "at" | "'s" | "’s")
            }
            _ => false,
        };
        match tree.head(at) {
            Some(head) if modifies => at = head,
            _ => return false,
        }
    }
    false
}

/// The office that `noun` heads, with the words in front of it that belong to it.
fn office_phrase(
    tree: &Tree<'_>,
    noun: usize,
    owner: &[Option<usize>],
    titles: &Titles,
) -> Option<(String, Option<Gender>)> {
    let floor = tree.sentence(noun).start.max(noun.saturating_sub(REACH));
    let word = tree.word(noun);
    let compound = |t: usize| {
        let modifies = matches!(tree.deprel(t), Deprel::Compound | Deprel::Amod | Deprel::Flat);
        modifies && tree.head(t).is_some_and(|h| h == noun || tree.head(h) == Some(noun))
    };
    let mut start = noun;
    while start > floor {
        let t = start - 1;
        let hyphen = is_hyphen(tree.word(t)) && t > floor;
        if owner[t].is_some() || !(compound(t) || hyphen) {
            break;
        }
        start = t;
    }
    while start < noun && is_hyphen(tree.word(start)) {
        start += 1;
    }
    // "chief executive", "secretary general": the phrase may be an office where its head is none.
    let words: Vec<&str> = (start..=noun).map(|t| tree.word(t)).collect();
    let whole = (0..words.len()).find_map(|at| titles.get(&words[at..]));
    let (class, gender) = titles.get(&[word]).or(whole)?;
    let (class, gender) = whole.unwrap_or((class, gender));
    matches!(class, Class::Office | Class::Rank | Class::Leading).then(|| (joined(&words), gender))
}
