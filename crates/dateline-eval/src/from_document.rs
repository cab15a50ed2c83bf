//! Our output as a sample, without the way through JSON.

use dateline::{Document, record};

use crate::sample::{
    Attribution, Entity, Event, EventMention, EventPlace, EventTime, Factuality, Location,
    MainEvent, Mention, Published, Role, Sample, Stretch, Time, Zone,
};

/// The parts of a document that anything is compared by; offsets stay in the document's unit. The
/// text is there only if the document carries it.
impl From<&Document> for Sample {
    fn from(document: &Document) -> Sample {
        Sample {
            schema: document.schema.clone(),
            id: document.id.clone(),
            title: document.title.clone(),
            text: document.text.clone(),
            offsets: document.offsets.clone(),
            published: document
                .published
                .as_ref()
                .map(|p| Published { value: p.value.clone(), source: Some(p.source.clone()) }),
            undated: false,
            zones: Some(document.zones.iter().map(Zone::from).collect()),
            sentences: None,
            entities: Some(document.entities.iter().map(Entity::from).collect()),
            times: Some(document.times.iter().map(Time::from).collect()),
            document_events: None,
            events: Some(document.events.iter().map(Event::from).collect()),
            main_event: document.main_event.as_ref().map(MainEvent::from),
            annotated: Vec::new(),
        }
    }
}

impl From<&record::ZoneRecord> for Zone {
    fn from(zone: &record::ZoneRecord) -> Zone {
        let at = Stretch { field: zone.field, start: zone.start, end: zone.end };
        Zone { kind: zone.kind.clone(), at }
    }
}

impl From<&record::Location> for Location {
    fn from(location: &record::Location) -> Location {
        let (field, start, end) = (location.field, location.start, location.end);
        Location { at: Stretch { field, start, end }, text: location.text.clone() }
    }
}

impl From<&record::Entity> for Entity {
    fn from(entity: &record::Entity) -> Entity {
        let mention = |mention: &record::Mention| Mention {
            kind: Some(mention.kind.clone()),
            score: Some(mention.score),
            metonymy: mention.metonymy.clone(),
            ..Mention::at((&mention.location).into())
        };
        Entity {
            id: entity.id.clone(),
            kind: entity.kind.clone(),
            subtype: entity.subtype.clone(),
            country: entity.country.clone(),
            latitude: entity.latitude,
            longitude: entity.longitude,
            salience: Some(entity.salience),
            mentions: entity.mentions.iter().map(mention).collect(),
            ..Entity::default()
        }
    }
}

impl From<&record::Time> for Time {
    fn from(time: &record::Time) -> Time {
        Time {
            id: time.id.clone(),
            location: (&time.location).into(),
            kind: time.kind.clone(),
            value: time.value.clone(),
            modifier: time.modifier.clone(),
            optional: false,
            alternatives: Vec::new(),
        }
    }
}

impl From<&record::Factuality> for Factuality {
    fn from(factuality: &record::Factuality) -> Factuality {
        Factuality {
            status: Some(factuality.status.clone()),
            polarity: Some(factuality.polarity.clone()),
            certainty: Some(factuality.certainty.clone()),
            future: Some(factuality.future),
        }
    }
}

impl From<&record::Role> for Role {
    fn from(role: &record::Role) -> Role {
        Role {
            role: role.role.clone(),
            roles: Vec::new(),
            entity: role.entity.clone(),
            event: role.event.clone(),
            time: role.time.clone(),
            quantity: role.quantity.clone(),
            location: (&role.location).into(),
            head: None,
            optional: false,
            inferred: role.inferred.clone(),
        }
    }
}

impl From<&record::Event> for Event {
    fn from(event: &record::Event) -> Event {
        let mention = |mention: &record::EventMention| EventMention {
            location: (&mention.location).into(),
            pos: None,
            factuality: Some((&mention.factuality).into()),
            optional: false,
            alternatives: Vec::new(),
        };
        let time = |time: &record::EventTime| EventTime {
            value: time.value.clone(),
            reference: time.reference.clone(),
            inferred: time.inferred.clone(),
        };
        let place = |place: &record::EventPlace| EventPlace {
            entity: place.entity.clone(),
            country: place.country.clone(),
            inferred: place.inferred.clone(),
        };
        let attribution = |attribution: &record::Attribution| Attribution {
            source: attribution.source.clone(),
            speaker: None,
            cue: Some((&attribution.cue).into()),
        };
        Event {
            id: event.id.clone(),
            kind: event.kind.clone(),
            types: Vec::new(),
            label: Some(event.label.clone()),
            labels: Vec::new(),
            score: Some(event.score),
            mentions: event.mentions.iter().map(mention).collect(),
            roles: event.roles.iter().map(Role::from).collect(),
            time: event.time.as_ref().map(time),
            place: event.place.as_ref().map(place),
            factuality: Some((&event.factuality).into()),
            attribution: event.attribution.as_ref().map(attribution),
        }
    }
}

impl From<&record::MainEvent> for MainEvent {
    fn from(main: &record::MainEvent) -> MainEvent {
        MainEvent {
            event: Some(main.event.clone()),
            who: main.who.clone(),
            what: Some(main.what.clone()),
            when: main.when.clone(),
            place: main.place.clone(),
            why: main.why.clone(),
            how: main.how.clone(),
            answers: std::collections::BTreeMap::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    #[test]
    fn says_the_same_as_the_record() {
        let (document, _) = testing::document();
        let json = serde_json::to_string(&document).unwrap();
        let through_json: Sample = serde_json::from_str(&json).unwrap();
        assert_eq!(Sample::from(&document), through_json);
        assert!(document.events[0].attribution.is_some() && document.main_event.is_some());
    }
}
