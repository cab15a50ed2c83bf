//! Folders of files that appear when all of them are written.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::staged::move_all;
use super::with_suffix;
use crate::{Error, ErrorKind, Part, Reason};

/// A folder that files are written to under a temporary place, and moved into when finished;
/// dropped unfinished, it leaves nothing.
///
/// A folder that is not there yet appears at once, by one rename of `FOLDER.partial`. Into one
/// that is there the files are moved one by one from `FOLDER/.partial`: each is whole at any time,
/// and files of other names stay as they are.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    partial: PathBuf,
    /// True if the folder was there before.
    is_old: bool,
    replace: bool,
    finished: bool,
}

impl Folder {
    /// Checks without writing that `path` is a folder or nothing: what [`Folder::create`] does
    /// first.
    pub fn check(path: &Path) -> Result<(), Error> {
        match path.metadata() {
            Ok(found) if !found.is_dir() => Err(Error::new(ErrorKind::NotADirectory, path)),
            _ => Ok(()),
        }
    }

    /// Starts to fill the folder at `path`. Files that are in it already are only replaced if
    /// `replace` is true.
    pub fn create(path: &Path, replace: bool) -> Result<Folder, Error> {
        Folder::check(path)?;
        // Without a slash at the end, which would make `FOLDER/.partial` of `FOLDER/`.
        let path: PathBuf = path.components().collect();
        let is_old = path.is_dir();
        let partial = if is_old { path.join(".partial") } else { with_suffix(&path, ".partial") };
        // A job that was cut off may have left it.
        let created = clear(&partial).and_then(|()| fs::create_dir(&partial));
        created.map_err(|error| Error::io(ErrorKind::Write, &path, error))?;
        Ok(Folder { path, partial, is_old, replace, finished: false })
    }

    /// Writes the files of one article. The reason is given, and nothing written, where their
    /// names can't be used: the article is at fault, not the folder.
    pub fn add(&mut self, files: &[Part]) -> Result<Result<(), Reason>, Error> {
        for file in files {
            let place = self.path.join(&file.name);
            if self.is_old && !self.replace && place.symlink_metadata().is_ok() {
                return Err(Error::new(ErrorKind::Exists, &place));
            }
        }
        for (index, file) in files.iter().enumerate() {
            let created = File::create_new(self.partial.join(&file.name));
            let Err(error) = created.and_then(|mut to| to.write_all(&file.content)) else {
                continue;
            };
            // The file system knows best which names are one name to it.
            let reason = match error.kind() {
                io::ErrorKind::AlreadyExists => Reason::SameName { name: file.name.clone() },
                io::ErrorKind::InvalidFilename => Reason::LongId,
                _ => {
                    let place = self.path.join(&file.name);
                    return Err(Error::io(ErrorKind::Write, &place, error));
                }
            };
            for written in &files[..index] {
                let place = self.partial.join(&written.name);
                fs::remove_file(&place)
                    .map_err(|error| Error::io(ErrorKind::Write, &place, error))?;
            }
            return Ok(Err(reason));
        }
        Ok(Ok(()))
    }

    /// Puts the files in their place.
    pub fn finish(mut self) -> Result<(), Error> {
        let placed = if self.is_old { move_all(&self.partial, &self.path) } else { self.rename() };
        placed.map_err(|error| Error::io(ErrorKind::Write, &self.path, error))?;
        self.finished = true;
        Ok(())
    }

    fn rename(&self) -> io::Result<()> {
        fs::rename(&self.partial, &self.path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !self.finished {
            // Nothing better can be done where even this fails.
            let _ = clear(&self.partial);
        }
    }
}

/// Removes a folder of files, if there is one. A folder in it is not ours, and an error.
fn clear(folder: &Path) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    let files: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    files.iter().try_for_each(fs::remove_file)?;
    fs::remove_dir(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(name: &str, content: &str) -> Part {
        Part { name: name.to_owned(), content: content.into() }
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> =
            entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn appears_only_when_finished() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("out");
        // As a shell completes the name of a folder.
        let mut folder = Folder::create(&path.join(""), false).unwrap();
        folder.add(&[part("a", "1")]).unwrap().unwrap();
        assert_eq!(names(dir.path()), ["out.partial"]);
        drop(folder);
        assert_eq!(names(dir.path()), [""; 0]);
        let mut folder = Folder::create(&path, false).unwrap();
        folder.add(&[part("a", "1"), part("b", "2")]).unwrap().unwrap();
        folder.finish().unwrap();
        assert_eq!(names(dir.path()), ["out"]);
        assert_eq!(names(&path), ["a", "b"]);
    }

    #[test]
    fn adds_to_a_folder_that_is_there() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path();
        fs::write(path.join("a"), "old").unwrap();
        let mut folder = Folder::create(path, false).unwrap();
        let more = 1025;
        for number in 0..more {
            folder.add(&[part(&format!("n{number}"), "new")]).unwrap().unwrap();
        }
        let error = folder.add(&[part("z", "new"), part("a", "new")]).unwrap_err();
        assert_eq!((error.kind(), error.path()), (ErrorKind::Exists, path.join("a").as_path()));
        folder.finish().unwrap();
        assert_eq!(names(path).len(), more + 1);
        let mut folder = Folder::create(path, true).unwrap();
        folder.add(&[part("a", "new")]).unwrap().unwrap();
        assert_eq!(fs::read_to_string(path.join("a")).unwrap(), "old");
        folder.finish().unwrap();
        assert_eq!(fs::read_to_string(path.join("a")).unwrap(), "new");
        assert_eq!(names(path).len(), more + 1);
    }

    #[test]
    fn names_are_used_once() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("out");
        let mut folder = Folder::create(&path, true).unwrap();
        folder.add(&[part("a.ann", "1")]).unwrap().unwrap();
        let reason = folder.add(&[part("a.txt", "2"), part("a.ann", "2")]).unwrap().unwrap_err();
        assert_eq!(reason, Reason::SameName { name: "a.ann".to_owned() });
        let reason = folder.add(&[part(&"x".repeat(300), "3")]).unwrap().unwrap_err();
        assert_eq!(reason, Reason::LongId);
        folder.finish().unwrap();
        assert_eq!(names(&path), ["a.ann"]);
        assert_eq!(fs::read_to_string(path.join("a.ann")).unwrap(), "1");
    }

    #[test]
    fn what_a_job_left_is_cleared_but_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("out");
        let partial = dir.path().join("out.partial");
        fs::create_dir(&partial).unwrap();
        fs::write(partial.join("left"), "").unwrap();
        Folder::create(&path, false).unwrap().finish().unwrap();
        assert_eq!(names(dir.path()), ["out"]);
        fs::remove_dir(&path).unwrap();
        fs::create_dir_all(partial.join("theirs")).unwrap();
        let error = Folder::create(&path, false).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Write);
        assert!(partial.join("theirs").is_dir());
        fs::write(&path, "").unwrap();
        let error = Folder::create(&path, true).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotADirectory);
    }
}
