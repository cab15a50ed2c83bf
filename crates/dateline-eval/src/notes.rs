//! What a format holds and the common form does not, or the other way round: counted, never
//! dropped in silence.

use std::collections::BTreeMap;
use std::fmt;

/// Counts by kind of thing that could not be carried over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes(BTreeMap<String, Counted>);

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Counted {
    count: u64,
    /// Where the first one stands and what it is.
    first: Option<String>,
}

impl Notes {
    /// Counts one of `kind`.
    pub fn note(&mut self, kind: impl Into<String>) {
        self.count(kind, 1);
    }

    /// Counts one of `kind`; of the first one it is kept what `first` says: where it stands and
    /// what it is.
    pub fn note_first(&mut self, kind: impl Into<String>, first: impl FnOnce() -> String) {
        let counted = self.0.entry(kind.into()).or_default();
        counted.count += 1;
        counted.first.get_or_insert_with(first);
    }

    /// Counts `number` of `kind`; nothing for 0.
    pub fn count(&mut self, kind: impl Into<String>, number: usize) {
        if number > 0 {
            self.0.entry(kind.into()).or_default().count += number as u64;
        }
    }

    /// Adds the counts of `other`.
    pub fn merge(&mut self, other: &Notes) {
        for (kind, more) in &other.0 {
            let counted = self.0.entry(kind.clone()).or_default();
            counted.count += more.count;
            if counted.first.is_none() {
                counted.first.clone_from(&more.first);
            }
        }
    }

    /// How many of `kind` were counted.
    pub fn of(&self, kind: &str) -> u64 {
        self.0.get(kind).map_or(0, |counted| counted.count)
    }

    /// Where the first of `kind` stands and what it is, if that was kept.
    pub fn first(&self, kind: &str) -> Option<&str> {
        self.0.get(kind)?.first.as_deref()
    }

    /// All kinds with their counts, in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u64)> {
        self.0.iter().map(|(kind, counted)| (kind.as_str(), counted.count))
    }

    /// True if nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// `3 × attribute Modifier_Type; 12 × relation (first: d1.ann:7: R3)`
impl fmt::Display for Notes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (kind, count)) in self.iter().enumerate() {
            let separator = if index > 0 { "; " } else { "" };
            write!(f, "{separator}{count} × {kind}")?;
            if let Some(first) = self.first(kind) {
                write!(f, " (first: {first})")?;
            }
        }
        Ok(())
    }
}
