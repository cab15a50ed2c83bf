//! The readings of a name: what the lexicon and the gazetteer list under it, each with its weight.

use std::ops::Range;

use super::super::gazetteer::Town;
use super::super::lexicon::{Lexicon, Sort, key};
use super::super::mentions::{entries, is_capitalized};
use crate::tree::Tree;

/// What names that are listed by hand weigh; a sure one stands before any town of its name that
/// nothing in the article speaks for.
/// The name of a country means the country unless all that is near speaks for a town.
const COUNTRY: f64 = 2e11;
const UNSURE_COUNTRY: f64 = 7e6;
const REGION: f64 = 3e6;
const UNSURE_REGION: f64 = 1e6;
const FEATURE: f64 = 1e7;
/// A county of which only the name is given, with "counties" behind it and without.
const TOLD_COUNTY: f64 = 3e6;
const COUNTY: f64 = 3e4;
/// A city listed by hand has at least so many people, and counts for a larger one.
const CITY: f64 = 2e5;
const LISTED: f64 = 3.0;
/// What is added to the people of a town: GeoNames' numbers for small ones are rough.
const HAMLET: f64 = 1e3;
/// Another spelling counts for a part of the town.
const RESPELLED: f64 = 0.1;

/// A reading of a name.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) entry: Option<usize>,
    pub(super) name: Option<String>,
    pub(super) country: Option<String>,
    pub(super) division: Option<String>,
    pub(super) subtype: Option<&'static str>,
    pub(super) point: Option<(f64, f64)>,
    pub(super) weight: f64,
    pub(super) score: f64,
}

/// The readings of a name: what the lexicon lists, then the towns and counties of the gazetteer;
/// of "south Zed" those of Zed.
pub(super) fn candidates(
    tree: &Tree<'_>,
    tokens: &Range<usize>,
    lexicon: &Lexicon,
) -> Vec<Candidate> {
    let words = key(tokens.clone().map(|t| tree.word(t)));
    let listings = entries(tree, tokens.clone(), lexicon);
    let mut found = readings(&words, &listings, lexicon);
    let weight = match is_county(tree, tokens) {
        true => Some(TOLD_COUNTY),
        false => found.is_empty().then_some(COUNTY),
    };
    if let Some(weight) = weight {
        let counties = lexicon.gazetteer().find(&format!("{words} County"));
        let counties = counties.iter().filter(|t| t.county);
        found.extend(counties.map(|t| Candidate { weight, ..gazetted(t, lexicon) }));
    }
    if found.is_empty() && tokens.len() > 1 && lexicon.is_place_part(tree.word(tokens.start)) {
        let whole = candidates(tree, &(tokens.start + 1..tokens.end), lexicon);
        found.extend(whole.into_iter().map(|c| Candidate {
            entry: None,
            name: None,
            point: None,
            ..c
        }));
    }
    found
}

pub(super) fn readings(words: &str, listings: &[usize], lexicon: &Lexicon) -> Vec<Candidate> {
    let sort = |e: &usize| lexicon.entry(*e).sort;
    let mut found: Vec<Candidate> = { listings.iter() }
        .filter(|e| sort(e) != Sort::Demonym)
        .map(|&e| listed(e, lexicon))
        .collect();
    // Georgia is a country and a state.
    if found.len() > 1 {
        let countries = found.iter_mut().filter(|c| c.subtype == Some("country"));
        countries.for_each(|c| c.weight = c.weight.min(UNSURE_COUNTRY));
    }
    // Buildings that stand for institutions, and areas that no country holds, are no towns.
    if listings.iter().any(|e| matches!(sort(e), Sort::Landmark | Sort::Area)) {
        return found;
    }
    // "LA" and "Pa." are no villages.
    let short = words.chars().filter(|c| c.is_alphabetic()).count() < 3 || words.ends_with('.');
    let towns = if short { Vec::new() } else { lexicon.gazetteer().find(words) };
    for town in towns {
        let same = |c: &&mut Candidate| c.country.as_deref() == Some(&town.country);
        let of_hand = found.iter_mut().filter(same).find(|c| {
            let entry = c.entry.map(|e| lexicon.entry(e));
            entry.is_some_and(|e| e.sort == Sort::City) && c.point.is_none()
        });
        match of_hand {
            Some(city) => {
                city.point = town.point;
                city.division = division(&town, lexicon);
                city.weight = city.weight.max(LISTED * town.people);
            }
            None => found.push(gazetted(&town, lexicon)),
        }
    }
    found
}

/// "Polk, Zed and Jackson counties", where the name is short of its noun.
fn is_county(tree: &Tree<'_>, tokens: &Range<usize>) -> bool {
    const REACH: usize = 40;
    let rest = tokens.end..tree.sentence(tokens.start).end.min(tokens.end + REACH);
    let listed = |t: &usize| {
        let word = tree.word(*t);
        matches!(word, "," | "and" | "or" | "&") || is_capitalized(word)
    };
    let noun = rest.clone().find(|t| !listed(t) || matches!(tree.word(*t), "County" | "Counties"));
    noun.is_some_and(|t| match tree.word(t) {
        "counties" | "Counties" => true,
        "county" | "County" => t == tokens.end,
        _ => false,
    })
}

pub(super) fn listed(index: usize, lexicon: &Lexicon) -> Candidate {
    let entry = lexicon.entry(index);
    let weight = match entry.sort {
        Sort::Country if entry.unsure => UNSURE_COUNTRY,
        Sort::Country | Sort::Demonym | Sort::Landmark | Sort::Area => COUNTRY,
        Sort::Region if entry.unsure => UNSURE_REGION,
        Sort::Region => REGION,
        Sort::Feature => FEATURE,
        Sort::City if entry.unsure => CITY,
        Sort::City => LISTED * CITY,
    };
    let division = (entry.sort == Sort::Region).then(|| entry.name.clone());
    Candidate {
        entry: Some(index),
        name: Some(entry.name.clone()),
        country: entry.country.clone(),
        division,
        subtype: entry.subtype,
        point: None,
        weight,
        score: weight.log10(),
    }
}

fn gazetted(town: &Town, lexicon: &Lexicon) -> Candidate {
    let weight = match town {
        Town { county: true, .. } => COUNTY,
        Town { respelled: true, people, .. } => RESPELLED * people,
        Town { people, .. } => HAMLET + people,
    };
    Candidate {
        entry: None,
        name: Some(town.name.clone()),
        country: Some(town.country.clone()),
        division: division(town, lexicon),
        subtype: Some(if town.county { "region" } else { "city" }),
        point: town.point,
        weight,
        score: weight.log10(),
    }
}

/// The division of a town by the name that the lexicon gives it, else by its code.
fn division(town: &Town, lexicon: &Lexicon) -> Option<String> {
    let regions = lexicon.lookup(&town.division).iter().map(|&e| lexicon.entry(e));
    let mut own = regions
        .filter(|e| e.sort == Sort::Region && e.country.as_deref() == Some(town.country.as_str()));
    let named = own.next().map(|e| e.name.clone());
    named.or_else(|| (town.division != "-").then(|| town.division.clone()))
}
