use std::collections::BTreeMap;

use dateline_text::{Deprel, Upos, Xpos};
use serde::Deserialize;

use crate::ModelError;
use crate::calibration::Calibration;
use crate::decode::{LemmaScript, Tags};

/// The version of the folder layout this crate reads.
const FORMAT: u32 = 2;
/// Below this a window cannot give a word any context.
const MIN_PIECES: usize = 64;
/// A window may be context to this part on each side. With more it would keep little of what it
/// reads, and a text of many short sentences would be read many times over.
const MAX_CONTEXT: usize = 4;
/// Classes of the event head. The last, a noun for who does something, need not be there.
const EVENTS: [&str; 3] = ["O", "EVENT", "AGENT"];
/// The class whose probability is the score of an event.
pub(crate) const EVENT: usize = 1;
/// Keeps backpointers within a byte, and is far above any sensible tag set.
const MAX_TAGS: usize = 128;

/// `config.json`, checked.
#[derive(Debug)]
pub(crate) struct Config {
    pub(crate) name: String,
    pub(crate) version: String,
    /// Longest sequence the encoder takes, special pieces included.
    pub(crate) max_pieces: usize,
    /// Most pieces of context on each side of the sentences that a sequence is read for.
    pub(crate) context_pieces: usize,
    /// How many heads the encoder's attention has, if its network is of the shipped architecture.
    pub(crate) attention_heads: Option<usize>,
    pub(crate) tags: Tags,
    pub(crate) upos: Vec<Upos>,
    pub(crate) xpos: Vec<Xpos>,
    pub(crate) lemma: Vec<LemmaScript>,
    pub(crate) deprel: Vec<Deprel>,
    /// How many classes the event head has.
    pub(crate) events: usize,
    /// Divides the logits of the entity tags.
    pub(crate) entity_temperature: f32,
    /// Divides the logits of the event head.
    pub(crate) event_temperature: f32,
    /// From the probabilities of entities to their scores.
    pub(crate) calibration: Calibration,
    /// SHA-256 of `model.onnx` in hexadecimal, where the folder states it.
    pub(crate) weights_sha256: Option<String>,
}

#[derive(Deserialize)]
struct Raw {
    format: u32,
    name: String,
    version: String,
    max_pieces: usize,
    #[serde(default)]
    context_pieces: usize,
    attention_heads: Option<usize>,
    labels: RawLabels,
    #[serde(default)]
    temperature: Temperature,
    #[serde(default)]
    calibration: RawCalibration,
    weights_sha256: Option<String>,
}

#[derive(Deserialize)]
struct RawLabels {
    entity: Vec<String>,
    upos: Vec<String>,
    xpos: Vec<String>,
    lemma: Vec<String>,
    deprel: Vec<String>,
    event: Vec<String>,
}

#[derive(Deserialize)]
#[serde(default)]
struct Temperature {
    entity: f32,
    event: f32,
}

#[derive(Default, Deserialize)]
struct RawCalibration {
    #[serde(default)]
    entity: BTreeMap<String, (f64, f64)>,
}

impl Default for Temperature {
    fn default() -> Self {
        Temperature { entity: 1.0, event: 1.0 }
    }
}

impl Config {
    /// Reads and checks `config.json`.
    pub(crate) fn parse(json: &[u8]) -> Result<Config, ModelError> {
        let raw: Raw =
            serde_json::from_slice(json).map_err(|e| ModelError::config("config.json", e))?;
        if raw.format != FORMAT {
            let problem = format!("is {}, this version reads {FORMAT}", raw.format);
            return Err(ModelError::config("format", problem));
        }
        if raw.max_pieces < MIN_PIECES {
            let problem = format!("is {}, must be at least {MIN_PIECES}", raw.max_pieces);
            return Err(ModelError::config("max_pieces", problem));
        }
        if raw.context_pieces > raw.max_pieces / MAX_CONTEXT {
            let problem =
                format!("is {}, must be max_pieces / {MAX_CONTEXT} at most", raw.context_pieces);
            return Err(ModelError::config("context_pieces", problem));
        }
        let labels = raw.labels;
        if labels.entity.len() > MAX_TAGS {
            return Err(ModelError::config("labels.entity", format!("more than {MAX_TAGS} tags")));
        }
        if labels.event != EVENTS[..2] && labels.event != EVENTS {
            let problem = format!("must be {:?} or {EVENTS:?}", &EVENTS[..2]);
            return Err(ModelError::config("labels.event", problem));
        }
        let deprel: Vec<Deprel> = parse_labels("labels.deprel", &labels.deprel)?;
        // A tree needs a label for its root and one for everything else.
        if !deprel.contains(&Deprel::Root) || deprel.iter().all(|&label| label == Deprel::Root) {
            return Err(ModelError::config("labels.deprel", "needs \"root\" and other relations"));
        }
        Ok(Config {
            name: raw.name,
            version: raw.version,
            max_pieces: raw.max_pieces,
            context_pieces: raw.context_pieces,
            attention_heads: raw.attention_heads,
            tags: Tags::parse(&labels.entity)
                .map_err(|problem| ModelError::config("labels.entity", problem))?,
            upos: parse_labels("labels.upos", &labels.upos)?,
            xpos: parse_labels("labels.xpos", &labels.xpos)?,
            lemma: parse_labels("labels.lemma", &labels.lemma)?,
            deprel,
            events: labels.event.len(),
            entity_temperature: temperature("temperature.entity", raw.temperature.entity)?,
            event_temperature: temperature("temperature.event", raw.temperature.event)?,
            calibration: Calibration::parse("calibration.entity", &raw.calibration.entity)?,
            weights_sha256: raw.weights_sha256,
        })
    }
}

fn parse_labels<T>(field: &str, labels: &[String]) -> Result<Vec<T>, ModelError>
where
    T: std::str::FromStr,
    T::Err: ToString,
{
    if labels.is_empty() {
        return Err(ModelError::config(field, "is empty"));
    }
    let parse = |(index, label): (usize, &String)| {
        label.parse().map_err(|e: T::Err| ModelError::config(format!("{field}[{index}]"), e))
    };
    labels.iter().enumerate().map(parse).collect()
}

fn temperature(field: &str, value: f32) -> Result<f32, ModelError> {
    if value.is_finite() && value > 0.0 {
        Ok(value)
    } else {
        Err(ModelError::config(field, format!("is {value}, must be positive")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn good() -> serde_json::Value {
        serde_json::json!({
            "format": 2, "name": "tiny", "version": "0.0.1", "max_pieces": 64,
            "labels": {
                "entity": ["O", "B-PERSON", "I-PERSON"], "upos": ["NOUN"], "xpos": ["NN"],
                "lemma": ["lower|0|"], "deprel": ["root", "dep"], "event": ["O", "EVENT"],
            },
            "temperature": {"entity": 1.5, "event": 1.0, "other": 2.0},
            "context_pieces": 16, "calibration": {"entity": {"PERSON": [0.9, -0.1], "*": [1, 0]}},
        })
    }

    #[test]
    fn a_good_config_is_read() {
        let config = Config::parse(good().to_string().as_bytes()).unwrap();
        assert_eq!(config.name, "tiny");
        assert_eq!(config.entity_temperature, 1.5);
        assert_eq!(config.deprel, [Deprel::Root, Deprel::Dep]);
        assert_eq!((config.context_pieces, config.events), (16, 2));
        assert_ne!(config.calibration, Calibration::default());
    }

    #[test]
    fn some_fields_may_be_missing() {
        let mut config = good();
        for field in ["temperature", "context_pieces", "calibration"] {
            config.as_object_mut().unwrap().remove(field).unwrap();
        }
        config["labels"]["event"] = serde_json::json!(["O", "EVENT", "AGENT"]);
        let config = Config::parse(config.to_string().as_bytes()).unwrap();
        assert_eq!((config.context_pieces, config.events), (0, 3));
        assert_eq!(config.event_temperature, 1.0);
        assert_eq!(config.calibration, Calibration::default());
    }

    #[test]
    fn errors_name_the_field() {
        let cases = [
            ("/format", serde_json::json!(1), "format"),
            ("/context_pieces", serde_json::json!(17), "context_pieces"),
            ("/calibration/entity/*", serde_json::json!([-1.0, 0.0]), "calibration.entity.*"),
            ("/calibration/entity/*", serde_json::json!([1.0]), "config.json"),
            ("/max_pieces", serde_json::json!(8), "max_pieces"),
            ("/labels/xpos/0", serde_json::json!("ZZ"), "labels.xpos[0]"),
            ("/labels/upos", serde_json::json!([]), "labels.upos"),
            ("/labels/entity/2", serde_json::json!("I-ORG"), "labels.entity"),
            ("/labels/entity/1", serde_json::json!("B-THING"), "labels.entity"),
            ("/labels/lemma/0", serde_json::json!("upper|0|"), "labels.lemma[0]"),
            ("/labels/deprel/0", serde_json::json!("dep"), "labels.deprel"),
            ("/labels/event/1", serde_json::json!("X"), "labels.event"),
            ("/temperature/event", serde_json::json!(0.0), "temperature.event"),
            ("/name", serde_json::json!(7), "config.json"),
        ];
        for (pointer, value, expected) in cases {
            let mut config = good();
            *config.pointer_mut(pointer).unwrap() = value;
            match Config::parse(config.to_string().as_bytes()) {
                Err(ModelError::Config { field, .. }) => assert_eq!(field, expected),
                other => panic!("{pointer}: {other:?}"),
            }
        }
        assert!(Config::parse(b"{\"format\": 2").is_err());
    }
}
