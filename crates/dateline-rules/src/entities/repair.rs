//! Names mended by what stands around them: parts joined, acronyms spelled out, kinds put right
//! by the words of the name, and the short forms that the model missed.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use dateline_text::{Deprel, Upos, Xpos};

use super::cluster::{acronym, initials_of};
use super::lexicon::{Lexicon, Sort, key};
use super::mentions::{Name, is_capitalized, is_hyphen};
use crate::reading::Kind;
use crate::tree::Tree;

/// The index of the name that covers each token.
fn owners(tree: &Tree<'_>, names: &[Name]) -> Vec<Option<usize>> {
    let mut owner = vec![None; tree.len()];
    for (index, name) in names.iter().enumerate() {
        owner[name.tokens.clone()].fill(Some(index));
    }
    owner
}

/// Puts one name over `tokens` in place of those inside; `false` if a name sticks out of them.
fn replace(
    names: &[Name],
    owner: &[Option<usize>],
    tokens: &Range<usize>,
    dropped: &mut HashSet<usize>,
) -> Option<f32> {
    let mut inside: Vec<usize> = tokens.clone().filter_map(|t| owner[t]).collect();
    inside.dedup();
    let within = |n: &Name| tokens.start <= n.tokens.start && n.tokens.end <= tokens.end;
    if !inside.iter().all(|&i| within(&names[i]) && !dropped.contains(&i)) {
        return None;
    }
    let score = inside
        .iter()
        .map(|&i| names[i].score)
        .fold(None, |best: Option<f32>, s| Some(best.map_or(s, |b| b.max(s))));
    dropped.extend(inside);
    Some(score.unwrap_or(0.5))
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
            if is_hyphen(tree.word(end - 1)) || tokens.clone().all(|t| owner[t] == owner[start]) {
                continue;
            }
            let spelled = key(tokens.clone().map(|t| tree.word(t)));
            let Some(&first) = lexicon.lookup(&spelled).first() else { continue };
            let wanted = matches!(
                lexicon.entry(first).sort,
                Sort::Country | Sort::Demonym | Sort::Region | Sort::Area
            );
            let partly = tokens.clone().any(|t| owner[t].is_some());
            if !wanted || !partly {
                continue;
            }
            let Some(score) = replace(names, &owner, &tokens, &mut dropped) else { continue };
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
        let Some(score) = replace(names, &owner, &long, &mut dropped) else { continue };
        added.push(Name { tokens: long, kind, score, entries: Vec::new() });
        let short = open + 1..open + 2;
        if let Some(score) = replace(names, &owner, &short, &mut dropped) {
            added.push(Name { tokens: short, kind, score, entries: Vec::new() });
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

/// The word that heads a name: the last, or the one before "of" or "for".
fn head_word<'a>(tree: &Tree<'a>, tokens: &Range<usize>) -> &'a str {
    let joint = tokens.clone().skip(1).find(|&t| matches!(tree.word(t), "of" | "for"));
    tree.word(joint.unwrap_or(tokens.end) - 1)
}

/// Drops what is no name, and puts kinds right that the words of the name tell.
pub(crate) fn retype(tree: &Tree<'_>, names: &mut Vec<Name>, lexicon: &Lexicon) {
    names.retain(|name| {
        let mut letters = name.tokens.clone().flat_map(|t| tree.word(t).chars());
        let named = letters.clone().any(|c| c.is_uppercase() || c.is_ascii_digit());
        // A single letter is the debris of markup or of a list.
        let debris =
            name.entries.is_empty() && letters.by_ref().filter(|c| c.is_alphanumeric()).count() < 2;
        named && !debris
    });
    for name in names.iter_mut() {
        let spelled = key(name.tokens.clone().map(|t| tree.word(t)));
        let free = matches!(name.kind, Kind::Place | Kind::Person | Kind::Misc | Kind::Norp);
        if lexicon.is_organization(&spelled) {
            name.kind = Kind::Org;
            name.entries.clear();
        } else if free
            && name.entries.is_empty()
            && name.tokens.len() > 1
            && lexicon.heads_organization(head_word(tree, &name.tokens))
        {
            name.kind = Kind::Org;
        }
    }
    reassign(tree, names, lexicon);
}

/// True if the capitals in front of a name are a club's or a firm's: "IFK Norrköping".
fn is_prefixed(tree: &Tree<'_>, tokens: &Range<usize>) -> bool {
    let capitals = |t: usize| {
        let word = tree.word(t);
        (3..=4).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase())
    };
    tokens.len() > 1 && capitals(tokens.start) && !capitals(tokens.start + 1)
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
        if is_prefixed(tree, &name.tokens) {
            name.kind = Kind::Org;
        }
    }
    let titled = |name: &Name| {
        let sentence = tree.sentence(name.tokens.start);
        let before = name.tokens.start.checked_sub(1).filter(|b| sentence.contains(b));
        before.is_some_and(|b| is_capitalized(tree.word(b)) && tree.upos(b) == Upos::Propn)
    };
    let mut borne: HashSet<&str> = HashSet::new();
    let mut firms: HashSet<&str> = HashSet::new();
    for name in names.iter() {
        match name.kind {
            Kind::Person if name.tokens.len() > 1 || titled(name) => {
                borne.extend(name.tokens.clone().map(|t| tree.word(t)));
            }
            Kind::Org if name.tokens.len() > 1 => {
                firms.insert(tree.word(name.tokens.start));
            }
            _ => {}
        }
    }
    for name in names.iter_mut().filter(|n| n.tokens.len() == 1) {
        let token = name.tokens.start;
        let word = tree.word(token);
        // "Mr German" is no people.
        let surname = name.kind == Kind::Norp
            && tree.xpos(token) == Xpos::Nnp
            && !matches!(tree.deprel(token).base(), Deprel::Amod | Deprel::Compound)
            && borne.contains(word);
        if surname {
            name.kind = Kind::Person;
            name.entries.clear();
        }
        if name.kind != Kind::Person {
            continue;
        }
        let listed = name.entries.first().map(|&e| lexicon.entry(e));
        if borne.contains(word) {
            continue;
        }
        if listed.is_some_and(|e| e.sort == Sort::City && !e.unsure) {
            name.kind = Kind::Place;
        } else if firms.contains(word) {
            name.kind = Kind::Org;
        }
    }
}

/// Bare capitalized words that the model missed and that are the short form of one known name:
/// a surname, the first word of a company, "the Commission".
pub(crate) fn short_forms(tree: &Tree<'_>, names: &mut Vec<Name>, lexicon: &Lexicon) {
    let mut forms: HashMap<&str, Option<(Kind, String)>> = HashMap::new();
    for name in names.iter().filter(|n| n.tokens.len() > 1 && n.entries.is_empty()) {
        let (first, last) = (tree.word(name.tokens.start), tree.word(name.tokens.end - 1));
        let full = key(name.tokens.clone().map(|t| tree.word(t)));
        let mut known = vec![];
        match name.kind {
            Kind::Person => known.push(last),
            Kind::Org => {
                known.push(first);
                known.extend(lexicon.heads_organization(last).then_some(last));
            }
            _ => continue,
        }
        for word in known.into_iter().filter(|w| w.chars().count() > 2) {
            let form = forms.entry(word).or_insert_with(|| Some((name.kind, full.clone())));
            // Of two names neither.
            if form.as_ref().is_some_and(|(kind, known)| {
                *kind != name.kind || *known != full && name.kind == Kind::Org
            }) {
                *form = None;
            }
        }
    }
    let owner = owners(tree, names);
    let mut added = Vec::new();
    for token in 0..tree.len() {
        let word = tree.word(token);
        if owner[token].is_some() || tree.upos(token) != Upos::Propn || !is_capitalized(word) {
            continue;
        }
        let Some(Some((kind, _))) = forms.get(word) else { continue };
        if !lexicon.lookup(word).is_empty() {
            continue;
        }
        let sentence = tree.sentence(token);
        let part = |t: usize| {
            sentence.contains(&t)
                && t != sentence.start
                && owner[t].is_none()
                && tree.upos(t) == Upos::Propn
                && is_capitalized(tree.word(t))
        };
        let head = lexicon.heads_organization(word);
        let the = token > sentence.start && tree.word(token - 1).eq_ignore_ascii_case("the");
        let titled = *kind == Kind::Person;
        if part(token + 1)
            || !titled && token > 0 && part(token - 1)
            || head && !the
            || tree.text.is_joined_to_next(token)
                && token + 1 < tree.len()
                && is_hyphen(tree.word(token + 1))
        {
            continue;
        }
        added.push(Name { tokens: token..token + 1, kind: *kind, score: 0.5, entries: Vec::new() });
    }
    names.extend(added);
    names.sort_by_key(|n| n.tokens.start);
}
