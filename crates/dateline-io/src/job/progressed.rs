//! The folder of a job under way, and how far the job is.

use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Summary;
use crate::output::remove_if_there;
use crate::{Error, ErrorKind};

/// How far a job is: what holds of all that was made to last.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Progressed {
    /// What the job reads, and how: another job can't go on with it.
    pub(crate) job: Value,
    /// Where its readers are.
    pub(crate) position: Position,
    /// Lengths of what was written, by name.
    pub(crate) lengths: BTreeMap<String, u64>,
    /// The counts so far.
    pub(crate) summary: Summary,
    /// True if everything was read and written, and is only to be put in its place.
    pub(crate) finished: bool,
}

/// A place between two records of the inputs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Position {
    /// Index of the input.
    pub(crate) input: u64,
    /// Records read of it.
    pub(crate) records: u64,
    /// Records read of all inputs, with those of other shards.
    pub(crate) seen: u64,
    /// Records of this shard.
    pub(crate) taken: u64,
    /// Digest of the last record: the input may have changed since.
    pub(crate) digest: u64,
}

impl Progressed {
    pub(crate) fn length(&self, name: &str) -> u64 {
        self.lengths.get(name).copied().unwrap_or(0)
    }

    pub(crate) fn set_length(&mut self, name: &str, length: u64) {
        self.lengths.insert(name.to_owned(), length);
    }
}

/// The folder in which a job writes until all is whole. One job at a time has it.
pub(crate) struct JobFolder {
    path: PathBuf,
    /// Locked as long as it is open, also by the system's reckoning.
    _lock: File,
}

const STATE: &str = "job.json";

/// What is to be done with the folder of an earlier job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Earlier {
    /// Nothing: it is an error.
    Refuse,
    /// Go on with it.
    Resume,
    /// Remove it.
    Remove,
}

impl JobFolder {
    /// The folder at `path` with how far its job is, which is nowhere in a new one.
    pub(crate) fn open(
        path: &Path,
        job: &Value,
        earlier: Earlier,
    ) -> Result<(JobFolder, Progressed), Error> {
        let failed = |error| Error::io(ErrorKind::Write, path, error);
        if path.exists() && !path.is_dir() {
            return Err(Error::new(ErrorKind::NotADirectory, path));
        }
        let state = path.join(STATE);
        if state.exists() && earlier == Earlier::Refuse {
            return Err(Error::new(ErrorKind::Unfinished, path));
        }
        if !path.is_dir() {
            // Not its parents: a mistyped name is not to be filled for hours.
            fs::create_dir(path).map_err(failed)?;
        }
        let lock = File::create(path.join("lock")).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Error::new(ErrorKind::Locked, path)),
            // A file system without locks.
            Err(TryLockError::Error(_)) => {}
        }
        let folder = JobFolder { path: path.to_owned(), _lock: lock };
        if earlier == Earlier::Resume && state.exists() {
            let text = fs::read(&state).map_err(failed)?;
            let progressed: Progressed = serde_json::from_slice(&text)
                .map_err(|error| Error::io(ErrorKind::Resume, path, error.into()))?;
            if let Some(difference) = difference(&progressed.job, job) {
                return Err(Error::io(ErrorKind::Resume, path, io::Error::other(difference)));
            }
            return Ok((folder, progressed));
        }
        folder.clear().map_err(failed)?;
        let progressed = Progressed { job: job.clone(), ..Progressed::default() };
        folder.note(&progressed)?;
        Ok((folder, progressed))
    }

    /// True if a job has noted there how far it is.
    pub(crate) fn is_at(path: &Path) -> bool {
        path.join(STATE).exists()
    }

    /// Removes what is left at `path` of a job that came to its end.
    pub(crate) fn tidy(path: &Path) -> Result<(), Error> {
        if !path.is_dir() {
            return Ok(());
        }
        let failed = |error| Error::io(ErrorKind::Write, path, error);
        let lock = File::create(path.join("lock")).map_err(failed)?;
        JobFolder { path: path.to_owned(), _lock: lock }.remove()
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Notes how far the job is, in one step: after a fault either this or what was noted before
    /// holds.
    pub(crate) fn note(&self, progressed: &Progressed) -> Result<(), Error> {
        let state = self.path.join(STATE);
        let next = self.path.join("job.json.next");
        let noted = || {
            let mut file = File::create(&next)?;
            serde_json::to_writer(&mut file, progressed)?;
            file.write_all(b"\n")?;
            file.sync_all()?;
            fs::rename(&next, &state)?;
            // So that the new name lasts, where folders can be opened.
            let _ = File::open(&self.path).and_then(|folder| folder.sync_all());
            Ok(())
        };
        noted().map_err(|error: io::Error| Error::io(ErrorKind::Write, &self.path, error))
    }

    /// Removes the folder of a job that is done.
    pub(crate) fn remove(self) -> Result<(), Error> {
        let removed = self.clear().and_then(|()| {
            let _ = fs::remove_file(self.path.join("lock"));
            fs::remove_dir(&self.path)
        });
        removed.map_err(|error| Error::io(ErrorKind::Write, &self.path, error))
    }

    /// Removes what a job writes, and nothing else.
    fn clear(&self) -> io::Result<()> {
        // First: without it the rest is no job.
        for name in [STATE, "job.json.next"] {
            remove_if_there(&self.path.join(name))?;
        }
        for entry in fs::read_dir(&self.path)? {
            let entry = entry?;
            let name = entry.file_name();
            let Some(name) = name.to_str() else { continue };
            let ours = ["out", "rejects", "files"].contains(&name)
                || ["stage.", "table.", "merged."].iter().any(|start| name.starts_with(start));
            match entry.file_type()?.is_dir() {
                _ if !ours => {}
                true => fs::remove_dir_all(entry.path())?,
                false => fs::remove_file(entry.path())?,
            }
        }
        Ok(())
    }
}

/// What differs between two jobs, in words.
fn difference(old: &Value, new: &Value) -> Option<String> {
    if old == new {
        return None;
    }
    let (Some(before), Some(now)) = (old.as_object(), new.as_object()) else {
        return Some("it is another job".to_owned());
    };
    let names = before.keys().chain(now.keys().filter(|name| !before.contains_key(*name)));
    let differing: Vec<String> = names
        .filter(|name| before.get(*name) != now.get(*name))
        .map(|name| {
            let shown = |value: Option<&Value>| value.map_or("none".to_owned(), Value::to_string);
            format!("{name} was {}, now {}", shown(before.get(name)), shown(now.get(name)))
        })
        .collect();
    Some(format!("the job was another one: {}", differing.join("; ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> =
            entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_job_goes_on_only_as_itself() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("out.partial");
        let job = json!({"inputs": 3, "format": "jsonl"});
        let (folder, mut progressed) = JobFolder::open(&path, &job, Earlier::Refuse).unwrap();
        progressed.set_length("out", 7);
        progressed.position.records = 12;
        folder.note(&progressed).unwrap();
        let error = JobFolder::open(&path, &job, Earlier::Resume).err().unwrap();
        assert_eq!(error.kind(), ErrorKind::Locked);
        drop(folder);
        let error = JobFolder::open(&path, &job, Earlier::Refuse).err().unwrap();
        assert_eq!(error.kind(), ErrorKind::Unfinished);
        let other = json!({"inputs": 4, "format": "jsonl"});
        let error = JobFolder::open(&path, &other, Earlier::Resume).err().unwrap();
        assert_eq!(error.kind(), ErrorKind::Resume);
        let cause = std::error::Error::source(&error).unwrap().to_string();
        assert_eq!(cause, "the job was another one: inputs was 3, now 4");
        let (folder, found) = JobFolder::open(&path, &job, Earlier::Resume).unwrap();
        assert_eq!(found, progressed);
        folder.remove().unwrap();
        assert!(names(dir.path()).is_empty());
    }

    #[test]
    fn only_what_a_job_writes_is_removed() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("out.partial");
        fs::create_dir_all(path.join("stage.1")).unwrap();
        fs::write(path.join("out"), "old").unwrap();
        fs::write(path.join("theirs.txt"), "").unwrap();
        let job = json!({});
        let (folder, progressed) = JobFolder::open(&path, &job, Earlier::Refuse).unwrap();
        assert_eq!(progressed.length("out"), 0);
        assert_eq!(names(&path), ["job.json", "lock", "theirs.txt"]);
        assert!(folder.remove().is_err());
        assert_eq!(names(&path), ["theirs.txt"]);
    }
}
