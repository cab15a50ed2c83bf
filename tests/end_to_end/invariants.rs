//! What holds for any article.

use std::collections::BTreeSet;

use dateline::record::{Event, Location};
use dateline::{Article, Document, Field, OffsetUnit};

use crate::gold;
use crate::system::{self, PIPELINE, json};

const UNITS: [OffsetUnit; 3] = [OffsetUnit::Codepoint, OffsetUnit::Byte, OffsetUnit::Utf16];

/// Articles in which bytes, code points and UTF-16 units differ, or that hold little to read.
const ODD: [(&str, &str); 6] = [
    ("wide", "🎉 Élysée 🎉\n\nPrésident Zoë Lefèvre met Søren Ødegård in Málaga 👩‍👩‍👧 on Monday."),
    ("crlf", "Talks begin\r\n\r\nEnvoys of Peru met envoys of Chile in Lima on Friday.\r\n"),
    ("bom", "\u{feff}LIMA (AFP) — Two ministers resigned on Friday."),
    ("nul", "The mayor\0of Lyon, Anne Petit, resigned.\0"),
    ("rtl", "The word שלום was written by Amir Levi in حلب on Sunday."),
    ("furniture", "All rights reserved.\n\n© 2024 Example Press\n\nRead more: Other stories\n"),
];

/// Every article at hand, each also with its first line as a title of its own.
pub(crate) fn articles() -> Vec<Article> {
    let whole = gold::articles().into_iter().flat_map(|suite| suite.cases);
    let cases = gold::paraphrases().cases.into_iter().chain(whole);
    let mut articles: Vec<Article> = cases.map(|case| case.article).collect();
    articles.extend(ODD.map(|(id, text)| Article::from_text(id, text)));
    let titled: Vec<Article> = articles.iter().filter_map(with_title_apart).collect();
    articles.extend(titled);
    articles
}

fn with_title_apart(article: &Article) -> Option<Article> {
    let (title, text) = article.text.split_once("\n\n")?;
    if article.title.is_some() || title.len() > 80 {
        return None;
    }
    let id = format!("{}-titled", article.id);
    let (title, text) = (Some(title.to_owned()), text.to_owned());
    Some(Article { id, title, text, ..article.clone() })
}

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
        main.who.iter().for_each(|who| resolves(&entities, &Some(who.clone())));
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
    for unit in UNITS {
        let pipeline = system::builder().offsets(unit).build().unwrap();
        for article in articles() {
            check_offsets(&article, &pipeline.read(&article).unwrap(), unit);
        }
    }
}

#[test]
fn references_resolve_and_lists_are_in_order() {
    articles().iter().for_each(|article| check_references(&system::read(article)));
}

#[test]
fn furniture_yields_nothing() {
    for article in articles() {
        let document = system::read(&article);
        let furniture: Vec<_> = document.zones.iter().filter(|z| z.kind == "furniture").collect();
        let inside = |l: &Location| {
            furniture.iter().any(|z| z.field == l.field && l.start < z.end && z.start < l.end)
        };
        let entities = document.entities.iter().flat_map(|e| &e.mentions).map(|m| &m.location);
        let mentions =
            |e: &'_ Event| e.mentions.iter().map(|m| m.location.clone()).collect::<Vec<_>>();
        let events: Vec<Location> = document.events.iter().flat_map(mentions).collect();
        let found: Vec<&Location> = entities.chain(&events).filter(|l| inside(l)).collect();
        assert!(found.is_empty(), "{}: {found:?}", article.id);
    }
    let only = Article::from_text("furniture", ODD[5].1);
    let document = system::read(&only);
    assert!(document.entities.is_empty() && document.events.is_empty(), "{}", json(&document));
}

#[test]
fn records_survive_json() {
    for article in articles() {
        let document = system::read(&article);
        let written = json(&document);
        let again: Document = serde_json::from_str(&written).unwrap();
        assert_eq!(again, document);
        assert_eq!(json(&again), written);
    }
}

#[test]
fn neighbours_order_and_batches_leave_no_trace() {
    let articles = articles();
    let alone: Vec<String> = articles.iter().map(|a| json(&system::read(a))).collect();
    let read = |budget: Option<usize>, articles: &[Article]| -> Vec<String> {
        let small = budget.map(|pieces| system::builder().batch_pieces(pieces).build().unwrap());
        let pipeline = small.as_ref().unwrap_or(&PIPELINE);
        pipeline.read_many(articles).into_iter().map(|d| json(&d.unwrap())).collect()
    };
    assert_eq!(read(None, &articles), alone);
    assert_eq!(read(Some(300), &articles), alone);
    // A fixed shuffle: a stride coprime to the count visits every article once.
    let count = articles.len();
    let stride = (7..).find(|s| gcd(*s, count) == 1).unwrap();
    let order: Vec<usize> = (0..count).map(|i| i * stride % count).collect();
    let shuffled: Vec<Article> = order.iter().map(|&i| articles[i].clone()).collect();
    for (document, index) in read(Some(4000), &shuffled).iter().zip(order) {
        assert_eq!(document, &alone[index]);
    }
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}
