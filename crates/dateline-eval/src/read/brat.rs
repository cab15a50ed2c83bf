//! brat standoff: `.txt` with the text, `.ann` beside it.
//!
//! Offsets count code points of the text as it stands. A text-bound annotation (`T`) that is the
//! trigger of an event (`E`) is an event; one of type `TIMEX3` is a time expression (type in the
//! attribute `Type`, value in its note, as Dateline writes them); all others are entities.
//! Coreference is read from `Equiv` and from relations of that meaning.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use dateline::{Field, OffsetUnit};

use super::items::{Item, Items, Layer, Link};
use super::lines::Lines;
use super::{Format, Problem, ReadError, ReadOptions, Source, files};
use crate::axis::FieldMaps;
use crate::notes::Notes;
use crate::sample::{Factuality, Sample, Stretch};
use crate::verify;

/// Reads brat documents.
pub(crate) struct Brat {
    files: std::vec::IntoIter<PathBuf>,
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
        Ok(Brat { files: files.into_iter(), unit, layers, notes })
    }

    fn read(&mut self, path: &Path) -> Result<Sample, ReadError> {
        let text = files::read(&path.with_extension("txt"))?;
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

/// The type of time expressions.
const TIME: &str = "TIMEX3";

/// A document's annotations while its lines are read; they may refer to later ones.
#[derive(Default)]
struct Document {
    unit: OffsetUnit,
    spans: Vec<Item>,
    events: Vec<Structure>,
    links: Vec<Link>,
    /// (name, target, value)
    attributes: Vec<(String, String, Option<String>)>,
    /// (target, text)
    comments: Vec<(String, String)>,
}

/// An event line.
struct Structure {
    id: String,
    trigger: String,
    /// Roles and what fills them.
    arguments: Vec<(String, String)>,
}

impl Document {
    fn line(&mut self, line: &str, maps: &FieldMaps<'_>, notes: &mut Notes) -> Result<(), Problem> {
        if line.trim().is_empty() {
            return Ok(());
        }
        let wrong = |expected| Problem::Line { expected, found: line.to_owned() };
        let (id, rest) =
            line.split_once('\t').ok_or_else(|| wrong("an id, a tab, an annotation"))?;
        let (body, more) = rest.split_once('\t').unwrap_or((rest, ""));
        let mut words = body.split_whitespace();
        let kind = words.next().ok_or_else(|| wrong("a type after the id"))?.to_owned();
        match id.as_bytes().first() {
            Some(b'T') => {
                let place = body.split_once(' ').map_or("", |(_, place)| place);
                let place = if more.is_empty() { "" } else { place };
                let fragments = fragments(place)
                    .ok_or_else(|| wrong("T with a type, start and end, a tab, the text"))?;
                let item = self.span(id, &kind, &fragments, more, maps, notes)?;
                self.spans.push(item);
            }
            Some(b'E') => {
                // The type stands at the trigger again.
                let (_, trigger) =
                    kind.split_once(':').ok_or_else(|| wrong("E with a type and its trigger"))?;
                let arguments: Option<Vec<_>> = words.map(argument).collect();
                let arguments = arguments.ok_or_else(|| wrong("arguments as ROLE:ID"))?;
                let (id, trigger) = (id.to_owned(), trigger.to_owned());
                self.events.push(Structure { id, trigger, arguments });
            }
            Some(b'R') => {
                let arguments: Option<Vec<_>> = words.map(argument).collect();
                match arguments.as_deref() {
                    Some([(_, from), (_, to)]) => {
                        let (from, to) = (from.clone(), to.clone());
                        self.links.push(Link { kind, from, to });
                    }
                    _ => return Err(wrong("R with a type and two arguments")),
                }
            }
            Some(b'*') => {
                let ids: Vec<&str> = words.collect();
                for pair in ids.windows(2) {
                    let (from, to) = (pair[0].to_owned(), pair[1].to_owned());
                    self.links.push(Link { kind: kind.clone(), from, to });
                }
            }
            Some(b'A' | b'M') => {
                let target = words.next().ok_or_else(|| wrong("A with a name and its target"))?;
                let value = words.next().map(str::to_owned);
                self.attributes.push((kind, target.to_owned(), value));
            }
            Some(b'#') => {
                let target = words.next().unwrap_or_default().to_owned();
                self.comments.push((target, more.to_owned()));
            }
            Some(b'N') => notes.note("normalization"),
            _ => return Err(wrong("T, E, R, *, A, M, N or #")),
        }
        Ok(())
    }

    /// A text-bound annotation. Of several fragments the covering span is taken.
    fn span(
        &self,
        id: &str,
        kind: &str,
        fragments: &[(usize, usize)],
        surface: &str,
        maps: &FieldMaps<'_>,
        notes: &mut Notes,
    ) -> Result<Item, Problem> {
        let start = fragments.iter().map(|(start, _)| *start).min().unwrap_or(0);
        let end = fragments.iter().map(|(_, end)| *end).max().unwrap_or(0);
        let mut at = Stretch { field: Field::Text, start, end };
        let map = &maps.text;
        let slice = |start, end| {
            let (start, end) = (map.find(self.unit, start)?, map.find(self.unit, end)?);
            map.text().get(start.byte..end.byte)
        };
        let parts: Option<Vec<&str>> = fragments.iter().map(|&(s, e)| slice(s, e)).collect();
        let there = parts.map(|parts| parts.join(" "));
        // Something may follow the text after white space. Older files have spaces for line ends.
        let fits = |there: &str| {
            let rest = surface.strip_prefix(there);
            let flat = |text: &str| text.replace(is_line_end, " ");
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
                || flat(there) == flat(surface.trim_end_matches('\t'))
        };
        let mut text = match there {
            Some(there) if fits(&there) => String::new(),
            Some(there) if fragments.len() > 1 => {
                let problem =
                    format!("the fragments of {id} are {there:?}, the file says {surface:?}");
                return Err(Problem::Record(problem));
            }
            _ => surface.trim_end_matches('\t').to_owned(),
        };
        verify::place("span", &mut at, Some(&mut text), self.unit, maps)?;
        // Fragments of one span that runs over line ends are no gap.
        let gaps = fragments.windows(2).filter(|pair| {
            let between = slice(pair[0].1, pair[1].0);
            between.is_none_or(|text| !text.chars().all(is_line_end))
        });
        notes.count(
            "discontinuous span, read as the span that covers it",
            usize::from(gaps.count() > 0),
        );
        let mut item = Item::new(id, "", at);
        kind.clone_into(&mut item.kind);
        item.text = text;
        if kind == TIME {
            item.layer = Layer::Time;
        }
        Ok(item)
    }

    fn finish(mut self, layers: &Layers, notes: &mut Notes) -> Result<Items, Problem> {
        let places: HashMap<String, usize> =
            self.spans.iter().enumerate().map(|(index, span)| (span.id.clone(), index)).collect();
        let mut triggers: HashMap<String, String> = HashMap::new();
        let mut items = Items { times: layers.times, events: layers.events, ..Items::default() };
        let mut events = Vec::new();
        for Structure { id, trigger, .. } in &self.events {
            let missing = || Problem::Reference { from: id.clone(), id: trigger.clone() };
            let span = &self.spans[*places.get(trigger).ok_or_else(missing)?];
            let factuality = layers.factuality();
            events.push(Item { id: id.clone(), layer: Layer::Event, factuality, ..span.clone() });
            triggers.entry(trigger.clone()).or_insert_with(|| id.clone());
        }
        // What points at a trigger means its event.
        let aim = |id: &str| triggers.get(id).cloned().unwrap_or_else(|| id.to_owned());
        for Structure { id, arguments, .. } in self.events {
            for (kind, filler) in arguments {
                items.links.push(Link { kind, from: id.clone(), to: aim(&filler) });
            }
        }
        for Link { kind, from, to } in self.links {
            items.links.push(Link { kind, from: aim(&from), to: aim(&to) });
        }
        self.spans.retain(|span| !triggers.contains_key(&span.id));
        items.items = self.spans;
        items.items.extend(events);
        let places: HashMap<String, usize> =
            items.items.iter().enumerate().map(|(index, item)| (item.id.clone(), index)).collect();
        for (name, target, value) in self.attributes {
            let target = aim(&target);
            let missing = || Problem::Reference { from: name.clone(), id: target.clone() };
            let item = &mut items.items[*places.get(&target).ok_or_else(missing)?];
            if !attribute(item, &name, value.as_deref()) {
                notes.note(format!("attribute {name}"));
            }
        }
        for (target, text) in self.comments {
            match places.get(&target).map(|&place| &mut items.items[place]) {
                Some(item) if item.layer == Layer::Time && item.value.is_none() => {
                    item.value = Some(text);
                }
                _ => notes.note("annotator's note"),
            }
        }
        Ok(items)
    }
}

impl Layers {
    /// What an event's factuality is without any attribute.
    fn factuality(&self) -> Option<Factuality> {
        (self.negation || self.speculation).then(|| Factuality {
            polarity: self.negation.then(|| "positive".to_owned()),
            certainty: self.speculation.then(|| "certain".to_owned()),
            ..Factuality::default()
        })
    }
}

/// Reads an attribute that a sample has a place for; false for any other.
fn attribute(item: &mut Item, name: &str, value: Option<&str>) -> bool {
    match (item.layer, name, value) {
        (Layer::Time, "Type", Some(kind)) => {
            kind.clone_into(&mut item.kind);
            true
        }
        (Layer::Event, _, value) => {
            let mut facts = item.factuality.take().unwrap_or_default();
            let owned = |value: &str| Some(value.to_owned());
            let known = match (name, value) {
                ("Negation", None) => {
                    facts.polarity = owned("negative");
                    true
                }
                ("Speculation", None) => {
                    facts.certainty = owned("possible");
                    true
                }
                ("Status", Some(status)) => {
                    facts.status = owned(status);
                    true
                }
                ("Certainty", Some(certainty)) => {
                    facts.certainty = owned(certainty);
                    true
                }
                ("Future", None) => {
                    facts.future = Some(true);
                    true
                }
                _ => false,
            };
            item.factuality = (facts != Factuality::default()).then_some(facts);
            known
        }
        _ => false,
    }
}

/// Reads `5 9` or `5 9;12 14`.
fn fragments(place: &str) -> Option<Vec<(usize, usize)>> {
    let fragment = |part: &str| {
        let (start, end) = part.trim().split_once(' ')?;
        Some((start.parse().ok()?, end.trim().parse().ok()?))
    };
    place.split(';').map(fragment).collect()
}

/// Reads `Role2:T4`; brat numbers repeated roles.
fn argument(text: &str) -> Option<(String, String)> {
    let (role, id) = text.split_once(':')?;
    let role = role.trim_end_matches(|ch: char| ch.is_ascii_digit());
    Some((role.to_owned(), id.to_owned()))
}

/// True for what ends a line in the eyes of brat, which splits lines as Python does.
pub(crate) fn is_line_end(ch: char) -> bool {
    matches!(
        ch,
        '\n' | '\r' | '\x0b' | '\x0c' | '\x1c'..='\x1e' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

impl Source for Brat {
    fn next(&mut self) -> Option<Result<Sample, ReadError>> {
        let path = self.files.next()?;
        Some(self.read(&path))
    }

    fn notes(&self) -> &Notes {
        &self.notes
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
