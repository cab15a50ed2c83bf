//! What a format holds and the common form does not, or the other way round: counted, never
//! dropped in silence.

use std::collections::BTreeMap;
use std::fmt;

/// Counts by kind of thing that could not be carried over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes(BTreeMap<String, u64>);

impl Notes {
    /// Counts one of `kind`.
    pub fn note(&mut self, kind: impl Into<String>) {
        self.count(kind, 1);
    }

    /// Counts `number` of `kind`; nothing for 0.
    pub fn count(&mut self, kind: impl Into<String>, number: usize) {
        if number > 0 {
            *self.0.entry(kind.into()).or_default() += number as u64;
        }
    }

    /// Adds the counts of `other`.
    pub fn merge(&mut self, other: &Notes) {
        for (kind, count) in &other.0 {
            *self.0.entry(kind.clone()).or_default() += count;
        }
    }

    /// How many of `kind` were counted.
    pub fn of(&self, kind: &str) -> u64 {
        self.0.get(kind).copied().unwrap_or(0)
    }

    /// All kinds with their counts, in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u64)> {
        self.0.iter().map(|(kind, count)| (kind.as_str(), *count))
    }

    /// True if nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// `3 × attribute Modifier_Type; 12 × relation`
impl fmt::Display for Notes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (kind, count)) in self.iter().enumerate() {
            let separator = if index > 0 { "; " } else { "" };
            write!(f, "{separator}{count} × {kind}")?;
        }
        Ok(())
    }
}
