//! Readers of labelled files: many formats, one form.
//!
//! Every reader is an iterator that holds one article at a time. Offsets come out as code points,
//! verified against the text wherever the file repeats the characters. What a format holds and a
//! [`Sample`] cannot is counted ([`Reader::notes`]), never dropped in silence.
//!
//! ```no_run
//! use std::path::Path;
//! use dateline_eval::read::{ReadOptions, open, pair};
//!
//! let gold = open(Path::new("gold.conll"), None)?;
//! let detected = gold.detected(); // conll, tags IOB2 (detected) in column 4, …
//! let mut pairs = pair(gold, Path::new("predictions.jsonl"), &ReadOptions::default())?;
//! for pair in pairs.by_ref() {
//!     let (gold, prediction) = pair?;
//! }
//! for message in pairs.report().messages() { /* missing and extra documents */ }
//! # Ok::<(), dateline_eval::read::ReadError>(())
//! ```

#[cfg(test)]
mod bad_inputs;
mod brat;
mod checks;
mod conll;
mod conllu;
mod detect;
mod doccano;
mod documents;
mod error;
mod files;
mod format;
mod items;
mod json;
mod label_studio;
mod lines;
mod ours;
mod pair;
mod prodigy;
mod tagged;
mod timeml;

use std::fmt;
use std::path::{Path, PathBuf};

use dateline::OffsetUnit;

use checks::Checks;
use documents::Documents;
pub use error::{Problem, ReadError};
pub use format::Format;
pub use pair::{Named, Pairing, Pairs, pair};

pub(crate) use brat::is_line_end;
#[cfg(test)]
pub(crate) use files::stem;

use crate::notes::Notes;
use crate::sample::Sample;
use crate::tags::{Runs, Scheme};

/// How a file is to be read. The default detects what can be detected.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// The format; detected if absent.
    pub format: Option<Format>,
    /// What the offsets count; each format's own convention if absent. Our own records say it
    /// themselves.
    pub unit: Option<OffsetUnit>,
    /// Our own records may lack their text (predictions, verified when they meet their gold).
    pub text_optional: bool,
    /// CoNLL: the tag scheme; detected if absent.
    pub scheme: Option<Scheme>,
    /// CoNLL: what is done about illegal tags.
    pub runs: Runs,
    /// CoNLL: the column of the tags, from 1; if absent, the last one that holds tags throughout.
    pub tag_column: Option<usize>,
}

/// A stream of samples from one file or folder.
pub struct Reader {
    path: PathBuf,
    format: Format,
    source: Box<dyn Source>,
    checks: Checks,
    /// A file without documents is an error: gold has some.
    filled: bool,
}

/// What every format's reader does.
pub(crate) trait Source: Send {
    /// The next sample; `None` at the end.
    fn next(&mut self) -> Option<Result<Sample, ReadError>>;

    /// What was met so far that a sample cannot hold.
    fn notes(&self) -> &Notes;

    fn notes_mut(&mut self) -> &mut Notes;

    /// The file of the sample read last, and the line it begins at where the file has lines.
    fn place(&self) -> (&Path, Option<u64>);

    /// What was detected about the file besides its format, in words.
    fn detected(&self) -> Option<String> {
        None
    }

    /// Where the sample read last stands, in files that can be read out of order.
    fn at(&self) -> Option<At> {
        None
    }

    /// Makes the sample at a place the next one; only places from [`Source::at`] are handed in.
    fn seek(&mut self, _at: At) -> Result<(), ReadError> {
        Ok(())
    }
}

/// Where a record stands in its file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct At {
    /// Number of the record, from 1.
    position: usize,
    /// Number of its line, from 1.
    line: u64,
    /// Of its first byte.
    offset: u64,
}

impl Reader {
    /// Opens a file, or a folder of brat or TimeML files.
    pub fn open(path: &Path, options: &ReadOptions) -> Result<Reader, ReadError> {
        let format = match options.format {
            Some(format) => format,
            None => detect::format(path)?,
        };
        let source: Box<dyn Source> = match format {
            Format::Dateline => Box::new(Documents::open(path, ours::Ours::new(options))?),
            Format::Conll => Box::new(conll::Conll::open(path, options)?),
            Format::Conllu => Box::new(conllu::Conllu::open(path)?),
            Format::Doccano => Box::new(Documents::open(path, doccano::Doccano::new(options))?),
            Format::LabelStudio => {
                Box::new(Documents::open(path, label_studio::LabelStudio::new(options))?)
            }
            Format::Prodigy => Box::new(Documents::open(path, prodigy::Prodigy::new(options))?),
            Format::Brat => Box::new(brat::Brat::open(path, options)?),
            Format::Timeml => Box::new(timeml::Timeml::open(path)?),
        };
        let (path, checks) = (path.to_owned(), Checks::default());
        Ok(Reader { path, format, source, checks, filled: options.text_optional })
    }

    /// The file or folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The format that the file is read as.
    pub fn format(&self) -> Format {
        self.format
    }

    /// What the file is read as, in words: format, tag scheme, offset unit.
    pub fn detected(&self) -> String {
        match self.source.detected() {
            Some(more) => format!("{}, {more}", self.format),
            None => self.format.to_string(),
        }
    }

    /// What was met so far that a sample cannot hold.
    pub fn notes(&self) -> &Notes {
        self.source.notes()
    }

    /// Where the sample read last stands, in files that can be read out of order.
    fn at(&self) -> Option<At> {
        self.source.at()
    }

    /// The line at which the sample read last begins.
    fn line(&self) -> Option<u64> {
        self.source.place().1
    }

    /// Reads the sample at a place again, which was checked before.
    fn read_again(&mut self, at: At) -> Result<Option<Sample>, ReadError> {
        self.source.seek(at)?;
        self.source.next().transpose()
    }

    /// Checks the sample read last.
    fn check(&mut self, sample: Sample) -> Result<Sample, ReadError> {
        self.filled = true;
        let (path, line) = self.source.place();
        let path = path.to_owned();
        let place = || {
            let line = line.map_or(String::new(), |line| format!(":{line}"));
            format!("{}{line} (document {})", file_name(&path), sample.id)
        };
        let checked = self.checks.check(&sample, line, &place, self.source.notes_mut());
        checked.map_err(|problem| {
            let error = ReadError::new(&path, problem).record(&sample.id);
            match line {
                Some(line) => error.line(line),
                None => error,
            }
        })?;
        Ok(sample)
    }
}

impl Iterator for Reader {
    type Item = Result<Sample, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.source.next() {
            Some(Ok(sample)) => Some(self.check(sample)),
            Some(error) => {
                self.filled = true;
                Some(error)
            }
            None if self.filled => None,
            None => {
                self.filled = true;
                let (format, met) = (self.format, self.notes().to_string());
                Some(Err(ReadError::new(&self.path, Problem::Empty { format, met })))
            }
        }
    }
}

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader").field("path", &self.path).field("format", &self.format).finish()
    }
}

/// Opens a labelled file with all defaults but the format, which is detected if absent.
pub fn open(path: &Path, format: Option<Format>) -> Result<Reader, ReadError> {
    Reader::open(path, &ReadOptions { format, ..ReadOptions::default() })
}

/// The name of a file without its folders, as it stands in made-up ids.
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
