//! doccano's JSON lines for sequence labelling.
//!
//! Spans stand in `label` (or `labels`) as `[start, end, name]`, or in `entities` as objects with
//! ids that `relations` link. Offsets count code points. The format does not repeat the characters
//! of a span, so only the bounds of spans can be verified.

use std::collections::BTreeMap;

use dateline::{Field, OffsetUnit};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use super::documents::Form;
use super::items::{Item, Items, Link};
use super::json;
use super::{Format, Problem, ReadOptions};
use crate::notes::Notes;
use crate::sample::{Published, Sample, Stretch};

/// What doccano's records say.
pub(crate) struct Doccano {
    unit: OffsetUnit,
}

/// One document.
#[derive(Deserialize)]
pub(crate) struct Line {
    id: Option<Value>,
    #[serde(alias = "data")]
    text: String,
    #[serde(default, alias = "labels")]
    label: Vec<Value>,
    #[serde(default)]
    entities: Vec<Value>,
    #[serde(default)]
    relations: Vec<Relation>,
    /// Layers that were annotated, as Dateline writes them.
    #[serde(default)]
    layers: Vec<String>,
    published: Option<String>,
    #[serde(flatten)]
    rest: BTreeMap<String, IgnoredAny>,
}

#[derive(Deserialize)]
struct Relation {
    from_id: Value,
    to_id: Value,
    #[serde(rename = "type")]
    kind: String,
}

impl Doccano {
    pub(crate) fn new(options: &ReadOptions) -> Doccano {
        Doccano { unit: options.unit.or(Format::Doccano.unit()).unwrap_or_default() }
    }
}

impl Form for Doccano {
    type Record = Line;

    fn id(&self, line: &Line) -> Option<String> {
        json::id(line.id.as_ref())
    }

    fn sample(&self, id: String, line: Line, notes: &mut Notes) -> Result<Option<Sample>, Problem> {
        let mut sample = Sample::new(id, line.text.clone(), self.unit);
        sample.published = line.published.map(|value| Published { value, source: None });
        let mut items = Items::default();
        items.annotated(&line.layers);
        for (field, spans) in [("label", &line.label), ("entities", &line.entities)] {
            for (index, span) in spans.iter().enumerate() {
                let item = read_span(span).ok_or_else(|| no_span(field, index, span))?;
                items.items.push(item);
            }
        }
        for relation in line.relations {
            let text = |id: &Value| json::id(Some(id)).unwrap_or_default();
            let (from, to) = (text(&relation.from_id), text(&relation.to_id));
            items.links.push(Link { kind: relation.kind, from, to });
        }
        for field in line.rest.keys().filter(|field| !matches!(field.as_str(), "meta" | "metadata"))
        {
            notes.note(format!("field {field}"));
        }
        items.build(&mut sample, notes)?;
        crate::verify::normalize(&mut sample, None, &line.text)?;
        Ok(Some(sample))
    }

    fn detected(&self) -> Option<String> {
        Some(format!("offsets in {}s (bounds verified only)", self.unit.as_str()))
    }
}

/// Reads `[start, end, name]` or an object.
fn read_span(span: &Value) -> Option<Item> {
    let number = |value: Option<&Value>| value?.as_u64().and_then(|n| usize::try_from(n).ok());
    if let Value::Array(parts) = span {
        let [start, end, label] = &parts[..] else { return None };
        let (start, end) = (number(Some(start))?, number(Some(end))?);
        return Some(Item::new("", label.as_str()?, Stretch { field: Field::Text, start, end }));
    }
    let start = number(span.get("start_offset").or_else(|| span.get("start")))?;
    let end = number(span.get("end_offset").or_else(|| span.get("end")))?;
    let label = span.get("label")?.as_str()?;
    let id = json::id(span.get("id")).unwrap_or_default();
    let mut item = Item::new(id, label, Stretch { field: Field::Text, start, end });
    item.text = span.get("text").and_then(Value::as_str).unwrap_or_default().to_owned();
    Some(item)
}

fn no_span(field: &str, index: usize, span: &Value) -> Problem {
    Problem::Record(format!(
        "{field}[{index}] is {span}; expected [start, end, \"LABEL\"] or an object with \
         start_offset, end_offset and label"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::open;

    #[test]
    fn all_forms_of_spans() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("all.jsonl");
        let lines = "{\"id\":1,\"text\":\"😀 Ann met Bo.\",\"label\":[[2,5,\"PER\"],[6,9,\"event:meet\"]],\"Comments\":[]}\n\
            {\"id\":2,\"text\":\"Ann met Bo.\",\"labels\":[{\"start\":0,\"end\":3,\"label\":\"PER\"}]}\n\
            {\"id\":3,\"text\":\"Ann left. She won.\",\"entities\":[{\"id\":7,\"label\":\"PER\",\"start_offset\":0,\
            \"end_offset\":3},{\"id\":8,\"label\":\"PER\",\"start_offset\":10,\"end_offset\":13}],\
            \"relations\":[{\"id\":1,\"from_id\":8,\"to_id\":7,\"type\":\"Coref\"}]}\n";
        std::fs::write(&path, lines).unwrap();
        let mut reader = open(&path, None).unwrap();
        assert_eq!(reader.detected(), "doccano, offsets in codepoints (bounds verified only)");
        let samples: Vec<Sample> = reader.by_ref().map(Result::unwrap).collect();
        let first = |index: usize| samples[index].entities.as_ref().unwrap()[0].clone();
        assert_eq!(first(0).mentions[0].location.text, "Ann");
        assert_eq!(samples[0].events.as_ref().unwrap()[0].kind, "meet");
        assert_eq!((first(1).mentions.len(), &samples[1].events), (1, &None));
        assert_eq!(first(2).mentions.len(), 2);
        assert_eq!(reader.notes().to_string(), "1 × field Comments");
    }
}
