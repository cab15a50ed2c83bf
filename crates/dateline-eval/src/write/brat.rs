//! brat standoff.
//!
//! brat keeps an annotation on one line of its file and compares its text to the document's, so an
//! annotation that runs over a line end is written in fragments, as brat itself does.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;

use dateline::Document;
use dateline::record::{Event, Location};

use super::limits::{filler, lose};
use super::{Layout, Standoff};
use crate::notes::Notes;
use crate::read::is_line_end;

const HELD: &[&str] = &[
    "entity mention",
    "entity cluster",
    "time expression",
    "time value",
    "event trigger",
    "event cluster",
    "event type",
    "role",
    "factuality",
];

/// Numbers of the annotations written so far, and their lines.
struct Writer<'a> {
    layout: &'a Layout<'a>,
    out: String,
    spans: usize,
    relations: usize,
    attributes: usize,
    comments: usize,
    /// Annotations by their code points and their item: what a role is linked to.
    places: HashMap<(Range<usize>, String), String>,
    /// The first annotation of each item.
    firsts: HashMap<String, String>,
}

pub(crate) fn write(document: &Document, layout: &Layout<'_>, losses: &mut Notes) -> Standoff {
    lose(document, HELD, losses);
    let mut writer = Writer {
        layout,
        out: String::new(),
        spans: 0,
        relations: 0,
        attributes: 0,
        comments: 0,
        places: HashMap::new(),
        firsts: HashMap::new(),
    };
    for entity in &document.entities {
        let mut ids = Vec::new();
        for mention in &entity.mentions {
            ids.extend(writer.span(&entity.id, &entity.kind, &mention.location, losses));
        }
        if ids.len() > 1 {
            let _ = writeln!(writer.out, "*\tEquiv {}", ids.join(" "));
        }
    }
    for time in &document.times {
        let Some(id) = writer.span(&time.id, "TIMEX3", &time.location, losses) else { continue };
        writer.attribute("Type", &id, Some(&time.kind));
        if let Some(value) = &time.value {
            writer.comments += 1;
            let _ = writeln!(writer.out, "#{}\tAnnotatorNotes {id}\t{value}", writer.comments);
        }
    }
    // Triggers first: roles may point at later events.
    let triggers: Vec<Vec<String>> =
        document.events.iter().map(|event| writer.triggers(event, losses)).collect();
    let mut number = 0;
    for (event, triggers) in document.events.iter().zip(triggers) {
        writer.event(event, &triggers, &mut number, losses);
    }
    Standoff { text: layout.source.clone(), annotations: writer.out }
}

impl Writer<'_> {
    /// Writes a text-bound annotation; gives its id.
    fn span(
        &mut self,
        item: &str,
        kind: &str,
        location: &Location,
        losses: &mut Notes,
    ) -> Option<String> {
        let Some((points, bytes)) = self.layout.span(location) else {
            losses.note("span outside the text");
            return None;
        };
        let surface = &self.layout.source[bytes];
        let fragments = fragments(surface, points.start);
        let Some(((first, _), (last, _))) = fragments.first().zip(fragments.last()) else {
            losses.note("span of line ends only");
            return None;
        };
        if (first.start, last.end) != (points.start, points.end) {
            losses.note("line end at the edge of a span");
        }
        self.spans += 1;
        let id = format!("T{}", self.spans);
        let places: Vec<String> =
            fragments.iter().map(|(at, _)| format!("{} {}", at.start, at.end)).collect();
        let texts: Vec<&str> = fragments.iter().map(|(_, text)| *text).collect();
        let (places, texts) = (places.join(";"), texts.join(" "));
        let _ = writeln!(self.out, "{id}\t{kind} {places}\t{texts}");
        self.places.entry((points, item.to_owned())).or_insert_with(|| id.clone());
        self.firsts.entry(item.to_owned()).or_insert_with(|| id.clone());
        Some(id)
    }

    fn triggers(&mut self, event: &Event, losses: &mut Notes) -> Vec<String> {
        let mentions = event.mentions.iter();
        mentions
            .filter_map(|mention| self.span(&event.id, &event.kind, &mention.location, losses))
            .collect()
    }

    /// Writes an event for each trigger; roles stand at the first.
    fn event(
        &mut self,
        event: &Event,
        triggers: &[String],
        number: &mut usize,
        losses: &mut Notes,
    ) {
        let first = *number + 1;
        for (index, trigger) in triggers.iter().enumerate() {
            *number += 1;
            let _ = write!(self.out, "E{number}\t{}:{trigger}", event.kind);
            if index == 0 {
                self.roles(event, losses);
            }
            self.out.push('\n');
            let id = format!("E{number}");
            let facts = event.mentions.get(index).map_or(&event.factuality, |m| &m.factuality);
            if facts.polarity == "negative" {
                self.attribute("Negation", &id, None);
            }
            if facts.future {
                self.attribute("Future", &id, None);
            }
            self.attribute("Status", &id, Some(&facts.status));
            self.attribute("Certainty", &id, Some(&facts.certainty));
            if index > 0 {
                self.relations += 1;
                let number = self.relations;
                let _ = writeln!(self.out, "R{number}\tCoref Arg1:{id} Arg2:E{first}");
            }
        }
    }

    fn roles(&mut self, event: &Event, losses: &mut Notes) {
        // brat numbers repeated roles from the second on.
        let mut used: HashMap<&str, usize> = HashMap::new();
        for role in &event.roles {
            let span = self.layout.span(&role.location).map(|(points, _)| points);
            let exact = |id: &String| self.places.get(&(span.clone()?, id.clone())).cloned();
            let first = |id: &String| self.firsts.get(id).cloned();
            let Some(place) = filler(role, exact, first, losses) else { continue };
            let count = used.entry(role.role.as_str()).or_default();
            *count += 1;
            let _ = match *count {
                1 => write!(self.out, " {}:{place}", role.role),
                count => write!(self.out, " {}{count}:{place}", role.role),
            };
        }
    }

    fn attribute(&mut self, name: &str, target: &str, value: Option<&str>) {
        self.attributes += 1;
        let number = self.attributes;
        let _ = match value {
            Some(value) => writeln!(self.out, "A{number}\t{name} {target} {value}"),
            None => writeln!(self.out, "A{number}\t{name} {target}"),
        };
    }
}

/// The parts of a text between line ends, with their code points counted from `start`.
fn fragments(text: &str, start: usize) -> Vec<(Range<usize>, &str)> {
    let mut fragments = Vec::new();
    let mut at = start;
    for part in text.split(is_line_end) {
        let end = at + part.chars().count();
        if end > at {
            fragments.push((at..end, part));
        }
        at = end + 1;
    }
    fragments
}
