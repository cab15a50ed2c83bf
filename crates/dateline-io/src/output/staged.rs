//! Files for each article, in a folder.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use dateline::{Analysis, Article};

use super::{Encoder, Part, Sink};
use crate::job::Progressed;
use crate::{Error, ErrorKind, Reason};

/// The number of the stage that is written, among what is noted.
const STAGE: &str = "stage";

/// Writes files to a stage, which joins the others once what it holds is noted; a stage that is
/// not noted is thrown away.
pub(crate) struct Staged<'e> {
    encoder: Box<dyn Encoder + 'e>,
    /// Where the files will be.
    target: PathBuf,
    /// True if the target was there before and its files are not to be replaced.
    keep: bool,
    folder: PathBuf,
    files: PathBuf,
    stage: u64,
}

impl<'e> Staged<'e> {
    /// Files in `folder`, as far as `progressed` says.
    pub(crate) fn open(
        encoder: Box<dyn Encoder + 'e>,
        folder: &Path,
        target: &Path,
        replace: bool,
        progressed: &Progressed,
    ) -> Result<Staged<'e>, Error> {
        let mut staged = Staged {
            encoder,
            target: target.to_owned(),
            keep: target.is_dir() && !replace,
            folder: folder.to_owned(),
            files: folder.join("files"),
            stage: progressed.length(STAGE),
        };
        if progressed.finished && !staged.files.exists() {
            return Ok(staged);
        }
        let opened = fs::create_dir_all(&staged.files).and_then(|()| {
            // The noted stage may have been on its way; what came after it is not noted.
            let _ = fs::remove_dir_all(staged.path(staged.stage + 1));
            staged.join()
        });
        opened.map_err(|error| staged.failed(error))?;
        Ok(staged)
    }

    fn path(&self, stage: u64) -> PathBuf {
        self.folder.join(format!("stage.{stage}"))
    }

    fn failed(&self, error: io::Error) -> Error {
        Error::io(ErrorKind::Write, &self.target, error)
    }

    /// Moves the files of the noted stage to the others, and begins a new one.
    fn join(&mut self) -> io::Result<()> {
        let noted = self.path(self.stage);
        if noted.exists() {
            move_all(&noted, &self.files)?;
        }
        self.stage += 1;
        let _ = fs::remove_dir_all(self.path(self.stage));
        fs::create_dir(self.path(self.stage))
    }

    fn write(&self, files: &[Part]) -> Result<Result<(), Reason>, Error> {
        let stage = self.path(self.stage);
        for (index, file) in files.iter().enumerate() {
            let place = self.target.join(&file.name);
            if self.keep && place.symlink_metadata().is_ok() {
                return Err(Error::new(ErrorKind::Exists, &place));
            }
            let there = || self.files.join(&file.name).symlink_metadata().is_ok();
            let created = File::create_new(stage.join(&file.name)).and_then(|mut to| {
                if there() {
                    return Err(io::ErrorKind::AlreadyExists.into());
                }
                to.write_all(&file.content)
            });
            let Err(error) = created else { continue };
            // The file system knows best which names are one name to it.
            let (reason, made) = match error.kind() {
                io::ErrorKind::AlreadyExists if there() => (same(file), index + 1),
                io::ErrorKind::AlreadyExists => (same(file), index),
                io::ErrorKind::InvalidFilename => (Reason::LongId, index),
                _ => return Err(Error::io(ErrorKind::Write, &place, error)),
            };
            for made in &files[..made] {
                fs::remove_file(stage.join(&made.name)).map_err(|error| self.failed(error))?;
            }
            return Ok(Err(reason));
        }
        Ok(Ok(()))
    }
}

fn same(file: &Part) -> Reason {
    Reason::SameName { name: file.name.clone() }
}

impl Sink for Staged<'_> {
    fn add(&mut self, article: &Article, analysis: &Analysis) -> Result<Result<(), Reason>, Error> {
        let parts = self.encoder.encode(article, analysis).map_err(|error| self.failed(error))?;
        let written = self.write(&parts)?;
        if written.is_ok() {
            self.encoder.accepted();
        }
        Ok(written)
    }

    fn commit(&mut self, progressed: &mut Progressed) -> Result<(), Error> {
        let stage = self.path(self.stage);
        let synced = || -> io::Result<()> {
            for entry in fs::read_dir(&stage)? {
                File::open(entry?.path())?.sync_data()?;
            }
            Ok(())
        };
        synced().map_err(|error| self.failed(error))?;
        progressed.set_length(STAGE, self.stage);
        Ok(())
    }

    fn committed(&mut self) -> Result<(), Error> {
        self.join().map_err(|error| self.failed(error))
    }

    fn place(self: Box<Self>, to: &Path) -> Result<(), Error> {
        move_folder(&self.files, to)
    }
}

/// Moves a folder to its place, or its files into one that is there; a folder that is no more here
/// is there already.
pub(crate) fn move_folder(from: &Path, to: &Path) -> Result<(), Error> {
    let moved = match from.exists() {
        false => Ok(()),
        true if to.is_dir() => move_all(from, to),
        true => fs::rename(from, to),
    };
    moved.map_err(|error| Error::io(ErrorKind::Write, to, error))
}

/// Files moved between two looks at what is left: a listing is not to be relied on while it
/// changes.
const MOVED_AT_A_TIME: usize = 1024;

/// Moves the files of one folder into another one by one: each is whole at any time, and files of
/// other names stay as they are.
pub(super) fn move_all(from: &Path, to: &Path) -> io::Result<()> {
    loop {
        let some = fs::read_dir(from)?.take(MOVED_AT_A_TIME);
        let names: Vec<_> = some.map(|entry| Ok(entry?.file_name())).collect::<io::Result<_>>()?;
        if names.is_empty() {
            return fs::remove_dir(from);
        }
        for name in names {
            fs::rename(from.join(&name), to.join(&name))?;
        }
    }
}
