//! brat standoff: `.txt` with the text, `.ann` beside it.
//!
//! Offsets count code points of the text as it stands. A text-bound annotation (`T`) that is the
//! trigger of an event (`E`) is an event; one of type `TIMEX3` is a time expression (type in the
//! attribute `Type`, value in its note, as Dateline writes them); all others are entities.
//! Coreference is read from `Equiv` and from relations of that meaning.

mod build;
mod lines;

use std::path::{Path, PathBuf};

use dateline::OffsetUnit;
use lines::{Document, TIME};

pub(crate) use lines::is_line_end;

use super::lines::Lines;
use super::{Format, Problem, ReadError, ReadOptions, Source, files};
use crate::axis::FieldMaps;
use crate::notes::Notes;
use crate::sample::Sample;

/// Reads brat documents.
pub(crate) struct Brat {
    files: std::vec::IntoIter<PathBuf>,
    /// The file read last.
    path: PathBuf,
    unit: OffsetUnit,
    layers: Layers,
    notes: Notes,
}

/// What is annotated anywhere in the files, and so everywhere.
#[derive(Default)]
struct Layers {
    times: bool,
    events: bool,
    negation: bool,
    speculation: bool,
}

impl Brat {
    pub(crate) fn open(path: &Path, options: &ReadOptions) -> Result<Brat, ReadError> {
        let path = if path.is_file() { path.with_extension("ann") } else { path.to_owned() };
        let files = files::list(&path, "ann")?;
        let (mut layers, mut notes) = (Layers::default(), Notes::default());
        for file in &files {
            layers.look(file)?;
        }
        if path.is_dir() {
            let texts = files::list(&path, "txt").unwrap_or_default();
            let bare = texts.iter().filter(|text| !text.with_extension("ann").is_file());
            notes.count("text without .ann, left out", bare.count());
        }
        let unit = options.unit.or(Format::Brat.unit()).unwrap_or_default();
        Ok(Brat { files: files.into_iter(), path: path.to_owned(), unit, layers, notes })
    }

    fn read(&mut self, path: &Path) -> Result<Sample, ReadError> {
        let beside = path.with_extension("txt");
        if !beside.is_file() {
            let problem = format!("its text {} is missing; put it beside", beside.display());
            return Err(ReadError::new(path, Problem::Record(problem)));
        }
        let text = files::read(&beside)?;
        let maps = FieldMaps::new(None, &text);
        let mut document = Document { unit: self.unit, ..Document::default() };
        let mut lines = Lines::open(path)?;
        while let Some(line) = lines.next()? {
            let read = document.line(line, &maps, &mut self.notes);
            read.map_err(|problem| lines.fault(problem))?;
        }
        let mut sample = Sample::new(files::stem(path), text.clone(), OffsetUnit::Codepoint);
        let outcome = document.finish(&self.layers, &mut self.notes);
        outcome
            .and_then(|items| items.build(&mut sample, &mut self.notes))
            .map_err(|problem| ReadError::new(path, problem))?;
        Ok(sample)
    }
}

impl Layers {
    fn look(&mut self, path: &Path) -> Result<(), ReadError> {
        let mut lines = Lines::open(path)?;
        while let Some(line) = lines.next()? {
            let kind = line.split('\t').nth(1).and_then(|rest| rest.split(' ').next());
            match (line.as_bytes().first(), kind) {
                (Some(b'E'), _) => self.events = true,
                (Some(b'T'), Some(TIME)) => self.times = true,
                (Some(b'A' | b'M'), Some("Negation")) => self.negation = true,
                (Some(b'A' | b'M'), Some("Speculation")) => self.speculation = true,
                _ => {}
            }
        }
        Ok(())
    }
}

impl Source for Brat {
    fn next(&mut self) -> Option<Result<Sample, ReadError>> {
        self.path = self.files.next()?;
        let path = self.path.clone();
        Some(self.read(&path))
    }

    fn notes(&self) -> &Notes {
        &self.notes
    }

    fn notes_mut(&mut self) -> &mut Notes {
        &mut self.notes
    }

    fn place(&self) -> (&Path, Option<u64>) {
        (&self.path, None)
    }

    fn detected(&self) -> Option<String> {
        let events = if self.layers.events { ", with events" } else { "" };
        Some(format!("offsets in {}s{events}", self.unit.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::open;

    fn read(text: &str, annotations: &str) -> Result<(Sample, Notes), String> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("d1.txt"), text).unwrap();
        std::fs::write(folder.path().join("d1.ann"), annotations).unwrap();
        let mut reader = open(folder.path(), None).unwrap();
        let sample = reader.next().unwrap().map_err(|error| error.to_string())?;
        Ok((sample, reader.notes().clone()))
    }

    const TEXT: &str = "Ann 😀 did not\nmeet the envoy on Monday. She left.";

    #[test]
    fn events_clusters_times_and_attributes() {
        let annotations = "T1\tPerson 0 3\tAnn\nT2\tMeet 8 18;22 23\tid not mee \n\
            T3\tPerson 24 29\tenvoy\n";
        assert!(read(TEXT, annotations).unwrap_err().contains("d1.ann:2"));
        let annotations = "T1\tPerson 0 3\tAnn\nT2\tMeet 14 18\tmeet\nE1\tMeet:T2 Who:T1 Who2:T3 When:T4\n\
            T3\tPerson 23 28\tenvoy\nT4\tTIMEX3 32 38\tMonday\t\nT5\tPerson 40 43\tShe\nT6\tLeave 44 48\tleft\n\
            E2\tLeave:T6 Why:T2\n*\tEquiv T1 T5\nA1\tNegation E1\nA2\tType T4 DATE\nA3\tSpecies T1\n\
            #1\tAnnotatorNotes T4\t2024-07-22\n#2\tAnnotatorNotes T1\thm\nR1\tSees Arg1:T1 Arg2:T3\n\
            T7\tPhrase 6 13;19 22\tdid not the\nT8\tPhrase 10 18\tnot meet\nT9\tPhrase 10 13;14 18\tnot meet\n";
        let (sample, notes) = read(TEXT, annotations).unwrap();
        let entities = sample.entities.unwrap();
        assert_eq!(entities[0].mentions.len(), 2);
        assert_eq!(
            entities.iter().map(|e| e.kind.as_str()).collect::<Vec<_>>(),
            ["Person", "Person", "Phrase", "Phrase", "Phrase"]
        );
        assert_eq!(entities[3].mentions[0].location.text, "not\nmeet");
        assert_eq!(entities[4].mentions[0].location, entities[3].mentions[0].location);
        let events = sample.events.unwrap();
        let roles: Vec<_> = events[0]
            .roles
            .iter()
            .map(|r| (r.role.as_str(), r.entity.as_deref(), r.time.as_deref()))
            .collect();
        assert_eq!(
            roles,
            [("Who", Some("T1"), None), ("Who", Some("T3"), None), ("When", None, Some("T4"))]
        );
        assert_eq!(events[1].roles[0].event.as_deref(), Some("E1"));
        let polarity = |event: usize| events[event].factuality.as_ref().unwrap().polarity.clone();
        assert_eq!(
            (polarity(0).as_deref(), polarity(1).as_deref()),
            (Some("negative"), Some("positive"))
        );
        let time = &sample.times.unwrap()[0];
        assert_eq!((time.kind.as_str(), time.value.as_deref()), ("DATE", Some("2024-07-22")));
        let counted: Vec<_> = notes.iter().collect();
        assert_eq!(
            counted,
            [
                ("annotator's note", 1),
                ("attribute Species", 1),
                ("discontinuous span, read as the span that covers it", 1),
                ("entity mention that overlaps another", 1),
                ("entity mention that stands twice", 1),
                ("relation Sees", 1),
            ]
        );
    }

    #[test]
    fn faults_name_row_and_both_strings() {
        let cases = [
            (
                "T1\tPerson 1 4\tAnn\n",
                "d1.ann:1: span 1..4 of the text is \"nn \", the file says \"Ann\"; offsets shifted by 1?",
            ),
            (
                "T1\tPerson 0 3\tAnn\nT2\tPerson 90 93\tBob\n",
                "d1.ann:2: span 90..93 (\"Bob\") does not lie in the text, which has 49 code points",
            ),
            (
                "T1\tPerson 0 3\n",
                "d1.ann:1: expected T with a type, start and end, a tab, the text, found",
            ),
            (
                "T1\tPerson x 3\tAnn\n",
                "d1.ann:1: expected T with a type, start and end, a tab, the text, found",
            ),
            ("E1\tMeet:T9\n", "E1 refers to \"T9\", which the document does not define"),
            ("T1\tPerson 0 3\tAnn\nR1\tSees Arg1:T1 Arg2:T8\n", "Sees refers to \"T8\""),
            ("Hello\n", "d1.ann:1: expected an id, a tab, an annotation, found \"Hello\""),
        ];
        for (annotations, expected) in cases {
            let message = read(TEXT, annotations).unwrap_err();
            assert!(message.contains(expected), "{message}");
        }
    }
}
