//! Names mended by what stands around them: parts joined, acronyms spelled out.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::acronyms::{acronym, initials_of};
use super::lexicon::{Lexicon, Sort, key};
use super::mentions::{Name, is_capitalized, is_hyphen, is_word};
use crate::reading::Kind;
use crate::tree::Tree;

/// The index of the name that covers each token.
pub(super) fn owners(tree: &Tree<'_>, names: &[Name]) -> Vec<Option<usize>> {
    let mut owner = vec![None; tree.len()];
    for (index, name) in names.iter().enumerate() {
        owner[name.tokens.clone()].fill(Some(index));
    }
    owner
}

/// Puts one name over `tokens` in place of those inside and gives the best of their scores; `None`
/// if a name sticks out of them.
fn replace(
    names: &[Name],
    owner: &[Option<usize>],
    tokens: &Range<usize>,
    dropped: &mut HashSet<usize>,
) -> Option<Option<f32>> {
    let mut inside: Vec<usize> = tokens.clone().filter_map(|t| owner[t]).collect();
    inside.dedup();
    let within = |n: &Name| tokens.start <= n.tokens.start && n.tokens.end <= tokens.end;
    if !inside.iter().all(|&i| within(&names[i]) && !dropped.contains(&i)) {
        return None;
    }
    let score = inside.iter().map(|&i| names[i].score).max_by(f32::total_cmp);
    dropped.extend(inside);
    Some(score)
}

fn settle(names: &mut Vec<Name>, dropped: &HashSet<usize>, added: Vec<Name>) {
    let mut index = 0;
    names.retain(|_| {
        index += 1;
        !dropped.contains(&(index - 1))
    });
    names.extend(added);
    names.sort_by_key(|n| n.tokens.start);
}

/// Joins what the lexicon lists as one name and the model split: "South" + "African".
pub(crate) fn widen(tree: &Tree<'_>, names: &mut Vec<Name>, lexicon: &Lexicon) {
    let owner = owners(tree, names);
    let (mut dropped, mut added) = (HashSet::new(), Vec::new());
    let mut at = 0;
    while at < tree.len() {
        let start = at;
        at += 1;
        let word = tree.word(start);
        if !is_capitalized(word) || !lexicon.starts_with(word) {
            continue;
        }
        let end = tree.sentence(start).end.min(start + 2 * lexicon.longest());
        for end in (start + 2..=end).rev() {
            let tokens = start..end;
            if !is_word(tree.word(end - 1)) || tokens.clone().all(|t| owner[t] == owner[start]) {
                continue;
            }
            let spelled = key(tokens.clone().map(|t| tree.word(t)));
            let Some(&first) = lexicon.lookup(&spelled).first() else { continue };
            let wanted = matches!(
                lexicon.entry(first).sort,
                Sort::Country | Sort::Demonym | Sort::Region | Sort::Area
            );
            // "Jammu" and "Kashmir" may be spoken of each by itself; a country is not.
            let coordinated = lexicon.entry(first).sort == Sort::Region
                && tokens.clone().any(|t| owner[t].is_none() && tree.word(t) == "and");
            let partly = tokens.clone().any(|t| owner[t].is_some());
            if !wanted || !partly || coordinated {
                continue;
            }
            let Some(Some(score)) = replace(names, &owner, &tokens, &mut dropped) else { continue };
            let kind =
                if lexicon.entry(first).sort == Sort::Demonym { Kind::Norp } else { Kind::Place };
            let mut name = Name { tokens, kind, score, entries: Vec::new() };
            name.relist(tree, lexicon);
            added.push(name);
            at = end;
            break;
        }
    }
    settle(names, &dropped, added);
}

/// Settles whether an `'s` is part of a name by how the article gives it elsewhere: "Zed's offer"
/// beside "Zed" is a possessive, the one of "Lloyd's", never given without it, is not.
pub(crate) fn settle_possessives(tree: &Tree<'_>, names: &mut [Name]) {
    let mark = |t: usize| matches!(tree.word(t), "'s" | "’s");
    let inside = |name: &Name| name.tokens.len() > 1 && mark(name.tokens.end - 1);
    let behind = |name: &Name| {
        let end = name.tokens.end;
        tree.sentence(end - 1).contains(&end) && mark(end)
    };
    let bare = |name: &Name| name.tokens.start..name.tokens.end - usize::from(inside(name));
    let spelled = |name: &Name| key(bare(name).map(|t| tree.word(t)));
    // How often a name stands without any `'s`, and how often the model took it in.
    let mut counts: HashMap<String, (usize, usize)> = HashMap::new();
    for name in names.iter() {
        let (without, with) = counts.entry(spelled(name)).or_default();
        *without += usize::from(!inside(name) && !behind(name));
        *with += usize::from(inside(name));
    }
    for name in names.iter_mut() {
        match counts.get(&spelled(name)) {
            Some((1.., _)) if inside(name) => name.tokens = bare(name),
            Some((0, 1..)) if behind(name) && name.kind == Kind::Org => name.tokens.end += 1,
            _ => {}
        }
    }
}

/// How many tokens in front of a bracket the long form of an acronym may take.
const REACH: usize = 12;

/// Spells out acronyms in brackets: the words in front whose initials they are make one
/// organization, whatever parts of them the model took for names.
pub(crate) fn spell_out(tree: &Tree<'_>, names: &mut Vec<Name>) {
    let owner = owners(tree, names);
    let (mut dropped, mut added) = (HashSet::new(), Vec::new());
    for open in 1..tree.len().saturating_sub(2) {
        let sentence = tree.sentence(open);
        if tree.word(open) != "(" || tree.word(open + 2) != ")" || !sentence.contains(&(open + 2)) {
            continue;
        }
        let Some(letters) = acronym(tree.word(open + 1)) else { continue };
        let Some(long) = long_form(tree, open, sentence.start, &letters) else { continue };
        let known = long.clone().filter_map(|t| owner[t]).next();
        let kind = known.map(|k| names[k].kind);
        let whole = known.is_some_and(|k| names[k].tokens == long);
        if (known.is_none() && letters.len() < 3) || kind == Some(Kind::Person) && whole {
            continue;
        }
        let kind = match kind {
            Some(kind @ (Kind::Event | Kind::Misc)) => kind,
            Some(Kind::Place) if whole => Kind::Place,
            _ => Kind::Org,
        };
        let short = open + 1..open + 2;
        let Some(first) = replace(names, &owner, &long, &mut dropped) else { continue };
        let second = replace(names, &owner, &short, &mut dropped);
        // What the model took for no name in either form is none.
        let Some(best) = first.into_iter().chain(second.flatten()).max_by(f32::total_cmp) else {
            continue;
        };
        let mut add = |tokens, score: Option<f32>| {
            added.push(Name { tokens, kind, score: score.unwrap_or(best), entries: Vec::new() });
        };
        add(long, first);
        if let Some(score) = second {
            add(short, score);
        }
    }
    settle(names, &dropped, added);
}

/// The words in front of the bracket `open` whose initials are `letters`.
fn long_form(tree: &Tree<'_>, open: usize, floor: usize, letters: &str) -> Option<Range<usize>> {
    let small = |w: &str| {
        matches!(
            w,
            "of" | "for" | "and" | "the" | "de" | "in" | "on" | "'s" | "’s" | "'" | "’" | "&"
        )
    };
    let mut end = open;
    while end > floor && matches!(tree.word(end - 1), "'s" | "’s" | "'" | "’") {
        end -= 1;
    }
    let mut start = end;
    while start > floor.max(open.saturating_sub(REACH)) {
        let word = tree.word(start - 1);
        if !is_capitalized(word) && !small(word) && !is_hyphen(word) {
            break;
        }
        start -= 1;
        if !is_capitalized(word) || word.eq_ignore_ascii_case("the") {
            continue;
        }
        let words: Vec<String> = (start..end)
            .map(|t| tree.word(t))
            .filter(|w| w.chars().any(char::is_alphanumeric) && !matches!(*w, "'s" | "’s"))
            .flat_map(|w| w.split('-'))
            .map(str::to_owned)
            .collect();
        if words.len() > 1 && initials_of(&words).iter().any(|i| i == letters) {
            return Some(start..end);
        }
    }
    None
}
