//! Our own records (`dateline/1`), gold or output.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use dateline::Field;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::json::{Record, Records};
use super::{At, Problem, ReadError, ReadOptions, Source, file_name};
use crate::notes::Notes;
use crate::sample::Sample;

/// Parts of the output record that nothing is compared by.
const SILENT: &[&str] =
    &["language", "quantities", "event_relations", "quotes", "windows", "warnings"];

/// Reads our own records.
pub(crate) struct Ours {
    records: Records,
    path: PathBuf,
    text_optional: bool,
    notes: Notes,
    position: usize,
    at: Option<At>,
}

#[derive(Deserialize)]
struct Line {
    #[serde(flatten)]
    sample: Sample,
    #[serde(default)]
    zones: Vec<Zone>,
    #[serde(flatten)]
    rest: BTreeMap<String, IgnoredAny>,
}

/// A part of the article.
#[derive(Deserialize)]
struct Zone {
    kind: String,
    field: Field,
}

impl Ours {
    pub(crate) fn open(path: &Path, options: &ReadOptions) -> Result<Ours, ReadError> {
        Ok(Ours {
            records: Records::open(path)?,
            path: path.to_owned(),
            text_optional: options.text_optional,
            notes: Notes::default(),
            position: 0,
            at: None,
        })
    }

    fn sample(&mut self, record: Record<Line>) -> Result<Sample, ReadError> {
        let Record { line, value: Line { mut sample, zones, rest }, .. } = record;
        // The record repeats a title that is part of the text; as a field of its own it would be
        // read twice.
        if zones.iter().any(|zone| zone.kind == "title" && zone.field == Field::Text) {
            sample.title = None;
        }
        for field in rest.keys().filter(|field| !SILENT.contains(&field.as_str())) {
            self.notes.note(format!("field {field}"));
        }
        if sample.id.is_empty() {
            sample.id = format!("{}#{}", file_name(&self.path), self.position);
        }
        let outcome = self.check(&mut sample);
        outcome
            .map_err(|problem| ReadError::new(&self.path, problem).line(line).record(&sample.id))?;
        Ok(sample)
    }

    fn check(&self, sample: &mut Sample) -> Result<(), Problem> {
        if !matches!(sample.schema.as_str(), "" | dateline::record::SCHEMA) {
            let (found, ours) = (&sample.schema, dateline::record::SCHEMA);
            return Err(Problem::Record(format!("its schema is {found:?}, expected {ours:?}")));
        }
        match sample.text.clone() {
            Some(text) => {
                let title = sample.title.clone();
                Ok(crate::verify::normalize(sample, title.as_deref(), &text)?)
            }
            // Verified when it meets its gold.
            None if self.text_optional => Ok(()),
            None => {
                let problem = "it has no text; gold needs the text that its offsets count in";
                Err(Problem::Record(problem.to_owned()))
            }
        }
    }
}

impl Source for Ours {
    fn next(&mut self) -> Option<Result<Sample, ReadError>> {
        let record = self.records.next::<Line>()?;
        self.position += 1;
        self.at = record.as_ref().ok().filter(|_| self.records.is_lines()).map(|record| At {
            position: self.position,
            line: record.line,
            offset: record.offset,
        });
        Some(record.and_then(|record| self.sample(record)))
    }

    fn notes(&self) -> &Notes {
        &self.notes
    }

    fn at(&self) -> Option<At> {
        self.at
    }

    fn seek(&mut self, at: At) -> Result<(), ReadError> {
        self.position = at.position - 1;
        self.records.seek(at.line, at.offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::open;

    #[test]
    fn titles_in_the_text_unknown_fields_and_units() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("gold.jsonl");
        let mention = r#"[{"field":"text","start":5,"end":7,"text":"Bo"}]"#;
        let entity = format!(r#"[{{"id":"e1","type":"PERSON","mentions":{mention}}}]"#);
        let lines = format!(
            "{{\"schema\":\"dateline/1\",\"id\":\"a\",\"title\":\"Talks\",\"text\":\"Talks\\n\\nBo left.\",\"zones\":\
             [{{\"kind\":\"title\",\"field\":\"text\",\"start\":0,\"end\":5}}],\"entites\":[],\"published\":\"2024-07-23\"}}\n\
             {{\"schema\":\"dateline/1\",\"id\":\"b\",\"title\":\"Talks\",\"text\":\"😀 Bo\",\"offsets\":\"byte\",\
             \"entities\":{entity}}}\n"
        );
        std::fs::write(&path, lines).unwrap();
        let mut reader = open(&path, None).unwrap();
        let samples: Vec<Sample> = reader.by_ref().map(Result::unwrap).collect();
        assert_eq!(
            (samples[0].title.as_deref(), samples[1].title.as_deref()),
            (None, Some("Talks"))
        );
        assert_eq!(samples[0].published.as_ref().unwrap().value, "2024-07-23");
        // Not annotated, which is something else than nothing found.
        assert_eq!(samples[0].entities, None);
        let at = &samples[1].entities.as_ref().unwrap()[0].mentions[0].location.at;
        assert_eq!((at.start, at.end, samples[1].offsets.as_str()), (2, 4, "codepoint"));
        assert_eq!(reader.notes().to_string(), "1 × field entites");
    }
}
