//! Tells the format of a file by its extension and its first record.

use std::path::Path;

use serde_json::Value;

use super::lines::Lines;
use super::{Format, Problem, ReadError, files, json};
use crate::tags::Tag;

/// The format of a file or folder.
pub(crate) fn format(path: &Path) -> Result<Format, ReadError> {
    let unknown = |why: &str| Err(ReadError::new(path, Problem::UnknownFormat(why.to_owned())));
    if path.is_dir() {
        for (extension, format) in [("ann", Format::Brat), ("tml", Format::Timeml)] {
            if files::list(path, extension).is_ok() {
                return Ok(format);
            }
        }
        return unknown("a folder, with neither .ann nor .tml files in it");
    }
    let extension = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    match extension.as_deref().unwrap_or_default() {
        "conllu" => Ok(Format::Conllu),
        "conll" | "iob" | "iob1" | "iob2" | "bio" | "bioes" | "bilou" | "tsv" => Ok(Format::Conll),
        "ann" => Ok(Format::Brat),
        "tml" => Ok(Format::Timeml),
        "json" | "jsonl" | "ndjson" => match json::first(path)? {
            Some(record) => of_record(&record)
                .map_or_else(|| unknown("its first record has the fields of no known format"), Ok),
            None => Err(empty(path)),
        },
        "txt" if path.with_extension("ann").is_file() => Ok(Format::Brat),
        _ => by_content(path)?
            .map_or_else(|| unknown("neither its extension nor its first lines tell"), Ok),
    }
}

fn empty(path: &Path) -> ReadError {
    ReadError::new(path, Problem::NoContent)
}

/// The format of a JSON record.
fn of_record(record: &Value) -> Option<Format> {
    let has = |name: &str| record.get(name).is_some();
    let first = |name: &str| record.get(name).and_then(Value::as_array).and_then(|a| a.first());
    if record
        .get("schema")
        .is_some_and(|schema| schema.as_str().is_some_and(|s| s.starts_with("dateline/")))
    {
        Some(Format::Dateline)
    } else if record.get("data").is_some_and(Value::is_object) {
        Some(Format::LabelStudio)
    } else if has("spans") || has("ents") || has("tokens") {
        Some(Format::Prodigy)
    } else if has("label")
        || has("labels")
        || has("relations")
        || first("entities").is_some_and(|e| e.is_array() || e.get("start_offset").is_some())
    {
        Some(Format::Doccano)
    } else if has("entities")
        || has("events")
        || has("document_events")
        || has("times")
        || has("main_event")
    {
        Some(Format::Dateline)
    } else {
        None
    }
}

/// Looks at the first line that is neither blank nor a comment.
fn by_content(path: &Path) -> Result<Option<Format>, ReadError> {
    let mut lines = Lines::open(path)?;
    while let Some(line) = lines.next()? {
        let line = line.trim_end();
        if line.starts_with("-DOCSTART-") {
            return Ok(Some(Format::Conll));
        }
        if line.is_empty() || line.starts_with("# ") {
            continue;
        }
        if line.starts_with(['{', '[']) {
            return Ok(json::first(path)?.as_ref().and_then(of_record));
        }
        if line.starts_with("<?xml") || line.starts_with("<TimeML") {
            return Ok(Some(Format::Timeml));
        }
        let columns: Vec<&str> = if line.contains('\t') {
            line.split('\t').collect()
        } else {
            line.split_whitespace().collect()
        };
        if columns.len() == 10 && columns[0].parse::<usize>().is_ok() {
            return Ok(Some(Format::Conllu));
        }
        let tagged = columns.iter().skip(1).any(|tag| Tag::parse(tag).is_some());
        return Ok(tagged.then_some(Format::Conll));
    }
    Err(empty(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_name_and_content() {
        let folder = tempfile::tempdir().unwrap();
        let cases = [
            ("a.jsonl", r#"{"schema":"dateline/1","id":"x"}"#, Some(Format::Dateline)),
            (
                "a.jsonl",
                r#"{"id":"x","text":"t","entities":[{"type":"PERSON"}]}"#,
                Some(Format::Dateline),
            ),
            ("a.jsonl", r#"{"text":"t","label":[[0,1,"A"]]}"#, Some(Format::Doccano)),
            ("a.jsonl", r#"{"text":"t","entities":[{"start_offset":0}]}"#, Some(Format::Doccano)),
            ("a.jsonl", r#"{"text":"t","spans":[]}"#, Some(Format::Prodigy)),
            ("a.json", "[\n{\"id\":1,\"data\":{\"text\":\"t\"}}]", Some(Format::LabelStudio)),
            ("a.jsonl", r#"{"text":"t"}"#, None),
            ("a.conllu", "", Some(Format::Conllu)),
            ("a.iob2", "", Some(Format::Conll)),
            ("a.tml", "", Some(Format::Timeml)),
            ("a.txt", "# c\n1\tA\ta\tX\t_\t_\t0\troot\t_\t_\n", Some(Format::Conllu)),
            ("a.txt", "EU NNP I-NP I-ORG\n", Some(Format::Conll)),
            ("a.txt", "Some plain text.\n", None),
        ];
        for (name, content, expected) in cases {
            let path = folder.path().join(name);
            std::fs::write(&path, content).unwrap();
            match (format(&path), expected) {
                (Ok(found), Some(expected)) => assert_eq!(found, expected, "{content}"),
                (Err(error), None) => {
                    let message = error.to_string();
                    assert!(message.contains("the format cannot be told"), "{message}");
                    assert!(
                        message.ends_with(Format::NAMES.to_owned().as_str())
                            || message.ends_with("timeml)"),
                        "{message}"
                    );
                }
                (found, _) => panic!("{name} {content}: {found:?}"),
            }
        }
        std::fs::write(folder.path().join("a.ann"), "").unwrap();
        assert_eq!(format(folder.path()).unwrap(), Format::Brat);
        assert_eq!(format(&folder.path().join("a.txt")).unwrap(), Format::Brat);
    }
}
