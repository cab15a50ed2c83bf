//! Lines of a text file with their numbers; one is held at a time.

use std::fs::File;
use std::io::{BufRead, BufReader, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::{Problem, ReadError};

const BOM: &str = "\u{FEFF}";

/// Reads lines of UTF-8, without their line ends.
pub(crate) struct Lines {
    path: PathBuf,
    from: BufReader<File>,
    buffer: Vec<u8>,
    /// Of the line read last, from 1.
    pub(crate) number: u64,
    /// Of the first byte of the line read last.
    pub(crate) offset: u64,
    next: u64,
}

impl Lines {
    pub(crate) fn open(path: &Path) -> Result<Lines, ReadError> {
        let file = File::open(path).map_err(|error| ReadError::new(path, error))?;
        let from = BufReader::with_capacity(1 << 16, file);
        let buffer = Vec::new();
        Ok(Lines { path: path.to_owned(), from, buffer, number: 0, offset: 0, next: 0 })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The next line; `None` at the end of the file.
    pub(crate) fn next(&mut self) -> Result<Option<&str>, ReadError> {
        self.buffer.clear();
        let taken = self.from.read_until(b'\n', &mut self.buffer);
        let taken = taken.map_err(|error| self.fault(error))?;
        if taken == 0 {
            return Ok(None);
        }
        self.number += 1;
        self.offset = self.next;
        self.next += taken as u64;
        let line = match std::str::from_utf8(&self.buffer) {
            Ok(line) => line,
            Err(error) => return Err(self.fault(Problem::Utf8(error.valid_up_to() + 1))),
        };
        let line = line.strip_suffix('\n').unwrap_or(line);
        let line = line.strip_suffix('\r').unwrap_or(line);
        Ok(Some(if self.number == 1 { line.strip_prefix(BOM).unwrap_or(line) } else { line }))
    }

    /// Makes the line `number`, which begins at byte `offset`, the next one.
    pub(crate) fn seek(&mut self, number: u64, offset: u64) -> Result<(), ReadError> {
        let sought = self.from.seek(SeekFrom::Start(offset));
        sought.map_err(|error| self.fault(error))?;
        self.number = number - 1;
        self.next = offset;
        Ok(())
    }

    /// An error at the line read last.
    pub(crate) fn fault(&self, problem: impl Into<Problem>) -> ReadError {
        ReadError::new(&self.path, problem).line(self.number)
    }
}
