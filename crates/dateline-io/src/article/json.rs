//! A JSON object: its fields are the parts of an article.

use std::borrow::Cow;

use dateline::Article;
use jiff::Timestamp;
use serde_json::{Map, Value, error::Category};

use super::{Fields, Found, Parsed, charset};
use crate::{Reason, Record};

/// An article without an id gets its place in the input.
pub(super) fn parse(record: &Record, fields: &Fields) -> Result<Parsed, Reason> {
    let (text, note) = match std::str::from_utf8(&record.bytes) {
        Ok(text) => (Cow::Borrowed(text), None),
        Err(_) => {
            let (text, note) = charset::decode(&record.bytes, None)?;
            (Cow::Owned(text), note)
        }
    };
    let mut article = article(object(&text)?, fields)?;
    if article.id.is_empty() {
        article.id = record.origin.place();
    }
    Ok(Parsed::Article(Found { notes: note.into_iter().collect(), ..Found::new(article) }))
}

/// The fields of a JSON object.
pub(crate) fn object(text: &str) -> Result<Map<String, Value>, Reason> {
    let value: Value = serde_json::from_str(text)
        .or_else(|error| match without_nan(text) {
            Some(text) => serde_json::from_str(&text).map_err(|_| error),
            None => Err(error),
        })
        .map_err(|error| match error.classify() {
            Category::Eof => Reason::Truncated,
            _ => {
                let message = error.to_string();
                let problem = match message.split(" at line ").next() {
                    Some("expected ident" | "expected value") => "expected a value",
                    Some(problem) => problem,
                    None => &message,
                };
                let (line, column) = (error.line(), error.column());
                Reason::Json { problem: problem.to_owned(), line, column }
            }
        })?;
    match value {
        Value::Object(fields) => Ok(fields),
        other => Err(Reason::NotAnObject { found: type_of(&other) }),
    }
}

/// `text` with null for each NaN and infinity, which Python writes although JSON has none; `None`
/// if it has none either.
fn without_nan(text: &str) -> Option<String> {
    const NONE: [&str; 3] = ["NaN", "-Infinity", "Infinity"];
    if !NONE.iter().any(|name| text.contains(name)) {
        return None;
    }
    let mut mended = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(quote) = rest.find('"') {
        let (between, string) = rest.split_at(quote);
        mended.push_str(&NONE.iter().fold(between.to_owned(), |s, name| s.replace(name, "null")));
        let mut escaped = false;
        let end = string.bytes().skip(1).position(|byte| {
            let ends = byte == b'"' && !escaped;
            escaped = byte == b'\\' && !escaped;
            ends
        })?;
        let (string, after) = string.split_at(end + 2);
        mended.push_str(string);
        rest = after;
    }
    mended.push_str(&NONE.iter().fold(rest.to_owned(), |s, name| s.replace(name, "null")));
    Some(mended)
}

/// The article that the fields of a record make. The id is empty where the record has none.
fn article(mut record: Map<String, Value>, fields: &Fields) -> Result<Article, Reason> {
    let stated = |text: &String| !text.trim().is_empty();
    // First: a field that is said to be the text is nothing else.
    let text = take(&mut record, &fields.text, Part::Other)?
        .ok_or_else(|| Reason::NoText { names: fields.text.clone() })?;
    let mut source = take(&mut record, &fields.source, Part::Other)?.filter(stated);
    let mut url = take(&mut record, &fields.url, Part::Other)?.filter(stated);
    // As trafilatura has it.
    let is_address = |text: &String| text.starts_with("http://") || text.starts_with("https://");
    if url.is_none() && source.as_ref().is_some_and(is_address) {
        url = source.take();
        source = take(&mut record, &fields.source, Part::Other)?.filter(stated);
    }
    Ok(Article {
        id: take(&mut record, &fields.id, Part::Id)?.unwrap_or_default(),
        // A blank title is no title: no offset could point into it.
        title: take(&mut record, &fields.title, Part::Other)?.filter(stated),
        text,
        published: take(&mut record, &fields.published, Part::Published)?.filter(stated),
        source,
        url,
    })
}

#[derive(Clone, Copy, PartialEq)]
enum Part {
    Id,
    Published,
    Other,
}

/// Takes the first of `names` that is there and not null. Only an id and a date may be numbers, only a
/// date an object.
fn take(
    record: &mut Map<String, Value>,
    names: &[String],
    part: Part,
) -> Result<Option<String>, Reason> {
    for name in names {
        match record.remove(name) {
            None | Some(Value::Null) => {}
            Some(Value::String(text)) => return Ok(Some(text)),
            Some(Value::Number(number)) if part == Part::Id => return Ok(Some(number.to_string())),
            Some(Value::Number(number)) if part == Part::Published => match date(&number) {
                Some(date) => return Ok(Some(date)),
                None => return Err(Reason::Type { field: name.clone(), found: "a number" }),
            },
            // As our own records have it.
            Some(Value::Object(date))
                if part == Part::Published && date.get("value").is_some_and(Value::is_string) =>
            {
                return Ok(date["value"].as_str().map(str::to_owned));
            }
            Some(other) => {
                return Err(Reason::Type { field: name.clone(), found: type_of(&other) });
            }
        }
    }
    Ok(None)
}

/// A Unix time, in seconds or, as JavaScript has it, in milliseconds, as a date and time in UTC. A
/// small number is none: `17` and `2024` are no seconds.
fn date(number: &serde_json::Number) -> Option<String> {
    let number = number.as_f64()?;
    let seconds = if number.abs() >= 1e11 { number / 1000.0 } else { number };
    let plausible = (1e8..1e10).contains(&seconds);
    let time = Timestamp::from_second(seconds as i64).ok()?;
    plausible.then(|| time.to_string())
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

    fn parse(line: &str) -> Result<Article, Reason> {
        article(object(line)?, &Fields::default())
    }

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
    fn dates_are_also_unix_times() {
        for number in ["1721728800", "1721728800000", "1721728800.5"] {
            let line = format!("{{\"text\": \"a\", \"date\": {number}}}");
            let published = parse(&line).unwrap().published;
            assert_eq!(published.as_deref(), Some("2024-07-23T10:00:00Z"), "{number}");
        }
    }

    #[test]
    fn an_address_is_no_publisher() {
        let line = r#"{"text": "a", "source": "https://x.example/1", "source-hostname": "X"}"#;
        let article = parse(line).unwrap();
        assert_eq!(article.url.as_deref(), Some("https://x.example/1"));
        assert_eq!(article.source.as_deref(), Some("X"));
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
            (r#"{"text": "a", "date": 2024}"#, "field \"date\" is a number"),
            (r#"{"text": "a""#, "truncated JSON"),
            (r#"{"text": "a"#, "truncated JSON"),
            (r#"{text: "a"}"#, "not JSON: key must be a string at line 1, column 2"),
            (r#"{"text": "a"} x"#, "not JSON: trailing characters at line 1, column 15"),
            ("[1, 2]", "expected a JSON object, found an array"),
            ("{\"text\": \"a\u{0}\"}", "not JSON: control character"),
        ];
        for (line, expected) in cases {
            let found = parse(line).unwrap_err().to_string();
            assert!(found.starts_with(expected), "{line}: {found}");
        }
    }

    #[test]
    fn what_python_writes_is_read() {
        let line = r#"{"title": NaN, "n": [1, -Infinity], "text": "NaN \\\" is \\"}"#;
        let article = parse(line).unwrap();
        assert_eq!((article.title, article.text.as_str()), (None, "NaN \\\" is \\"));
        assert!(parse("{\"text\": \"NaN").is_err());
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
