use std::path::{Path, PathBuf};
use std::{fmt, io};

/// Why an input could not be read or an output not be written: trouble with a file as a whole,
/// not with one record.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    path: PathBuf,
    source: Option<io::Error>,
}

/// What went wrong with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// There is no such input.
    NotFound,
    /// The input or the output file is a directory.
    Directory,
    /// The output folder is a file.
    NotADirectory,
    /// The input could not be read.
    Read,
    /// The list of inputs could not be kept in the folder of temporary files.
    List,
    /// The output exists and was not to be replaced.
    Exists,
    /// The output is also an input.
    OutputIsInput,
    /// The output could not be written.
    Write,
    /// An earlier job left the output unfinished.
    Unfinished,
    /// Another job writes the output at this moment.
    Locked,
    /// The job that left the output unfinished was not this one.
    Resume,
    /// The input is not what it was when the job was interrupted.
    Changed,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, path: &Path) -> Self {
        Error { kind, path: path.to_owned(), source: None }
    }

    pub(crate) fn io(kind: ErrorKind, path: &Path, source: io::Error) -> Self {
        Error { kind, path: path.to_owned(), source: Some(source) }
    }

    /// What went wrong.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The file at fault.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        match self.kind {
            ErrorKind::NotFound => write!(f, "{path}: no such file"),
            ErrorKind::Directory => write!(f, "{path}: is a directory; name the files in it"),
            ErrorKind::NotADirectory => {
                write!(f, "{path}: is a file; name a folder for the files of each article")
            }
            ErrorKind::Read => write!(f, "{path}: cannot be read"),
            ErrorKind::List => {
                write!(
                    f,
                    "{path}: cannot keep the list of inputs there; set TMPDIR to another folder"
                )
            }
            ErrorKind::Exists => write!(f, "{path}: exists already"),
            ErrorKind::OutputIsInput => {
                write!(f, "{path}: is both input and output; choose another output")
            }
            ErrorKind::Write => write!(f, "{path}: cannot be written"),
            ErrorKind::Unfinished => write!(f, "{path}: an earlier job was not finished"),
            ErrorKind::Locked => write!(f, "{path}: another job is writing it now"),
            ErrorKind::Resume => write!(f, "{path}: cannot go on with this job"),
            ErrorKind::Changed => write!(
                f,
                "{path}: has changed since the job was interrupted; start it again from the \
                 beginning"
            ),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}
