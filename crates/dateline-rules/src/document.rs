//! From facts to the output record.

use dateline_text::Span;

use crate::entities::Salience;
use crate::events::Events;
use crate::reading::{MentionKind, Reading};
use crate::record::{Document, Entity, Location, Mention, Published, Quantity, Time, ZoneRecord};
use crate::times::Anchor;

/// Rounds a probability to three decimals, so that the last bits of a float never show.
pub(crate) fn rounded(score: f32) -> f64 {
    (f64::from(score) * 1000.0).round() / 1000.0
}

/// Builds the record. Ids follow the order of the facts: entity `i` is `e{i+1}`.
pub(crate) fn assemble(reading: Reading<'_>, events: Events, salience: &Salience) -> Document {
    let text = reading.text;
    let locate = |tokens: std::ops::Range<usize>| Location::of(text, text.cover(tokens));
    let mut mentions: Vec<Vec<Mention>> = vec![Vec::new(); reading.entities.len()];
    for unread in &reading.unread {
        mentions[unread.entity].push(Mention {
            location: Location::of(text, unread.span),
            kind: MentionKind::Name.as_str().to_owned(),
            score: rounded(unread.score),
            metonymy: None,
        });
    }
    for (index, mention) in reading.mentions.iter().enumerate() {
        let metonymy = reading.metonymy.get(index).copied().flatten();
        mentions[mention.entity].push(Mention {
            location: locate(mention.tokens.clone()),
            kind: mention.kind.as_str().to_owned(),
            score: rounded(mention.score),
            metonymy: metonymy.map(str::to_owned),
        });
    }
    if !reading.unread.is_empty() {
        mentions.iter_mut().for_each(|m| m.sort_by_key(|m| m.location.start));
    }
    let entities = reading.entities.iter().zip(mentions).enumerate();
    let entities = entities.map(|(index, (entity, mentions))| Entity {
        id: format!("e{}", index + 1),
        kind: entity.kind.as_str().to_owned(),
        subtype: entity.subtype.map(str::to_owned),
        name: entity.name.clone(),
        aliases: entity.aliases.clone(),
        titles: entity.titles.clone(),
        affiliations: entity.affiliations.iter().map(|of| format!("e{}", of + 1)).collect(),
        country: entity.country.clone(),
        latitude: entity.point.map(|point| point.0),
        longitude: entity.point.map(|point| point.1),
        salience: rounded(salience.of(text, entity.kind, &starts(&mentions))),
        mentions,
    });
    let times = reading.times.iter().enumerate().map(|(index, time)| Time {
        id: format!("t{}", index + 1),
        location: locate(time.tokens.clone()),
        kind: time.kind.to_owned(),
        value: time.value.clone(),
        modifier: time.modifier.map(str::to_owned),
        anchor: time.anchor.map(|anchor| match anchor {
            Anchor::Published => "published".to_owned(),
            Anchor::Time(time) => format!("t{}", time + 1),
        }),
    });
    let quantities = reading.quantities.iter().enumerate().map(|(index, quantity)| Quantity {
        id: format!("q{}", index + 1),
        location: locate(quantity.tokens.clone()),
        kind: quantity.kind.to_owned(),
        value: quantity.value,
        unit: quantity.unit.clone(),
        modifier: quantity.modifier.map(str::to_owned),
    });
    let published = reading.published.as_ref().map(|published| Published {
        value: published.date.to_string(),
        source: published.source.to_owned(),
        location: published.span.map(|span| Location::of(text, span)),
    });
    let zones = text.zones().iter().map(|zone| ZoneRecord {
        kind: zone.kind.as_str().to_owned(),
        field: text.locate(zone.span).0,
        start: zone.span.start,
        end: zone.span.end,
    });
    Document {
        title: title(&reading),
        published,
        zones: zones.collect(),
        entities: entities.collect(),
        times: times.collect(),
        quantities: quantities.collect(),
        events: events.events,
        event_relations: events.relations,
        quotes: events.quotes,
        main_event: events.main,
        windows: reading.annotations.windows,
        warnings: reading.warnings,
        ..Document::new(reading.article)
    }
}

/// Where mentions start, in bytes.
fn starts(mentions: &[Mention]) -> Vec<usize> {
    mentions.iter().map(|mention| mention.location.start).collect()
}

/// The title field, or the text of the first title zone.
fn title(reading: &Reading<'_>) -> Option<String> {
    let zones = reading.text.zones();
    let zone = || zones.iter().find(|z| z.kind == dateline_text::ZoneKind::Title).map(|z| z.span);
    let surface = |span: Span| reading.text.surface(span).to_owned();
    reading.article.title.clone().or_else(|| zone().map(surface))
}
