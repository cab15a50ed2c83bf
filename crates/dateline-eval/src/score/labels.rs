//! Labels of the samples in terms of our types.

use crate::mapping::{Maps, Table};
use crate::tally::Why;

/// Entity types that Dateline writes; a corpus need not label them all.
const OUR_TYPES: [&str; 7] = ["PERSON", "ORG", "PLACE", "NORP", "EVENT", "GROUP", "MISC"];

/// What a label stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// Any of these; the first names the item.
    Types(Vec<String>),
    /// It is not compared.
    Left(Why),
    /// The map does not know it, or does not know this other label that counts as right.
    Unknown(String),
}

impl Meaning {
    /// Whether the label is left out of the comparison; `None` if it is unknown.
    pub(crate) fn is_left(&self) -> Option<bool> {
        match self {
            Meaning::Types(_) => Some(false),
            Meaning::Left(_) => Some(true),
            Meaning::Unknown(_) => None,
        }
    }
}

/// The meaning of a gold label: what the table says of it, then further labels that count as right.
pub(crate) fn gold(table: Option<&Table>, label: &str, others: &[String]) -> Meaning {
    let Some(table) = table else {
        let mut types = vec![label.to_string()];
        types.extend(others.iter().cloned());
        return Meaning::Types(distinct(types));
    };
    let mut types = match table.get(label) {
        None => return Meaning::Unknown(label.to_string()),
        Some(types) => types.to_vec(),
    };
    for other in others {
        match table.get(other) {
            None => return Meaning::Unknown(other.clone()),
            Some(more) => types.extend(more.iter().cloned()),
        }
    }
    if types.is_empty() {
        Meaning::Left(Why::LabelMapsToNothing)
    } else {
        Meaning::Types(distinct(types))
    }
}

/// True if Dateline writes this entity type.
fn is_our_entity_type(label: &str) -> bool {
    OUR_TYPES.contains(&label)
}

/// True if a label looks like an event type of Dateline (`family.type`).
fn is_our_event_type(label: &str) -> bool {
    label.contains('.')
}

/// The meaning of a predicted entity type.
pub(crate) fn predicted_entity(maps: &Maps, label: &str) -> Meaning {
    predicted(maps.predictions.as_ref(), maps.entities.as_ref(), label, is_our_entity_type)
}

/// The meaning of a predicted event type.
pub(crate) fn predicted_event(maps: &Maps, label: &str) -> Meaning {
    predicted(maps.predicted_events.as_ref(), maps.events.as_ref(), label, is_our_event_type)
}

/// The meaning of a predicted role; a role that the gold labels don't have is not compared.
pub(crate) fn predicted_role(maps: &Maps, label: &str) -> Meaning {
    predicted(maps.predicted_roles.as_ref(), maps.roles.as_ref(), label, |_| true)
}

/// The table that should name predicted entity types.
pub(crate) fn entity_table(maps: &Maps) -> &'static str {
    if maps.predictions.is_some() { "predictions" } else { "entities" }
}

/// The table that should name predicted event types.
pub(crate) fn event_table(maps: &Maps) -> &'static str {
    if maps.predicted_events.is_some() { "predicted_events" } else { "events" }
}

/// The meaning of a predicted label. Without a table for predictions, they may carry our labels or
/// those of the gold file; labels that are `ours` but not among those of gold are not compared.
fn predicted(
    predictions: Option<&Table>,
    golds: Option<&Table>,
    label: &str,
    ours: fn(&str) -> bool,
) -> Meaning {
    if let Some(table) = predictions {
        return match table.get(label) {
            None => Meaning::Unknown(label.to_string()),
            Some([]) => Meaning::Left(Why::LabelMapsToNothing),
            Some(types) => Meaning::Types(types[..1].to_vec()),
        };
    }
    match golds {
        None => Meaning::Types(vec![label.to_string()]),
        Some(table) if table.has_target(label) => Meaning::Types(vec![label.to_string()]),
        Some(table) => match table.get(label) {
            Some([]) => Meaning::Left(Why::LabelMapsToNothing),
            Some(types) => Meaning::Types(types[..1].to_vec()),
            None if ours(label) => Meaning::Left(Why::TypeNotInGold),
            None => Meaning::Unknown(label.to_string()),
        },
    }
}

fn distinct(types: Vec<String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::with_capacity(types.len());
    for kind in types {
        if !kept.contains(&kind) {
            kept.push(kind);
        }
    }
    kept
}
