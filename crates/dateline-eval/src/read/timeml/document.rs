//! A TimeML document while its elements are read.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use dateline::Field;
use quick_xml::XmlVersion;
use quick_xml::events::attributes::{AttrError, Attribute};
use quick_xml::events::{BytesStart, Event as Xml};

use super::instance::Instance;
use crate::notes::Notes;
use crate::read::Problem;
use crate::sample::{Event, EventMention, Location, Published, Sample, Stretch, Time};

/// A document while its elements are read.
#[derive(Default)]
pub(super) struct Document {
    /// Open elements.
    pub(super) path: Vec<String>,
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

impl Document {
    pub(super) fn event(&mut self, event: Xml<'_>, notes: &mut Notes) -> Result<(), Problem> {
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
            "MAKEINSTANCE" => {
                let (event, instance) = Instance::read(attributes(element)?)?;
                match self.instances.entry(event) {
                    Entry::Occupied(_) => notes.note("further instance of an event"),
                    Entry::Vacant(free) => {
                        free.insert(instance);
                    }
                }
            }
            "TimeML" | "DOCID" | "DCT" => {}
            // Headlines and the like, links, signals.
            other => notes.note(format!("element {other}")),
        }
        if !empty {
            self.path.push(tag);
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

    pub(super) fn finish(mut self, stem: String, notes: &mut Notes) -> Result<Sample, Problem> {
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
            published: self.published.map(|value| Published { value, source: None }),
            times: Some(self.times),
            events: Some(self.events.into_iter().map(|(_, event)| event).collect()),
            ..Sample::default()
        };
        crate::verify::normalize(&mut sample, None, &self.text)?;
        sample.text = Some(self.text);
        Ok(sample)
    }
}

fn attributes(element: &BytesStart<'_>) -> Result<HashMap<String, String>, Problem> {
    let attribute = |attribute: Result<Attribute<'_>, _>| {
        let attribute = attribute.map_err(|error: AttrError| Problem::Xml(error.to_string()))?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        let value = value.map_err(|error| Problem::Xml(error.to_string()))?;
        Ok((attribute.key.as_ref().to_owned(), value.into_owned()))
    };
    element.attributes().map(attribute).collect()
}
