//! The file that a table is read from, here and there.

use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind::Interrupted, Read, Seek, SeekFrom, Write};
use std::sync::Arc;

use bytes::Bytes;
use parquet::errors::{ParquetError, Result as ParquetResult};
use parquet::file::reader::{ChunkReader, Length};

use crate::source::{Gauge, Measured, Opened};
use crate::{Error, ErrorKind, Input, Reason};

/// A file of known size. Unlike with Parquet's own way of reading files, `reads` knows whether the
/// file or what it holds is at fault, and no memory is asked for what the file can't hold.
#[derive(Clone)]
pub(super) struct Source {
    file: Arc<File>,
    size: u64,
    reads: Gauge,
}

impl Source {
    /// The file of an input; a copy of it where it can't be read out of order. The inner error
    /// says how it is damaged.
    pub(super) fn of(opened: Opened, reads: Gauge) -> Result<Result<Source, String>, Error> {
        let failed = |error| Error::io(ErrorKind::Read, opened.input.shown(), error);
        let regular = match &opened.input {
            Input::Path { path, .. } if opened.is_plain => {
                let file = File::open(path).map_err(failed)?;
                let about = file.metadata().map_err(failed)?;
                about.is_file().then_some((file, about.len()))
            }
            _ => None,
        };
        let (file, size) = match regular {
            Some(found) => found,
            None => match copy(opened)? {
                Ok(copied) => copied,
                Err(problem) => return Ok(Err(problem)),
            },
        };
        Ok(Ok(Source { file: Arc::new(file), size, reads }))
    }

    pub(super) fn size(&self) -> u64 {
        self.size
    }

    fn at(&self, start: u64) -> ParquetResult<Measured<File>> {
        let mut file = self.file.try_clone()?;
        file.seek(SeekFrom::Start(start))?;
        Ok(self.reads.measure(file))
    }
}

impl Length for Source {
    fn len(&self) -> u64 {
        self.size
    }
}

impl ChunkReader for Source {
    type T = BufReader<Measured<File>>;

    fn get_read(&self, start: u64) -> ParquetResult<Self::T> {
        Ok(BufReader::new(self.at(start)?))
    }

    fn get_bytes(&self, start: u64, length: usize) -> ParquetResult<Bytes> {
        if start.checked_add(length as u64).is_none_or(|end| end > self.size) {
            let problem = format!("bytes {start} and {length} more are not in the file");
            return Err(ParquetError::EOF(problem));
        }
        let mut bytes = vec![0; length];
        self.at(start)?.read_exact(&mut bytes)?;
        Ok(bytes.into())
    }
}

/// A copy of what `opened` gives, in a file without a name, which the system removes by itself.
fn copy(opened: Opened) -> Result<Result<(File, u64), String>, Error> {
    let Opened { input, mut from, gauge, .. } = opened;
    let failed = |error| Error::io(ErrorKind::Write, &std::env::temp_dir(), error);
    let mut copy = tempfile::tempfile().map_err(failed)?;
    let mut size = 0;
    loop {
        let bytes = match from.fill_buf() {
            Ok([]) => return Ok(Ok((copy, size))),
            Ok(bytes) => bytes,
            Err(error) if error.kind() == Interrupted => continue,
            Err(error) => match Opened::judge(&input, &gauge, error)? {
                Reason::Damaged { problem } => return Ok(Err(problem)),
                reason => return Ok(Err(reason.to_string())),
            },
        };
        copy.write_all(bytes).map_err(failed)?;
        size += bytes.len() as u64;
        let read = bytes.len();
        from.consume(read);
    }
}
