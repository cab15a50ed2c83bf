//! Where records come from: files, folders, standard input, compressed or not.

mod compression;
mod find;
mod format;
mod gauge;
mod inputs;
mod scratch;
mod sorter;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

pub use find::find;
pub use format::Format;
pub(crate) use gauge::{Gauge, Measured};
pub use inputs::Inputs;

use serde::{Deserialize, Serialize};

use crate::record::{self, Records};
use crate::{Error, ErrorKind, Reason, Record};

/// Where articles are read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Input {
    /// Standard input.
    Stdin,
    /// A file.
    Path {
        /// Where it is.
        #[serde(with = "any_path")]
        path: PathBuf,
        /// What rejects and article ids call it.
        name: String,
    },
    /// A file that was found in a folder but can't be read: one record that says so.
    Unreadable {
        /// What it is called.
        name: String,
        /// Why it can't be read.
        problem: String,
    },
}

/// How inputs are read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reading {
    /// Their format; without one it is told from the file name and the first bytes.
    pub format: Option<Format>,
    /// The most bytes that one record may have; a larger one is rejected without being held.
    pub max_record_bytes: u64,
}

/// [`Reading::max_record_bytes`] unless set: a thousand times an article, and a book.
const MAX_RECORD_BYTES: u64 = 8 << 20;

impl Default for Reading {
    fn default() -> Self {
        Reading { format: None, max_record_bytes: MAX_RECORD_BYTES }
    }
}

impl Reading {
    /// Reads all inputs as `format`.
    pub fn format(mut self, format: impl Into<Option<Format>>) -> Self {
        self.format = format.into();
        self
    }

    /// Sets [`Reading::max_record_bytes`].
    pub fn max_record_bytes(mut self, bytes: u64) -> Self {
        self.max_record_bytes = bytes;
        self
    }
}

/// An input whose format is known and that gives its bytes decompressed.
pub(crate) struct Opened {
    pub(crate) input: Input,
    pub(crate) format: Format,
    pub(crate) from: Box<dyn BufRead + Send>,
    pub(crate) gauge: Gauge,
    /// True if `from` gives the very bytes of the file.
    pub(crate) is_plain: bool,
}

impl Input {
    /// The file at `path`, called by its file name.
    pub fn path(path: impl Into<PathBuf>) -> Input {
        let path = path.into();
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        Input::Path { path, name }
    }

    /// The name that rejects and article ids carry: the file name, the path within the folder that
    /// it was found in, or `-`.
    pub fn name(&self) -> &str {
        match self {
            Input::Stdin => "-",
            Input::Path { name, .. } | Input::Unreadable { name, .. } => name,
        }
    }

    /// The path, for messages.
    pub(crate) fn shown(&self) -> &Path {
        match self {
            Input::Stdin => Path::new("-"),
            Input::Path { path, .. } => path,
            Input::Unreadable { name, .. } => Path::new(name),
        }
    }

    /// Checks that the input is there and is no directory; its size where that is known.
    pub(crate) fn check(&self) -> Result<Option<u64>, Error> {
        let Input::Path { path, .. } = self else { return Ok(None) };
        match path.metadata() {
            Ok(found) if found.is_dir() => Err(Error::new(ErrorKind::Directory, path)),
            Ok(found) => Ok(found.is_file().then_some(found.len())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(Error::new(ErrorKind::NotFound, path))
            }
            Err(error) => Err(Error::io(ErrorKind::Read, path, error)),
        }
    }

    /// Reads the input's records.
    pub fn read(
        &self,
        reading: &Reading,
    ) -> Result<impl Iterator<Item = Result<Record, Error>> + use<>, Error> {
        self.records(reading)
    }

    pub(crate) fn records(&self, reading: &Reading) -> Result<Records, Error> {
        if let Input::Unreadable { name, problem } = self {
            return Ok(record::unreadable(name, problem));
        }
        record::read(self.open(reading.format)?, reading)
    }

    fn open(&self, format: Option<Format>) -> Result<Opened, Error> {
        self.check()?;
        let file: Box<dyn Read + Send> = match self {
            Input::Stdin => Box::new(io::stdin()),
            Input::Unreadable { .. } => Box::new(io::empty()),
            Input::Path { path, .. } => match File::open(path) {
                Ok(file) => Box::new(file),
                Err(error) => return Err(Error::io(ErrorKind::Read, path, error)),
            },
        };
        let gauge = Gauge::default();
        let from = BufReader::with_capacity(1 << 16, gauge.measure(file));
        let failed = |error| Error::io(ErrorKind::Read, self.shown(), error);
        let (mut from, is_plain) = compression::decompressed(from, &gauge).map_err(failed)?;
        let (format, from) = match format {
            Some(format) => (format, from),
            None => {
                let (head, error) = format::head(&mut from);
                let format = Format::of(self.shown(), &head);
                let rest: Box<dyn Read + Send> = match error {
                    // Damage: whoever reads on meets it where it is.
                    Some(error) if !gauge.failed() => Box::new(format::Failed::with(error)),
                    Some(error) => return Err(failed(error)),
                    None => Box::new(from),
                };
                let rest = io::Cursor::new(head).chain(rest);
                (format, Box::new(BufReader::with_capacity(1 << 16, rest)) as Box<_>)
            }
        };
        let from = if format.has_lines() { format::unicode(from).map_err(failed)? } else { from };
        Ok(Opened { input: self.clone(), format, from, gauge, is_plain })
    }
}

impl Opened {
    pub(crate) fn name(&self) -> &str {
        self.input.name()
    }

    /// What an error of [`Opened::from`] means: the file system failed, which ends the job, or
    /// what the file holds is damaged, which ends only this input.
    pub(crate) fn judge(input: &Input, gauge: &Gauge, error: io::Error) -> Result<Reason, Error> {
        if gauge.failed() {
            return Err(Error::io(ErrorKind::Read, input.shown(), error));
        }
        Ok(Reason::Damaged { problem: error.to_string() })
    }
}

/// Paths in JSON, also those that are not Unicode.
mod any_path {
    use std::ffi::OsString;
    use std::path::{Path, PathBuf};

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Deserialize)]
    #[serde(untagged)]
    enum AnyPath {
        Text(String),
        Other(OsString),
    }

    pub(super) fn serialize<S: Serializer>(path: &Path, to: S) -> Result<S::Ok, S::Error> {
        match path.to_str() {
            Some(text) => text.serialize(to),
            None => path.as_os_str().serialize(to),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<PathBuf, D::Error> {
        Ok(match AnyPath::deserialize(from)? {
            AnyPath::Text(text) => text.into(),
            AnyPath::Other(other) => other.into(),
        })
    }
}
