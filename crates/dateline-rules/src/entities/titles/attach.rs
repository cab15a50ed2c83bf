//! What the words around each person say of them, in front of the name above all.

use dateline_text::Upos;

use super::apposition::apposed;
use super::{Bearing, REACH, Titles};
use crate::entities::lexicon::Lexicon;
use crate::entities::mentions::{Name, is_hyphen};
use crate::entities::places::contained_country;
use crate::reading::Kind;
use crate::tree::Tree;

/// Reads what the words around each person say of them.
/// One [`Bearing`] for each name (empty for other names than persons').
pub(crate) fn attach(
    tree: &Tree<'_>,
    names: &[Name],
    titles: &Titles,
    lexicon: &Lexicon,
) -> Vec<Bearing> {
    let mut owner: Vec<Option<usize>> = vec![None; tree.len()];
    for (index, name) in names.iter().enumerate() {
        owner[name.tokens.clone()].fill(Some(index));
    }
    let country = |index: usize| {
        let name: &Name = &names[index];
        let listed = name.entries.first().and_then(|&e| lexicon.entry(e).country.clone());
        let held = || contained_country(tree, &name.tokens, lexicon);
        listed.or_else(|| (name.kind == Kind::Org).then(held).flatten())
    };
    let bearing = |name: &Name| {
        if name.kind != Kind::Person {
            return Bearing::default();
        }
        let mut bearing = before(tree, name, &owner, titles, &country);
        let after = apposed(tree, name, &owner, titles, &country);
        bearing.titles.extend(after.titles);
        bearing.country = bearing.country.or(after.country);
        let of = place_of(tree, name, &owner).filter(|_| !bearing.titles.is_empty());
        bearing.country = bearing.country.or_else(|| of.and_then(country));
        bearing.of.extend(after.of.into_iter().chain(of));
        bearing.of.retain(|&index| names[index].kind.holds_offices());
        bearing.gender = bearing.gender.or(after.gender);
        bearing
    };
    names.iter().map(bearing).collect()
}

/// Titles in front: "Pentagon Press Secretary Major General Pat Doe".
fn before(
    tree: &Tree<'_>,
    name: &Name,
    owner: &[Option<usize>],
    titles: &Titles,
    country: &impl Fn(usize) -> Option<String>,
) -> Bearing {
    let sentence = tree.sentence(name.tokens.start);
    let floor = sentence.start.max(name.tokens.start.saturating_sub(REACH));
    let mut start = name.tokens.start;
    while start > floor {
        let t = start - 1;
        let word = tree.word(t);
        let possessive = matches!(word, "'s" | "’s") && t > floor && owner[t - 1].is_some();
        let nominal = matches!(tree.upos(t), Upos::Noun | Upos::Propn | Upos::Adj);
        let part = owner[t].is_some()
            || titles.get(&[word]).is_some()
            || (is_hyphen(word) && t > floor)
            || word.eq_ignore_ascii_case("of") && t > floor
            || nominal
            || possessive;
        if !part {
            break;
        }
        start = t;
    }
    let chain = start..name.tokens.start;
    let words: Vec<&str> = chain.clone().map(|t| tree.word(t)).collect();
    let known: Vec<bool> =
        chain.clone().map(|t| owner[t].is_some() || matches!(tree.word(t), "'s" | "’s")).collect();
    let Some(mut bearing) = titles.chain(&words, &known) else { return Bearing::default() };
    bearing.of = chain.clone().filter_map(|t| owner[t]).collect();
    bearing.country = bearing.of.iter().copied().find_map(country);
    bearing.chain = chain;
    bearing
}

/// What a person is of, right behind the name: "President Jane Doe of France".
fn place_of(tree: &Tree<'_>, name: &Name, owner: &[Option<usize>]) -> Option<usize> {
    let (of, end) = (name.tokens.end, tree.sentence(name.tokens.start).end);
    if of + 1 >= end || !tree.word(of).eq_ignore_ascii_case("of") {
        return None;
    }
    let article = tree.word(of + 1).eq_ignore_ascii_case("the");
    let at = of + 1 + usize::from(article);
    (at < end).then(|| owner[at]).flatten()
}
