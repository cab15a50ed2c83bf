//! Which field of a record is which part of an article.

use serde_json::{Map, Value};

/// The names that a record's fields go by, the first present one counts. The default knows the
/// names in use, among them those of news-please, trafilatura, CC-News and the common data sets of
/// Hugging Face.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fields {
    pub(super) id: Vec<String>,
    pub(super) title: Vec<String>,
    pub(super) text: Vec<String>,
    pub(super) published: Vec<String>,
    pub(super) source: Vec<String>,
    pub(super) url: Vec<String>,
}

const ID: &[&str] = &["id", "_id", "uuid", "article_id", "guid"];
const TITLE: &[&str] = &["title", "headline"];
const TEXT: &[&str] =
    &["text", "body", "maintext", "content", "article", "document", "story", "full_text"];
const PUBLISHED: &[&str] = &[
    "published",
    "date",
    "date_publish",
    "published_date",
    "publish_date",
    "published_at",
    "publishedAt",
    "publication_date",
    "datePublished",
    "pub_date",
    "pubDate",
];
const SOURCE: &[&str] = &[
    "source",
    "publisher",
    "source_domain",
    "source-hostname",
    "sitename",
    "domain",
    "hostname",
    "publication",
];
const URL: &[&str] = &["url", "link"];

/// Tools and data sets by the fields that only they have together.
const KNOWN: &[(&str, &[&str])] = &[
    ("news-please", &["maintext", "date_publish"]),
    ("trafilatura", &["hostname", "fingerprint"]),
    ("trafilatura", &["source-hostname", "text"]),
    ("CC-News", &["domain", "image_url", "text"]),
    ("CNN/DailyMail", &["article", "highlights"]),
    ("XSum or Multi-News", &["document", "summary"]),
];

impl Default for Fields {
    fn default() -> Self {
        let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        Fields {
            id: names(ID),
            title: names(TITLE),
            text: names(TEXT),
            published: names(PUBLISHED),
            source: names(SOURCE),
            url: names(URL),
        }
    }
}

macro_rules! only {
    ($($(#[$doc:meta])* $field:ident)*) => {
        $($(#[$doc])*
        pub fn $field(mut self, name: impl Into<Option<String>>) -> Self {
            if let Some(name) = name.into() {
                self.$field = vec![name];
            }
            self
        })*
    };
}

impl Fields {
    only! {
        /// Reads the identifier from the field `name` and no other; `None` changes nothing.
        id
        /// Reads the title from the field `name` and no other.
        title
        /// Reads the text from the field `name` and no other.
        text
        /// Reads the publication date from the field `name` and no other.
        published
        /// Reads the publisher from the field `name` and no other.
        source
        /// Reads the address from the field `name` and no other.
        url
    }

    /// All names that are looked for.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let all = [&self.id, &self.title, &self.text, &self.published, &self.source, &self.url];
        all.into_iter().flatten().map(String::as_str)
    }

    /// Which fields of `record` are read as what, in words; `None` if all have our own names.
    pub(crate) fn recognized(&self, record: &Map<String, Value>) -> Option<String> {
        let there = |names: &[String]| {
            let there = |name: &&String| record.get(*name).is_some_and(|value| !value.is_null());
            names.iter().find(there).cloned()
        };
        let parts = [
            ("id", &self.id),
            ("title", &self.title),
            ("text", &self.text),
            ("published", &self.published),
            ("source", &self.source),
            ("url", &self.url),
        ];
        let read: Vec<String> = parts
            .into_iter()
            .filter_map(|(part, names)| Some((part, there(names)?)))
            .filter(|(part, name)| part != name)
            .map(|(part, name)| format!("{name} as {part}"))
            .collect();
        if read.is_empty() {
            return None;
        }
        let all = |fields: &[&str]| fields.iter().all(|&field| record.contains_key(field));
        let known = KNOWN.iter().find(|(_, fields)| all(fields));
        let known = known.map(|(name, _)| format!(" (fields of {name})")).unwrap_or_default();
        Some(format!("reading {}{known}", read.join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recognized(json: &str) -> Option<String> {
        Fields::default().recognized(serde_json::from_str::<Value>(json).unwrap().as_object()?)
    }

    #[test]
    fn what_is_read_as_what_is_told() {
        assert_eq!(recognized(r#"{"id": 1, "title": "T", "text": "a", "n": 2}"#), None);
        let found = recognized(
            r#"{"maintext": "a", "date_publish": "2024-01-02", "title": null, "source_domain": "x"}"#,
        );
        let said = "reading maintext as text, date_publish as published, source_domain as source \
                    (fields of news-please)";
        assert_eq!(found.as_deref(), Some(said));
        let found = recognized(r#"{"id": "1", "article": "a", "highlights": "b"}"#);
        assert_eq!(found.as_deref(), Some("reading article as text (fields of CNN/DailyMail)"));
        assert_eq!(recognized(r#"{"body": "a"}"#).as_deref(), Some("reading body as text"));
    }

    #[test]
    fn a_chosen_name_is_the_only_one() {
        let fields = Fields::default().text("story_text".to_owned()).id(None);
        assert!(fields.names().any(|name| name == "story_text"));
        assert!(!fields.names().any(|name| name == "maintext"));
        assert!(fields.names().any(|name| name == "_id"));
    }
}
