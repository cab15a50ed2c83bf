//! What a reader hands out: an article, or why there is none.

use std::error::Error as _;

use dateline::Article;
use serde::{Serialize, Serializer};

/// One record of an input.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Where it stands.
    pub origin: Origin,
    /// The article, or why it could not be read.
    pub article: Result<Article, Reject>,
    /// Bytes of input that it took up.
    pub bytes: u64,
}

/// Where a record stands in its input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// The input's name (`-` for standard input).
    pub source: String,
    /// Line number, from 1.
    pub line: u64,
    /// Offset of the record's first byte.
    pub byte_offset: u64,
}

/// A record that gave no document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reject {
    /// Where it stands.
    #[serde(flatten)]
    pub origin: Origin,
    /// What is wrong with it.
    #[serde(serialize_with = "displayed")]
    pub reason: Reason,
    /// The record as found; bytes that are not UTF-8 are shown as U+FFFD.
    pub record: String,
}

fn displayed<S: Serializer>(reason: &Reason, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(reason)
}

/// What is wrong with a rejected record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// The record has a byte that is not UTF-8.
    #[error("not UTF-8: invalid byte at offset {byte_offset}; convert the input to UTF-8")]
    Utf8 {
        /// Offset of the byte in the input.
        byte_offset: u64,
    },
    /// The record ends in the middle of its JSON.
    #[error(
        "truncated JSON: the line ends inside the record (one record a line is expected, \
         nothing is read over line ends)"
    )]
    Truncated,
    /// The line is not JSON.
    #[error("not JSON: {problem} at column {column}")]
    Json {
        /// What the parser says.
        problem: String,
        /// Byte column in the line, from 1.
        column: usize,
    },
    /// The line is JSON but not an object.
    #[error("expected a JSON object, found {found}")]
    NotAnObject {
        /// JSON type of what was found.
        found: &'static str,
    },
    /// No field holds the text.
    #[error("no text: the record has none of the fields {}", names.join(", "))]
    NoText {
        /// Field names that were looked for.
        names: &'static [&'static str],
    },
    /// A field has a value of the wrong type.
    #[error("field {field:?} is {found}, expected a string")]
    Type {
        /// Field name as the record has it.
        field: String,
        /// JSON type of the value.
        found: &'static str,
    },
    /// The article would be written to files that another one has.
    #[error(
        "an article before it is written to {name}: each needs an id of its own where each is \
         written to its own files"
    )]
    SameName {
        /// Name of the file.
        name: String,
    },
    /// The id makes a file name that the file system does not take.
    #[error("the id is too long for the name of a file")]
    LongId,
    /// The article was read but the pipeline failed on it.
    #[error("{problem}")]
    Failed {
        /// The pipeline's error.
        problem: String,
    },
}

impl Reject {
    /// A reject of an article that the pipeline failed on.
    pub fn failed(origin: Origin, article: &Article, error: &dateline::Error) -> Reject {
        let mut problem = error.to_string();
        let mut cause = error.source();
        while let Some(error) = cause {
            problem.push_str(": ");
            problem.push_str(&error.to_string());
            cause = error.source();
        }
        Reject::of(origin, article, Reason::Failed { problem })
    }

    /// A reject of an article that was read.
    pub(crate) fn of(origin: Origin, article: &Article, reason: Reason) -> Reject {
        // Serializing plain strings does not fail; an empty record beats losing the reason.
        let record = serde_json::to_string(article).unwrap_or_default();
        Reject { origin, reason, record }
    }
}
