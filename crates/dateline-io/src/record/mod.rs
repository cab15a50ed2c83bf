//! Records: what the inputs are made of, before anybody looks into them.
//!
//! A reader only finds where a record begins and ends, which can't be done in parallel; what a
//! record says is found by [`Record::parse`], which can.

mod csv;
mod json;
mod jsonl;
mod lines;
mod parquet;
mod warc;
mod whole;

use serde::{Deserialize, Serialize};

use crate::article::{self, Parsed};
use crate::source::{Opened, Reading};
use crate::{Error, Fields, Format, Reason, Reject};

/// One record of an input, as found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Where it stands.
    pub origin: Origin,
    /// How its bytes are to be read.
    pub kind: Kind,
    /// The record as found.
    pub bytes: Vec<u8>,
    /// Why it can't be read, where the reader knows already.
    pub fault: Option<Reason>,
    /// Bytes of the input file that were read since the record before.
    pub taken: u64,
}

/// Where a record stands in its input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The input's name (`-` for standard input).
    pub source: String,
    /// Number of the record in the input, from 1.
    pub number: u64,
    /// Line number, from 1, where the input has lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// Offset of the record's first byte in the input, once decompressed; none in Parquet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub byte_offset: Option<u64>,
}

/// How the bytes of a record are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Kind {
    /// A JSON object. Rows of CSV and Parquet are turned into one.
    Json,
    /// Plain text, the title on its first line.
    Text,
    /// An HTML page.
    Html,
    /// A WARC record: its header and its block.
    Warc,
}

/// The records of one input, in order. An `Err` ends it: the input itself failed, through no fault
/// of a record.
pub(crate) type Records = Box<dyn Iterator<Item = Result<Record, Error>> + Send>;

impl Origin {
    /// `dump.jsonl:12`, as messages have it: the line where there is one, else the record.
    pub fn place(&self) -> String {
        format!("{}:{}", self.source, self.line.unwrap_or(self.number))
    }
}

impl Record {
    /// What the record says, or why it says nothing.
    pub fn parse(&self, fields: &Fields) -> Result<Parsed, Box<Reject>> {
        let parsed = match &self.fault {
            Some(reason) => Err(reason.clone()),
            None => article::parse(self, fields),
        };
        parsed.map_err(|reason| Box::new(Reject::new(self, reason)))
    }
}

/// The records of an opened input.
pub(crate) fn read(opened: Opened, reading: &Reading) -> Result<Records, Error> {
    Ok(match opened.format {
        Format::Text => whole::read(opened, Kind::Text, reading),
        Format::Html => whole::read(opened, Kind::Html, reading),
        Format::Jsonl => jsonl::read(opened, reading),
        Format::Json => json::read(opened, reading),
        Format::Csv => csv::read(opened, b',', reading),
        Format::Tsv => csv::read(opened, b'\t', reading),
        Format::Warc => warc::read(opened, reading),
        Format::Parquet => parquet::read(opened, reading)?,
    })
}

/// What stands for a file that can't be read.
pub(crate) fn unreadable(name: &str, problem: &str) -> Records {
    let origin = Origin { source: name.to_owned(), number: 1, line: None, byte_offset: None };
    let fault = Some(Reason::Unreadable { problem: problem.to_owned() });
    let record = Record { origin, kind: Kind::Text, bytes: Vec::new(), fault, taken: 0 };
    Box::new(std::iter::once(Ok(record)))
}
