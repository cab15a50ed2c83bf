//! Records that gave no document, and why.

use std::error::Error as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::{Deserialize, Serialize};

use crate::{Kind, Origin, Record};

/// A record that gave no document, as a line of the rejects file has it. Such a file is an input
/// again: each line is read as the record that it holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Reject {
    /// Where it stands.
    #[serde(flatten)]
    pub origin: Origin,
    /// What is wrong with it.
    pub reason: String,
    /// How the record is to be read.
    pub kind: Kind,
    /// The record as found, where it is UTF-8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
    /// The record as found, where it is not. Without either, it was too large to be held or its
    /// place could not be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record_base64: Option<String>,
}

/// What is wrong with a rejected record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// Neither UTF-8 nor text in an older encoding.
    #[error(
        "not UTF-8: invalid byte at offset {offset} of the record, which is UTF-8 before or after; \
         it is damaged"
    )]
    Utf8 {
        /// Offset of the byte in the record.
        offset: u64,
    },
    /// The record ends in the middle of its JSON.
    #[error("truncated JSON: it ends inside the record")]
    Truncated,
    /// The record is not JSON.
    #[error("not JSON: {problem} at line {line}, column {column} of the record")]
    Json {
        /// What the parser says.
        problem: String,
        /// Line in the record, from 1.
        line: usize,
        /// Byte column in that line, from 1.
        column: usize,
    },
    /// The record is JSON but not an object.
    #[error("expected a JSON object, found {found}")]
    NotAnObject {
        /// JSON type of what was found.
        found: &'static str,
    },
    /// No field holds the text.
    #[error("no text: the record has none of the fields {}", names.join(", "))]
    NoText {
        /// Field names that were looked for.
        names: Vec<String>,
    },
    /// A field has a value of the wrong type.
    #[error("field {field:?} is {found}, expected a string")]
    Type {
        /// Field name as the record has it.
        field: String,
        /// JSON type of the value.
        found: &'static str,
    },
    /// A row of a table has more fields than the table has columns.
    #[error("the row has {found} fields, the header {expected}: is a quote missing?")]
    Fields {
        /// Fields of the row.
        found: usize,
        /// Columns of the table.
        expected: usize,
    },
    /// The last row of a table is within quotes where the table ends.
    #[error("a quote before the end of the table is not closed")]
    OpenQuote,
    /// The bytes are no text: too many of them are control characters.
    #[error("this is no text but binary data")]
    Binary,
    /// A page without anything that reads like an article.
    #[error("no article was found in the page")]
    NoArticle,
    /// A page whose elements stand in each other deeper than is read.
    #[error("the page nests its elements more than {limit} deep")]
    Nesting {
        /// The limit.
        limit: usize,
    },
    /// A page that is larger than pages with articles are.
    #[error("the page has more than {limit} bytes of HTML, the most that is read")]
    LargePage {
        /// The limit.
        limit: usize,
    },
    /// A header of a web archive that can't be read.
    #[error("damaged web archive: {problem}")]
    Warc {
        /// What is wrong.
        problem: String,
    },
    /// The record is larger than what is read at a time.
    #[error("the record has more than {limit} bytes, the most that is read (--max-bytes)")]
    TooLarge {
        /// The limit.
        limit: u64,
    },
    /// The input can't be read beyond this place.
    #[error("the input is damaged and cannot be read further: {problem}")]
    Damaged {
        /// What the decoder says.
        problem: String,
    },
    /// A file that was found in a folder can't be read.
    #[error("cannot be read: {problem}")]
    Unreadable {
        /// What the system says.
        problem: String,
    },
    /// Not an English article, and those were not to be read.
    #[error("not in English but in {language} (--lang-policy)")]
    Language {
        /// ISO 639-1 or 639-3 code.
        language: String,
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
    /// What a line of a rejects file says of a record that it does not hold.
    #[error("{reason}")]
    Before {
        /// The reason given there.
        reason: String,
    },
}

impl Reject {
    /// The reject of a record.
    pub fn new(record: &Record, reason: Reason) -> Reject {
        let (text, base64) = match std::str::from_utf8(&record.bytes) {
            Ok("") => (None, None),
            Ok(text) => (Some(text.to_owned()), None),
            Err(_) => (None, Some(BASE64.encode(&record.bytes))),
        };
        Reject {
            origin: record.origin.clone(),
            reason: reason.to_string(),
            kind: record.kind,
            record: text,
            record_base64: base64,
        }
    }
}

impl Reason {
    /// Why the pipeline failed on an article.
    pub fn failed(error: &dateline::Error) -> Reason {
        let mut problem = error.to_string();
        let mut cause = error.source();
        while let Some(error) = cause {
            problem.push_str(": ");
            problem.push_str(&error.to_string());
            cause = error.source();
        }
        Reason::Failed { problem }
    }
}

/// The record that a line of a rejects file holds; `None` if it is no such line.
pub(crate) fn rejected(line: &Record) -> Option<Record> {
    // What every such line starts with; parsing each line of a dump twice would cost.
    if !line.bytes.starts_with(b"{\"source\":") {
        return None;
    }
    let Reject { origin, reason, kind, record, record_base64 } =
        serde_json::from_slice(&line.bytes).ok()?;
    let bytes = match (record, record_base64) {
        (Some(record), _) => record.into_bytes(),
        (None, Some(base64)) => BASE64.decode(base64).ok()?,
        (None, None) => Vec::new(),
    };
    let fault = bytes.is_empty().then_some(Reason::Before { reason });
    Some(Record { origin, kind, bytes, fault, taken: line.taken })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(bytes: &[u8]) -> Record {
        let origin =
            Origin { source: "a.csv".into(), number: 3, line: None, byte_offset: Some(12) };
        Record { origin, kind: Kind::Html, bytes: bytes.into(), fault: None, taken: 0 }
    }

    #[test]
    fn a_rejected_record_comes_back_as_it_was() {
        for bytes in [&b"<p>Rain"[..], b"caf\xe9", b"\0"] {
            let reject = Reject::new(&record(bytes), Reason::NoArticle);
            let line = serde_json::to_vec(&reject).unwrap();
            let back = rejected(&Record { bytes: line, ..record(b"") });
            assert_eq!(back, Some(record(bytes)));
        }
        let reject = Reject::new(&record(b""), Reason::TooLarge { limit: 5 });
        let line = serde_json::to_vec(&reject).unwrap();
        let back = rejected(&Record { bytes: line, ..record(b"") }).unwrap();
        assert_eq!(back.fault.unwrap().to_string(), reject.reason);
        assert_eq!(rejected(&record(b"{\"source\": \"x\", \"text\": \"a\"}")), None);
        assert_eq!(rejected(&record(b"{\"source\":\"x\",\"text\":\"a\"}")), None);
    }
}
