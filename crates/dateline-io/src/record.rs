//! One JSON object to one article.

use dateline::Article;
use serde_json::{Map, Value, error::Category};

use crate::Reason;

/// Field names in use, the first present one counts.
const ID: &[&str] = &["id", "_id", "uuid", "article_id"];
const TITLE: &[&str] = &["title", "headline"];
const TEXT: &[&str] = &["text", "body", "maintext", "content", "article"];
const PUBLISHED: &[&str] = &[
    "published",
    "date",
    "date_publish",
    "published_date",
    "publish_date",
    "published_at",
    "publication_date",
    "datePublished",
];
const SOURCE: &[&str] = &["source", "publisher", "source_domain"];
const URL: &[&str] = &["url", "link"];

/// Reads the article of one JSON line. The id is empty where the record has none.
pub(crate) fn parse(line: &str) -> Result<Article, Reason> {
    let value: Value = serde_json::from_str(line).map_err(|error| match error.classify() {
        Category::Eof => Reason::Truncated,
        _ => {
            let message = error.to_string();
            let problem = match message.split(" at line ").next() {
                Some("expected ident" | "expected value") => "expected a value",
                Some(problem) => problem,
                None => &message,
            };
            Reason::Json { problem: problem.to_owned(), column: error.column() }
        }
    })?;
    let Value::Object(mut fields) = value else {
        return Err(Reason::NotAnObject { found: type_of(&value) });
    };
    Ok(Article {
        id: take(&mut fields, ID)?.unwrap_or_default(),
        // A blank title is no title: no offset could point into it.
        title: take(&mut fields, TITLE)?.filter(|title| !title.trim().is_empty()),
        text: take(&mut fields, TEXT)?.ok_or(Reason::NoText { names: TEXT })?,
        published: take(&mut fields, PUBLISHED)?,
        source: take(&mut fields, SOURCE)?,
        url: take(&mut fields, URL)?,
    })
}

/// Takes the first of `names` that is there and not null. Only an id may be a number, only a date an
/// object.
fn take(fields: &mut Map<String, Value>, names: &'static [&str]) -> Result<Option<String>, Reason> {
    for &name in names {
        match fields.remove(name) {
            None | Some(Value::Null) => {}
            Some(Value::String(text)) => return Ok(Some(text)),
            Some(Value::Number(number)) if names == ID => return Ok(Some(number.to_string())),
            // As our own records have it.
            Some(Value::Object(date))
                if names == PUBLISHED && date.get("value").is_some_and(Value::is_string) =>
            {
                return Ok(date["value"].as_str().map(str::to_owned));
            }
            Some(other) => {
                return Err(Reason::Type { field: name.to_owned(), found: type_of(&other) });
            }
        }
    }
    Ok(None)
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn usual_field_names_are_understood() {
        let line = r#"{"headline": "T", "maintext": "B", "date_publish": "2024-07-23 10:00:00",
            "source_domain": "x.example", "link": "https://x.example/1", "id": 12, "n": [1]}"#;
        let article = Article {
            id: "12".to_owned(),
            title: Some("T".to_owned()),
            text: "B".to_owned(),
            published: Some("2024-07-23 10:00:00".to_owned()),
            source: Some("x.example".to_owned()),
            url: Some("https://x.example/1".to_owned()),
        };
        assert_eq!(parse(line), Ok(article));
    }

    #[test]
    fn our_own_records_are_articles() {
        let article =
            parse(r#"{"text": "a", "published": {"value": "2024-07-23", "source": "wire-id"}}"#);
        assert_eq!(article.map(|a| a.published), Ok(Some("2024-07-23".to_owned())));
        let article = parse(r#"{"text": "a", "published": {"day": 3}}"#);
        let reason = article.map_err(|reason| reason.to_string());
        assert_eq!(reason, Err("field \"published\" is an object, expected a string".to_owned()));
    }

    #[test]
    fn faults_are_named() {
        let cases = [
            (r#"{"title": "T"}"#, "no text: the record has none of the fields text, body"),
            (r#"{"text": null}"#, "no text"),
            (r#"{"text": 3}"#, "field \"text\" is a number, expected a string"),
            (r#"{"text": "a", "published": 17}"#, "field \"published\" is a number"),
            (r#"{"text": "a""#, "truncated JSON"),
            (r#"{"text": "a"#, "truncated JSON"),
            (r#"{text: "a"}"#, "not JSON: key must be a string at column 2"),
            (r#"{"text": "a"} x"#, "not JSON: trailing characters at column 15"),
            ("[1, 2]", "expected a JSON object, found an array"),
            ("{\"text\": \"a\u{0}\"}", "not JSON: control character"),
        ];
        for (line, expected) in cases {
            let found = parse(line).unwrap_err().to_string();
            assert!(found.starts_with(expected), "{line}: {found}");
        }
    }

    #[test]
    fn a_blank_title_is_none() {
        assert_eq!(parse(r#"{"title": " ", "text": ""}"#), Ok(Article::default()));
    }

    proptest! {
        #[test]
        fn never_panics(line in "\\PC{0,80}") {
            let _ = parse(&line);
        }
    }
}
