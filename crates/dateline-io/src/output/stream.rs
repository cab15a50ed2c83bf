//! One file for all articles.

use std::fs;
use std::path::{Path, PathBuf};

use dateline::{Analysis, Article};

use super::{Append, Compression, Encoder, Framing, Sink};
use crate::job::Progressed;
use crate::{Error, ErrorKind, Reason};

/// The name of the file in the job's folder, and of its length among what is noted.
const OUT: &str = "out";

/// Writes what an [`Encoder`] makes of documents.
pub(crate) struct Stream<'e> {
    encoder: Box<dyn Encoder + 'e>,
    framing: Framing,
    file: Append,
    path: PathBuf,
    written: u64,
}

impl<'e> Stream<'e> {
    /// A file in `folder`, as far as `progressed` says.
    pub(crate) fn open(
        encoder: Box<dyn Encoder + 'e>,
        framing: Framing,
        compression: Compression,
        folder: &Path,
        progressed: &Progressed,
    ) -> Result<Stream<'e>, Error> {
        let path = folder.join(OUT);
        let mut file = Append::open(&path, progressed.length(OUT), compression)?;
        if file.is_empty() {
            file.add(framing.before.as_bytes());
            file.end_block()?;
        }
        Ok(Stream { encoder, framing, file, path, written: progressed.summary.written })
    }
}

impl Sink for Stream<'_> {
    fn add(&mut self, article: &Article, analysis: &Analysis) -> Result<Result<(), Reason>, Error> {
        let parts = self.encoder.encode(article, analysis);
        let parts = parts.map_err(|error| Error::io(ErrorKind::Write, &self.path, error))?;
        if self.written > 0 {
            self.file.add(self.framing.between.as_bytes());
        }
        for part in parts {
            self.file.add(&part.content);
        }
        self.written += 1;
        self.encoder.accepted();
        Ok(Ok(()))
    }

    fn end_block(&mut self) -> Result<(), Error> {
        self.file.end_block()
    }

    fn commit(&mut self, progressed: &mut Progressed) -> Result<(), Error> {
        if progressed.finished {
            self.file.add(self.framing.after.as_bytes());
        }
        progressed.set_length(OUT, self.file.commit()?);
        Ok(())
    }

    fn place(self: Box<Self>, to: &Path) -> Result<(), Error> {
        move_file(&self.path, to)
    }
}

/// Moves a file to its place, unless it is there already and no more here.
pub(crate) fn move_file(from: &Path, to: &Path) -> Result<(), Error> {
    if !from.exists() && to.exists() {
        return Ok(());
    }
    fs::rename(from, to).map_err(|error| Error::io(ErrorKind::Write, to, error))
}
