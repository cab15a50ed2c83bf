//! Turns a sample's offsets into code points and checks every span against the text.

use dateline::{Field, OffsetUnit};

use crate::axis::{FieldMaps, PointMap};
use crate::sample::{Location, Sample, Stretch};

/// How far from a span its characters are looked for, in code points, to tell a shift.
const NEARBY: usize = 200;

/// Items that cannot be empty. A filler that is an id alone has no place of its own.
const HAS_CHARACTERS: &[&str] =
    &["token", "entity mention", "time expression", "event trigger", "span"];

/// A span that does not fit its text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SpanFault {
    /// The characters at the span are not those the file gives for it.
    #[error("{what} {start}..{end} of the {field} is {found:?}, the file says {expected:?}{hint}",
        field = field_name(*.field), hint = .hint.as_deref().unwrap_or_default())]
    Surface {
        /// Which kind of item.
        what: &'static str,
        /// Field the offsets count in.
        field: Field,
        /// As the file gives it.
        start: usize,
        /// As the file gives it.
        end: usize,
        /// What stands at the span.
        found: String,
        /// What the file says stands there.
        expected: String,
        /// How the offsets may be off.
        hint: Option<String>,
    },
    /// The span does not lie in its field, or cuts a character.
    #[error("{what} {start}..{end}{expected} does not lie in the {field}, which has {length} {unit}s{hint}",
        field = field_name(*.field), unit = unit_name(*.unit), hint = .hint.as_deref().unwrap_or_default(),
        expected = quoted(.expected))]
    Outside {
        /// Which kind of item.
        what: &'static str,
        /// Field the offsets count in.
        field: Field,
        /// As the file gives it.
        start: usize,
        /// As the file gives it.
        end: usize,
        /// What the file says stands there; may be empty.
        expected: String,
        /// Length of the field.
        length: usize,
        /// What the offsets count.
        unit: OffsetUnit,
        /// What may be wrong.
        hint: Option<String>,
    },
    /// An item without any character.
    #[error("{what} at {start} of the {field} is empty", field = field_name(*.field))]
    Empty {
        /// Which kind of item.
        what: &'static str,
        /// Field the offset counts in.
        field: Field,
        /// As the file gives it.
        start: usize,
    },
    /// A span in the title of an article without one.
    #[error("{what} {start}..{end} lies in the title, but the article has no title")]
    NoTitle {
        /// Which kind of item.
        what: &'static str,
        /// As the file gives it.
        start: usize,
        /// As the file gives it.
        end: usize,
    },
    /// The record's `offsets` is no unit.
    #[error("unknown offset unit {0:?}; expected codepoint, byte or utf16")]
    Unit(String),
}

fn field_name(field: Field) -> &'static str {
    match field {
        Field::Title => "title",
        Field::Text => "text",
    }
}

fn unit_name(unit: OffsetUnit) -> &'static str {
    match unit {
        OffsetUnit::Codepoint => "code point",
        OffsetUnit::Byte => "byte",
        OffsetUnit::Utf16 => "UTF-16 unit",
    }
}

fn quoted(surface: &str) -> String {
    if surface.is_empty() { String::new() } else { format!(" ({surface:?})") }
}

/// Converts all offsets of `sample` to code points, checks that every span lies in its field and
/// holds the characters the file gives for it, and fills in those it does not give.
///
/// `title` and `text` are the fields the offsets count in: the sample's own, or those of the gold
/// for a prediction that was written without text. Linear in the length of the text for a bounded
/// number of items.
pub fn normalize(sample: &mut Sample, title: Option<&str>, text: &str) -> Result<(), SpanFault> {
    let unit = unit_of(&sample.offsets)?;
    let maps = FieldMaps::new(title, text);
    let mut outcome = Ok(());
    for_each_span(sample, &mut |what, at, surface| {
        if outcome.is_ok() {
            outcome = place(what, at, surface, unit, &maps);
        }
    });
    outcome?;
    OffsetUnit::Codepoint.as_str().clone_into(&mut sample.offsets);
    Ok(())
}

/// The unit a record names; empty means code points.
pub(crate) fn unit_of(name: &str) -> Result<OffsetUnit, SpanFault> {
    match name {
        "" | "codepoint" => Ok(OffsetUnit::Codepoint),
        "byte" => Ok(OffsetUnit::Byte),
        "utf16" => Ok(OffsetUnit::Utf16),
        other => Err(SpanFault::Unit(other.to_owned())),
    }
}

/// Checks one span and converts it to code points.
pub(crate) fn place(
    what: &'static str,
    at: &mut Stretch,
    surface: Option<&mut String>,
    unit: OffsetUnit,
    maps: &FieldMaps<'_>,
) -> Result<(), SpanFault> {
    let (field, start, end) = (at.field, at.start, at.end);
    let map = match maps.of(field) {
        Some(map) => map,
        // A filler that is an id alone has no place.
        None if start == end => return Ok(()),
        None => return Err(SpanFault::NoTitle { what, start, end }),
    };
    let expected = surface.as_ref().map_or("", |surface| surface.as_str());
    let found = span(map, unit, start, end);
    let Some((from, to, found)) = found.filter(|_| start <= end) else {
        let (expected, length) = (expected.to_owned(), map.end().in_unit(unit));
        let hint = if start > end {
            Some("; it ends before it starts".to_owned())
        } else {
            hint(map, unit, start, end, &expected)
        };
        return Err(SpanFault::Outside { what, field, start, end, expected, length, unit, hint });
    };
    if from == to && HAS_CHARACTERS.contains(&what) {
        return Err(SpanFault::Empty { what, field, start });
    }
    if !expected.is_empty() && expected != found {
        let (found, expected) = (found.to_owned(), expected.to_owned());
        let hint = hint(map, unit, start, end, &expected);
        return Err(SpanFault::Surface { what, field, start, end, found, expected, hint });
    }
    (at.start, at.end) = (from, to);
    if let Some(surface) = surface {
        found.clone_into(surface);
    }
    Ok(())
}

/// The code point offsets and the characters of a span given in `unit`.
fn span<'t>(
    map: &PointMap<'t>,
    unit: OffsetUnit,
    start: usize,
    end: usize,
) -> Option<(usize, usize, &'t str)> {
    let (from, to) = (map.find(unit, start)?, map.find(unit, end)?);
    Some((from.point, to.point, map.text().get(from.byte..to.byte)?))
}

/// Guesses why `expected` is not at its offsets: another unit, or a shift.
fn hint(
    map: &PointMap<'_>,
    unit: OffsetUnit,
    start: usize,
    end: usize,
    expected: &str,
) -> Option<String> {
    if expected.is_empty() {
        return None;
    }
    for other in [OffsetUnit::Codepoint, OffsetUnit::Utf16, OffsetUnit::Byte] {
        let there = span(map, other, start, end);
        if other != unit && there.is_some_and(|(_, _, found)| found == expected) {
            return Some(format!("; do the offsets count {}s?", unit_name(other)));
        }
    }
    // The nearest place where the characters do stand, on either side of the span.
    let length = map.end().point;
    let centre = map.find(unit, start).map_or(length, |place| place.point);
    let wide = expected.chars().count() + NEARBY;
    let first = map.find(OffsetUnit::Codepoint, centre.saturating_sub(NEARBY))?;
    let last = map.find(OffsetUnit::Codepoint, (centre + wide).min(length))?;
    let window = &map.text()[first.byte..last.byte];
    let shifts = window.match_indices(expected).filter_map(|(byte, _)| {
        let true_start = map.find(OffsetUnit::Byte, first.byte + byte)?.in_unit(unit);
        Some(start as i64 - true_start as i64)
    });
    let nearest = shifts.min_by_key(|shift| (shift.abs(), *shift))?;
    (nearest != 0).then(|| format!("; offsets shifted by {nearest}?"))
}

type Visit<'v> = dyn FnMut(&'static str, &mut Stretch, Option<&mut String>) + 'v;

/// Visits every span of a sample, with its characters where it has a place for them.
pub(crate) fn for_each_span(sample: &mut Sample, visit: &mut Visit<'_>) {
    fn location(what: &'static str, location: &mut Location, visit: &mut Visit<'_>) {
        visit(what, &mut location.at, Some(&mut location.text));
    }
    fn others(what: &'static str, stretches: &mut [Stretch], visit: &mut Visit<'_>) {
        stretches.iter_mut().for_each(|at| visit(what, at, None));
    }
    for token in sample.sentences.iter_mut().flatten().flat_map(|sentence| &mut sentence.tokens) {
        location("token", &mut token.location, visit);
    }
    for mention in sample.entities.iter_mut().flatten().flat_map(|entity| &mut entity.mentions) {
        location("entity mention", &mut mention.location, visit);
        others("alternative of an entity mention", &mut mention.alternatives, visit);
    }
    for time in sample.times.iter_mut().flatten() {
        location("time expression", &mut time.location, visit);
        others("alternative of a time expression", &mut time.alternatives, visit);
    }
    let document = sample.document_events.iter_mut().flatten();
    for event in sample.events.iter_mut().flatten().chain(document) {
        for mention in &mut event.mentions {
            location("event trigger", &mut mention.location, visit);
            others("alternative of an event trigger", &mut mention.alternatives, visit);
        }
        for role in &mut event.roles {
            location("role filler", &mut role.location, visit);
            if let Some(head) = &mut role.head {
                visit("head of a role filler", head, None);
            }
        }
        if let Some(attribution) = &mut event.attribution {
            if let Some(speaker) = &mut attribution.speaker {
                location("speaker", speaker, visit);
            }
            if let Some(cue) = &mut attribution.cue {
                location("attribution cue", cue, visit);
            }
        }
    }
    for zone in sample.zones.iter_mut().flatten() {
        visit("zone", &mut zone.at, None);
    }
    others("annotated stretch", &mut sample.annotated, visit);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{Entity, Mention};

    const TEXT: &str = "😀 Envoys met Zoë in Oslo.";

    fn sample(unit: &str, start: usize, end: usize, surface: &str) -> Sample {
        let at = Stretch { field: Field::Text, start, end };
        let mention = Mention {
            location: Location { at, text: surface.to_owned() },
            kind: None,
            score: None,
            metonymy: None,
            optional: false,
            alternatives: Vec::new(),
        };
        let entity = Entity { mentions: vec![mention], ..Entity::default() };
        Sample {
            text: Some(TEXT.to_owned()),
            offsets: unit.to_owned(),
            entities: Some(vec![entity]),
            ..Sample::default()
        }
    }

    fn read(unit: &str, start: usize, end: usize, surface: &str) -> Result<Location, String> {
        let mut sample = sample(unit, start, end, surface);
        normalize(&mut sample, None, TEXT).map_err(|fault| fault.to_string())?;
        assert_eq!(sample.offsets, "codepoint");
        Ok(sample.entities.unwrap()[0].mentions[0].location.clone())
    }

    #[test]
    fn all_units_become_code_points() {
        for (unit, start, end) in
            [("", 13, 16), ("codepoint", 13, 16), ("utf16", 14, 17), ("byte", 16, 20)]
        {
            let found = read(unit, start, end, "Zoë").unwrap();
            assert_eq!((found.at.start, found.at.end), (13, 16), "{unit}");
            assert_eq!(read(unit, start, end, "").unwrap().text, "Zoë");
        }
    }

    #[test]
    fn faults_say_what_may_be_wrong() {
        let cases = [
            (
                ("", 14, 17, "Zoë"),
                "entity mention 14..17 of the text is \"oë \", the file says \"Zoë\"; do the offsets count UTF-16 units?",
            ),
            (
                ("", 11, 14, "Zoë"),
                "entity mention 11..14 of the text is \"t Z\", the file says \"Zoë\"; offsets shifted by -2?",
            ),
            (
                ("", 22, 26, "Oslo"),
                "entity mention 22..26 (\"Oslo\") does not lie in the text, which has 25 code points; offsets shifted by 2?",
            ),
            (
                ("", 15, 18, "Rome"),
                "entity mention 15..18 of the text is \"ë i\", the file says \"Rome\"",
            ),
            (
                ("", 5, 3, ""),
                "entity mention 5..3 does not lie in the text, which has 25 code points; it ends before it starts",
            ),
            (
                ("utf16", 1, 2, ""),
                "entity mention 1..2 does not lie in the text, which has 26 UTF-16 units",
            ),
            (("", 5, 5, ""), "entity mention at 5 of the text is empty"),
            (("char", 1, 2, ""), "unknown offset unit \"char\"; expected codepoint, byte or utf16"),
        ];
        for ((unit, start, end, surface), expected) in cases {
            assert_eq!(read(unit, start, end, surface).unwrap_err(), expected);
        }
    }
}
