//! Which of the places of its name a toponym means: the one inside the container that the text
//! states, else the one near the article's other places, else the most populous.
//!
//! Every reading of a name has a weight, in people; every name votes for the countries and divisions
//! of its readings, by their share of the weights. A reading's score is the logarithm of its weight
//! and of the votes that other names cast for its country and division.

use std::collections::HashMap;
use std::ops::Range;

use dateline_text::ZoneKind;

use super::containers::Container;
use super::gazetteer::{Town, fold};
use super::lexicon::{Lexicon, Sort, key};
use super::mentions::{Name, entries, is_capitalized};
use super::places::Place;
use crate::reading::Kind;
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

/// How much votes for the country and for the division count, against a power of ten of people,
/// for each doubling of the votes.
const COUNTRY_VOTES: f64 = 1.2;
const DIVISION_VOTES: f64 = 1.5;
/// Doublings that count at most.
const MOST_DOUBLINGS: f64 = 3.0;
/// The votes of a name inside an organization's, and of a word that tells of a country.
const INNER: f64 = 0.5;
const CUE: f64 = 0.5;
/// A town of fewer people needs a vote for its country.
const KNOWN: f64 = 5e4;

/// A reading of a name.
#[derive(Clone, Debug)]
struct Candidate {
    entry: Option<usize>,
    name: Option<String>,
    country: Option<String>,
    division: Option<String>,
    subtype: Option<&'static str>,
    point: Option<(f64, f64)>,
    weight: f64,
    score: f64,
}

/// The mentions of one spelling with one container.
struct Toponym {
    candidates: Vec<Candidate>,
    /// What its votes count.
    voice: f64,
}

/// Votes for countries, and for divisions of countries.
#[derive(Default)]
struct Votes {
    countries: HashMap<String, f64>,
    divisions: HashMap<(String, String), f64>,
    /// All votes for countries.
    cast: f64,
}

impl Votes {
    fn cast(&mut self, candidate: &Candidate, votes: f64) {
        let Some(country) = &candidate.country else { return };
        *self.countries.entry(country.clone()).or_default() += votes;
        self.cast += votes;
        if let Some(division) = &candidate.division {
            *self.divisions.entry((country.clone(), division.clone())).or_default() += votes;
        }
    }

    fn of_country(&self, country: &str) -> f64 {
        self.countries.get(country).copied().unwrap_or(0.0)
    }

    fn of_division(&self, country: &str, division: &str) -> f64 {
        let key = (country.to_owned(), division.to_owned());
        self.divisions.get(&key).copied().unwrap_or(0.0)
    }
}

/// The places of names, decided together.
pub(crate) struct Toponyms<'a> {
    lexicon: &'a Lexicon,
    toponyms: Vec<Toponym>,
    by_name: HashMap<(String, Option<Container>), usize>,
    /// The first reading of each name whose container is stated.
    stated: HashMap<String, usize>,
    votes: Votes,
}

impl<'a> Toponyms<'a> {
    /// Weighs the readings of all places that `names` name or hold, each with its container.
    pub(crate) fn decide(
        tree: &Tree<'_>,
        names: &[Name],
        containers: &[Option<Container>],
        lexicon: &'a Lexicon,
    ) -> Toponyms<'a> {
        let (toponyms, by_name, stated) = (Vec::new(), HashMap::new(), HashMap::new());
        let mut all = Toponyms { lexicon, toponyms, by_name, stated, votes: Votes::default() };
        for (name, container) in names.iter().zip(containers) {
            match name.kind {
                Kind::Place => {
                    all.add(tree, name.tokens.clone(), container.clone(), 1.0);
                    for tokens in inner(tree, name, lexicon) {
                        all.add(tree, tokens, None, INNER);
                    }
                }
                Kind::Norp => all.add_people(name),
                Kind::Org => {
                    // "Union" may be a town's council or no town at all: it has no vote.
                    let voice = if name.tokens.len() > 1 { INNER } else { 0.0 };
                    for tokens in inner(tree, name, lexicon) {
                        all.add(tree, tokens, None, voice);
                    }
                }
                _ => {}
            }
        }
        for (place, container) in datelines(tree, lexicon) {
            all.add_dateline(&place, container);
        }
        let told = lexicon.cues().told(tree);
        for _ in 0..ROUNDS {
            all.vote(&told);
            all.weigh();
        }
        all
    }

    fn add(
        &mut self,
        tree: &Tree<'_>,
        tokens: Range<usize>,
        container: Option<Container>,
        voice: f64,
    ) {
        let spelled = spelled(tree, &tokens);
        // A name is what it is where its container is stated.
        let known = self.by_name.get(&(spelled.clone(), container.clone())).copied();
        if let Some(known) = known {
            let toponym = &mut self.toponyms[known];
            toponym.voice = toponym.voice.max(voice);
            return;
        }
        let candidates = candidates(tree, &tokens, self.lexicon);
        self.insert(spelled, candidates, container, voice);
    }

    fn insert(
        &mut self,
        spelled: String,
        mut candidates: Vec<Candidate>,
        mut container: Option<Container>,
        voice: f64,
    ) {
        if let Some(around) = &container {
            let inside = |c: &Candidate| around.holds(c.country.as_deref(), c.division.as_deref());
            if candidates.iter().any(inside) {
                candidates.retain(inside);
            } else if candidates.iter().any(|c| c.entry.is_some()) || around.country().is_none() {
                // What follows a well-known place is no container of it but the next of a list.
                container = None;
            } else {
                candidates.clear();
            }
        }
        let known = self.by_name.contains_key(&(spelled.clone(), container.clone()));
        if !known && (!candidates.is_empty() || container.is_some()) {
            let next = self.toponyms.len();
            if container.is_some() {
                self.stated.entry(spelled.clone()).or_insert(next);
            }
            self.by_name.insert((spelled, container), next);
            self.toponyms.push(Toponym { candidates, voice });
        }
    }

    /// The place of a dateline, which is not read as text.
    fn add_dateline(&mut self, place: &str, container: Option<Container>) {
        let listings = self.lexicon.lookup_folded(&key([place]));
        let candidates = readings(place, listings, self.lexicon);
        self.insert(fold(place), candidates, container, DATELINE);
    }

    /// A people votes for its country and cannot mean another.
    fn add_people(&mut self, name: &Name) {
        let Some(&first) = name.entries.first() else { return };
        let entry = self.lexicon.entry(first);
        let spelled = (format!("people {}", entry.name), None);
        if self.by_name.contains_key(&spelled) || entry.country.is_none() {
            return;
        }
        let candidate = listed(first, self.lexicon);
        self.by_name.insert(spelled, self.toponyms.len());
        self.toponyms.push(Toponym { candidates: vec![candidate], voice: 1.0 });
    }

    fn vote(&mut self, told: &[(String, f64)]) {
        self.votes = Votes::default();
        for toponym in &self.toponyms {
            for (candidate, share) in toponym.candidates.iter().zip(shares(toponym)) {
                self.votes.cast(candidate, share * toponym.voice);
            }
        }
        for (country, number) in told {
            *self.votes.countries.entry(country.clone()).or_default() += CUE * number;
        }
    }

    /// Scores each reading by its weight and the votes of all other names.
    fn weigh(&mut self) {
        for index in 0..self.toponyms.len() {
            let toponym = &self.toponyms[index];
            let shares = shares(toponym);
            let scores: Vec<f64> = (0..toponym.candidates.len())
                .map(|at| {
                    let candidate = &toponym.candidates[at];
                    let (country, division) = self.support(toponym, &shares, candidate);
                    let doublings = |votes: f64| (1.0 + votes.max(0.0)).log2().min(MOST_DOUBLINGS);
                    candidate.weight.log10()
                        + COUNTRY_VOTES * doublings(country)
                        + DIVISION_VOTES * doublings(division)
                })
                .collect();
            for (candidate, score) in self.toponyms[index].candidates.iter_mut().zip(scores) {
                candidate.score = score;
            }
        }
    }

    /// The votes of the other names for a reading's country and division.
    fn support(&self, toponym: &Toponym, shares: &[f64], of: &Candidate) -> (f64, f64) {
        let Some(country) = &of.country else { return (0.0, 0.0) };
        let own = |same: &dyn Fn(&Candidate) -> bool| -> f64 {
            let all = toponym.candidates.iter().zip(shares);
            all.filter(|(c, _)| same(c)).map(|(_, share)| share * toponym.voice).sum()
        };
        let in_country = |c: &Candidate| c.country == of.country;
        let countries = self.votes.of_country(country) - own(&in_country);
        let Some(division) = &of.division else { return (countries, 0.0) };
        let in_division = |c: &Candidate| in_country(c) && c.division == of.division;
        (countries, self.votes.of_division(country, division) - own(&in_division))
    }

    /// What a name means; `None` where nothing is listed or nothing speaks for what is.
    pub(crate) fn place(
        &self,
        tree: &Tree<'_>,
        tokens: &Range<usize>,
        container: Option<&Container>,
    ) -> Option<Place> {
        self.meant(tree, tokens, container).map(|(place, _)| place)
    }

    /// What a name means, and the votes of other names for its country.
    fn meant(
        &self,
        tree: &Tree<'_>,
        tokens: &Range<usize>,
        container: Option<&Container>,
    ) -> Option<(Place, f64)> {
        let spelled = spelled(tree, tokens);
        let own = self.by_name.get(&(spelled.clone(), container.cloned()));
        let (own, container) = match own {
            None if container.is_some() => (self.by_name.get(&(spelled.clone(), None)), None),
            _ => (own, container),
        };
        // Elsewhere in the article the container may be stated.
        let elsewhere = self.stated.get(&spelled).filter(|_| container.is_none());
        let toponym = &self.toponyms[*elsewhere.or(own)?];
        let stated = container.is_some() || elsewhere.is_some();
        // Of equals, `max_by` takes the last: reversed, the one listed first.
        let best =
            { toponym.candidates.iter().rev() }.max_by(|a, b| a.score.total_cmp(&b.score))?;
        let (votes, _) = self.support(toponym, &shares(toponym), best);
        if best.entry.is_none() && !stated && best.weight < KNOWN {
            // A village far from all else in the article is a namesake; where there is nothing
            // else, it is meant if no other country has one.
            let only = toponym.candidates.iter().all(|c| c.country == best.country);
            if votes < LEAST_VOTES && (!only || self.votes.cast >= FEW_VOTES) {
                return None;
            }
        }
        let place = Place {
            entry: best.entry,
            name: best.name.clone(),
            subtype: best.subtype,
            country: best.country.clone(),
            division: best.division.clone(),
            point: best.point,
        };
        Some((place, votes))
    }

    /// The country of the place that a longer name holds, where more than another such name speaks
    /// for it or the place is listed by hand.
    pub(crate) fn seat(&self, tree: &Tree<'_>, name: &Name) -> Option<String> {
        let inner = inner(tree, name, self.lexicon);
        inner.into_iter().find_map(|tokens| {
            let (place, votes) = self.meant(tree, &tokens, None)?;
            place.country.filter(|_| place.entry.is_some() || votes > INNER)
        })
    }
}

/// Rounds of votes: in the second, names vote for what the first made likely.
const ROUNDS: usize = 2;

/// Votes that a small town needs, where the article has a few.
const LEAST_VOTES: f64 = 0.5;
const FEW_VOTES: f64 = 2.0;

/// The votes of a dateline.
const DATELINE: f64 = 2.0;

/// The share of each reading in a name's vote.
fn shares(toponym: &Toponym) -> Vec<f64> {
    let best = toponym.candidates.iter().map(|c| c.score).fold(f64::MIN, f64::max);
    let powers: Vec<f64> = toponym.candidates.iter().map(|c| 10f64.powf(c.score - best)).collect();
    let sum: f64 = powers.iter().sum();
    powers.into_iter().map(|power| power / sum).collect()
}

fn spelled(tree: &Tree<'_>, tokens: &Range<usize>) -> String {
    fold(&key(tokens.clone().map(|t| tree.word(t))))
}

/// The readings of a name: what the lexicon lists, then the towns and counties of the gazetteer;
/// of "south Zed" those of Zed.
fn candidates(tree: &Tree<'_>, tokens: &Range<usize>, lexicon: &Lexicon) -> Vec<Candidate> {
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

fn readings(words: &str, listings: &[usize], lexicon: &Lexicon) -> Vec<Candidate> {
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

/// The places that datelines name, with what they name around them.
fn datelines(tree: &Tree<'_>, lexicon: &Lexicon) -> Vec<(String, Option<Container>)> {
    let zones = tree.text.zones().iter().filter(|z| z.kind == ZoneKind::Dateline);
    let read = |zone: &dateline_text::Zone| {
        let surface = tree.text.surface(zone.span);
        let mut parts = surface.split([',', '(', '—', '–']).map(str::trim);
        let place = parts.next().filter(|p| !p.is_empty())?;
        let container = parts.find_map(|part| Container::named(part, lexicon));
        Some((place.to_owned(), container))
    };
    zones.filter_map(read).collect()
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

/// The places inside an organization's name: "Zed County Sheriff's Office", "University of Zed",
/// "City of Zed". The longest that is listed at its start or behind "of" or "in".
fn inner(tree: &Tree<'_>, org: &Name, lexicon: &Lexicon) -> Vec<Range<usize>> {
    const LONGEST: usize = 4;
    let tokens = &org.tokens;
    let place_name = org.kind == Kind::Place;
    let behind = |t: usize| matches!(tree.word(t - 1), "of" | "in" | "at");
    let starts = tokens.clone().filter(|&t| t == tokens.start || behind(t));
    let whole = |end: usize| end == tokens.end;
    let body = tokens.clone().any(|t| {
        let word = tree.word(t);
        lexicon.heads_body(word) || place_name && lexicon.subtype_of_noun(word).is_some()
    });
    let place = |start: usize| {
        let ends = (start + 1..=tokens.end.min(start + LONGEST)).rev();
        let mut ends = ends.filter(|&end| {
            end > start && !(start == tokens.start && whole(end) && tokens.len() > 1)
        });
        ends.find(|&end| !candidates(tree, &(start..end), lexicon).is_empty()).map(|end| start..end)
    };
    if !body && tokens.len() > 1 || place_name && tokens.len() == 1 {
        return Vec::new();
    }
    starts.filter_map(place).collect()
}

fn listed(index: usize, lexicon: &Lexicon) -> Candidate {
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
