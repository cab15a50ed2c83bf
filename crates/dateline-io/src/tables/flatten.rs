//! From a document to the rows of the flat tables.

use std::collections::HashMap;

use dateline::Document;
use dateline::record::{Entity, Event, Location, Mention, Role, Time};

use super::rows::{ArticleRow, EntityRow, EventRow, Flat, MentionRow, RoleRow, TimeRow};

/// Between the values that a list column would hold.
const BETWEEN: &str = "; ";

/// The rows of `document`, the `number`th of the output.
pub(crate) fn rows(document: &Document, number: u64) -> Flat<'_> {
    let of = Of {
        document,
        number,
        names: document.entities.iter().map(|e| (e.id.as_str(), e.name.as_str())).collect(),
    };
    let entities = &document.entities;
    let mentions = entities.iter().flat_map(|e| e.mentions.iter().map(|m| of.mention(e, m)));
    let roles = document.events.iter().flat_map(|e| e.roles.iter().map(|r| of.role(e, r)));
    Flat {
        articles: [of.article()],
        entities: entities.iter().map(|entity| of.entity(entity)).collect(),
        mentions: mentions.collect(),
        events: document.events.iter().map(|event| of.event(event)).collect(),
        roles: roles.collect(),
        times: document.times.iter().map(|time| of.time(time)).collect(),
    }
}

/// What rows are made of.
struct Of<'a> {
    document: &'a Document,
    number: u64,
    /// Names of the entities.
    names: HashMap<&'a str, &'a str>,
}

impl<'a> Of<'a> {
    fn article(&self) -> ArticleRow<'a> {
        let document = self.document;
        let published = document.published.as_ref();
        let main = document.main_event.as_ref();
        // Of these, the record has the id where it has one, else words.
        let who = main.map_or(&[][..], |main| &main.who);
        let names = who.iter().map(|who| self.name(who).unwrap_or(who));
        let entities = who.iter().map(String::as_str).filter(|who| self.name(who).is_some());
        let place = main.and_then(|main| main.place.as_deref());
        let why = main.and_then(|main| main.why.as_deref());
        let cause = why.and_then(|why| document.events.iter().find(|event| event.id == why));
        ArticleRow {
            article: self.number,
            article_id: &document.id,
            title: document.title.as_deref(),
            published: published.map(|published| published.value.as_str()),
            published_source: published.map(|published| published.source.as_str()),
            language: &document.language,
            offsets: &document.offsets,
            windows: document.windows,
            warnings: joined(document.warnings.iter().map(String::as_str)),
            entity_count: document.entities.len(),
            event_count: document.events.len(),
            main_event: main.map(|main| main.event.as_str()),
            main_who: joined(names),
            main_who_entities: joined(entities),
            main_what: main.map(|main| main.what.as_str()),
            main_when: main.and_then(|main| main.when.as_deref()),
            main_when_inferred: main.and_then(|main| main.when_inferred.as_deref()),
            main_where: place.map(|place| self.name(place).unwrap_or(place)),
            main_where_entity: place,
            main_where_inferred: main.and_then(|main| main.where_inferred.as_deref()),
            main_why: cause.map(|event| event.label.as_str()).or(why),
            main_why_event: cause.map(|event| event.id.as_str()),
            main_how: main.and_then(|main| main.how.as_deref()),
            duplicate_of: document.duplicate_of.as_ref().map(|copy| copy.id.as_str()),
            similarity: document.duplicate_of.as_ref().map(|copy| copy.similarity),
            text: document.text.as_deref(),
        }
    }

    fn entity(&self, entity: &'a Entity) -> EntityRow<'a> {
        let first = entity.mentions.first().map(|mention| &mention.location);
        EntityRow {
            article: self.number,
            article_id: &self.document.id,
            entity_id: &entity.id,
            r#type: &entity.kind,
            subtype: entity.subtype.as_deref(),
            name: &entity.name,
            aliases: joined(entity.aliases.iter().map(String::as_str)),
            titles: joined(entity.titles.iter().map(String::as_str)),
            affiliations: joined(entity.affiliations.iter().map(String::as_str)),
            country: entity.country.as_deref(),
            latitude: entity.latitude,
            longitude: entity.longitude,
            salience: entity.salience,
            mention_count: entity.mentions.len(),
            first_field: first.map(|first| first.field),
            first_start: first.map(|first| first.start),
            first_end: first.map(|first| first.end),
            score: entity.mentions.iter().map(|mention| mention.score).reduce(f64::max),
        }
    }

    fn mention(&self, entity: &'a Entity, mention: &'a Mention) -> MentionRow<'a> {
        let Location { field, start, end, ref text } = mention.location;
        MentionRow {
            article: self.number,
            article_id: &self.document.id,
            entity_id: &entity.id,
            field,
            start,
            end,
            text,
            kind: &mention.kind,
            score: mention.score,
            metonymy: mention.metonymy.as_deref(),
        }
    }

    fn event(&self, event: &'a Event) -> EventRow<'a> {
        let first = event.mentions.first().map(|mention| &mention.location);
        let time = event.time.as_ref();
        let place = event.place.as_ref();
        let place_entity = place.and_then(|place| place.entity.as_deref());
        let attribution = event.attribution.as_ref();
        let source = attribution.and_then(|said| said.source.as_deref());
        EventRow {
            article: self.number,
            article_id: &self.document.id,
            event_id: &event.id,
            r#type: &event.kind,
            family: &event.family,
            mode: event.mode.as_deref(),
            label: &event.label,
            score: event.score,
            salience: &event.salience,
            mention_count: event.mentions.len(),
            field: first.map(|first| first.field),
            start: first.map(|first| first.start),
            end: first.map(|first| first.end),
            text: first.map(|first| first.text.as_str()),
            status: &event.factuality.status,
            polarity: &event.factuality.polarity,
            certainty: &event.factuality.certainty,
            future: event.factuality.future,
            time: time.and_then(|time| time.value.as_deref()),
            time_id: time.and_then(|time| time.reference.as_deref()),
            time_inferred: time.and_then(|time| time.inferred.as_deref()),
            place_entity,
            place_name: place_entity.and_then(|place| self.name(place)),
            country: place.and_then(|place| place.country.as_deref()),
            place_inferred: place.and_then(|place| place.inferred.as_deref()),
            source_entity: source,
            source_name: source.and_then(|source| self.name(source)),
            source_kind: attribution.map(|said| said.kind.as_str()),
            cue: attribution.map(|said| said.cue.text.as_str()),
            plover: event.codes.plover.as_deref(),
            cameo: event.codes.cameo.as_deref(),
            ace: event.codes.ace.as_deref(),
        }
    }

    fn role(&self, event: &'a Event, role: &'a Role) -> RoleRow<'a> {
        let Location { field, start, end, ref text } = role.location;
        RoleRow {
            article: self.number,
            article_id: &self.document.id,
            event_id: &event.id,
            role: &role.role,
            entity_id: role.entity.as_deref(),
            event: role.event.as_deref(),
            time: role.time.as_deref(),
            quantity: role.quantity.as_deref(),
            field,
            start,
            end,
            text,
            name: role.entity.as_deref().and_then(|entity| self.name(entity)),
            inferred: role.inferred.as_deref(),
        }
    }

    fn time(&self, time: &'a Time) -> TimeRow<'a> {
        let Location { field, start, end, ref text } = time.location;
        TimeRow {
            article: self.number,
            article_id: &self.document.id,
            time_id: &time.id,
            field,
            start,
            end,
            text,
            r#type: &time.kind,
            value: time.value.as_deref(),
            r#mod: time.modifier.as_deref(),
            anchor: time.anchor.as_deref(),
        }
    }

    fn name(&self, entity: &str) -> Option<&'a str> {
        self.names.get(entity).copied()
    }
}

/// The values in one string; none where there are none.
fn joined<'a>(values: impl Iterator<Item = &'a str>) -> Option<String> {
    let values: Vec<&str> = values.collect();
    (!values.is_empty()).then(|| values.join(BETWEEN))
}
