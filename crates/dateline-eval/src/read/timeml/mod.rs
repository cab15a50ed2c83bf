//! TimeML 1.2 (`.tml`): text with inline TIMEX3 and EVENT elements, and MAKEINSTANCE after it.
//!
//! The text of a sample is the content of `TEXT`, to the character; the document creation time is
//! its publication date. The class of an event is its type; polarity, tense and modality of its
//! first instance become factuality as far as they say so plainly.

mod document;
mod instance;

use std::path::{Path, PathBuf};

use document::Document;
use quick_xml::events::Event as Xml;

use super::{Problem, ReadError, Source, files};
use crate::notes::Notes;
use crate::sample::Sample;

/// Reads TimeML documents.
pub(crate) struct Timeml {
    files: std::vec::IntoIter<PathBuf>,
    /// The file read last.
    path: PathBuf,
    notes: Notes,
}

impl Timeml {
    pub(crate) fn open(path: &Path) -> Result<Timeml, ReadError> {
        let files = files::list(path, "tml")?;
        Ok(Timeml { files: files.into_iter(), path: path.to_owned(), notes: Notes::default() })
    }

    fn read(&mut self, path: &Path) -> Result<Sample, ReadError> {
        let content = files::read(path)?;
        let mut reader = quick_xml::Reader::from_str(&content);
        let mut document = Document::default();
        loop {
            let event = reader.read_event().map_err(|error| Problem::Xml(error.to_string()));
            let done = matches!(event, Ok(Xml::Eof));
            let read = event.and_then(|event| document.event(event, &mut self.notes));
            if let Err(problem) = read {
                let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
                let before = &content.as_bytes()[..at.min(content.len())];
                let line = before.iter().filter(|&&byte| byte == b'\n').count() as u64 + 1;
                return Err(ReadError::new(path, problem).line(line));
            }
            if done {
                if let Some(open) = document.path.pop() {
                    let problem = Problem::Xml(format!("the file ends within {open}"));
                    return Err(ReadError::new(path, problem));
                }
                break;
            }
        }
        let sample = document.finish(files::stem(path), &mut self.notes);
        sample.map_err(|problem| ReadError::new(path, problem))
    }
}

impl Source for Timeml {
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
        Some("text of the TEXT element".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Format, open};
    use crate::sample::Factuality;

    fn read(content: &str) -> Result<(Sample, Notes), String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("d1.tml");
        std::fs::write(&path, content).unwrap();
        let mut reader = open(&path, Some(Format::Timeml)).unwrap();
        let sample = reader.next().unwrap().map_err(|error| error.to_string())?;
        Ok((sample, reader.notes().clone()))
    }

    const HEAD: &str = "<?xml version=\"1.0\"?>\n<TimeML>\n<DOCID>n-1</DOCID>\n<DCT><TIMEX3 tid=\"t0\" \
        type=\"DATE\" value=\"2024-07-23\">July 23</TIMEX3></DCT>\n<TITLE>Talks</TITLE>\n";

    #[test]
    fn inline_elements_become_offsets() {
        let content = format!(
            "{HEAD}<TEXT>\nA&amp;B &#128512; <EVENT eid=\"e1\" class=\"OCCURRENCE\">met</EVENT> \
             <TIMEX3 tid=\"t1\" type=\"DATE\" value=\"2024-07-22\" mod=\"START\">last \
             <EVENT eid=\"e2\" class=\"STATE\">Monday</EVENT></TIMEX3> <SIGNAL sid=\"s1\">in</SIGNAL> \
             Oslo.</TEXT>\n<MAKEINSTANCE eventID=\"e1\" eiid=\"ei1\" tense=\"FUTURE\" polarity=\"NEG\" \
             pos=\"VERB\" modality=\"MAY\"/>\n<MAKEINSTANCE eventID=\"e1\" eiid=\"ei2\" polarity=\"POS\"/>\n\
             <MAKEINSTANCE eventID=\"e2\" eiid=\"ei3\" modality=\"should\"/><TLINK lid=\"l1\"/></TimeML>\n"
        );
        let (sample, notes) = read(&content).unwrap();
        assert_eq!(sample.text.as_deref(), Some("\nA&B 😀 met last Monday in Oslo."));
        assert_eq!(
            (sample.id.as_str(), sample.published.unwrap().value.as_str()),
            ("n-1", "2024-07-23")
        );
        let times = sample.times.unwrap();
        let at = &times[0].location;
        assert_eq!(
            (times.len(), at.text.as_str(), at.at.start, at.at.end),
            (1, "last Monday", 11, 22)
        );
        assert_eq!(times[0].modifier.as_deref(), Some("START"));
        let events = sample.events.unwrap();
        assert_eq!(events[0].kind, "OCCURRENCE");
        assert_eq!(events[1].mentions[0].location.text, "Monday");
        let facts = Factuality {
            status: None,
            polarity: Some("negative".to_owned()),
            certainty: Some("possible".to_owned()),
            future: Some(true),
        };
        assert_eq!(events[0].mentions[0].factuality, Some(facts));
        assert_eq!(events[0].mentions[0].pos.as_deref(), Some("verb"));
        assert_eq!(sample.entities, None);
        assert_eq!(
            notes.to_string(),
            "1 × element SIGNAL; 1 × element TITLE; 1 × element TLINK; 1 × further instance of an \
             event; 1 × modality should"
        );
    }

    #[test]
    fn faults_are_named() {
        let cases = [
            (format!("{HEAD}<TEXT>A <EVENT>b</TEXT></TimeML>"), "d1.tml:6: not well-formed XML: "),
            (
                format!("{HEAD}<TEXT>A &nbsp; b</TEXT></TimeML>"),
                "d1.tml:6: not well-formed XML: unknown entity &nbsp;",
            ),
            (format!("{HEAD}</TimeML>"), "d1.tml: no TEXT element"),
            (format!("{HEAD}<TEXT>A</TEXT>"), "TimeML"),
        ];
        for (content, expected) in cases {
            let message = read(&content).unwrap_err();
            assert!(message.contains(expected), "{message}");
        }
    }
}
