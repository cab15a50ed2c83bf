//! TimeML 1.2 (`.tml`): text with inline TIMEX3 and EVENT elements, and MAKEINSTANCE after it.
//!
//! The text of a sample is the content of `TEXT`, to the character; the document creation time is
//! its publication date. The class of an event is its type; polarity, tense and modality of its
//! first instance become factuality as far as they say so plainly.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::path::{Path, PathBuf};

use dateline::Field;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event as Xml};

use super::{Problem, ReadError, Source, files};
use crate::notes::Notes;
use crate::sample::{Event, EventMention, Factuality, Location, Published, Sample, Stretch, Time};

/// Reads TimeML documents.
pub(crate) struct Timeml {
    files: std::vec::IntoIter<PathBuf>,
    notes: Notes,
}

impl Timeml {
    pub(crate) fn open(path: &Path) -> Result<Timeml, ReadError> {
        let files = files::list(path, "tml")?;
        Ok(Timeml { files: files.into_iter(), notes: Notes::default() })
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

/// A document while its elements are read.
#[derive(Default)]
struct Document {
    /// Open elements.
    path: Vec<String>,
    text: String,
    points: usize,
    has_text: bool,
    id: String,
    published: Option<String>,
    open: Vec<Open>,
    times: Vec<Time>,
    events: Vec<(String, Event)>,
    instances: HashMap<String, Instance>,
}

/// An annotation whose end was not met yet.
struct Open {
    tag: String,
    attributes: HashMap<String, String>,
    byte: usize,
    point: usize,
}

/// What MAKEINSTANCE says of an event.
struct Instance {
    polarity: String,
    tense: String,
    modality: String,
    pos: String,
}

impl Document {
    fn event(&mut self, event: Xml<'_>, notes: &mut Notes) -> Result<(), Problem> {
        match event {
            Xml::Start(element) => self.start(&element, false, notes),
            Xml::Empty(element) => self.start(&element, true, notes),
            Xml::End(element) => {
                self.path.pop();
                self.end(element.name().as_ref());
                Ok(())
            }
            Xml::Text(text) => {
                self.characters(&text.xml10_content());
                Ok(())
            }
            Xml::CData(text) => {
                self.characters(&text.xml10_content());
                Ok(())
            }
            Xml::GeneralRef(reference) => {
                let resolved = reference.resolve_char_ref();
                if let Some(ch) = resolved.map_err(|error| Problem::Xml(error.to_string()))? {
                    self.characters(ch.encode_utf8(&mut [0; 4]));
                    return Ok(());
                }
                let name = reference.xml10_content();
                let Some(text) = quick_xml::escape::resolve_predefined_entity(&name) else {
                    return Err(Problem::Xml(format!("unknown entity &{name};")));
                };
                self.characters(text);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn is_in(&self, element: &str) -> bool {
        self.path.iter().any(|open| open == element)
    }

    fn start(
        &mut self,
        element: &BytesStart<'_>,
        empty: bool,
        notes: &mut Notes,
    ) -> Result<(), Problem> {
        let tag = element.name().as_ref().to_owned();
        match tag.as_str() {
            "TEXT" if self.has_text => {
                return Err(Problem::Record("a second TEXT element".to_owned()));
            }
            "TEXT" => self.has_text = true,
            "EVENT" | "TIMEX3" => {
                let attributes = attributes(element)?;
                if tag == "TIMEX3" && self.is_in("DCT") {
                    self.published = attributes.get("value").cloned();
                } else if !self.is_in("TEXT") {
                    notes.note(format!("{tag} outside the text"));
                } else if empty {
                    notes.note(format!("{tag} without characters"));
                } else {
                    let (byte, point) = (self.text.len(), self.points);
                    self.open.push(Open { tag: tag.clone(), attributes, byte, point });
                }
            }
            "MAKEINSTANCE" => self.instance(attributes(element)?, notes)?,
            "TimeML" | "DOCID" | "DCT" => {}
            // Headlines and the like, links, signals.
            other => notes.note(format!("element {other}")),
        }
        if !empty {
            self.path.push(tag);
        }
        Ok(())
    }

    fn instance(
        &mut self,
        mut attributes: HashMap<String, String>,
        notes: &mut Notes,
    ) -> Result<(), Problem> {
        let mut take = |name: &str| attributes.remove(name).unwrap_or_default();
        let event = take("eventID");
        if event.is_empty() {
            return Err(Problem::Record("MAKEINSTANCE without eventID".to_owned()));
        }
        let instance = Instance {
            polarity: take("polarity"),
            tense: take("tense"),
            modality: take("modality").to_ascii_lowercase(),
            pos: take("pos"),
        };
        match self.instances.entry(event) {
            Entry::Occupied(_) => notes.note("further instance of an event"),
            Entry::Vacant(free) => {
                free.insert(instance);
            }
        }
        Ok(())
    }

    fn characters(&mut self, text: &str) {
        if self.is_in("TEXT") {
            self.text.push_str(text);
            self.points += text.chars().count();
        } else if self.path.last().is_some_and(|open| open == "DOCID") {
            self.id.push_str(text.trim());
        }
    }

    fn end(&mut self, tag: &str) {
        if self.open.last().is_none_or(|open| open.tag != tag) {
            return;
        }
        let Some(mut open) = self.open.pop() else { return };
        let at = Stretch { field: Field::Text, start: open.point, end: self.points };
        let location = Location { at, text: self.text[open.byte..].to_owned() };
        let mut take = |name: &str| open.attributes.remove(name);
        if tag == "TIMEX3" {
            self.times.push(Time {
                id: take("tid").unwrap_or_default(),
                location,
                kind: take("type").unwrap_or_default(),
                value: take("value").filter(|value| !value.is_empty()),
                modifier: take("mod").filter(|modifier| !matches!(modifier.as_str(), "" | "NONE")),
                optional: false,
                alternatives: Vec::new(),
            });
        } else {
            let id = take("eid").unwrap_or_default();
            let mention = EventMention {
                location,
                pos: None,
                factuality: None,
                optional: false,
                alternatives: Vec::new(),
            };
            let kind = take("class").unwrap_or_default();
            let event = Event { id: id.clone(), kind, mentions: vec![mention], ..Event::default() };
            self.events.push((id, event));
        }
    }

    fn finish(mut self, stem: String, notes: &mut Notes) -> Result<Sample, Problem> {
        if !self.has_text {
            return Err(Problem::Record("no TEXT element".to_owned()));
        }
        for (id, event) in &mut self.events {
            let Some(instance) = self.instances.remove(id.as_str()) else { continue };
            instance.apply(event, notes);
        }
        notes.count("instance of an event that is not in the text", self.instances.len());
        // Inner elements end first; times and events go in text order.
        self.times.sort_by_key(|time| time.location.at.start);
        self.events.sort_by_key(|(_, event)| event.mentions[0].location.at.start);
        let mut sample = Sample {
            schema: dateline::record::SCHEMA.to_owned(),
            id: if self.id.is_empty() { stem } else { self.id },
            offsets: "codepoint".to_owned(),
            published: self.published.map(|value| Published { value }),
            times: Some(self.times),
            events: Some(self.events.into_iter().map(|(_, event)| event).collect()),
            ..Sample::default()
        };
        crate::verify::normalize(&mut sample, None, &self.text)?;
        sample.text = Some(self.text);
        Ok(sample)
    }
}

impl Instance {
    fn apply(&self, event: &mut Event, notes: &mut Notes) {
        let owned = |text: &str| Some(text.to_owned());
        let polarity = match self.polarity.as_str() {
            "POS" => owned("positive"),
            "NEG" => owned("negative"),
            _ => None,
        };
        let future = match self.tense.as_str() {
            "FUTURE" => Some(true),
            "PAST" | "PRESENT" => Some(false),
            _ => None,
        };
        let certainty = match self.modality.as_str() {
            "may" | "might" | "could" | "can" | "possible" | "potential" => owned("possible"),
            "likely" | "likelihood" => owned("probable"),
            "" | "none" => None,
            other => {
                notes.note(format!("modality {other}"));
                None
            }
        };
        let facts = Factuality { status: None, polarity, certainty, future };
        event.factuality = (facts != Factuality::default()).then_some(facts);
        for mention in &mut event.mentions {
            mention.factuality.clone_from(&event.factuality);
            mention.pos = match self.pos.as_str() {
                "" | "UNKNOWN" => None,
                "VERB" => owned("verb"),
                "NOUN" => owned("noun"),
                _ => owned("other"),
            };
        }
    }
}

fn attributes(element: &BytesStart<'_>) -> Result<HashMap<String, String>, Problem> {
    let attribute = |attribute: Result<quick_xml::events::attributes::Attribute<'_>, _>| {
        let attribute = attribute.map_err(|error: quick_xml::events::attributes::AttrError| {
            Problem::Xml(error.to_string())
        })?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        let value = value.map_err(|error| Problem::Xml(error.to_string()))?;
        Ok((attribute.key.as_ref().to_owned(), value.into_owned()))
    };
    element.attributes().map(attribute).collect()
}

impl Source for Timeml {
    fn next(&mut self) -> Option<Result<Sample, ReadError>> {
        let path = self.files.next()?;
        Some(self.read(&path))
    }

    fn notes(&self) -> &Notes {
        &self.notes
    }

    fn detected(&self) -> Option<String> {
        Some("text of the TEXT element".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Format, open};

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
