//! Span annotations as Prodigy and spaCy's tools write them: JSON lines with `text` and `spans`.
//!
//! Offsets count code points. `tokens`, where present, are verified and not kept: they come without
//! sentences, so the text is read as raw text.

use std::collections::BTreeMap;

use dateline::{Field, OffsetUnit};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use super::documents::Form;
use super::items::{Item, Items};
use super::json;
use super::{Format, Problem, ReadOptions};
use crate::notes::Notes;
use crate::sample::{Location, Sample, Sentence, Stretch, Token};

/// Fields that hold bookkeeping of the tool.
const SILENT: &[&str] =
    &["meta", "_session_id", "_view_id", "_timestamp", "_annotator_id", "_is_binary"];

/// What such records say.
pub(crate) struct Prodigy {
    unit: OffsetUnit,
}

/// One document.
#[derive(Deserialize)]
pub(crate) struct Line {
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
    pub(crate) fn new(options: &ReadOptions) -> Prodigy {
        Prodigy { unit: options.unit.or(Format::Prodigy.unit()).unwrap_or_default() }
    }
}

impl Form for Prodigy {
    type Record = Line;

    fn id(&self, line: &Line) -> Option<String> {
        json::id(line.id.as_ref())
    }

    fn sample(&self, id: String, line: Line, notes: &mut Notes) -> Result<Option<Sample>, Problem> {
        if let Some(answer) = line.answer.as_deref().filter(|answer| *answer != "accept") {
            notes.note(format!("record with the answer {answer}, left out"));
            return Ok(None);
        }
        let mut sample = Sample::new(id, line.text.clone(), self.unit);
        let stretch = |start, end| Stretch { field: Field::Text, start, end };
        let items = line.spans.into_iter().map(|span| {
            let mut item = Item::new("", &span.label, stretch(span.start, span.end));
            item.text = span.text;
            item.score = span.score;
            item
        });
        Items { items: items.collect(), ..Items::default() }.build(&mut sample, notes)?;
        let token =
            |word: Word| Token::at(Location { at: stretch(word.start, word.end), text: word.text });
        let tokens: Vec<Token> = line.tokens.into_iter().map(token).collect();
        notes.count("token (no sentences)", tokens.len());
        for field in line.rest.keys().filter(|field| !SILENT.contains(&field.as_str())) {
            notes.note(format!("field {field}"));
        }
        sample.sentences = Some(vec![Sentence { tokens }]);
        crate::verify::normalize(&mut sample, None, &line.text)?;
        sample.sentences = None;
        Ok(Some(sample))
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
