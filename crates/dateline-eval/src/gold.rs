//! Labelled files, one after the other.

use std::collections::{HashSet, VecDeque};
use std::path::PathBuf;

use crate::notes::Notes;
use crate::read::{Problem, ReadError, ReadOptions, Reader};
use crate::sample::Sample;

/// The samples of several files as one stream, with ids that must not repeat.
#[derive(Debug)]
pub struct Gold {
    current: Option<Reader>,
    waiting: VecDeque<PathBuf>,
    options: ReadOptions,
    read_as: Vec<String>,
    seen: HashSet<String>,
    notes: Notes,
}

impl Gold {
    /// Opens all files once, so that a mistyped name or an unknown format shows before any of
    /// them is scored.
    ///
    /// # Errors
    /// A file that is not there, or whose format can't be told.
    pub fn open(paths: &[PathBuf], options: &ReadOptions) -> Result<Gold, ReadError> {
        let mut read_as = Vec::with_capacity(paths.len());
        // The first is read from at once; the others would hold too many files open.
        let mut current = None;
        for path in paths {
            let reader = Reader::open(path, options)?;
            read_as.push(format!("{} ({})", path.display(), reader.detected()));
            current.get_or_insert(reader);
        }
        Ok(Gold {
            current,
            waiting: paths.iter().skip(1).cloned().collect(),
            options: options.clone(),
            read_as,
            seen: HashSet::new(),
            notes: Notes::default(),
        })
    }

    /// Every file with what it is read as.
    pub fn read_as(&self) -> &[String] {
        &self.read_as
    }

    /// What the files read so far hold and a sample cannot.
    pub fn notes(&self) -> Notes {
        let mut notes = self.notes.clone();
        if let Some(reader) = &self.current {
            notes.merge(reader.notes());
        }
        notes
    }

    fn step(&mut self) -> Result<Option<Sample>, ReadError> {
        loop {
            if let Some(reader) = &mut self.current {
                if let Some(sample) = reader.next().transpose()? {
                    if self.seen.insert(sample.id.clone()) {
                        return Ok(Some(sample));
                    }
                    return Err(ReadError::new(
                        reader.path(),
                        Problem::DuplicateId { id: sample.id, first: None },
                    ));
                }
                self.notes.merge(reader.notes());
            }
            let Some(path) = self.waiting.pop_front() else {
                self.current = None;
                return Ok(None);
            };
            self.current = Some(Reader::open(&path, &self.options)?);
        }
    }
}

impl Iterator for Gold {
    type Item = Result<Sample, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        let step = self.step();
        if step.is_err() {
            self.current = None;
            self.waiting.clear();
        }
        step.transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(texts: &[&str]) -> (tempfile::TempDir, Vec<PathBuf>) {
        let dir = tempfile::tempdir().unwrap();
        let paths = texts.iter().enumerate().map(|(index, text)| {
            let path = dir.path().join(format!("{index}.jsonl"));
            std::fs::write(&path, text).unwrap();
            path
        });
        let paths = paths.collect();
        (dir, paths)
    }

    #[test]
    fn files_follow_each_other_and_ids_must_not_repeat() {
        let one = r#"{"schema": "dateline/1", "id": "a", "text": "So.", "entities": []}"#;
        let two = r#"{"schema": "dateline/1", "id": "b", "text": "So.", "entities": []}"#;
        let (_dir, paths) = files(&[one, two]);
        let mut gold = Gold::open(&paths, &ReadOptions::default()).unwrap();
        assert_eq!(gold.read_as().len(), 2);
        let ids: Vec<String> = gold.by_ref().map(|s| s.unwrap().id).collect();
        assert_eq!(ids, ["a", "b"]);
        let (_dir, paths) = files(&[one, one]);
        let mut gold = Gold::open(&paths, &ReadOptions::default()).unwrap();
        assert!(gold.next().unwrap().is_ok());
        let message = gold.next().unwrap().unwrap_err().to_string();
        assert!(message.contains("1.jsonl") && message.contains("\"a\" stands twice"), "{message}");
        assert!(gold.next().is_none());
        assert!(Gold::open(&["none.jsonl".into()], &ReadOptions::default()).is_err());
    }
}
