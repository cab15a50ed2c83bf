//! Files that only grow, in blocks, and can be cut back to where they were.

use std::fs::{File, OpenOptions};
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::{Error, ErrorKind};

/// How a file is compressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Compression {
    /// Not at all.
    #[default]
    None,
    /// gzip (RFC 1952), one member a block.
    Gzip,
    /// Zstandard (RFC 8878), one frame a block.
    Zstd,
}

impl Compression {
    /// By the last extension of a file name: `.gz`, `.zst`.
    pub fn by_name(path: &Path) -> Compression {
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("gz") => Compression::Gzip,
            Some("zst" | "zstd") => Compression::Zstd,
            _ => Compression::None,
        }
    }

    /// The level that each is at its best with for text that is written once and read often.
    fn compress(self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        match self {
            Compression::None => Ok(bytes.to_vec()),
            Compression::Gzip => {
                let level = flate2::Compression::new(6);
                let mut to = flate2::write::GzEncoder::new(Vec::new(), level);
                to.write_all(bytes)?;
                to.finish()
            }
            Compression::Zstd => zstd::encode_all(bytes, 3),
        }
    }
}

/// A file in the folder of a job. Members and frames that follow each other are one file to every
/// reader, so a file may end after any block.
pub(crate) struct Append {
    path: PathBuf,
    file: File,
    compression: Compression,
    /// The block that is being written.
    block: Vec<u8>,
    /// Length of the file without it.
    length: u64,
}

impl Append {
    /// Opens the file at `path`, cut to `length` bytes; a file that is not there is created.
    pub(crate) fn open(
        path: &Path,
        length: u64,
        compression: Compression,
    ) -> Result<Append, Error> {
        let opened = || {
            let mut options = OpenOptions::new();
            let mut file = options.create(true).write(true).truncate(false).open(path)?;
            if file.metadata()?.len() < length {
                return Err(io::Error::other("it is shorter than the job left it"));
            }
            file.set_len(length)?;
            file.seek(SeekFrom::Start(length))?;
            Ok(file)
        };
        let file = opened().map_err(|error| Error::io(ErrorKind::Write, path, error))?;
        Ok(Append { path: path.to_owned(), file, compression, block: Vec::new(), length })
    }

    /// Adds `bytes` to the block.
    pub(crate) fn add(&mut self, bytes: &[u8]) {
        self.block.extend_from_slice(bytes);
    }

    /// Adds `record` as JSON and a line end to the block.
    pub(crate) fn line(&mut self, record: &impl Serialize) -> Result<(), Error> {
        let written = serde_json::to_writer(&mut self.block, record);
        written.map_err(|error| Error::io(ErrorKind::Write, &self.path, error.into()))?;
        self.block.push(b'\n');
        Ok(())
    }

    /// Writes the block.
    pub(crate) fn end_block(&mut self) -> Result<(), Error> {
        if self.block.is_empty() {
            return Ok(());
        }
        let written = match self.compression {
            Compression::None => self.file.write_all(&self.block).map(|()| self.block.len()),
            _ => self.compression.compress(&self.block).and_then(|bytes| {
                self.file.write_all(&bytes)?;
                Ok(bytes.len())
            }),
        };
        let written = written.map_err(|error| Error::io(ErrorKind::Write, &self.path, error))?;
        self.length += written as u64;
        self.block.clear();
        Ok(())
    }

    /// Makes the file last, and tells its length.
    pub(crate) fn commit(&mut self) -> Result<u64, Error> {
        self.end_block()?;
        let synced = self.file.sync_data();
        synced.map_err(|error| Error::io(ErrorKind::Write, &self.path, error))?;
        Ok(self.length)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.length == 0 && self.block.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::io::Read as _;

    #[test]
    fn what_was_not_committed_is_cut_off() {
        for compression in [Compression::None, Compression::Gzip, Compression::Zstd] {
            let dir = tempfile::tempdir().unwrap();
            let path = dir.path().join("out");
            let mut file = Append::open(&path, 0, compression).unwrap();
            file.add(b"rain\n");
            let length = file.commit().unwrap();
            file.add(b"lost\n");
            file.end_block().unwrap();
            drop(file);
            let mut file = Append::open(&path, length, compression).unwrap();
            file.line(&"sun").unwrap();
            let longer = file.commit().unwrap();
            drop(file);
            let bytes = fs::read(&path).unwrap();
            assert_eq!(bytes.len() as u64, longer);
            let mut text = String::new();
            match compression {
                Compression::None => text = String::from_utf8(bytes).unwrap(),
                Compression::Gzip => {
                    let mut from = flate2::read::MultiGzDecoder::new(&bytes[..]);
                    from.read_to_string(&mut text).unwrap();
                }
                Compression::Zstd => {
                    text = String::from_utf8(zstd::decode_all(&bytes[..]).unwrap()).unwrap();
                }
            }
            assert_eq!(text, "rain\n\"sun\"\n");
            assert!(Append::open(&path, longer + 1, compression).is_err());
        }
    }
}
