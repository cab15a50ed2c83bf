//! What a batch job writes documents to.

mod append;
mod encoder;
mod folder;
mod staged;
mod stream;
mod table;

use std::path::{Path, PathBuf};
use std::{fs, io};

use dateline::{Analysis, Article};

pub(crate) use append::Append;
pub use append::Compression;
pub use encoder::{Encoder, Framing, JsonLines, Layout, Part};
pub use folder::Folder;
pub(crate) use staged::{Staged, move_folder};
pub(crate) use stream::{Stream, move_file};
pub(crate) use table::{CsvTables, ParquetTables};

use crate::job::Progressed;
use crate::{Error, Reason};

/// What a batch job writes to: something in the job's own folder that is put in its place when it
/// is whole. Whatever was written since the last [`Sink::commit`] is taken back when an
/// interrupted job goes on.
pub(crate) trait Sink {
    /// Writes what one article gives; the reason where nothing was written of it.
    fn add(&mut self, article: &Article, analysis: &Analysis) -> Result<Result<(), Reason>, Error>;

    /// Ends a block of articles. Blocks are the same in every run over the same inputs.
    fn end_block(&mut self) -> Result<(), Error> {
        Ok(())
    }

    /// Makes all that was added last, and notes in `progressed` how far that is.
    fn commit(&mut self, progressed: &mut Progressed) -> Result<(), Error>;

    /// What the last commit noted is on disk.
    fn committed(&mut self) -> Result<(), Error> {
        Ok(())
    }

    /// Puts what was written in its place, after the last commit. Done again, by a sink that was
    /// opened again, it changes nothing.
    fn place(self: Box<Self>, to: &Path) -> Result<(), Error>;
}

/// `path` with `suffix` after its whole name, which may end in a slash.
pub(crate) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.components().collect::<PathBuf>().into_os_string();
    name.push(suffix);
    PathBuf::from(name)
}

/// Removes a file, if there is one.
pub(crate) fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}
