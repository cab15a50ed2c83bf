//! Output files that exist only when they are whole.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::{Error, ErrorKind};

/// A file that is written under a temporary name beside its place and renamed when
/// finished; dropped unfinished, it leaves nothing.
pub(crate) struct Output {
    path: PathBuf,
    partial: PathBuf,
    to: Option<BufWriter<File>>,
}

impl Output {
    pub(crate) fn create(path: &Path) -> Result<Output, Error> {
        let partial = with_suffix(path, ".partial");
        let file = File::create(&partial);
        let file = file.map_err(|error| Error::io(ErrorKind::Write, path, error))?;
        let to = Some(BufWriter::with_capacity(1 << 16, file));
        Ok(Output { path: path.to_owned(), partial, to })
    }

    /// Appends `bytes`.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let Some(to) = &mut self.to else { return Ok(()) };
        to.write_all(bytes).map_err(|error| Error::io(ErrorKind::Write, &self.path, error))
    }

    /// Appends `record` as JSON and a line end.
    pub(crate) fn line(&mut self, record: &impl Serialize) -> Result<(), Error> {
        let Some(to) = &mut self.to else { return Ok(()) };
        let written = serde_json::to_writer(&mut *to, record).map_err(std::io::Error::from);
        let written = written.and_then(|()| to.write_all(b"\n"));
        written.map_err(|error| Error::io(ErrorKind::Write, &self.path, error))
    }

    /// Puts the whole file in its place.
    pub(crate) fn finish(mut self) -> Result<(), Error> {
        let Some(to) = self.to.take() else { return Ok(()) };
        let file = to.into_inner().map_err(|error| error.into_error());
        let placed = file.and_then(|file| file.sync_all());
        let placed = placed.and_then(|()| fs::rename(&self.partial, &self.path));
        placed.map_err(|error| {
            let _ = fs::remove_file(&self.partial);
            Error::io(ErrorKind::Write, &self.path, error)
        })
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if self.to.take().is_some() {
            // Nothing better can be done where even this fails.
            let _ = fs::remove_file(&self.partial);
        }
    }
}

/// `path` with `suffix` after its whole name.
pub(crate) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn appears_only_when_whole() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("out.jsonl");
        let mut output = Output::create(&path).unwrap();
        output.line(&1).unwrap();
        assert!(!path.exists());
        drop(output);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
        let mut output = Output::create(&path).unwrap();
        output.line(&"a").unwrap();
        output.finish().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "\"a\"\n");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }
}
