//! Our own records (`dateline/1`), gold or output.

use std::collections::BTreeMap;

use dateline::Field;
use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer};

use super::documents::Form;
use super::{Problem, ReadOptions};
use crate::notes::Notes;
use crate::sample::{Published, Sample, Zone};

/// Parts of the output record that nothing is compared by.
const SILENT: &[&str] =
    &["language", "quantities", "event_relations", "quotes", "windows", "warnings", "duplicate_of"];

/// What our own records say.
pub(crate) struct Ours {
    text_optional: bool,
}

/// One document.
#[derive(Deserialize)]
pub(crate) struct Line {
    #[serde(flatten)]
    sample: Sample,
    /// Absent: nothing is said of it. `null`: there is none.
    #[serde(default, deserialize_with = "present")]
    published: Option<Option<Published>>,
    #[serde(flatten)]
    rest: BTreeMap<String, IgnoredAny>,
}

fn present<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Option<Published>>, D::Error> {
    Option::deserialize(from).map(Some)
}

impl Ours {
    pub(crate) fn new(options: &ReadOptions) -> Ours {
        Ours { text_optional: options.text_optional }
    }
}

impl Form for Ours {
    type Record = Line;

    fn id(&self, line: &Line) -> Option<String> {
        (!line.sample.id.is_empty()).then(|| line.sample.id.clone())
    }

    fn sample(&self, id: String, line: Line, notes: &mut Notes) -> Result<Option<Sample>, Problem> {
        let Line { mut sample, published, rest } = line;
        sample.id = id;
        sample.undated = published == Some(None);
        sample.published = published.flatten();
        // The record repeats a title that is part of the text; as a field of its own it would be
        // read twice.
        if sample.zones.iter().flatten().any(is_title_of_text) {
            sample.title = None;
        }
        for field in rest.keys().filter(|field| !SILENT.contains(&field.as_str())) {
            notes.note(format!("field {field}"));
        }
        if !matches!(sample.schema.as_str(), "" | dateline::record::SCHEMA) {
            let (found, ours) = (&sample.schema, dateline::record::SCHEMA);
            return Err(Problem::Record(format!("its schema is {found:?}, expected {ours:?}")));
        }
        match sample.text.clone() {
            Some(text) => {
                let title = sample.title.clone();
                crate::verify::normalize(&mut sample, title.as_deref(), &text)?;
            }
            // Verified when it meets its gold.
            None if self.text_optional => {}
            None => {
                let problem = "it has no text; gold needs the text that its offsets count in";
                return Err(Problem::Record(problem.to_owned()));
            }
        }
        Ok(Some(sample))
    }

    fn detected(&self) -> Option<String> {
        None
    }
}

fn is_title_of_text(zone: &Zone) -> bool {
    zone.kind == "title" && zone.at.field == Field::Text
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
        assert_eq!(samples[0].zones.as_ref().unwrap()[0].at.end, 5);
    }

    #[test]
    fn no_date_is_something_else_than_none_said() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("gold.jsonl");
        let record = |id, more| {
            format!("{{\"schema\":\"dateline/1\",\"id\":\"{id}\",\"text\":\"So.\"{more}}}\n")
        };
        let stated = r#","published":{"value":"2024-07-23","source":"byline"}"#;
        let lines = [("a", ""), ("b", r#","published":null"#), ("c", stated)];
        std::fs::write(&path, lines.map(|(id, more)| record(id, more)).concat()).unwrap();
        let samples: Vec<Sample> = open(&path, None).unwrap().map(Result::unwrap).collect();
        assert_eq!(samples.iter().map(|s| s.undated).collect::<Vec<_>>(), [false, true, false]);
        assert!(samples[2].published.as_ref().unwrap().is_stated());
    }
}
