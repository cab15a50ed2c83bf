//! Labelled articles: gold and predictions in one form.
//!
//! The JSON form is the output record (`dateline/1`) plus `optional`, `alternatives`, `types` and
//! `labels`; so every record that Dateline writes is a sample, and a sample that people corrected
//! is gold. A layer that is absent (`None`) was not annotated; an empty one was, with nothing
//! found.

use dateline::{Field, OffsetUnit};
use serde::{Deserialize, Serialize};

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
}

#[derive(Deserialize)]
#[serde(untagged)]
enum PublishedForm {
    Value(String),
    Record { value: String },
}

impl From<PublishedForm> for Published {
    fn from(form: PublishedForm) -> Published {
        match form {
            PublishedForm::Value(value) | PublishedForm::Record { value } => Published { value },
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

/// An event with its mentions (a cluster).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Event {
    /// Identifier within the article.
    pub id: String,
    /// Its type in the label set of the file.
    #[serde(rename = "type")]
    pub kind: String,
    /// Other types that count as right.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub types: Vec<String>,
    /// A short noun phrase.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Other labels that count as right.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<String>,
    /// Probability, in predictions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// Its triggers.
    pub mentions: Vec<EventMention>,
    /// Who and what took part.
    pub roles: Vec<Role>,
    /// When.
    pub time: Option<EventTime>,
    /// Where.
    pub place: Option<EventPlace>,
    /// Status of the event as a whole.
    pub factuality: Option<Factuality>,
    /// Who says so.
    pub attribution: Option<Attribution>,
}

/// A trigger.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventMention {
    /// Where.
    #[serde(flatten)]
    pub location: Location,
    /// `verb`, `noun` or `other`, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pos: Option<String>,
    /// As this mention presents it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub factuality: Option<Factuality>,
    /// Neither rewarded nor punished.
    #[serde(default, skip_serializing_if = "is_false")]
    pub optional: bool,
    /// Other spans that count as this trigger.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<Stretch>,
}

/// A filled role of an event. The ids, where present, say what the filler refers to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Role {
    /// Role name in the label set of the file.
    pub role: String,
    /// Other role names that count as right.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    /// Entity id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
    /// Event id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// Time id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    /// Quantity id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<String>,
    /// Where.
    #[serde(flatten)]
    pub location: Location,
    /// Head word of the filler, for head match; absent where it has to be guessed (last word
    /// before a preposition or comma).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<Stretch>,
    /// Neither rewarded nor punished.
    #[serde(default, skip_serializing_if = "is_false")]
    pub optional: bool,
    /// Not stated in the sentence; scored apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inferred: Option<String>,
}

/// When an event takes place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EventTime {
    /// TIMEX3 value.
    pub value: Option<String>,
    /// Id of the time expression.
    #[serde(rename = "ref")]
    pub reference: Option<String>,
    /// What it was inferred from.
    pub inferred: Option<String>,
}

/// Where an event takes place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EventPlace {
    /// Entity id.
    pub entity: Option<String>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// What it was inferred from.
    pub inferred: Option<String>,
}

/// Whether an event is presented as real. Absent parts are not scored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Factuality {
    /// `actual`, `planned` …
    pub status: Option<String>,
    /// `positive` or `negative`.
    pub polarity: Option<String>,
    /// `certain`, `probable` or `possible`.
    pub certainty: Option<String>,
    /// True if it lies ahead.
    pub future: Option<bool>,
}

/// Who says that an event happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribution {
    /// Entity id of the speaker.
    #[serde(default)]
    pub source: Option<String>,
    /// The speaker's words, where gold has no entity for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<Location>,
    /// The word that attributes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cue: Option<Location>,
}

/// The event an article is about. Predictions hold ids and values (the output record); gold holds
/// phrases in `answers`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct MainEvent {
    /// Event id.
    pub event: Option<String>,
    /// Entity ids.
    pub who: Vec<String>,
    /// The event's label.
    pub what: Option<String>,
    /// TIMEX3 value.
    pub when: Option<String>,
    /// Entity id of the place.
    #[serde(rename = "where")]
    pub place: Option<String>,
    /// Event id or words.
    pub why: Option<String>,
    /// Gold phrases by question (`who`, `what`, `when`, `where`, `why`, `how`); any of them is
    /// right.
    #[serde(skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    pub answers: std::collections::BTreeMap<String, Vec<String>>,
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
        Mention { location, kind: None, score: None, optional: false, alternatives: Vec::new() }
    }
}

impl Token {
    /// A token of which nothing but its place is known.
    pub fn at(location: Location) -> Token {
        Token { location, upos: None, xpos: None, lemma: None, head: None, deprel: None }
    }
}
