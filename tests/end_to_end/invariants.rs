//! What holds for any article.

use std::collections::BTreeSet;

use dateline::record::Location;
use dateline::{Article, Document, Field, OffsetUnit};

use crate::articles::ODD;
use crate::system::{self, PIPELINE, RECORDS, json};

/// The byte at which `offset`, counted in `unit`, lies.
fn byte_of(text: &str, offset: usize, unit: OffsetUnit) -> Option<usize> {
    let mut count = 0;
    for (byte, ch) in text.char_indices() {
        if count >= offset {
            return (count == offset).then_some(byte);
        }
        count += match unit {
            OffsetUnit::Codepoint => 1,
            OffsetUnit::Byte => ch.len_utf8(),
            OffsetUnit::Utf16 => ch.len_utf16(),
        };
    }
    (count == offset).then_some(text.len())
}

/// The characters between two offsets of a field.
fn slice(article: &Article, field: Field, range: [usize; 2], unit: OffsetUnit) -> Option<&str> {
    let text = match field {
        Field::Title => article.title.as_deref()?,
        Field::Text => &article.text,
    };
    let [start, end] = range.map(|offset| byte_of(text, offset, unit));
    text.get(start?..end?)
}

fn locations(document: &Document) -> Vec<Location> {
    let mut found = Vec::new();
    document.clone().for_each_location(|location| found.push(location.clone()));
    found
}

/// The offset laws of one record.
pub(crate) fn check_offsets(article: &Article, document: &Document, unit: OffsetUnit) {
    assert_eq!(document.offsets, unit.as_str());
    for Location { field, start, end, text } in locations(document) {
        let there = slice(article, field, [start, end], unit);
        assert_eq!(there, Some(text.as_str()), "{}: {field:?} {start}..{end}", article.id);
        assert!(!text.is_empty(), "{}: an empty location", article.id);
    }
    let mut last = (Field::Title, 0);
    for zone in &document.zones {
        let range = [zone.start, zone.end];
        let there = slice(article, zone.field, range, unit);
        assert!(there.is_some_and(|text| !text.trim().is_empty()), "{}: {zone:?}", article.id);
        assert!((zone.field, zone.start) >= last, "{}: zones out of order", article.id);
        last = (zone.field, zone.end);
    }
}

/// The laws of ids, references and order of one record.
pub(crate) fn check_references(document: &Document) {
    let id = &document.id;
    let entities = numbered(id, "e", document.entities.iter().map(|e| e.id.as_str()));
    let times = numbered(id, "t", document.times.iter().map(|t| t.id.as_str()));
    let quantities = numbered(id, "q", document.quantities.iter().map(|q| q.id.as_str()));
    let events = numbered(id, "ev", document.events.iter().map(|e| e.id.as_str()));
    let resolves = |ids: &BTreeSet<&str>, reference: &Option<String>| {
        assert!(
            reference.as_ref().is_none_or(|r| ids.contains(r.as_str())),
            "{id}: {reference:?} names nothing"
        );
    };
    for event in &document.events {
        for role in &event.roles {
            resolves(&entities, &role.entity);
            resolves(&events, &role.event);
            resolves(&times, &role.time);
            resolves(&quantities, &role.quantity);
            let fillers = [&role.entity, &role.event, &role.time, &role.quantity];
            assert!(fillers.iter().filter(|f| f.is_some()).count() <= 1, "{id}: {role:?}");
            assert_ne!(role.event.as_ref(), Some(&event.id), "{id}: {role:?} is its own role");
        }
        resolves(&times, &event.time.as_ref().and_then(|t| t.reference.clone()));
        resolves(&entities, &event.place.as_ref().and_then(|p| p.entity.clone()));
        resolves(&entities, &event.attribution.as_ref().and_then(|a| a.source.clone()));
        assert!(!event.mentions.is_empty() && !event.label.is_empty(), "{id}: {}", event.id);
        let family = event.kind.split('.').next();
        assert_eq!(family, Some(event.family.as_str()), "{id}: {}", event.id);
    }
    for quote in &document.quotes {
        resolves(&entities, &quote.speaker);
    }
    for relation in &document.event_relations {
        resolves(&events, &Some(relation.from.clone()));
        resolves(&events, &Some(relation.to.clone()));
    }
    if let Some(main) = &document.main_event {
        resolves(&events, &Some(main.event.clone()));
        // One who is no entity is named by the words of the article.
        let said = |who: &str| {
            let mut roles = document.events.iter().flat_map(|event| &event.roles);
            roles.any(|role| role.location.text == who)
        };
        for who in &main.who {
            assert!(entities.contains(who.as_str()) || said(who), "{id}: {who:?} names nobody");
        }
        resolves(&entities, &main.place);
    }
    for entity in &document.entities {
        in_order(id, "mentions", entity.mentions.iter().map(|m| &m.location));
        let scores = entity.mentions.iter().map(|m| m.score);
        assert!(scores.clone().all(|s| (0.0..=1.0).contains(&s)), "{id}: {}", entity.id);
        assert!(!entity.mentions.is_empty(), "{id}: {} has no mention", entity.id);
    }
    in_order(id, "entities", document.entities.iter().map(|e| &e.mentions[0].location));
    in_order(id, "times", document.times.iter().map(|t| &t.location));
    in_order(id, "quantities", document.quantities.iter().map(|q| &q.location));
    in_order(id, "quotes", document.quotes.iter().map(|q| &q.location));
    in_order(id, "events", document.events.iter().map(|e| &e.mentions[0].location));
}

fn numbered<'a>(
    document: &str,
    prefix: &str,
    ids: impl Iterator<Item = &'a str>,
) -> BTreeSet<&'a str> {
    let mut all = BTreeSet::new();
    for (index, id) in ids.enumerate() {
        assert_eq!(id, format!("{prefix}{}", index + 1), "{document}");
        all.insert(id);
    }
    all
}

fn in_order<'a>(id: &str, what: &str, locations: impl Iterator<Item = &'a Location>) {
    let starts: Vec<_> = locations.map(|l| (l.field, l.start)).collect();
    assert!(starts.is_sorted(), "{id}: {what} out of order: {starts:?}");
}

#[test]
fn locations_slice_to_their_text_in_every_unit() {
    let (articles, documents): (Vec<Article>, Vec<_>) = RECORDS.iter().cloned().unzip();
    let other = |unit: OffsetUnit| {
        let pipeline = system::builder().offsets(unit).build().unwrap();
        pipeline.read_many(&articles).into_iter().map(|document| document.unwrap()).collect()
    };
    for unit in [OffsetUnit::Codepoint, OffsetUnit::Byte, OffsetUnit::Utf16] {
        let read: Vec<Document> =
            if unit == OffsetUnit::Codepoint { documents.clone() } else { other(unit) };
        for (article, document) in articles.iter().zip(&read) {
            check_offsets(article, document, unit);
        }
    }
}

#[test]
fn references_resolve_and_lists_are_in_order() {
    RECORDS.iter().for_each(|(_, document)| check_references(document));
}

#[test]
fn furniture_yields_nothing() {
    for (article, document) in RECORDS.iter() {
        let furniture: Vec<_> = document.zones.iter().filter(|z| z.kind == "furniture").collect();
        let inside = |l: &&Location| {
            furniture.iter().any(|z| z.field == l.field && l.start < z.end && z.start < l.end)
        };
        let entities = document.entities.iter().flat_map(|e| &e.mentions).map(|m| &m.location);
        let events = document.events.iter().flat_map(|e| &e.mentions).map(|m| &m.location);
        let found: Vec<&Location> = entities.chain(events).filter(inside).collect();
        assert!(found.is_empty(), "{}: {found:?}", article.id);
    }
    let (id, text) = ODD[5];
    let document = system::read(&Article::from_text(id, text));
    assert!(document.entities.is_empty() && document.events.is_empty(), "{}", json(&document));
}

#[test]
fn records_survive_json() {
    for (_, document) in RECORDS.iter() {
        let written = json(document);
        let again: Document = serde_json::from_str(&written).unwrap();
        assert_eq!(&again, document);
        assert_eq!(json(&again), written);
    }
}

#[test]
fn records_keep_to_the_published_schema() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../schema/dateline-1.json");
    let Ok(schema) = std::fs::read_to_string(path) else {
        eprintln!("SKIPPED: there is no {path}");
        return;
    };
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    for (article, document) in RECORDS.iter() {
        let document = serde_json::to_value(document).unwrap();
        let faults: Vec<String> = validator.iter_errors(&document).map(|e| e.to_string()).collect();
        assert!(faults.is_empty(), "{}: {faults:?}", article.id);
    }
}

#[test]
fn neighbours_order_and_batches_leave_no_trace() {
    // A fixed shuffle: a stride coprime to the count visits every article once.
    let count = RECORDS.len();
    let stride = (7..).find(|stride| gcd(*stride, count) == 1).unwrap();
    let shuffled: Vec<_> = (0..count).map(|i| &RECORDS[i * stride % count]).collect();
    for (budget, taken) in [(250, 8), (1024, 16), (6000, count)] {
        let taken = &shuffled[..taken];
        let pipeline = system::builder().batch_pieces(budget).build().unwrap();
        let articles: Vec<Article> = taken.iter().map(|(article, _)| article.clone()).collect();
        for (document, (_, expected)) in pipeline.read_many(&articles).iter().zip(taken) {
            assert_eq!(json(document.as_ref().unwrap()), json(expected), "budget {budget}");
        }
    }
    for (article, expected) in &shuffled[..4] {
        assert_eq!(json(&PIPELINE.read(article).unwrap()), json(expected), "alone");
    }
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}
