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
/// on, predictions are looked up: by their place in the file where every record is a line, else in
/// memory.
pub struct Pairs<G> {
    gold: G,
    path: PathBuf,
    file: String,
    options: ReadOptions,
    state: State,
    seen: HashSet<String>,
    paired: HashSet<String>,
    report: Pairing,
    notes: Notes,
    detected: String,
    done: bool,
}

enum State {
    InOrder { reader: Reader },
    Indexed { reader: Reader, places: HashMap<String, At> },
    Held { samples: HashMap<String, Sample> },
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
        state: State::InOrder { reader },
        seen: HashSet::new(),
        paired: HashSet::new(),
        report: Pairing::default(),
        notes: Notes::default(),
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
        match &self.state {
            State::InOrder { reader } => reader.notes(),
            _ => &self.notes,
        }
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
            let problem = Problem::DuplicateId { id: gold.id };
            return Err(ReadError::new(Path::new("gold"), problem));
        }
        let Some(mut prediction) = self.find(&gold.id)? else {
            self.report.missing.add(&gold.id);
            return Ok(Some((gold, None)));
        };
        self.report.paired += 1;
        reconcile(&gold, &mut prediction)
            .map_err(|problem| ReadError::new(&self.path, problem).record(&prediction.id))?;
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
        if let State::InOrder { reader } = &mut self.state {
            let Some(next) = reader.next().transpose()? else { return Ok(None) };
            let key = self.key(&next.id);
            if key == id || Some(key) == position {
                self.paired.insert(key.to_owned());
                return Ok(Some(next));
            }
            self.look_ahead(next)?;
        }
        for key in [Some(id), position].into_iter().flatten() {
            let found = match &mut self.state {
                State::InOrder { .. } => None,
                State::Held { samples } => samples.remove(key),
                State::Indexed { reader, places } => match places.remove(key) {
                    None => None,
                    Some(at) => {
                        reader.source.seek(at)?;
                        reader.next().transpose()?
                    }
                },
            };
            if found.is_some() {
                self.paired.insert(key.to_owned());
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// Leaves the common order: finds where every other prediction is.
    fn look_ahead(&mut self, pending: Sample) -> Result<(), ReadError> {
        let mut reader = Reader::open(&self.path, &self.options)?;
        let first = reader.next().transpose()?;
        if first.is_some() && reader.source.at().is_some() {
            let mut places = HashMap::new();
            let mut next = first;
            while let Some(sample) = next {
                let key = self.key(&sample.id).to_owned();
                if let Some(at) = reader.source.at()
                    && places.insert(key.clone(), at).is_some()
                {
                    return Err(self.duplicate(&key));
                }
                next = reader.next().transpose()?;
            }
            places.retain(|key, _| !self.paired.contains(key));
            self.notes = reader.notes().clone();
            self.state = State::Indexed { reader, places };
            return Ok(());
        }
        let State::InOrder { reader } = &mut self.state else { return Ok(()) };
        let mut rest = vec![pending];
        for sample in reader.by_ref() {
            rest.push(sample?);
        }
        self.notes = reader.notes().clone();
        let mut samples = HashMap::new();
        for sample in rest {
            let key = self.key(&sample.id).to_owned();
            if self.paired.contains(&key) || samples.insert(key.clone(), sample).is_some() {
                return Err(self.duplicate(&key));
            }
        }
        self.state = State::Held { samples };
        Ok(())
    }

    fn duplicate(&self, id: &str) -> ReadError {
        ReadError::new(&self.path, Problem::DuplicateId { id: id.to_owned() })
    }

    /// Counts the predictions that no gold asked for.
    fn finish(&mut self) -> Result<(), ReadError> {
        let mut extra = BTreeSet::new();
        match &mut self.state {
            State::InOrder { reader } => {
                let mut rest = Vec::new();
                for sample in reader.by_ref() {
                    rest.push(sample?.id);
                }
                for id in rest {
                    let key = self.key(&id);
                    if self.paired.contains(key) || extra.contains(&id) {
                        return Err(self.duplicate(&id));
                    }
                    extra.insert(id);
                }
            }
            State::Indexed { places, .. } => extra.extend(places.drain().map(|(key, _)| key)),
            State::Held { samples } => extra.extend(samples.drain().map(|(_, s)| s.id)),
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
