//! TimeML with inline elements.

use std::fmt::Write as _;
use std::ops::Range;

use dateline::Document;
use dateline::record::{Event, Time};

use super::Layout;
use super::limits::lose;
use crate::notes::Notes;

const HELD: &[&str] = &[
    "publication date",
    "time expression",
    "time value",
    "time modifier",
    "event trigger",
    "factuality",
];

/// An element to stand around some bytes of the text.
struct Element<'a> {
    bytes: Range<usize>,
    what: What<'a>,
    /// Number of the trigger, from 1; 0 for times.
    number: usize,
}

enum What<'a> {
    Time(&'a Time),
    Trigger(&'a Event),
}

pub(crate) fn write(document: &Document, layout: &Layout<'_>, losses: &mut Notes) -> String {
    lose(document, HELD, losses);
    let (elements, instances) = elements(document, layout, losses);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TimeML>\n");
    let _ = writeln!(out, "<DOCID>{}</DOCID>", escaped(&document.id, losses));
    if let Some(published) = &document.published {
        let value = escaped(&published.value, losses);
        let _ = writeln!(
            out,
            "<DCT><TIMEX3 tid=\"t0\" type=\"DATE\" value=\"{value}\" \
             functionInDocument=\"CREATION_TIME\">{value}</TIMEX3></DCT>"
        );
    }
    out.push_str("<TEXT>");
    let mut at = 0;
    let mut open: Vec<&Element<'_>> = Vec::new();
    for element in &elements {
        while let Some(inner) = open.pop_if(|inner| inner.bytes.end <= element.bytes.start) {
            out.push_str(&escaped(&layout.source[at..inner.bytes.end], losses));
            at = inner.bytes.end;
            out.push_str(inner.end_tag());
        }
        out.push_str(&escaped(&layout.source[at..element.bytes.start], losses));
        at = element.bytes.start;
        out.push_str(&element.start_tag(losses));
        open.push(element);
    }
    while let Some(inner) = open.pop() {
        out.push_str(&escaped(&layout.source[at..inner.bytes.end], losses));
        at = inner.bytes.end;
        out.push_str(inner.end_tag());
    }
    out.push_str(&escaped(&layout.source[at..], losses));
    out.push_str("</TEXT>\n");
    out.push_str(&instances);
    out.push_str("</TimeML>\n");
    out
}

/// The elements in the order of their start tags, such that each lies in those that are open; and
/// the instances of the events among them.
fn elements<'a>(
    document: &'a Document,
    layout: &Layout<'_>,
    losses: &mut Notes,
) -> (Vec<Element<'a>>, String) {
    let mut all = Vec::new();
    let mut add = |location, what, losses: &mut Notes| match layout.span(location) {
        Some((_, bytes)) => all.push(Element { bytes, what, number: 0 }),
        None => losses.note("span outside the text"),
    };
    for time in &document.times {
        add(&time.location, What::Time(time), losses);
    }
    for event in &document.events {
        for mention in &event.mentions {
            add(&mention.location, What::Trigger(event), losses);
        }
    }
    all.sort_by_key(|e| (e.bytes.start, std::cmp::Reverse(e.bytes.end), e.number));
    let mut ends: Vec<usize> = Vec::new();
    let (mut kept, mut instances, mut triggers) = (Vec::new(), String::new(), 0);
    for mut element in all {
        while ends.pop_if(|end| *end <= element.bytes.start).is_some() {}
        if ends.last().is_some_and(|end| *end < element.bytes.end) {
            losses.note("span that crosses another");
            continue;
        }
        ends.push(element.bytes.end);
        if let What::Trigger(event) = element.what {
            triggers += 1;
            element.number = triggers;
            let polarity = if event.factuality.polarity == "negative" { "NEG" } else { "POS" };
            let tense = if event.factuality.future { "FUTURE" } else { "NONE" };
            let _ = writeln!(
                instances,
                "<MAKEINSTANCE eventID=\"e{triggers}\" eiid=\"ei{triggers}\" tense=\"{tense}\" \
                 aspect=\"NONE\" polarity=\"{polarity}\" pos=\"UNKNOWN\"/>"
            );
            let facts = &event.factuality;
            losses.count("status of an event", usize::from(facts.status != "actual"));
            losses.count("certainty of an event", usize::from(facts.certainty != "certain"));
        }
        kept.push(element);
    }
    (kept, instances)
}

impl Element<'_> {
    fn start_tag(&self, losses: &mut Notes) -> String {
        match self.what {
            What::Time(time) => {
                let (id, kind) = (escaped(&time.id, losses), escaped(&time.kind, losses));
                let mut tag = format!("<TIMEX3 tid=\"{id}\" type=\"{kind}\"");
                for (name, value) in [("value", &time.value), ("mod", &time.modifier)] {
                    if let Some(value) = value {
                        let _ = write!(tag, " {name}=\"{}\"", escaped(value, losses));
                    }
                }
                tag.push('>');
                tag
            }
            What::Trigger(event) => {
                let class = match event.family.as_str() {
                    "statement" => "REPORTING",
                    "aspect" => "ASPECTUAL",
                    _ => "OCCURRENCE",
                };
                format!("<EVENT eid=\"e{}\" class=\"{class}\">", self.number)
            }
        }
    }

    fn end_tag(&self) -> &'static str {
        match self.what {
            What::Time(_) => "</TIMEX3>",
            What::Trigger(_) => "</EVENT>",
        }
    }
}

/// Text with markup characters as references, and carriage returns too: a reader of XML makes line
/// ends of them otherwise. A character that XML 1.0 cannot hold becomes U+FFFD.
fn escaped(text: &str, losses: &mut Notes) -> String {
    let mut out = String::with_capacity(text.len());
    for ch in text.chars() {
        match ch {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' => out.push_str("&#13;"),
            '\t' | '\n' => out.push(ch),
            '\0'..='\x1f' | '\u{fffe}' | '\u{ffff}' => {
                losses.note("character that XML cannot hold");
                out.push(char::REPLACEMENT_CHARACTER);
            }
            _ => out.push(ch),
        }
    }
    out
}
