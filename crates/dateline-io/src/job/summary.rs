//! The counts of a batch job.

use serde::{Deserialize, Serialize};

/// What became of the records; `read` is `written + rejected + passed_over`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Summary {
    /// Records found in the inputs.
    pub read: u64,
    /// Documents written.
    pub written: u64,
    /// Records in the rejects file.
    pub rejected: u64,
    /// Records that are neither: see [`Summary::no_article`] and [`Summary::skipped_language`].
    pub passed_over: u64,
    /// Records of web archives that can't be articles, such as images and pages not found.
    pub no_article: u64,
    /// Articles left out for their language, where that was asked for.
    pub skipped_language: u64,
    /// Documents of articles that are not in English.
    pub not_english: u64,
    /// Documents of articles that say the same as one before, where that was asked for.
    pub duplicates: u64,
    /// Documents with a warning.
    pub warned: u64,
    /// Bytes of input files read.
    pub bytes: u64,
    /// Entities in all documents.
    pub entities: u64,
    /// Events in all documents.
    pub events: u64,
}

/// How a job ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ending {
    /// Everything was read, and the output is in its place.
    Whole,
    /// It was asked to stop.
    Stopped,
    /// More records than allowed were rejected.
    TooManyRejects,
}
