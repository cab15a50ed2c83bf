//! The publication date: told by the caller, by metadata, or read from the article's furniture.

use super::TimeRules;
use crate::Options;
use crate::reading::{PublishedFact, Reading};

/// Sets [`Reading::published`]; never today's date, never a guess.
pub(crate) fn find(reading: &mut Reading<'_>, _rules: &TimeRules, options: &Options) {
    if let Some(date) = options.published {
        reading.published = Some(PublishedFact { date, source: "argument", span: None });
    }
}
