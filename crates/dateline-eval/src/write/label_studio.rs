//! Label Studio tasks with predictions.
//!
//! Title and text stay apart, as two objects of a labelling set-up; offsets are UTF-16 code units.

use std::collections::HashMap;

use dateline::record::{Location, Role};
use dateline::{Document, Field, OffsetUnit};
use serde_json::{Value, json};

use super::Source;
use super::limits::{filler, lose};
use crate::axis::FieldMaps;
use crate::notes::Notes;

const HELD: &[&str] = &[
    "publication date",
    "entity mention",
    "entity cluster",
    "time expression",
    "time value",
    "event trigger",
    "event cluster",
    "event type",
    "role",
];

/// The prediction being written.
struct Prediction<'a> {
    unit: OffsetUnit,
    maps: FieldMaps<'a>,
    regions: Vec<Value>,
    relations: Vec<Value>,
    /// Regions by field, start, end and item: what a role is linked to.
    places: HashMap<(Field, usize, usize, String), String>,
    /// The first region of each item.
    firsts: HashMap<String, String>,
}

pub(crate) fn write(document: &Document, source: Source<'_>, losses: &mut Notes) -> String {
    lose(document, HELD, losses);
    let mut prediction = Prediction {
        unit: crate::verify::unit_of(&document.offsets).unwrap_or_default(),
        maps: FieldMaps::new(source.title, source.text),
        regions: Vec::new(),
        relations: Vec::new(),
        places: HashMap::new(),
        firsts: HashMap::new(),
    };
    for entity in &document.entities {
        let mentions = entity.mentions.iter().map(|m| (&m.location, Some(m.score)));
        prediction.cluster("entities", &entity.id, &entity.kind, mentions, losses);
    }
    for time in &document.times {
        let place = [(&time.location, None)].into_iter();
        prediction.cluster("times", &time.id, &time.kind, place, losses);
        prediction.value(&time.id, &time.location, time.value.as_deref());
    }
    for event in &document.events {
        let mentions = event.mentions.iter().map(|m| (&m.location, Some(event.score)));
        prediction.cluster("events", &event.id, &event.kind, mentions, losses);
    }
    for event in &document.events {
        event.roles.iter().for_each(|role| prediction.role(&event.id, role, losses));
    }
    let mut result = prediction.regions;
    result.extend(prediction.relations);
    let mut data = json!({
        "id": document.id,
        "text": source.text,
        "layers": ["entities", "times", "events"],
    });
    if let Some(title) = source.title {
        data["title"] = json!(title);
    }
    if let Some(published) = &document.published {
        data["published"] = json!(published.value);
    }
    let predictions = [json!({ "model_version": document.schema, "result": result })];
    json!({ "data": data, "predictions": predictions }).to_string()
}

impl Prediction<'_> {
    /// The span in UTF-16 units, and its characters.
    fn span(&self, location: &Location) -> Option<(usize, usize, &str)> {
        let map = self.maps.of(location.field)?;
        let start = map.find(self.unit, location.start)?;
        let end = map.find(self.unit, location.end)?;
        let text = map.text().get(start.byte..end.byte).filter(|text| !text.is_empty())?;
        Some((start.utf16, end.utf16, text))
    }

    /// Writes the mentions of one item as regions `ID.1`, `ID.2` …, linked to the first.
    fn cluster<'m>(
        &mut self,
        control: &str,
        id: &str,
        label: &str,
        mentions: impl Iterator<Item = (&'m Location, Option<f64>)>,
        losses: &mut Notes,
    ) {
        let mut first: Option<String> = None;
        for (index, (location, score)) in mentions.enumerate() {
            let Some((start, end, text)) = self.span(location) else {
                losses.note("span outside the text");
                continue;
            };
            let region = format!("{id}.{}", index + 1);
            let mut written = json!({
                "id": region,
                "from_name": control,
                "to_name": object(location.field),
                "type": "labels",
                "value": { "start": start, "end": end, "text": text, "labels": [label] },
            });
            if let Some(score) = score {
                written["score"] = json!(score);
            }
            self.regions.push(written);
            let place = (location.field, location.start, location.end, id.to_owned());
            self.places.entry(place).or_insert_with(|| region.clone());
            match &first {
                None => {
                    self.firsts.insert(id.to_owned(), region.clone());
                    first = Some(region);
                }
                Some(first) => self.relations.push(relation("coref", &region, first)),
            }
        }
    }

    /// Writes the value of a time into the text area of its region.
    fn value(&mut self, id: &str, location: &Location, value: Option<&str>) {
        if let (Some(value), Some((start, end, _))) = (value, self.span(location)) {
            self.regions.push(json!({
                "id": format!("{id}.1"),
                "from_name": "value",
                "to_name": object(location.field),
                "type": "textarea",
                "value": { "start": start, "end": end, "text": [value] },
            }));
        }
    }

    fn role(&mut self, event: &str, role: &Role, losses: &mut Notes) {
        let at = &role.location;
        let exact =
            |id: &String| self.places.get(&(at.field, at.start, at.end, id.clone())).cloned();
        let first = |id: &String| self.firsts.get(id).cloned();
        let Some(from) = self.firsts.get(event) else {
            losses.note("role of an event without a span");
            return;
        };
        if let Some(to) = filler(role, exact, first, losses) {
            self.relations.push(relation(&role.role, from, &to));
        }
    }
}

fn object(field: Field) -> &'static str {
    match field {
        Field::Title => "title",
        Field::Text => "text",
    }
}

fn relation(label: &str, from: &str, to: &str) -> Value {
    json!({
        "type": "relation",
        "from_id": from,
        "to_id": to,
        "direction": "right",
        "labels": [label],
    })
}
