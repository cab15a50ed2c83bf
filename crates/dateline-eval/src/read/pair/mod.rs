//! Pairs gold with predictions by id.

mod report;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

use dateline::Field;

pub use report::{Named, Pairing};

use super::{At, Problem, ReadError, ReadOptions, Reader, file_name};
use crate::notes::Notes;
use crate::sample::Sample;
use crate::verify::{for_each_span, normalize};

/// Gold with its predictions, in the order of the gold.
///
/// While both files have the same order, one document of each is held. From the first difference
/// on, predictions are looked up: by their place in the file where every record is a line; else the
/// file is read on until they come, and what comes before them is held.
pub struct Pairs<G> {
    gold: G,
    path: PathBuf,
    file: String,
    options: ReadOptions,
    reader: Reader,
    state: State,
    seen: HashSet<String>,
    paired: HashSet<String>,
    report: Pairing,
    detected: String,
    /// Of the prediction found last, unless it was held.
    line: Option<u64>,
    /// Of all predictions, where they are read again.
    notes: Option<Notes>,
    done: bool,
}

enum State {
    /// Nothing but the ids of what was paired is known.
    InOrder,
    /// Every prediction is known by its id.
    Indexed {
        /// Predictions that were not asked for yet, and where they stand if they can be sought.
        places: HashMap<String, Option<At>>,
        /// Those that were passed by.
        held: HashMap<String, Sample>,
    },
}

/// Pairs the samples of `gold` with those of the file at `path`.
pub fn pair<G>(gold: G, path: &Path, options: &ReadOptions) -> Result<Pairs<G::IntoIter>, ReadError>
where
    G: IntoIterator<Item = Result<Sample, ReadError>>,
{
    let options = ReadOptions { text_optional: true, ..options.clone() };
    let reader = Reader::open(path, &options)?;
    Ok(Pairs {
        gold: gold.into_iter(),
        path: path.to_owned(),
        file: file_name(path),
        options,
        detected: reader.detected(),
        reader,
        state: State::InOrder,
        seen: HashSet::new(),
        paired: HashSet::new(),
        report: Pairing::default(),
        notes: None,
        line: None,
        done: false,
    })
}

impl<G: Iterator<Item = Result<Sample, ReadError>>> Pairs<G> {
    /// What was paired and what was not; complete once the iterator is at its end.
    pub fn report(&self) -> &Pairing {
        &self.report
    }

    /// What the file of predictions holds and a sample cannot.
    pub fn notes(&self) -> &Notes {
        self.notes.as_ref().unwrap_or_else(|| self.reader.notes())
    }

    /// What the file of predictions is read as, in words.
    pub fn detected(&self) -> &str {
        &self.detected
    }

    fn step(&mut self) -> Result<Option<(Sample, Option<Sample>)>, ReadError> {
        let Some(gold) = self.gold.next().transpose()? else {
            self.finish()?;
            return Ok(None);
        };
        if !self.seen.insert(gold.id.clone()) {
            let problem = Problem::DuplicateId { id: gold.id, first: None };
            return Err(ReadError::new(Path::new("gold"), problem));
        }
        let Some(mut prediction) = self.find(&gold.id)? else {
            self.report.missing.add(&gold.id);
            return Ok(Some((gold, None)));
        };
        self.report.paired += 1;
        reconcile(&gold, &mut prediction).map_err(|problem| {
            let error = ReadError::new(&self.path, problem).record(&prediction.id);
            match self.line {
                Some(line) => error.line(line),
                None => error,
            }
        })?;
        Ok(Some((gold, Some(prediction))))
    }

    /// The name that a prediction is looked up by: its id, or `#3` where ids are positions.
    fn key<'s>(&self, id: &'s str) -> &'s str {
        match id.strip_prefix(self.file.as_str()) {
            Some(position) if is_position(position) => position,
            _ => id,
        }
    }

    fn find(&mut self, id: &str) -> Result<Option<Sample>, ReadError> {
        let position = id.rfind('#').map(|at| &id[at..]).filter(|at| is_position(at));
        if matches!(self.state, State::InOrder) {
            let Some(next) = self.reader.next().transpose()? else { return Ok(None) };
            self.line = self.reader.line();
            let key = self.key(&next.id);
            if key == id || Some(key) == position {
                self.paired.insert(key.to_owned());
                return Ok(Some(next));
            }
            self.look_ahead(next)?;
        }
        for key in [Some(id), position].into_iter().flatten() {
            let State::Indexed { places, .. } = &mut self.state else { continue };
            let Some(place) = places.remove(key) else { continue };
            let Some(at) = place else {
                self.line = None;
                return self.read_on(key);
            };
            let found = self.reader.read_again(at);
            self.line = self.reader.line();
            return found;
        }
        Ok(None)
    }

    /// Leaves the common order: finds where every other prediction is.
    fn look_ahead(&mut self, pending: Sample) -> Result<(), ReadError> {
        let mut reader = Reader::open(&self.path, &self.options)?;
        let mut places = HashMap::new();
        while let Some(sample) = reader.next().transpose()? {
            let key = self.key(&sample.id).to_owned();
            if places.insert(key, reader.at()).is_some() {
                return Err(self.duplicate(&sample.id));
            }
        }
        places.retain(|key, _| !self.paired.contains(key));
        let mut held = HashMap::new();
        if self.reader.at().is_some() {
            // Every document was read and checked now.
            self.notes = Some(reader.notes().clone());
            self.reader = reader;
        } else {
            held.insert(self.key(&pending.id).to_owned(), pending);
        }
        self.paired = HashSet::new();
        self.state = State::Indexed { places, held };
        Ok(())
    }

    /// Reads on until the prediction comes, unless it was passed by.
    fn read_on(&mut self, key: &str) -> Result<Option<Sample>, ReadError> {
        loop {
            let State::Indexed { held, .. } = &mut self.state else { return Ok(None) };
            if let Some(sample) = held.remove(key) {
                return Ok(Some(sample));
            }
            let Some(next) = self.reader.next().transpose()? else { return Ok(None) };
            let name = self.key(&next.id).to_owned();
            if let State::Indexed { held, .. } = &mut self.state {
                held.insert(name, next);
            }
        }
    }

    fn duplicate(&self, id: &str) -> ReadError {
        let problem = Problem::DuplicateId { id: id.to_owned(), first: None };
        ReadError::new(&self.path, problem)
    }

    /// Counts the predictions that no gold asked for.
    fn finish(&mut self) -> Result<(), ReadError> {
        let mut extra = BTreeSet::new();
        // The rest is read to its end, for its faults and notes, unless all was read before.
        while self.notes.is_none()
            && let Some(sample) = self.reader.next().transpose()?
        {
            if matches!(self.state, State::InOrder) {
                if self.paired.contains(self.key(&sample.id)) {
                    return Err(self.duplicate(&sample.id));
                }
                extra.insert(sample.id);
            }
        }
        if let State::Indexed { places, .. } = &mut self.state {
            extra.extend(places.drain().map(|(key, _)| key));
        }
        extra.iter().for_each(|id| self.report.extra.add(id));
        Ok(())
    }
}

/// True for `#` and digits.
fn is_position(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

/// Makes sure that a prediction is about the text of its gold, and verifies its spans by the gold's
/// text where it has none of its own.
fn reconcile(gold: &Sample, prediction: &mut Sample) -> Result<(), Problem> {
    let Some(text) = gold.text.as_deref() else { return Ok(()) };
    match prediction.text.as_deref() {
        None => normalize(prediction, gold.title.as_deref(), text)?,
        Some(predicted) => same(text, predicted)?,
    }
    let mut in_title = false;
    for_each_span(prediction, &mut |_, at, _| in_title |= at.field == Field::Title);
    if in_title {
        same(gold.title.as_deref().unwrap_or(""), prediction.title.as_deref().unwrap_or(""))?;
    }
    Ok(())
}

fn same(gold: &str, predicted: &str) -> Result<(), Problem> {
    if gold == predicted {
        return Ok(());
    }
    let at = gold.chars().zip(predicted.chars()).take_while(|(a, b)| a == b).count();
    let from = |text: &str| text.chars().skip(at).take(30).collect();
    Err(Problem::OtherText { at, gold: from(gold), predicted: from(predicted) })
}

impl<G: Iterator<Item = Result<Sample, ReadError>>> Iterator for Pairs<G> {
    type Item = Result<(Sample, Option<Sample>), ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let step = self.step();
        self.done = !matches!(step, Ok(Some(_)));
        step.transpose()
    }
}
