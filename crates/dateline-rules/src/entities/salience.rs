//! Entity salience: how likely a summary of the article is to mention an entity.
//!
//! A logistic function of how often and how early it is mentioned, whether the headline names it,
//! and its type. `scripts/train/salience.py` fits the weights of `data/salience.tsv` to the graded
//! salience of GUM (Lin and Zeldes 2024: the share of summaries that mention the entity).

use std::collections::HashMap;

use dateline_text::{Text, ZoneKind};

use super::lexicon::columns;
use crate::data::{RuleError, Source};
use crate::reading::Kind;

const FILE: &str = "salience.tsv";
/// A first mention so many bytes into the story is no longer one at its very start.
const NEAR_BYTES: f64 = 100.0;

/// The weights of `salience.tsv`.
#[derive(Debug)]
pub(crate) struct Salience {
    mentions: f64,
    distance: f64,
    title: f64,
    kinds: HashMap<&'static str, f64>,
}

impl Salience {
    pub(crate) fn load(source: &Source) -> Result<Salience, RuleError> {
        let mut weights: HashMap<String, f64> = HashMap::new();
        let mut last = 0;
        for (line, row) in source.rows(FILE)? {
            let [sign, weight] = columns(FILE, line, &row)?;
            let number = weight.parse::<f64>().ok().filter(|w| w.is_finite());
            let Some(number) = number else {
                return Err(RuleError::new(FILE, line, format!("{weight:?} is no number")));
            };
            if weights.insert(sign.clone(), number).is_some() {
                return Err(RuleError::new(FILE, line, format!("{sign:?} is listed twice")));
            }
            last = line;
        }
        let mut take = |sign: &str| {
            let missing = || RuleError::new(FILE, last, format!("{sign:?} has no weight"));
            weights.remove(sign).ok_or_else(missing)
        };
        let kinds = Kind::ALL.into_iter().map(|kind| Ok((kind.as_str(), take(kind.as_str())?)));
        let salience = Salience {
            kinds: kinds.collect::<Result<_, RuleError>>()?,
            mentions: take("mentions")?,
            distance: take("distance")?,
            title: take("title")?,
        };
        match weights.keys().min() {
            Some(sign) => Err(RuleError::new(FILE, last, format!("unknown sign {sign:?}"))),
            None => Ok(salience),
        }
    }

    /// The salience of an entity of `kind` with mentions that start at these bytes, 0 to 1.
    pub(crate) fn of(&self, text: &Text, kind: Kind, starts: &[usize]) -> f32 {
        let zones = text.zones();
        let story = zones.iter().find(|z| z.kind == ZoneKind::Body).map_or(0, |z| z.span.start);
        let first = starts.iter().copied().min().unwrap_or(0);
        let mut titles = zones.iter().filter(|z| z.kind == ZoneKind::Title);
        let titled = titles.any(|z| starts.iter().any(|start| z.span.range().contains(start)));
        let distance = first.saturating_sub(story) as f64 / NEAR_BYTES;
        let sum = self.kinds[kind.as_str()]
            + self.mentions * (starts.len().max(1) as f64).ln()
            + self.distance * distance.ln_1p()
            + self.title * f64::from(u8::from(titled));
        (1.0 / (1.0 + (-sum).exp())) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faulty_files_name_their_line() {
        for (file, expected) in [
            ("mentions\t1\nmentions\t2\n", "salience.tsv:2: \"mentions\" is listed twice"),
            ("mentions\tmany\n", "salience.tsv:1: \"many\" is no number"),
            ("mentions\t1\n", "salience.tsv:1: \"PERSON\" has no weight"),
        ] {
            let dir =
                std::env::temp_dir().join(format!("dateline-salience-{}", std::process::id()));
            std::fs::create_dir_all(&dir).unwrap();
            std::fs::write(dir.join(FILE), file).unwrap();
            let error = Salience::load(&Source::overlay(&dir).unwrap()).unwrap_err();
            std::fs::remove_dir_all(&dir).unwrap();
            assert_eq!(error.to_string(), expected);
        }
    }
}
