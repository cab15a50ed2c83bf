//! The published JSON Schema is that of the record types, and real output keeps to it.

use std::fs;
use std::path::{Path, PathBuf};

use dateline::{Article, Document};

use crate::articles::{all, pipeline};

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema/dateline-1.json")
}

fn generated() -> serde_json::Value {
    let mut schema = schemars::schema_for!(Document).to_value();
    schema["$id"] = "https://github.com/dateline-nlp/dateline/schema/dateline-1.json".into();
    schema["title"] = "dateline/1".into();
    schema["properties"]["schema"]["const"] = "dateline/1".into();
    schema
}

#[test]
fn the_published_schema_is_up_to_date() {
    let schema = serde_json::to_string_pretty(&generated()).unwrap() + "\n";
    if std::env::var_os("UPDATE_SCHEMA").is_some_and(|value| value == "1") {
        fs::write(path(), &schema).unwrap();
    }
    let published = fs::read_to_string(path()).unwrap_or_default();
    assert!(published == schema, "run this test with UPDATE_SCHEMA=1 to rewrite the schema");
}

#[test]
fn real_output_keeps_to_the_schema() {
    let validator = jsonschema::validator_for(&generated()).unwrap();
    let mut articles = all();
    articles.push(Article::default());
    for document in pipeline().read_many(&articles) {
        let document = serde_json::to_value(document.unwrap()).unwrap();
        let faults: Vec<String> = validator
            .iter_errors(&document)
            .map(|e| format!("{}: {e}", e.instance_path()))
            .collect();
        assert!(faults.is_empty(), "{}: {faults:#?}", document["id"]);
    }
    let empty = serde_json::json!({"schema": "dateline/1"});
    assert!(!validator.is_valid(&empty));
}
