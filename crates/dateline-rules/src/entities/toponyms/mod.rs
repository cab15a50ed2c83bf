//! Which of the places of its name a toponym means: the one inside the container that the text
//! states, else the one near the article's other places, else the most populous.
//!
//! Every reading of a name has a weight, in people; every name votes for the countries and divisions
//! of its readings, by their share of the weights. A reading's score is the logarithm of its weight
//! and of the votes that other names cast for its country and division.

mod candidates;
mod inner;
mod votes;

use std::collections::HashMap;
use std::ops::Range;

use super::containers::Container;
use super::datelines::Stated;
use super::gazetteer::fold;
use super::lexicon::{Lexicon, key};
use super::mentions::Name;
use super::places::Place;
use crate::reading::Kind;
use crate::tree::Tree;
use candidates::{Candidate, candidates, listed, readings};
use inner::inner;
use votes::{Toponym, Votes, shares};

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
        datelines: &[Stated],
        lexicon: &'a Lexicon,
    ) -> Toponyms<'a> {
        let (toponyms, by_name, stated) = (Vec::new(), HashMap::new(), HashMap::new());
        let mut all = Toponyms { lexicon, toponyms, by_name, stated, votes: Votes::default() };
        for stated in datelines {
            all.add_dateline(stated);
        }
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
    fn add_dateline(&mut self, stated: &Stated) {
        if stated.is_container() {
            return;
        }
        let listings = self.lexicon.lookup_folded(&key([stated.name.as_str()]));
        let mut candidates = readings(&stated.name, listings, self.lexicon);
        if stated.container.is_none() {
            let most = candidates.iter().map(|c| c.weight).fold(0.0, f64::max);
            candidates.retain(|c| c.weight * RENOWN >= most);
        }
        self.insert(fold(&stated.name), candidates, stated.container.clone(), DATELINE);
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
        self.spelled(&spelled(tree, tokens), container)
    }

    /// What a name in folded spelling means.
    pub(crate) fn spelled(
        &self,
        spelled: &str,
        container: Option<&Container>,
    ) -> Option<(Place, f64)> {
        let own = self.by_name.get(&(spelled.to_owned(), container.cloned()));
        let (own, container) = match own {
            None if container.is_some() => (self.by_name.get(&(spelled.to_owned(), None)), None),
            _ => (own, container),
        };
        // Elsewhere in the article the container may be stated.
        let elsewhere = self.stated.get(spelled).filter(|_| container.is_none());
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
/// A town stands alone in a dateline only where no namesake has so many times its people.
const RENOWN: f64 = 5.0;

fn spelled(tree: &Tree<'_>, tokens: &Range<usize>) -> String {
    fold(&key(tokens.clone().map(|t| tree.word(t))))
}
