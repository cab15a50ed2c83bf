//! Pronouns led back to whom they stand for.

/// A pronoun led back to an entity.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Resolved {
    pub(crate) token: usize,
    pub(crate) entity: usize,
    pub(crate) score: f32,
}
