//! Lines of a `.ann` file.

use dateline::{Field, OffsetUnit};

use crate::axis::FieldMaps;
use crate::notes::Notes;
use crate::read::Problem;
use crate::read::items::{Item, Layer, Link};
use crate::sample::Stretch;
use crate::verify;

/// The type of time expressions.
pub(super) const TIME: &str = "TIMEX3";

/// A document's annotations while its lines are read; they may refer to later ones.
#[derive(Default)]
pub(super) struct Document {
    pub(super) unit: OffsetUnit,
    pub(super) spans: Vec<Item>,
    pub(super) events: Vec<Structure>,
    pub(super) links: Vec<Link>,
    /// (name, target, value)
    pub(super) attributes: Vec<(String, String, Option<String>)>,
    /// (target, text)
    pub(super) comments: Vec<(String, String)>,
}

/// An event line.
pub(super) struct Structure {
    pub(super) id: String,
    pub(super) trigger: String,
    /// Roles and what fills them.
    pub(super) arguments: Vec<(String, String)>,
}

impl Document {
    /// Reads one line.
    pub(super) fn line(
        &mut self,
        line: &str,
        maps: &FieldMaps<'_>,
        notes: &mut Notes,
    ) -> Result<(), Problem> {
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
