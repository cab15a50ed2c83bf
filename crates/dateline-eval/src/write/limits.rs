//! Counts what a format cannot hold of a document.

use dateline::record::Role;
use dateline::{Document, Text};
use dateline_text::ZoneKind;

use crate::notes::Notes;

/// Counts every kind of thing in `document` but those in `held`, which the format holds or whose
/// losses its writer counts itself.
pub(crate) fn lose(document: &Document, held: &[&str], losses: &mut Notes) {
    let entities = &document.entities;
    let events = &document.events;
    let mentions: usize = entities.iter().map(|entity| entity.mentions.len()).sum();
    let details = entities.iter().filter(|entity| {
        entity.country.is_some() || entity.subtype.is_some() || !entity.titles.is_empty()
    });
    let some = |present: bool| usize::from(present);
    let counts = [
        ("publication date", some(document.published.is_some())),
        ("entity mention", mentions),
        ("entity cluster", entities.iter().filter(|e| e.mentions.len() > 1).count()),
        ("entity with country, subtype or titles", details.count()),
        ("time expression", document.times.len()),
        ("time value", document.times.iter().filter(|t| t.value.is_some()).count()),
        ("time modifier", document.times.iter().filter(|t| t.modifier.is_some()).count()),
        ("quantity", document.quantities.len()),
        ("event trigger", events.iter().map(|event| event.mentions.len()).sum()),
        ("event cluster", events.iter().filter(|e| e.mentions.len() > 1).count()),
        ("event type", events.len()),
        ("event label", events.len()),
        ("event time", events.iter().filter(|e| e.time.is_some()).count()),
        ("event place", events.iter().filter(|e| e.place.is_some()).count()),
        ("role", events.iter().map(|event| event.roles.len()).sum()),
        ("factuality", events.len()),
        ("attribution", events.iter().filter(|e| e.attribution.is_some()).count()),
        ("event relation", document.event_relations.len()),
        ("quote", document.quotes.len()),
        ("main event", some(document.main_event.is_some())),
    ];
    for (kind, count) in counts {
        if !held.contains(&kind) {
            losses.count(kind, count);
        }
    }
}

/// Counts what formats of tokens leave out of an article: zones that are not read.
pub(crate) fn lose_unread(text: &Text, losses: &mut Notes) {
    for zone in text.zones() {
        match zone.kind {
            ZoneKind::Title | ZoneKind::Body => {}
            ZoneKind::Dateline | ZoneKind::Byline | ZoneKind::Furniture => {
                losses.note(format!("text outside sentences ({})", zone.kind.as_str()));
            }
        }
    }
}

/// The written annotation that fills a role, in formats where roles are links: the one at the
/// filler's own span (`exact`), or for a filler event its `first` trigger. `None`, counted, where
/// there is none to link.
pub(crate) fn filler(
    role: &Role,
    exact: impl Fn(&String) -> Option<String>,
    first: impl Fn(&String) -> Option<String>,
    losses: &mut Notes,
) -> Option<String> {
    let item = role.entity.as_ref().or(role.event.as_ref()).or(role.time.as_ref());
    if let Some(place) = item.and_then(exact) {
        return Some(place);
    }
    if let Some(place) = role.event.as_ref().and_then(first) {
        losses.note("span of a role that an event fills (its trigger is linked)");
        return Some(place);
    }
    losses.note(match role.quantity {
        Some(_) => "role that a quantity fills",
        None => "role that words fill which are no span of their own",
    });
    None
}
