//! Votes of an article's names for the countries and divisions that they may lie in.

use std::collections::HashMap;

use super::candidates::Candidate;

/// The mentions of one spelling with one container.
pub(super) struct Toponym {
    pub(super) candidates: Vec<Candidate>,
    /// What its votes count.
    pub(super) voice: f64,
}

/// Votes for countries, and for divisions of countries.
#[derive(Default)]
pub(super) struct Votes {
    pub(super) countries: HashMap<String, f64>,
    divisions: HashMap<(String, String), f64>,
    /// All votes for countries.
    pub(super) cast: f64,
}

impl Votes {
    pub(super) fn cast(&mut self, candidate: &Candidate, votes: f64) {
        let Some(country) = &candidate.country else { return };
        *self.countries.entry(country.clone()).or_default() += votes;
        self.cast += votes;
        if let Some(division) = &candidate.division {
            *self.divisions.entry((country.clone(), division.clone())).or_default() += votes;
        }
    }

    pub(super) fn of_country(&self, country: &str) -> f64 {
        self.countries.get(country).copied().unwrap_or(0.0)
    }

    pub(super) fn of_division(&self, country: &str, division: &str) -> f64 {
        let key = (country.to_owned(), division.to_owned());
        self.divisions.get(&key).copied().unwrap_or(0.0)
    }
}

/// The share of each reading in a name's vote.
pub(super) fn shares(toponym: &Toponym) -> Vec<f64> {
    let best = toponym.candidates.iter().map(|c| c.score).fold(f64::MIN, f64::max);
    let powers: Vec<f64> = toponym.candidates.iter().map(|c| 10f64.powf(c.score - best)).collect();
    let sum: f64 = powers.iter().sum();
    powers.into_iter().map(|power| power / sum).collect()
}
