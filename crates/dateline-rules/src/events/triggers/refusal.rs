//! Why a word that is listed as a trigger is none in its sentence.

use std::fmt;

/// Why a word names no event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Refusal {
    /// It is no trigger of any type.
    Unlisted,
    /// It only describes or joins another word.
    Modifier,
    /// It is part of a name.
    Name,
    /// No entry's conditions hold.
    Context,
    /// It counts things ("three strikes") rather than tells of a happening.
    Counted,
    /// The model's event head doubts it.
    Improbable { probability: f32, threshold: f32 },
}

/// More than any probability: such a noun needs evidence in its context.
const CERTAIN: f32 = 1.0;

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Unlisted => f.write_str("no trigger of any type"),
            Refusal::Modifier => f.write_str("it only describes another word"),
            Refusal::Name => f.write_str("part of a name"),
            Refusal::Context => f.write_str("no entry's conditions hold"),
            Refusal::Counted => f.write_str("counted things, no happening"),
            Refusal::Improbable { threshold, .. } if *threshold > CERTAIN => {
                f.write_str("a weak entry, and nothing around it tells of a happening")
            }
            Refusal::Improbable { probability, threshold } => {
                write!(f, "the model gives it {probability:.2}, needed {threshold:.2}")
            }
        }
    }
}
