//! Label Studio's JSON export: an array of tasks with regions in `annotations[].result`.
//!
//! Label Studio counts UTF-16 code units, as JavaScript does. Of several annotations of a task the
//! one marked as ground truth is read, else the first that was not cancelled; a task that was only
//! pre-labelled is read from its `predictions`.

use std::collections::{BTreeMap, HashMap};

use dateline::{Field, OffsetUnit};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::documents::Form;
use super::items::{Item, Items, Layer, Link};
use super::json;
use super::{Format, Problem, ReadOptions};
use crate::axis::FieldMaps;
use crate::notes::Notes;
use crate::sample::{Published, Sample, Stretch};

/// What Label Studio's tasks say.
pub(crate) struct LabelStudio {
    unit: OffsetUnit,
}

/// One document.
#[derive(Deserialize)]
pub(crate) struct Task {
    id: Option<Value>,
    #[serde(default)]
    data: Map<String, Value>,
    #[serde(default, alias = "completions")]
    annotations: Vec<Annotation>,
    #[serde(default)]
    predictions: Vec<Annotation>,
}

#[derive(Default, Deserialize)]
struct Annotation {
    #[serde(default)]
    result: Vec<Region>,
    #[serde(default)]
    was_cancelled: bool,
    #[serde(default)]
    ground_truth: bool,
}

#[derive(Deserialize)]
struct Region {
    #[serde(default)]
    id: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    from_name: String,
    #[serde(default)]
    to_name: String,
    #[serde(default)]
    value: Value,
    score: Option<f64>,
    /// Of relations.
    #[serde(default)]
    from_id: String,
    #[serde(default)]
    to_id: String,
    #[serde(default)]
    labels: Vec<String>,
}

#[derive(Deserialize)]
struct Labelled {
    start: usize,
    end: usize,
    #[serde(default)]
    text: String,
    #[serde(alias = "hypertextlabels")]
    labels: Vec<String>,
}

impl LabelStudio {
    pub(crate) fn new(options: &ReadOptions) -> LabelStudio {
        LabelStudio { unit: options.unit.or(Format::LabelStudio.unit()).unwrap_or_default() }
    }
}

impl Form for LabelStudio {
    type Record = Task;

    fn id(&self, task: &Task) -> Option<String> {
        json::id(task.data.get("id")).or_else(|| json::id(task.id.as_ref()))
    }

    fn sample(
        &self,
        id: String,
        mut task: Task,
        notes: &mut Notes,
    ) -> Result<Option<Sample>, Problem> {
        let annotation = choose(&mut task.annotations, &mut task.predictions, notes);
        let string = |name: &str| task.data.get(name).and_then(Value::as_str).map(str::to_owned);
        let text = match string("text") {
            Some(text) => text,
            None => only_text(&task.data)?,
        };
        let mut sample = Sample::new(id, text.clone(), self.unit);
        sample.title = string("title").filter(|title| !title.is_empty());
        sample.published = string("published").map(|value| Published { value, source: None });
        let mut items = Items::default();
        if let Some(layers) = task.data.get("layers").and_then(Value::as_array) {
            let layers = layers.iter().filter_map(Value::as_str).map(str::to_owned);
            items.annotated(&layers.collect::<Vec<_>>());
        }
        regions(annotation, &mut items, notes)?;
        let title = sample.title.clone();
        let maps = FieldMaps::new(title.as_deref(), &text);
        for item in &mut items.items {
            mend_line_ends(item, self.unit, &maps);
        }
        items.build(&mut sample, notes)?;
        crate::verify::normalize(&mut sample, title.as_deref(), &text)?;
        Ok(Some(sample))
    }

    fn detected(&self) -> Option<String> {
        Some(format!("offsets in {}s", self.unit.as_str()))
    }
}

/// The annotation that is read.
fn choose(
    annotations: &mut Vec<Annotation>,
    predictions: &mut Vec<Annotation>,
    notes: &mut Notes,
) -> Annotation {
    let all = annotations.len();
    annotations.retain(|annotation| !annotation.was_cancelled);
    notes.count("cancelled annotation of a task", all - annotations.len());
    if annotations.is_empty() && !predictions.is_empty() {
        notes.note("task read from its predictions, for want of annotations");
        std::mem::swap(annotations, predictions);
    }
    notes.count("further annotation of a task", annotations.len().saturating_sub(1));
    if annotations.is_empty() {
        notes.note("task without annotations, read as empty");
        return Annotation::default();
    }
    let best = annotations.iter().position(|annotation| annotation.ground_truth);
    annotations.swap_remove(best.unwrap_or(0))
}

/// Reads the regions of an annotation and what belongs to them.
fn regions(annotation: Annotation, items: &mut Items, notes: &mut Notes) -> Result<(), Problem> {
    let mut places: HashMap<String, usize> = HashMap::new();
    // Text that belongs to a region: the value of a time, in what Dateline writes.
    let mut values: BTreeMap<String, String> = BTreeMap::new();
    for region in annotation.result {
        match region.kind.as_str() {
            "labels" | "hypertextlabels" => {
                places.insert(region.id.clone(), items.items.len());
                items.items.push(item(region)?);
            }
            "relation" => {
                let kind = region.labels.first().map_or("", String::as_str).to_owned();
                items.links.push(Link { kind, from: region.from_id, to: region.to_id });
            }
            "textarea" if region.from_name == "value" => {
                let value = region.value["text"].as_array().and_then(|text| text.first());
                let value = value.or(Some(&region.value["text"])).and_then(Value::as_str);
                values.insert(region.id, value.unwrap_or_default().to_owned());
            }
            kind => notes.note(format!("result of type {kind}")),
        }
    }
    for (id, value) in values {
        match places.get(&id) {
            Some(&place) => items.items[place].value = Some(value),
            None => notes.note("value of no region"),
        }
    }
    Ok(())
}

fn item(region: Region) -> Result<Item, Problem> {
    let fault = |error: serde_json::Error| {
        Problem::Record(format!("region {:?} of a labels result: {error}", region.id))
    };
    let labelled: Labelled = serde_json::from_value(region.value).map_err(fault)?;
    let field = if region.to_name == "title" { Field::Title } else { Field::Text };
    let at = Stretch { field, start: labelled.start, end: labelled.end };
    let mut labels = labelled.labels.into_iter();
    let missing = || Problem::Record(format!("region {:?} has no label", region.id));
    let mut item = Item::new(region.id.clone(), &labels.next().ok_or_else(missing)?, at);
    match region.from_name.as_str() {
        "times" => item.layer = Layer::Time,
        "events" => item.layer = Layer::Event,
        _ => {}
    }
    item.types = labels.collect();
    item.score = region.score;
    item.text = labelled.text;
    Ok(item)
}

/// Older versions write line ends within a region as the two characters `\n`.
fn mend_line_ends(item: &mut Item, unit: OffsetUnit, maps: &FieldMaps<'_>) {
    let Some(map) = maps.of(item.at.field) else { return };
    let place = |offset| map.find(unit, offset).map(|place| place.byte);
    let (Some(start), Some(end)) = (place(item.at.start), place(item.at.end)) else { return };
    let mended = item.text.replace("\\n", "\n");
    if map.text().get(start..end) == Some(mended.as_str()) {
        item.text = mended;
    }
}

/// The only string among the task's data.
fn only_text(data: &Map<String, Value>) -> Result<String, Problem> {
    let mut texts = data.values().filter_map(Value::as_str);
    match (texts.next(), texts.next()) {
        (Some(text), None) => Ok(text.to_owned()),
        (None, _) => Err(Problem::Record("no text under data".to_owned())),
        _ => {
            let problem =
                "several strings under data and none called text; rename the text's field";
            Err(Problem::Record(problem.to_owned()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::open;
    use serde_json::json;

    fn read(tasks: &Value) -> (Vec<Sample>, Notes) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("export.json");
        std::fs::write(&path, serde_json::to_string_pretty(tasks).unwrap()).unwrap();
        let mut reader = open(&path, None).unwrap();
        assert_eq!(reader.format(), Format::LabelStudio);
        let samples = reader.by_ref().map(Result::unwrap).collect();
        (samples, reader.notes().clone())
    }

    fn region(id: &str, start: usize, end: usize, text: &str, label: &str) -> Value {
        json!({"id": id, "type": "labels", "from_name": "label", "to_name": "text",
            "value": {"start": start, "end": end, "text": text, "labels": [label]}})
    }

    #[test]
    fn regions_relations_and_the_right_annotation() {
        let tasks = json!([
            {"id": 4, "data": {"text": "😀 Ann\nmet her."}, "annotations": [
                {"result": [region("x", 0, 2, "😀", "MISC")]},
                {"was_cancelled": true, "result": [region("x", 0, 2, "😀", "MISC")]},
                {"ground_truth": true, "result": [
                    region("a", 3, 6, "Ann", "PER"),
                    region("b", 11, 14, "her", "PER"),
                    // As older versions write a line end.
                    region("c", 3, 10, "Ann\\nmet", "PHRASE"),
                    {"type": "relation", "from_id": "b", "to_id": "a", "labels": ["coref"]},
                    {"type": "relation", "from_id": "c", "to_id": "a", "labels": ["holds"]},
                    {"type": "choices", "from_name": "topic", "to_name": "text", "value": {"choices": ["x"]}},
                ]},
            ]},
            {"id": 5, "data": {"body": "Bo left."}, "predictions": [{"result": [region("a", 0, 2, "Bo", "PER")]}]},
            {"id": 6, "data": {"text": "No one."}, "annotations": []},
        ]);
        let (samples, notes) = read(&tasks);
        let entities = samples[0].entities.as_ref().unwrap();
        assert_eq!((entities.len(), entities[0].mentions.len()), (2, 2));
        let at = &entities[0].mentions[0].location.at;
        assert_eq!((at.start, at.end), (2, 5));
        assert_eq!(entities[1].mentions[0].location.text, "Ann\nmet");
        assert_eq!(samples[1].entities.as_ref().unwrap()[0].mentions[0].location.text, "Bo");
        assert_eq!(samples[2].entities.as_ref().unwrap().len(), 0);
        assert_eq!((samples[2].id.as_str(), &samples[2].times), ("6", &None));
        let counted: Vec<_> = notes.iter().collect();
        assert_eq!(
            counted,
            [
                ("cancelled annotation of a task", 1),
                ("entity mention that overlaps another", 1),
                ("further annotation of a task", 1),
                ("relation holds", 1),
                ("result of type choices", 1),
                ("task read from its predictions, for want of annotations", 1),
                ("task without annotations, read as empty", 1),
            ]
        );
    }
}
