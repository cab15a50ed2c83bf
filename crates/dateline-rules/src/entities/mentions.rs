//! Names in the text: what the model found, mended, and the countries and peoples it missed.

use std::collections::HashMap;
use std::ops::Range;

use dateline_text::{Deprel, EntityAnnotation, EntityKind, Upos};

use super::lexicon::{Lexicon, Sort, key};
use super::spans;
use crate::reading::Kind;
use crate::tree::Tree;

/// A name in the text, not yet an entity.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    pub(crate) tokens: Range<usize>,
    pub(crate) kind: Kind,
    pub(crate) score: f32,
    /// What the lexicon lists under it; several where it is ambiguous (Georgia).
    pub(crate) entries: Vec<usize>,
}

impl Name {
    /// Looks the name up anew, after its tokens changed.
    pub(crate) fn relist(&mut self, tree: &Tree<'_>, lexicon: &Lexicon) {
        self.entries = entries(tree, self.tokens.clone(), lexicon);
        self.kind = mended_kind(self, lexicon);
    }
}

fn kind_of(kind: EntityKind) -> Option<Kind> {
    Some(match kind {
        EntityKind::Person => Kind::Person,
        EntityKind::Org => Kind::Org,
        EntityKind::Place => Kind::Place,
        EntityKind::Norp => Kind::Norp,
        EntityKind::Event => Kind::Event,
        EntityKind::Misc => Kind::Misc,
        EntityKind::Date => return None,
    })
}

pub(crate) fn is_hyphen(word: &str) -> bool {
    matches!(word, "-" | "–" | "‐" | "‑")
}

/// True if the hyphen `token` has no space on either side.
pub(crate) fn is_inner_hyphen(tree: &Tree<'_>, token: usize) -> bool {
    is_hyphen(tree.word(token))
        && token > 0
        && tree.text.is_joined_to_next(token - 1)
        && tree.text.is_joined_to_next(token)
}

pub(crate) fn is_capitalized(word: &str) -> bool {
    word.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase)
}

/// True if the token has a letter or a digit.
pub(crate) fn is_word(word: &str) -> bool {
    word.chars().any(char::is_alphanumeric)
}

/// True for a single capital.
pub(super) fn is_letter(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
}

fn is_capitals(word: &str) -> bool {
    word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase)
}

/// The names of an article, in text order, never overlapping.
pub(crate) fn collect(tree: &Tree<'_>, found: &[EntityAnnotation], lexicon: &Lexicon) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for (index, entity) in found.iter().enumerate() {
        let Some(kind) = kind_of(entity.kind) else { continue };
        let next = found.get(index + 1).map_or(usize::MAX, |next| next.tokens.start);
        for tokens in spans::pieces(tree, entity.tokens.clone(), lexicon) {
            let tokens = match kind {
                Kind::Person => spans::with_syllable(tree, tokens, next),
                _ => tokens,
            };
            let (tokens, kind) = match spans::constituency(tree, &tokens) {
                Some(place) => (place, Kind::Place),
                None => (tokens, kind),
            };
            let Some(tokens) = spans::trim(tree, tokens) else { continue };
            let joined = names.last_mut().filter(|last| {
                last.kind == Kind::Person
                    && kind == Kind::Person
                    && spans::is_one_person(tree, &last.tokens, &tokens)
            });
            if let Some(last) = joined {
                last.tokens.end = tokens.end;
                last.score = last.score.min(entity.score);
                continue;
            }
            names.push(Name { tokens, kind, score: entity.score, entries: Vec::new() });
        }
    }
    for name in &mut names {
        name.relist(tree, lexicon);
    }
    let missed = scan(tree, &names, lexicon);
    names.extend(missed);
    names.sort_by_key(|n| n.tokens.start);
    names
}

/// The lexicon's entries for exactly these tokens.
pub(crate) fn entries(tree: &Tree<'_>, tokens: Range<usize>, lexicon: &Lexicon) -> Vec<usize> {
    if tokens.len() > 2 * lexicon.longest() {
        return Vec::new();
    }
    let mut key = key(tokens.clone().map(|t| tree.word(t)));
    // "U . S ." in text whose tokens are parted by spaces.
    if key.len() > 3 && key.split(' ').all(|w| w == "." || is_letter(w)) {
        key.retain(|c| c != ' ');
        if !key.ends_with('.') {
            key.push('.');
        }
    }
    let exact = lexicon.lookup(&key);
    // Short capitals are acronyms, not shouting.
    let uncased = is_capitals(&key) || !key.chars().any(char::is_uppercase);
    if exact.is_empty() && key.len() > 3 && uncased {
        return lexicon.lookup_folded(&key).to_vec();
    }
    exact.to_vec()
}

/// What the lexicon knows better than the model.
fn mended_kind(name: &Name, lexicon: &Lexicon) -> Kind {
    let Some(&first) = name.entries.first() else { return name.kind };
    let entry = lexicon.entry(first);
    match (entry.sort, name.kind) {
        (Sort::Country, Kind::Person) if entry.unsure => name.kind,
        (Sort::Country, _) => Kind::Place,
        (Sort::Demonym, Kind::Person) if entry.unsure => Kind::Person,
        (Sort::Demonym, _) => Kind::Norp,
        (Sort::Landmark, _) => Kind::Place,
        (Sort::Region, Kind::Misc | Kind::Norp) => Kind::Place,
        (Sort::Region, Kind::Org) if !entry.unsure => Kind::Place,
        (Sort::City, Kind::Misc) => Kind::Place,
        (_, kind) => kind,
    }
}

/// Countries, peoples and landmarks in the text that no name covers. The model gives no
/// probability for what it passed over; the score is how often it agreed on the same word in this
/// article, (taken + 1) / (seen + 2).
fn scan(tree: &Tree<'_>, names: &[Name], lexicon: &Lexicon) -> Vec<Name> {
    let mut covered = vec![false; tree.len()];
    let mut taken: HashMap<String, (u32, u32)> = HashMap::new();
    for name in names {
        covered[name.tokens.clone()].fill(true);
        if !name.entries.is_empty() {
            let agreed = taken.entry(spelling(tree, &name.tokens)).or_default();
            *agreed = (agreed.0 + 1, agreed.1 + 1);
        }
    }
    let mut missed = Vec::new();
    let mut at = 0;
    while at < tree.len() {
        let Some((tokens, entries)) = listed_at(tree, at, &covered, lexicon) else {
            at += 1;
            continue;
        };
        at = tokens.end;
        taken.entry(spelling(tree, &tokens)).or_default().1 += 1;
        let kind = match lexicon.entry(entries[0]).sort {
            Sort::Demonym => Kind::Norp,
            _ => Kind::Place,
        };
        missed.push(Name { tokens, kind, score: 0.0, entries });
    }
    for name in &mut missed {
        let (agreed, seen) = taken[&spelling(tree, &name.tokens)];
        name.score = f64::from(agreed + 1) as f32 / (seen + 2) as f32;
    }
    missed
}

fn spelling(tree: &Tree<'_>, tokens: &Range<usize>) -> String {
    key(tokens.clone().map(|t| tree.word(t)))
}

/// The longest name of the lexicon that starts at token `at`.
fn listed_at(
    tree: &Tree<'_>,
    at: usize,
    covered: &[bool],
    lexicon: &Lexicon,
) -> Option<(Range<usize>, Vec<usize>)> {
    let word = tree.word(at);
    if covered[at] || !is_capitalized(word) || !lexicon.starts_with(word) {
        return None;
    }
    let end = tree.sentence(at).end.min(at + 2 * lexicon.longest());
    let free = (at..end).take_while(|&t| !covered[t]).last()? + 1;
    (at + 1..=free).rev().find_map(|end| {
        let tokens = at..end;
        if is_hyphen(tree.word(end - 1)) {
            return None;
        }
        let found = lexicon.lookup(&spelling(tree, &tokens));
        let entry = lexicon.entry(*found.first()?);
        let wanted = matches!(entry.sort, Sort::Country | Sort::Demonym | Sort::Landmark);
        (wanted && !entry.unsure && is_name(tree, &tokens, entry.sort))
            .then(|| (tokens, found.to_vec()))
    })
}

fn is_name(tree: &Tree<'_>, tokens: &Range<usize>, sort: Sort) -> bool {
    let last = tokens.end - 1;
    let first_of_sentence = tree.sentence(tokens.start).start == tokens.start;
    let tagged = match tree.upos(last) {
        Upos::Propn => true,
        Upos::Adj => sort == Sort::Demonym,
        Upos::Noun => sort == Sort::Demonym || !first_of_sentence,
        _ => tokens.len() > 1,
    };
    // "Air France": the end of a longer name that the model passed over.
    let before = tokens.start.checked_sub(1).filter(|_| !first_of_sentence);
    let tail = before.is_some_and(|b| {
        is_capitalized(tree.word(b))
            && tree.upos(b) == Upos::Propn
            && sort != Sort::Demonym
            && (tree.deprel(last) == Deprel::Flat && tree.head(last) == Some(b))
    });
    tagged && !tail
}
