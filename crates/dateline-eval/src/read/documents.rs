//! Formats with a JSON record per document.

use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use super::json::{Record, Records};
use super::{At, Problem, ReadError, Source, file_name};
use crate::notes::Notes;
use crate::sample::Sample;

/// What a format makes of its records.
pub(crate) trait Form: Send {
    type Record: DeserializeOwned;

    /// The id that the record has.
    fn id(&self, record: &Self::Record) -> Option<String>;

    /// The sample of a record; `None` for one that is left out, which is counted.
    fn sample(
        &self,
        id: String,
        record: Self::Record,
        notes: &mut Notes,
    ) -> Result<Option<Sample>, Problem>;

    /// What is to be known of the format besides its name.
    fn detected(&self) -> Option<String>;
}

/// Reads the documents of a JSON file. Those without an id are named after their position.
pub(crate) struct Documents<F> {
    records: Records,
    form: F,
    notes: Notes,
    path: PathBuf,
    /// Number of the record read last, from 1.
    position: usize,
    line: u64,
    at: Option<At>,
}

impl<F: Form> Documents<F> {
    pub(crate) fn open(path: &Path, form: F) -> Result<Documents<F>, ReadError> {
        let (records, notes) = (Records::open(path)?, Notes::default());
        Ok(Documents {
            records,
            form,
            notes,
            path: path.to_owned(),
            position: 0,
            line: 0,
            at: None,
        })
    }

    fn sample(&mut self, record: Record<F::Record>) -> Result<Option<Sample>, ReadError> {
        let Record { line, offset, value } = record;
        let position = self.position;
        self.line = line;
        self.at = self.records.is_lines().then_some(At { position, line, offset });
        let id = self.form.id(&value);
        let id = id.unwrap_or_else(|| format!("{}#{position}", file_name(&self.path)));
        let sample = self.form.sample(id.clone(), value, &mut self.notes);
        sample.map_err(|problem| ReadError::new(&self.path, problem).line(line).record(&id))
    }
}

impl<F: Form> Source for Documents<F> {
    fn next(&mut self) -> Option<Result<Sample, ReadError>> {
        loop {
            let record = self.records.next()?;
            self.position += 1;
            self.at = None;
            match record.and_then(|record| self.sample(record)).transpose() {
                None => {}
                found => return found,
            }
        }
    }

    fn notes(&self) -> &Notes {
        &self.notes
    }

    fn notes_mut(&mut self) -> &mut Notes {
        &mut self.notes
    }

    fn place(&self) -> (&Path, Option<u64>) {
        (&self.path, Some(self.line))
    }

    fn detected(&self) -> Option<String> {
        self.form.detected()
    }

    fn at(&self) -> Option<At> {
        self.at
    }

    fn seek(&mut self, at: At) -> Result<(), ReadError> {
        self.position = at.position - 1;
        self.records.seek(at.line, at.offset)
    }
}
