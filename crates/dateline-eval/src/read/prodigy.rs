//! Span annotations as Prodigy and spaCy's tools write them: JSON lines with `text` and `spans`.
//!
//! Offsets count code points. `tokens`, where present, are verified and not kept: they come without
//! sentences, so the text is read as raw text.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use dateline::{Field, OffsetUnit};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use super::items::{Item, Items};
use super::json::{self, Record, Records};
use super::{Format, Problem, ReadError, ReadOptions, Source, file_name};
use crate::notes::Notes;
use crate::sample::{Location, Sample, Sentence, Stretch, Token};

/// Fields that hold bookkeeping of the tool.
const SILENT: &[&str] =
    &["meta", "_session_id", "_view_id", "_timestamp", "_annotator_id", "_is_binary"];

/// Reads span annotations.
pub(crate) struct Prodigy {
    records: Records,
    path: PathBuf,
    unit: OffsetUnit,
    notes: Notes,
    position: usize,
}

#[derive(Deserialize)]
struct Line {
    id: Option<Value>,
    text: String,
    #[serde(default, alias = "ents")]
    spans: Vec<Span>,
    #[serde(default)]
    tokens: Vec<Word>,
    answer: Option<String>,
    #[serde(default)]
    _input_hash: IgnoredAny,
    #[serde(default)]
    _task_hash: IgnoredAny,
    #[serde(flatten)]
    rest: BTreeMap<String, IgnoredAny>,
}

#[derive(Deserialize)]
struct Span {
    start: usize,
    end: usize,
    label: String,
    #[serde(default)]
    text: String,
    score: Option<f64>,
}

#[derive(Deserialize)]
struct Word {
    start: usize,
    end: usize,
    #[serde(default)]
    text: String,
}

impl Prodigy {
    pub(crate) fn open(path: &Path, options: &ReadOptions) -> Result<Prodigy, ReadError> {
        let unit = options.unit.or(Format::Prodigy.unit()).unwrap_or_default();
        let records = Records::open(path)?;
        Ok(Prodigy { records, path: path.to_owned(), unit, notes: Notes::default(), position: 0 })
    }

    /// The sample of a record; `None` for one that was rejected or skipped.
    fn sample(&mut self, record: Record<Line>) -> Result<Option<Sample>, ReadError> {
        let Record { line, value, .. } = record;
        if let Some(answer) = value.answer.as_deref().filter(|answer| *answer != "accept") {
            self.notes.note(format!("record with the answer {answer}, left out"));
            return Ok(None);
        }
        let id = json::id(value.id.as_ref());
        let id = id.unwrap_or_else(|| format!("{}#{}", file_name(&self.path), self.position));
        let mut sample = Sample {
            schema: dateline::record::SCHEMA.to_owned(),
            id: id.clone(),
            text: Some(value.text.clone()),
            offsets: self.unit.as_str().to_owned(),
            ..Sample::default()
        };
        let outcome = self.fill(value, &mut sample);
        outcome.map_err(|problem| ReadError::new(&self.path, problem).line(line).record(&id))?;
        Ok(Some(sample))
    }

    fn fill(&mut self, line: Line, sample: &mut Sample) -> Result<(), Problem> {
        let stretch = |start, end| Stretch { field: Field::Text, start, end };
        let items = line.spans.into_iter().map(|span| {
            let mut item = Item::new("", &span.label, stretch(span.start, span.end));
            item.text = span.text;
            item.score = span.score;
            item
        });
        Items { items: items.collect(), ..Items::default() }.build(sample, &mut self.notes)?;
        let tokens: Vec<Token> = line
            .tokens
            .into_iter()
            .map(|word| {
                let at = stretch(word.start, word.end);
                Token::at(Location { at, text: word.text })
            })
            .collect();
        self.notes.count("token (no sentences)", tokens.len());
        for field in line.rest.keys().filter(|field| !SILENT.contains(&field.as_str())) {
            self.notes.note(format!("field {field}"));
        }
        sample.sentences = Some(vec![Sentence { tokens }]);
        let outcome = crate::verify::normalize(sample, None, &line.text);
        sample.sentences = None;
        Ok(outcome?)
    }
}

impl Source for Prodigy {
    fn next(&mut self) -> Option<Result<Sample, ReadError>> {
        loop {
            let record = self.records.next()?;
            self.position += 1;
            match record.and_then(|record| self.sample(record)).transpose() {
                None => {}
                found => return found,
            }
        }
    }

    fn notes(&self) -> &Notes {
        &self.notes
    }

    fn detected(&self) -> Option<String> {
        Some(format!("offsets in {}s", self.unit.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::open;

    #[test]
    fn answers_tokens_and_unknown_fields() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ner.jsonl");
        let lines = "{\"text\":\"😀 Ann\",\"_input_hash\":1,\"_task_hash\":2,\"answer\":\"accept\",\"meta\":{},\
            \"spans\":[{\"start\":2,\"end\":5,\"label\":\"PER\",\"token_start\":1,\"token_end\":1}],\
            \"tokens\":[{\"text\":\"😀\",\"start\":0,\"end\":1,\"id\":0,\"ws\":true},{\"text\":\"Ann\",\"start\":2,\"end\":5}]}\n\
            {\"text\":\"Bo\",\"spans\":[],\"answer\":\"reject\"}\n\
            {\"id\":9,\"text\":\"Cy\",\"spans\":[],\"relations\":[]}\n";
        std::fs::write(&path, lines).unwrap();
        let mut reader = open(&path, None).unwrap();
        let samples: Vec<Sample> = reader.by_ref().map(Result::unwrap).collect();
        let ids: Vec<&str> = samples.iter().map(|sample| sample.id.as_str()).collect();
        assert_eq!(ids, ["ner.jsonl#1", "9"]);
        assert_eq!(samples[0].entities.as_ref().unwrap()[0].mentions[0].location.text, "Ann");
        assert_eq!(samples[0].sentences, None);
        assert_eq!(
            reader.notes().to_string(),
            "1 × field relations; 1 × record with the answer reject, left out; 2 × token (no sentences)"
        );
    }
}
