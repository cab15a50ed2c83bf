//! What a place is and the country it lies in.

use std::collections::HashMap;
use std::ops::Range;

use dateline_text::{Upos, Xpos};

use super::containers::{self, Container};
use super::datelines;
use super::lexicon::{Lexicon, Sort, key};
use super::mentions::{Name, is_capitalized};
use super::toponyms::Toponyms;
use crate::reading::Kind;
use crate::tree::Tree;

/// What is known of a place.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Place {
    /// The lexicon's entry, where it has one that fits.
    pub(crate) entry: Option<usize>,
    /// The name it is listed under.
    pub(crate) name: Option<String>,
    pub(crate) subtype: Option<&'static str>,
    pub(crate) country: Option<String>,
    /// State, province or the like, where the gazetteer tells.
    pub(crate) division: Option<String>,
    /// Latitude and longitude in degrees.
    pub(crate) point: Option<(f64, f64)>,
}

/// How often each country is named in the article, directly or through its people and places.
fn evidence(names: &[Name], lexicon: &Lexicon) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for name in names {
        if let [entry] = name.entries.as_slice()
            && let Some(country) = &lexicon.entry(*entry).country
        {
            *counts.entry(country.clone()).or_insert(0) += 1;
        }
    }
    counts
}

/// Puts the entry of the country the article speaks of most in front, where a name has several.
pub(crate) fn settle(names: &mut [Name], lexicon: &Lexicon) {
    let evidence = evidence(names, lexicon);
    let named = |e: usize| lexicon.entry(e).country.as_ref().and_then(|c| evidence.get(c)).copied();
    for name in names.iter_mut().filter(|n| n.entries.len() > 1) {
        name.entries.sort_by_key(|&e| std::cmp::Reverse(named(e).unwrap_or(0)));
    }
}

/// The country that an organization's name holds: "Iraqi Ministry of Defence", "Bank of England".
pub(crate) fn contained_country(
    tree: &Tree<'_>,
    tokens: &Range<usize>,
    lexicon: &Lexicon,
) -> Option<String> {
    if tokens.len() > 3 * lexicon.longest() {
        return None;
    }
    tokens.clone().find_map(|start| {
        let ends = (start + 1..=tokens.end.min(start + lexicon.longest())).rev();
        let told = ends.filter_map(|end| {
            let spelled = key((start..end).map(|t| tree.word(t)));
            let entry = lexicon.entry(*lexicon.lookup(&spelled).first()?);
            let told =
                matches!(entry.sort, Sort::Country | Sort::Demonym | Sort::Region | Sort::Area);
            (told && !entry.unsure).then_some(entry.country.clone())
        });
        // The longest name decides: "South American" is not American.
        { told }.next().flatten()
    })
}

/// The places of all names and of the datelines, and the countries that organizations' names tell.
pub(crate) fn resolve(
    tree: &Tree<'_>,
    names: &[Name],
    lexicon: &Lexicon,
) -> (Vec<Place>, Vec<datelines::Resolved>) {
    let containers = containers::find(tree, names, lexicon);
    let stated = datelines::read(tree.text, lexicon);
    let toponyms = Toponyms::decide(tree, names, &containers, &stated, lexicon);
    let place = |(name, container): (&Name, &Option<Container>)| match name.kind {
        Kind::Place => of_name(tree, name, container.as_ref(), &toponyms, lexicon),
        Kind::Org => Place { country: toponyms.seat(tree, name), ..Place::default() },
        _ => Place::default(),
    };
    let places = names.iter().zip(&containers).map(place).collect();
    let meant = |name: &str, container: Option<&Container>| {
        toponyms.spelled(name, container).map(|(place, _)| place)
    };
    (places, datelines::resolve(&stated, lexicon, meant))
}

/// Resolves one place name: what is listed first, then the nouns of the name.
fn of_name(
    tree: &Tree<'_>,
    name: &Name,
    container: Option<&Container>,
    toponyms: &Toponyms<'_>,
    lexicon: &Lexicon,
) -> Place {
    let noun = noun_subtype(tree, &name.tokens, lexicon);
    let beside = beside(tree, &name.tokens, lexicon);
    if let Some(mut place) = toponyms.place(tree, &name.tokens, container) {
        let listed = place.entry.map(|e| lexicon.entry(e).sort);
        let town = place.subtype == Some("city");
        // "Star Lake" is the lake, "Long Beach" the town; "Ghazni province" is not the city, and
        // "Zed air base" lies by a village.
        let other = match (beside, noun) {
            (Some("region"), _) if town => beside,
            (Some("facility"), _) if town && listed.is_none() => beside,
            (_, Some("natural")) if town && listed.is_none() && is_water(tree, name) => noun,
            _ => None,
        };
        if other.is_some() {
            place = Place { subtype: other, country: place.country, ..Place::default() };
        }
        return place;
    }
    let listed = name.entries.iter().any(|&e| lexicon.entry(e).sort == Sort::City);
    let around = container.and_then(Container::country).map(str::to_owned);
    let city = listed || around.is_some();
    let country = around.or_else(|| toponyms.seat(tree, name));
    let subtype = beside.or(noun).or(city.then_some("city")).or(Some("other"));
    Place { subtype, country, ..Place::default() }
}

/// True for the names of waters, mountains and islands, which towns seldom have whole.
fn is_water(tree: &Tree<'_>, name: &Name) -> bool {
    name.tokens.clone().any(|t| {
        matches!(
            tree.word(t),
            "River" | "Lake" | "Sea" | "Ocean" | "Mountain" | "Mountains" | "Island" | "Islands"
        )
    })
}

/// Words that the noun behind a name may be away: "Zed nuclear power plant".
const REACH: usize = 3;

/// The subtype that a common noun beside a name tells: "the village of Zed", "Zed district", "Zed
/// air base".
fn beside(tree: &Tree<'_>, tokens: &Range<usize>, lexicon: &Lexicon) -> Option<&'static str> {
    let sentence = tree.sentence(tokens.start);
    let common = |t: &usize| tree.upos(*t) == Upos::Noun && !is_capitalized(tree.word(*t));
    let told = |t: usize| lexicon.subtype_of_noun(tree.lemma(t));
    let run = (tokens.end..sentence.end.min(tokens.end + REACH))
        .take_while(|t| common(t) || tree.upos(*t) == Upos::Adj && !is_capitalized(tree.word(*t)));
    let noun = run.last().filter(common);
    let single = |t: usize| tree.xpos(t) != Xpos::Nns;
    // "Zed hospital" and "Zed street" are any of the town's; camps are called by where they are.
    let behind = noun.filter(|&t| single(t)).and_then(|t| {
        let site =
            matches!(tree.word(t), "base" | "airbase" | "camp" | "prison" | "plant" | "jail");
        told(t).filter(|s| {
            *s == "region" || *s == "facility" && site || *s == "city" && t == tokens.end
        })
    });
    let of = tokens.start.checked_sub(2).filter(|t| sentence.contains(t) && common(t));
    let before = of.filter(|&t| tree.word(t + 1) == "of" && single(t)).and_then(told);
    behind.or(before.filter(|s| matches!(*s, "city" | "region" | "natural")))
}

/// The subtype that the nouns of a name tell: "Lake Van", "Anbar province", "Baghdad airport".
fn noun_subtype(tree: &Tree<'_>, tokens: &Range<usize>, lexicon: &Lexicon) -> Option<&'static str> {
    let noun = |t: usize| lexicon.subtype_of_noun(tree.word(t));
    let last = noun(tokens.end - 1);
    let first = noun(tokens.start).filter(|_| tokens.len() > 1);
    // "Gulf of Aden", "University Hospital of Utopia": the head stands before "of".
    let of = tokens.clone().find(|&t| tree.word(t).eq_ignore_ascii_case("of"));
    let head = of.filter(|&t| t > tokens.start).and_then(|t| noun(t - 1));
    let whole = head.or(if tokens.len() > 1 { last.or(first) } else { None });
    // "Mosul" + "airport" where the name stops short of its noun.
    let next = tokens.end;
    let following = || (next < tree.sentence(tokens.start).end).then(|| noun(next)).flatten();
    let joined = || following().filter(|s| *s == "region" || *s == "natural");
    whole.or_else(joined)
}
