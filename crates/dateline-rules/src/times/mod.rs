//! Time expressions (TIMEX3) and the publication date they are counted from.

pub(crate) mod published;

use crate::data::{RuleError, Source};
use crate::reading::Reading;

/// The time grammar.
#[derive(Debug)]
pub(crate) struct TimeRules {}

impl TimeRules {
    pub(crate) fn load(_source: &Source) -> Result<TimeRules, RuleError> {
        Ok(TimeRules {})
    }
}

/// Finds the time expressions of an article.
pub(crate) fn find(_reading: &mut Reading<'_>, _rules: &TimeRules) {}
