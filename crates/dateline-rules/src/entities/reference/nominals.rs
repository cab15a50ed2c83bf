//! Definite noun phrases that stand for someone named before: "the prime minister", "the company",
//! "the city", "the striker".

use std::ops::Range;

use dateline_text::{Deprel, Upos};

use super::Lists;
use super::discourse::{Class, Discourse, Referent, Seen, WINDOW};
use super::nouns::Kinds;
use super::offices::{self, Office};
use super::words::{WordClass, Words};
use crate::entities::mentions::is_capitalized;
use crate::entities::titles::Gender;
use crate::tree::Tree;

/// A noun phrase led back to an entity.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Nominal {
    pub(crate) entity: usize,
    /// Without its article.
    pub(crate) tokens: Range<usize>,
    pub(crate) head: usize,
    pub(crate) score: f32,
}

/// What a common noun says of the one it stands for.
#[derive(Clone, Debug, Default)]
pub(super) struct Sense {
    /// Lower-cased; of several words where the file lists them so.
    pub(super) noun: String,
    pub(super) office: Option<Office>,
    pub(super) person: Option<(Option<Gender>, bool)>,
    pub(super) organization: Option<(Kinds, bool)>,
    pub(super) places: Vec<&'static str>,
}

impl Sense {
    pub(super) fn is_person(&self) -> bool {
        self.office.is_some() || self.person.is_some()
    }

    fn is_empty(&self) -> bool {
        !self.is_person() && self.organization.is_none() && self.places.is_empty()
    }
}

/// Reads the noun phrase that `head` heads; `None` where the noun stands for nobody.
pub(super) fn sense(
    tree: &Tree<'_>,
    head: usize,
    lists: &Lists<'_>,
    covered: &[bool],
) -> Option<Sense> {
    let nouns = lists.nouns;
    let word = tree.lower(head);
    if is_age(tree, head) {
        let person = Some((None, true));
        return Some(Sense { noun: "year-old".to_owned(), person, ..Sense::default() });
    }
    if !matches!(tree.upos(head), Upos::Noun | Upos::Propn | Upos::Adj)
        || tree.xpos(head).is_plural()
    {
        return None;
    }
    let two = head
        .checked_sub(1)
        .filter(|&b| tree.deprel(b).base() == Deprel::Compound || tree.deprel(b) == Deprel::Amod)
        .map(|b| format!("{} {word}", tree.lower(b)));
    let organization = |noun: &str| nouns.organization(noun).map(|n| (n.kinds, n.institution));
    let longer = two.filter(|t| nouns.organization(t).is_some() || !nouns.place(t).is_empty());
    let noun = longer.unwrap_or_else(|| word.to_owned());
    let sense = Sense {
        office: offices::office(tree, head, lists.titles, lists.words, |t| covered[t]),
        person: nouns.person(&noun).map(|p| (p.gender, p.role)),
        organization: organization(&noun),
        places: nouns.place(&noun).to_vec(),
        noun,
    };
    (!sense.is_empty()).then_some(sense)
}

/// "the 54-year-old", in one token or several.
fn is_age(tree: &Tree<'_>, head: usize) -> bool {
    let word = tree.lower(head);
    let free = !matches!(tree.deprel(head).base(), Deprel::Amod | Deprel::Compound)
        || tree.head(head).is_none_or(|h| h < head);
    if !free {
        return false;
    }
    let digit = |w: &str| w.starts_with(|c: char| c.is_ascii_digit());
    word.ends_with("-year-old") && digit(word)
        || word == "old"
            && head >= 3
            && matches!(tree.word(head - 1), "-" | "‐" | "‑")
            && tree.word(head - 2).eq_ignore_ascii_case("year")
}

/// The article or demonstrative in front of the noun.
pub(super) fn determiner(tree: &Tree<'_>, head: usize) -> Option<usize> {
    tree.children(head).iter().copied().find(|&c| c < head && tree.deprel(c).base() == Deprel::Det)
}

/// The words from the first modifier in front of `head`, without article and possessive.
pub(super) fn phrase(tree: &Tree<'_>, head: usize) -> Range<usize> {
    let floor = tree.sentence(head).start.max(head.saturating_sub(8));
    let part = |t: usize| {
        let child = std::iter::once(t)
            .chain(tree.ancestors(t).take(4))
            .find(|&a| tree.head(a) == Some(head));
        child.is_some_and(|c| {
            matches!(
                tree.deprel(c),
                Deprel::Amod
                    | Deprel::Compound
                    | Deprel::Nummod
                    | Deprel::Flat
                    | Deprel::NmodDesc
                    | Deprel::Punct
                    | Deprel::NmodUnmarked
                    | Deprel::OblUnmarked
            )
        })
    };
    let mut start = head;
    while start > floor && part(start - 1) {
        start -= 1;
    }
    while start < head && tree.upos(start) == Upos::Punct {
        start += 1;
    }
    start..head + 1
}

/// True if words behind or before the noun tell which one is meant, so that it needs no antecedent:
/// "the president of a club", "the company that built it", "the next minister".
fn is_told(tree: &Tree<'_>, head: usize, words: &Words) -> bool {
    tree.children(head).iter().any(|&c| match tree.deprel(c) {
        Deprel::Nmod => c > head && tree.case(c) != "in" && tree.case(c) != "on",
        Deprel::Acl | Deprel::AclRelcl => c > head && tree.word(head + 1) != ",",
        Deprel::NmodPoss | Deprel::Appos | Deprel::Flat => true,
        Deprel::Conj => true,
        Deprel::Amod => words.is(WordClass::Distinguishing, tree.lemma(c)),
        _ => false,
    })
}

/// True if the phrase is spoken of as known: "the" or "this", and not what a sentence says of its
/// subject or a name's title.
pub(super) fn is_anaphoric(tree: &Tree<'_>, head: usize, words: &Words) -> bool {
    let Some(article) = determiner(tree, head) else { return false };
    if !matches!(tree.lower(article), "the" | "this") || is_told(tree, head, words) {
        return false;
    }
    let predicate = tree.with(head, Deprel::Cop).next().is_some();
    let relation = tree.deprel(head);
    !predicate
        && !matches!(
            relation.base(),
            Deprel::Compound | Deprel::Appos | Deprel::Flat | Deprel::Vocative | Deprel::Xcomp
        )
        && !matches!(relation, Deprel::NmodDesc | Deprel::Conj)
}

/// How well a referent goes with what a noun says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    No,
    /// Nothing speaks against it.
    Free,
    /// The kind told by its name goes with the noun.
    Kind,
    /// The noun is in its name, or it was called so.
    Told,
}

fn fit(referent: &Referent, sense: &Sense, country: Option<&str>, words: &Words) -> Fit {
    let other_country = referent.country.as_deref().zip(country).is_some_and(|(a, b)| a != b);
    match referent.class {
        _ if referent.entity.is_none() || other_country => Fit::No,
        Class::Person => {
            let held = |o: &Office| referent.offices.iter().any(|h| o.names(h, words));
            if sense.office.as_ref().is_some_and(held) {
                return Fit::Told;
            }
            let Some((gender, role)) = sense.person else { return Fit::No };
            if referent.gender.zip(gender).is_some_and(|(a, b)| a != b) {
                return Fit::No;
            }
            match () {
                () if referent.nouns.contains(&sense.noun) => Fit::Told,
                // Who holds an office is spoken of by it.
                () if role && referent.offices.iter().all(|o| o.past) => Fit::Free,
                () => Fit::No,
            }
        }
        Class::Org => {
            let Some((kinds, institution)) = sense.organization else { return Fit::No };
            match () {
                () if referent.nouns.contains(&sense.noun) => Fit::Told,
                () if kinds != Kinds::MAX && referent.kinds & kinds != 0 => Fit::Kind,
                () if institution => Fit::No,
                () if referent.kinds == 0 || kinds == Kinds::MAX => Fit::Free,
                () => Fit::No,
            }
        }
        Class::Place => match () {
            () if referent.nouns.contains(&sense.noun) => Fit::Told,
            () if referent.subtype.is_some_and(|s| sense.places.contains(&s)) => Fit::Kind,
            // A place of which nothing is known is no country.
            () if matches!(referent.subtype, None | Some("other"))
                && sense.places.iter().any(|s| *s != "country") =>
            {
                Fit::Free
            }
            () => Fit::No,
        },
        Class::Many | Class::Thing => Fit::No,
    }
}

/// How much more one of several bearers of an office must be in mind than the next.
const OFFICE_MARGIN: f32 = 1.9;
/// How far back the one called by a role is looked for.
const ROLE_WINDOW: usize = 2;
/// Mentions of less weight are made in passing.
const PASSING: f32 = 0.4;
/// How far back a noun that the name itself tells finds it.
const TOLD_WINDOW: usize = 10;

/// How far back a name is still known by its noun with a capital.
const NAME_WINDOW: usize = 40;

/// The referent that the phrase headed by `head` stands for, if one alone fits best.
pub(super) fn resolve(
    tree: &Tree<'_>,
    head: usize,
    sense: &Sense,
    country: Option<&str>,
    words: &Words,
    discourse: &Discourse,
) -> Option<usize> {
    // "A company in Nevada … The company": somebody new of that name.
    let newcomer = |r: &Referent| r.indefinite && r.nouns.contains(&sense.noun);
    let told = |r: &Referent, _: &Seen| {
        f32::from(fit(r, sense, country, words) == Fit::Told || newcomer(r))
    };
    let found = if !sense.is_person() && is_capitalized(tree.word(head)) {
        // "the Bank", "the Ministry": the short form of a name.
        discourse.weigh(tree, head, NAME_WINDOW, told)
    } else if sense.is_person() {
        let near = discourse.weigh(tree, head, WINDOW, told);
        if !near.is_empty() {
            // Of two who hold one office the one spoken of much more.
            let one = Discourse::clear_by(&near, OFFICE_MARGIN);
            return one.filter(|&f| discourse.referents[f].entity.is_some());
        }
        let rival = |r: &Referent| r.class == Class::Person && r.entity.is_none();
        // Who is called by a role is the one being spoken of, not someone in passing.
        let free = |r: &Referent, s: &Seen| {
            f32::from(s.weight >= PASSING && fit(r, sense, country, words) >= Fit::Free || rival(r))
        };
        discourse.weigh(tree, head, ROLE_WINDOW, free)
    } else {
        let graded = |r: &Referent, _: &Seen| match fit(r, sense, country, words) {
            Fit::Told => 1.5,
            Fit::Kind => 1.0,
            Fit::Free => 0.5,
            Fit::No => f32::from(newcomer(r)),
        };
        discourse.weigh(tree, head, WINDOW, graded)
    };
    if !found.is_empty() {
        let one = match found[..] {
            // Of persons the only one in mind.
            [(one, _)] => Some(one),
            _ if sense.is_person() => None,
            _ => Discourse::clear(&found),
        };
        return one.filter(|&f| discourse.referents[f].entity.is_some());
    }
    match discourse.weigh(tree, head, TOLD_WINDOW, told)[..] {
        [(one, _)] if discourse.referents[one].entity.is_some() => Some(one),
        _ => None,
    }
}
