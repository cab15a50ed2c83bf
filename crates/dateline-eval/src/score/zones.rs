//! Zones: whether what is no story is left unread, and whether the story is read; and the
//! publication date that the article itself states.

use super::{ScoreError, mistake};
use crate::cells::Cell;
use crate::mapping::Maps;
use crate::matching::Span;
use crate::mistakes::MistakeKind;
use crate::sample::{Sample, Stretch, Zone};
use crate::tally::{ALL, Tally};

const TASK: &str = "zones";
const DATE: &str = "published";

/// What a program may do with a zone: read titles and body, and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    Read,
    Unread,
}

fn use_of(kind: &str) -> Use {
    if matches!(kind, "title" | "body") { Use::Read } else { Use::Unread }
}

/// Scores zones by their characters, blanks left out, and the publication date.
///
/// Cells: `furniture left unread`: the share of gold furniture that lies in no title or body
/// (found as byline or dateline it is not read either); `body not read`: the share of gold body
/// that lies in none; `kind`: per kind of zone, precision and recall of its characters; `entity
/// mentions in furniture` and `event mentions in furniture`: their number an article, within gold
/// furniture. Where gold says where the date stands, or that there is none: `date right`, `date wrong`
/// (another one) and, of undated articles, `date invented`.
pub fn zones(
    gold: &Sample,
    predicted: &Sample,
    _maps: &Maps,
    out: &mut Tally,
) -> Result<(), ScoreError> {
    if let Some(zones) = &gold.zones {
        let page = Page::of(gold);
        let expected = page.kinds(zones);
        let found = page.kinds(predicted.zones.as_deref().unwrap_or_default());
        for zone in zones {
            judge(gold, zone, &page, &found, out);
        }
        agreement(&page, &expected, &found, out);
        read_out(gold, predicted, zones, out);
    }
    published(gold, predicted, out);
    Ok(())
}

/// The characters of an article on its axis.
struct Page {
    axis: crate::axis::Axis,
    blank: Vec<bool>,
}

impl Page {
    fn of(gold: &Sample) -> Page {
        let title = gold.title.iter().flat_map(|title| title.chars().chain(std::iter::once(' ')));
        let text = gold.text.iter().flat_map(|text| text.chars());
        Page { axis: gold.axis(), blank: title.chain(text).map(char::is_whitespace).collect() }
    }

    fn characters(&self, at: &Stretch) -> impl Iterator<Item = usize> + '_ {
        let (start, end) = self.axis.span(at);
        (start..end.min(self.blank.len())).filter(|place| !self.blank[*place])
    }

    /// The kind of zone of each character.
    fn kinds<'z>(&self, zones: &'z [Zone]) -> Vec<Option<&'z str>> {
        let mut kinds = vec![None; self.blank.len()];
        for zone in zones {
            for place in self.characters(&zone.at) {
                kinds[place] = Some(zone.kind.as_str());
            }
        }
        kinds
    }
}

/// Counts the characters of a gold zone that are treated wrongly.
fn judge(gold: &Sample, zone: &Zone, page: &Page, found: &[Option<&str>], out: &mut Tally) {
    let (metric, kind, wrong) = match zone.kind.as_str() {
        "furniture" => ("furniture left unread", MistakeKind::Missed, Use::Read),
        "body" => ("body not read", MistakeKind::Spurious, Use::Unread),
        _ => return,
    };
    let (mut all, mut off, mut other) = (0, 0, None);
    for place in page.characters(&zone.at) {
        all += 1;
        if found[place].map_or(Use::Unread, use_of) == wrong {
            off += 1;
            other = other.or(found[place]);
        }
    }
    let hits = if wrong == Use::Read { all - off } else { off };
    out.add(TASK, metric, ALL, Cell::accuracy(f64::from(hits), f64::from(all)));
    if off > 0 {
        let span = page.axis.span(&zone.at);
        let other = (span, other.unwrap_or("blank"));
        mistake(out, gold, TASK, kind, Some((span, zone.kind.as_str())), Some(other));
    }
}

/// Precision and recall of every kind of zone.
fn agreement(page: &Page, gold: &[Option<&str>], found: &[Option<&str>], out: &mut Tally) {
    let both = gold.iter().zip(found).zip(&page.blank).filter(|(_, blank)| !**blank);
    let mut cells: std::collections::BTreeMap<&str, Cell> = std::collections::BTreeMap::new();
    for ((gold, found), _) in both {
        let hit = f64::from(u8::from(gold == found));
        if let Some(kind) = gold {
            cells.entry(kind).or_default().add(Cell::matched(hit, 0.0, 1.0));
        }
        if let Some(kind) = found {
            cells.entry(kind).or_default().add(Cell::matched(0.0, 1.0, 0.0));
        }
    }
    for (kind, cell) in cells {
        out.add(TASK, "kind", kind, cell);
        out.add(TASK, "kind", ALL, cell);
    }
}

/// Counts what is read out of gold furniture.
fn read_out(gold: &Sample, predicted: &Sample, zones: &[Zone], out: &mut Tally) {
    let axis = gold.axis();
    let furniture: Vec<Span> =
        zones.iter().filter(|zone| zone.kind == "furniture").map(|z| axis.span(&z.at)).collect();
    let lies_in = |at: &Stretch| {
        let (start, end) = axis.span(at);
        furniture.iter().any(|zone| start < zone.1 && zone.0 < end)
    };
    let entities = predicted.entities.iter().flatten().flat_map(|entity| &entity.mentions);
    let entities = entities.filter(|mention| lies_in(&mention.location.at)).count();
    let events = predicted.events.iter().flatten().flat_map(|event| &event.mentions);
    let events = events.filter(|mention| lies_in(&mention.location.at)).count();
    out.add(TASK, "entity mentions in furniture", ALL, Cell::accuracy(entities as f64, 1.0));
    out.add(TASK, "event mentions in furniture", ALL, Cell::accuracy(events as f64, 1.0));
}

/// Compares the dates where gold says that the article states one, or states none.
fn published(gold: &Sample, predicted: &Sample, out: &mut Tally) {
    let found = predicted.published.as_ref().map(|published| published.value.as_str());
    let hit = |right: bool| Cell::accuracy(f64::from(u8::from(right)), 1.0);
    let whole = (0, 0);
    if gold.undated {
        out.add(DATE, "date invented", ALL, hit(found.is_some()));
        if let Some(found) = found {
            mistake(out, gold, DATE, MistakeKind::Spurious, None, Some((whole, found)));
        }
        return;
    }
    let Some(expected) = gold.published.as_ref().filter(|published| published.is_stated()) else {
        return;
    };
    let right = found == Some(expected.value.as_str());
    out.add(DATE, "date right", ALL, hit(right));
    out.add(DATE, "date wrong", ALL, hit(!right && found.is_some()));
    if !right {
        let kind = if found.is_some() { MistakeKind::WrongValue } else { MistakeKind::Missed };
        let found = found.map(|found| (whole, found));
        mistake(out, gold, DATE, kind, Some((whole, &expected.value)), found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(json: &str) -> Sample {
        serde_json::from_str(json).unwrap()
    }

    fn scored(gold: &Sample, predicted: &Sample) -> Tally {
        let mut out = Tally::default();
        zones(gold, predicted, &Maps::default(), &mut out).unwrap();
        out
    }

    const GOLD: &str = r#"{"id": "a", "text": "Menu\n\nBo won.\n\nBy Al", "zones": [
        {"kind": "furniture", "field": "text", "start": 0, "end": 4},
        {"kind": "body", "field": "text", "start": 6, "end": 13},
        {"kind": "byline", "field": "text", "start": 15, "end": 20}]}"#;

    #[test]
    fn characters_are_counted_without_blanks() {
        let gold = sample(GOLD);
        let predicted = sample(
            r#"{"id": "a", "zones": [
            {"kind": "title", "field": "text", "start": 0, "end": 2},
            {"kind": "dateline", "field": "text", "start": 2, "end": 4},
            {"kind": "body", "field": "text", "start": 6, "end": 8},
            {"kind": "furniture", "field": "text", "start": 9, "end": 13},
            {"kind": "byline", "field": "text", "start": 15, "end": 20}],
            "entities": [{"id": "e1", "type": "ORG", "mentions": [
                {"field": "text", "start": 0, "end": 4, "text": "Menu"},
                {"field": "text", "start": 6, "end": 8, "text": "Bo"}]}]}"#,
        );
        let out = scored(&gold, &predicted);
        let cell = |metric| out.cell(TASK, metric, ALL);
        assert_eq!(cell("furniture left unread"), Cell::accuracy(2.0, 4.0));
        assert_eq!(cell("body not read"), Cell::accuracy(4.0, 6.0));
        assert_eq!(cell("entity mentions in furniture"), Cell::accuracy(1.0, 1.0));
        assert_eq!(cell("event mentions in furniture"), Cell::accuracy(0.0, 1.0));
        assert_eq!(out.cell(TASK, "kind", "body"), Cell::matched(2.0, 2.0, 6.0));
        assert_eq!(out.cell(TASK, "kind", "byline"), Cell::matched(4.0, 4.0, 4.0));
        // Without a prediction all of it is unread.
        let none = scored(&gold, &Sample::default());
        assert_eq!(none.cell(TASK, "furniture left unread", ALL), Cell::accuracy(4.0, 4.0));
        assert_eq!(none.cell(TASK, "body not read", ALL), Cell::accuracy(6.0, 6.0));
    }

    #[test]
    fn dates_are_right_wrong_or_invented() {
        let stated = |source| {
            let published = format!(r#"{{"value": "2024-07-22", "source": "{source}"}}"#);
            sample(&format!(r#"{{"id": "a", "text": "So.", "published": {published}}}"#))
        };
        let (right, none) = (stated("furniture"), Sample::default());
        let wrong = sample(r#"{"id": "a", "published": {"value": "2024-07-23"}}"#);
        let rate = |gold: &Sample, found: &Sample, metric| {
            scored(gold, found)
                .cells
                .get(&crate::cells::Key { task: DATE, metric, group: ALL.into() })
                .map(Cell::recall)
        };
        for (found, expected) in [(&right, [1.0, 0.0]), (&wrong, [0.0, 1.0]), (&none, [0.0, 0.0])] {
            let rates =
                ["date right", "date wrong"].map(|metric| rate(&stated("wire id"), found, metric));
            assert_eq!(rates, expected.map(Some));
        }
        let undated = Sample { undated: true, ..Sample::default() };
        assert_eq!(rate(&undated, &wrong, "date invented"), Some(1.0));
        assert_eq!(rate(&undated, &none, "date invented"), Some(0.0));
        // A date that was handed in is not asked for, and nothing is asked of the silent.
        assert_eq!(rate(&stated("metadata"), &none, "date right"), None);
        assert_eq!(rate(&Sample::default(), &wrong, "date invented"), None);
    }
}
