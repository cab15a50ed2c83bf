//! What is written for annotation tools is read back with the spans of the records.

use std::collections::BTreeMap;

use dateline::Field;
use dateline_eval::read::{self, Format};
use dateline_eval::sample::{Location, Sample};

use crate::{Files, SAMPLES, dateline};

/// A span of title and text joined by a blank line, its label, and its characters.
type Labelled = (usize, usize, String, String);

fn samples(files: &Files, name: &str, format: Format) -> Vec<Sample> {
    let reader = read::open(&files.path(name), Some(format)).unwrap();
    reader.map(Result::unwrap).collect()
}

/// The file of a `batch` run in this format.
fn written(files: &Files, format: &str, options: &[&str]) -> String {
    let name = format!("out.{format}");
    let mut command = dateline();
    command.arg("batch").arg(files.path("in.jsonl")).arg("-o").arg(files.path(&name));
    command.args(["--format", format]).args(options).assert().success();
    name
}

#[derive(Clone, Copy)]
struct Layers {
    entities: bool,
    /// With their values?
    times: Option<bool>,
    /// With their types?
    events: Option<bool>,
}

fn spans(sample: &Sample, layers: Layers) -> Vec<Labelled> {
    let shift = sample.title.as_ref().map_or(0, |title| title.chars().count() + 2);
    let mut found = Vec::new();
    let mut add = |place: &Location, label: String| {
        let by = if place.at.field == Field::Text { shift } else { 0 };
        found.push((place.at.start + by, place.at.end + by, label, place.text.clone()));
    };
    if layers.entities {
        for entity in sample.entities.iter().flatten() {
            entity.mentions.iter().for_each(|m| add(&m.location, entity.kind.clone()));
        }
    }
    if let Some(with_value) = layers.times {
        for time in sample.times.iter().flatten() {
            let value = time.value.as_deref().filter(|_| with_value).unwrap_or("");
            add(&time.location, format!("{} {value}", time.kind));
        }
    }
    if let Some(with_type) = layers.events {
        for event in sample.events.iter().flatten() {
            let kind = if with_type { event.kind.as_str() } else { "event" };
            event.mentions.iter().for_each(|m| add(&m.location, kind.to_owned()));
        }
    }
    found.sort();
    found
}

/// Samples by id; brat knows an article only by the name of its files.
fn by_id(samples: Vec<Sample>) -> BTreeMap<String, Sample> {
    samples.into_iter().map(|sample| (sample.id.clone(), sample)).collect()
}

#[test]
fn formats_with_spans() {
    let files = Files::new(&[("in.jsonl", SAMPLES)]);
    let records = written(&files, "jsonl", &["--with-text"]);
    let records = by_id(samples(&files, &records, Format::Dateline));
    assert_eq!(records.len(), 2);
    let all = Layers { entities: true, times: Some(true), events: Some(true) };
    let cases = [
        (Format::LabelStudio, all),
        (Format::Brat, all),
        (Format::Doccano, Layers { times: Some(false), ..all }),
        (Format::Timeml, Layers { entities: false, events: Some(false), ..all }),
    ];
    for (format, layers) in cases {
        let name = written(&files, format.as_str(), &[]);
        let found = by_id(samples(&files, &name, format));
        assert_eq!(found.keys().collect::<Vec<_>>(), records.keys().collect::<Vec<_>>());
        for (id, record) in &records {
            let expected = spans(record, layers);
            assert!(expected.len() > 1, "{id}: {expected:?}");
            assert_eq!(spans(&found[id], layers), expected, "{format}: {id}");
        }
    }
}

#[test]
fn formats_with_tokens() {
    let files = Files::new(&[("in.jsonl", SAMPLES)]);
    let records = written(&files, "jsonl", &["--with-text"]);
    let records = by_id(samples(&files, &records, Format::Dateline));
    let dense = |text: &str| text.split_whitespace().collect::<String>();
    // Names in the order in which they stand: offsets are those of the tokens joined by spaces.
    let names = |sample: &Sample| {
        let mut names: Vec<_> = Vec::new();
        for entity in sample.entities.iter().flatten() {
            for mention in &entity.mentions {
                // Dates are names to the model, and times in a record.
                let is_name = mention.kind.as_deref().is_none_or(|kind| kind == "name");
                if is_name && entity.kind != "DATE" {
                    let at = &mention.location.at;
                    let place = (at.field == Field::Text, at.start);
                    names.push((place, entity.kind.clone(), dense(&mention.location.text)));
                }
            }
        }
        names.sort();
        names.into_iter().map(|(_, kind, text)| (kind, text)).collect::<Vec<_>>()
    };
    for format in [Format::Conll, Format::Conllu] {
        let name = written(&files, format.as_str(), &[]);
        let found = by_id(samples(&files, &name, format));
        assert_eq!(found.keys().collect::<Vec<_>>(), records.keys().collect::<Vec<_>>());
        for (id, record) in &records {
            assert_eq!(names(&found[id]), names(record), "{format}: {id}");
            let text = record.title.iter().chain(&record.text).map(|text| dense(text));
            let tokens = found[id].sentences.iter().flatten().flat_map(|s| &s.tokens);
            let tokens: String = tokens.map(|token| dense(&token.location.text)).collect();
            // A dateline is no part of a sentence.
            let text: String = text.collect();
            let text = text.strip_prefix("LYON,May3,2024").unwrap_or(&text);
            assert_eq!(tokens, text, "{format}: {id}");
        }
    }
}
