//! Labelled articles: gold and predictions in one form.
//!
//! The JSON form is the output record (`dateline/1`) plus `optional`, `alternatives`, `types` and
//! `labels`; so every record that Dateline writes is a sample, and a sample that people corrected
//! is gold. A layer that is absent (`None`) was not annotated; an empty one was, with nothing
//! found.

mod events;

use dateline::{Field, OffsetUnit};
use serde::{Deserialize, Serialize};

pub use events::{
    Attribution, Event, EventMention, EventPlace, EventTime, Factuality, MainEvent, Role,
};

/// One article and what is labelled in it. Offsets count code points within the title or the text,
/// unless `offsets` says otherwise ([`Sample::offsets`]; readers convert and verify).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sample {
    /// `dateline/1`.
    pub schema: String,
    /// Identifier that pairs gold with predictions.
    pub id: String,
    /// The title, where there is one.
    pub title: Option<String>,
    /// The text; absent in predictions that were written without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Unit of all offsets: `codepoint`, `byte` or `utf16`; empty means `codepoint`.
    pub offsets: String,
    /// Publication date.
    pub published: Option<Published>,
    /// True of gold that says in so many words (`null`) that the article has no publication date.
    #[serde(skip)]
    pub undated: bool,
    /// What part of the article is title, dateline, byline, body and furniture; what lies in none
    /// is blank.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zones: Option<Vec<Zone>>,
    /// Sentences of given tokens, where the corpus fixes them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sentences: Option<Vec<Sentence>>,
    /// People, organizations, places …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entities: Option<Vec<Entity>>,
    /// Time expressions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub times: Option<Vec<Time>>,
    /// Events.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub events: Option<Vec<Event>>,
    /// Events of the article as a whole, labelled without triggers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document_events: Option<Vec<Event>>,
    /// The event the article is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub main_event: Option<MainEvent>,
    /// Stretches that are annotated, where not all of the article is: items outside are not
    /// compared. Empty means all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub annotated: Vec<Stretch>,
}

/// A publication date; a bare string is read as its value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "PublishedForm")]
pub struct Published {
    /// ISO 8601 date.
    pub value: String,
    /// Where it was read; see [`Published::is_stated`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

impl Published {
    /// Whether the article itself states the date. Then it is for a program to find; else it is
    /// handed to the program with the article.
    pub fn is_stated(&self) -> bool {
        let source = self.source.as_deref();
        matches!(source, Some("wire id" | "dateline" | "byline" | "furniture"))
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum PublishedForm {
    Value(String),
    Record { value: String, source: Option<String> },
}

/// A part of the article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Zone {
    /// `title`, `dateline`, `byline`, `body` or `furniture`.
    pub kind: String,
    /// Where.
    #[serde(flatten)]
    pub at: Stretch,
}

impl From<PublishedForm> for Published {
    fn from(form: PublishedForm) -> Published {
        match form {
            PublishedForm::Value(value) => Published { value, source: None },
            PublishedForm::Record { value, source } => Published { value, source },
        }
    }
}

/// A stretch of the title or the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretch {
    /// `title` or `text`.
    #[serde(default = "text_field")]
    pub field: Field,
    /// Offset of the first character.
    pub start: usize,
    /// Offset one past the last character.
    pub end: usize,
}

/// A stretch and its characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Location {
    /// Where.
    #[serde(flatten)]
    pub at: Stretch,
    /// The characters, to verify the offsets by; empty where the file does not repeat them.
    #[serde(default)]
    pub text: String,
}

fn text_field() -> Field {
    Field::Text
}

/// A sentence of given tokens.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sentence {
    /// Its tokens, in order.
    pub tokens: Vec<Token>,
}

/// A given token. Syntax is present where the corpus has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// Where.
    #[serde(flatten)]
    pub location: Location,
    /// Universal part of speech.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upos: Option<String>,
    /// Penn part of speech.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub xpos: Option<String>,
    /// Lemma.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lemma: Option<String>,
    /// 1-based index of the head in the sentence; 0 for the root.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<usize>,
    /// Universal dependency relation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deprel: Option<String>,
}

/// Someone or something with all its mentions (a cluster). Corpora without coreference have one
/// entity a mention.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Entity {
    /// Identifier within the article.
    pub id: String,
    /// Its type in the label set of the file.
    #[serde(rename = "type")]
    pub kind: String,
    /// Other types that count as right.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub types: Vec<String>,
    /// For places.
    pub subtype: Option<String>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// Degrees, north positive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latitude: Option<f64>,
    /// Degrees, east positive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub longitude: Option<f64>,
    /// Of a prediction, how likely a summary of the article is to mention it; of gold, the share
    /// of its summaries that do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub salience: Option<f64>,
    /// Where it is mentioned.
    pub mentions: Vec<Mention>,
}

/// A mention of an entity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// Where.
    #[serde(flatten)]
    pub location: Location,
    /// `name`, `nominal` or `pronoun`; absent where the corpus does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Probability, in predictions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// What it stands for where that is not what the name says. In gold `literal` tells that it
    /// was judged and stands for what the name says; one that is absent was not judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metonymy: Option<String>,
    /// Neither rewarded nor punished.
    #[serde(default, skip_serializing_if = "is_false")]
    pub optional: bool,
    /// Other spans that count as this mention.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<Stretch>,
}

/// A time expression (TIMEX3).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Time {
    /// Identifier within the article.
    #[serde(default)]
    pub id: String,
    /// Where.
    #[serde(flatten)]
    pub location: Location,
    /// `DATE`, `TIME`, `DURATION` or `SET`.
    #[serde(rename = "type")]
    pub kind: String,
    /// TIMEX3 value.
    #[serde(default)]
    pub value: Option<String>,
    /// TIMEX3 modifier.
    #[serde(default, rename = "mod")]
    pub modifier: Option<String>,
    /// Neither rewarded nor punished.
    #[serde(default, skip_serializing_if = "is_false")]
    pub optional: bool,
    /// Other spans that count as this expression.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<Stretch>,
}

fn is_false(value: &bool) -> bool {
    !value
}

impl Sample {
    /// An article in which nothing is labelled yet; its offsets are to count `unit`s.
    pub fn new(id: String, text: String, unit: OffsetUnit) -> Sample {
        Sample {
            schema: dateline::record::SCHEMA.to_owned(),
            id,
            text: Some(text),
            offsets: unit.as_str().to_owned(),
            ..Sample::default()
        }
    }
}

impl Mention {
    /// A mention at a place of which nothing more is known.
    pub fn at(location: Location) -> Mention {
        Mention {
            location,
            kind: None,
            score: None,
            metonymy: None,
            optional: false,
            alternatives: Vec::new(),
        }
    }
}

impl Token {
    /// A token of which nothing but its place is known.
    pub fn at(location: Location) -> Token {
        Token { location, upos: None, xpos: None, lemma: None, head: None, deprel: None }
    }
}
