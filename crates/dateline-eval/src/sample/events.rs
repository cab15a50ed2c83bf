//! Events, who takes part in them, when, where, whether they are real and who says so.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Location, Stretch, is_false};

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
    /// Entity ids, or words.
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
    /// Words.
    pub how: Option<String>,
    /// Gold phrases by question (`who`, `what`, `when`, `where`, `why`, `how`); any of them is
    /// right.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, Vec<String>>,
}
