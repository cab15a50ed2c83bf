use std::path::{Path, PathBuf};
use std::{fmt, io};

use crate::tags::Scheme;
use crate::verify::SpanFault;

/// Why a labelled file could not be read: which file, which line, what is wrong, how to mend it.
#[derive(Debug)]
pub struct ReadError(Box<Inner>);

#[derive(Debug)]
struct Inner {
    path: PathBuf,
    line: Option<u64>,
    record: Option<String>,
    problem: Problem,
}

/// What is wrong with a labelled file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// The file could not be opened or read.
    #[error("{}", unreadable(.0))]
    Io(#[from] io::Error),
    /// The file is not UTF-8.
    #[error("not UTF-8 (byte {0} of the line); convert the file to UTF-8")]
    Utf8(usize),
    /// Nothing told which format the file has.
    #[error("the format cannot be told: {0}; name it (one of {names})", names = super::Format::NAMES)]
    UnknownFormat(String),
    /// Nothing stands in the file.
    #[error("nothing stands in it but blank lines or comments; give a file that holds documents")]
    NoContent,
    /// Not JSON.
    #[error("not JSON: {0}")]
    Json(String),
    /// A record without a part that its format requires, or with one of another form.
    #[error("{0}")]
    Record(String),
    /// A span that does not fit its text.
    #[error(transparent)]
    Span(#[from] SpanFault),
    /// A line that has not the columns its format requires.
    #[error("expected {expected}, found {found:?}")]
    Line {
        /// What should stand there.
        expected: &'static str,
        /// The line.
        found: String,
    },
    /// A tag that cannot be read as one of IO, IOB1, IOB2, BIOES or BILOU.
    #[error(
        "{tag:?} in column {column} is no entity tag (O, or B-, I-, E-, S-, L- or U- and a type); \
         choose the column of the tags, or name the scheme io if types stand without a prefix"
    )]
    Tag {
        /// As it stands in the file.
        tag: String,
        /// From 1.
        column: usize,
    },
    /// A tag that cannot stand where it stands.
    #[error(
        "{tag} after {previous} is illegal in {scheme}: {why}; read leniently, or mend the tags"
    )]
    Run {
        /// The offending tag.
        tag: String,
        /// The tag before it (`O` at a sentence's start).
        previous: String,
        /// The scheme the tags are read as.
        scheme: Scheme,
        /// What is wrong.
        why: &'static str,
    },
    /// The text that a comment states differs from the text of the tokens.
    #[error("`# text` says {stated:?}, the tokens make {tokens:?}")]
    SentenceText {
        /// From the comment.
        stated: String,
        /// Rebuilt from the tokens.
        tokens: String,
    },
    /// A reference to something that the file does not define.
    #[error("{from} refers to {id:?}, which the document does not define")]
    Reference {
        /// What refers.
        from: String,
        /// To what.
        id: String,
    },
    /// Not well-formed XML.
    #[error("not well-formed XML: {0}")]
    Xml(String),
    /// Two documents with one identifier.
    #[error(
        "the id {id:?} stands twice{first}; ids pair gold with predictions and must be unique",
        first = .first.map_or(String::new(), |line| format!(", first at line {line}"))
    )]
    DuplicateId {
        /// The identifier.
        id: String,
        /// The line of the document that has it, where that is known.
        first: Option<u64>,
    },
    /// Nothing to read.
    #[error(
        "there is no document in it (read as {format}){met}; give a file that holds some, or name \
         another format",
        met = if .met.is_empty() { String::new() } else { format!(", only {}", .met) }
    )]
    Empty {
        /// What the file was read as.
        format: super::Format,
        /// What was met and left out.
        met: String,
    },
    /// A prediction over another text than the gold.
    #[error(
        "its text differs from the gold's at character {at}: {predicted:?} instead of {gold:?}; \
         score predictions over the same text"
    )]
    OtherText {
        /// Code points before the first difference.
        at: usize,
        /// What the gold has from there.
        gold: String,
        /// What the prediction has from there.
        predicted: String,
    },
}

fn unreadable(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        _ => format!("cannot be read: {error}"),
    }
}

impl ReadError {
    pub(crate) fn new(path: &Path, problem: impl Into<Problem>) -> ReadError {
        let problem = problem.into();
        ReadError(Box::new(Inner { path: path.to_owned(), line: None, record: None, problem }))
    }

    pub(crate) fn line(mut self, line: u64) -> ReadError {
        self.0.line = Some(line);
        self
    }

    pub(crate) fn record(mut self, id: &str) -> ReadError {
        self.0.record = Some(id.to_owned());
        self
    }

    /// The file at fault.
    pub fn path(&self) -> &Path {
        &self.0.path
    }

    /// The line at fault, from 1, where the format has lines.
    pub fn line_number(&self) -> Option<u64> {
        self.0.line
    }

    /// The id of the document at fault, where it is known.
    pub fn document(&self) -> Option<&str> {
        self.0.record.as_deref()
    }

    /// What is wrong.
    pub fn problem(&self) -> &Problem {
        &self.0.problem
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.path.display())?;
        if let Some(line) = self.0.line {
            write!(f, ":{line}")?;
        }
        if let Some(record) = &self.0.record {
            write!(f, " (document {record})")?;
        }
        write!(f, ": {}", self.0.problem)
    }
}

impl std::error::Error for ReadError {}
