//! Labels of the samples in terms of our types.

use crate::mapping::Table;
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
    /// The map does not know it.
    Unknown,
}

/// The meaning of a gold label: what the table says of it, then further labels that count as right.
pub(crate) fn gold(table: Option<&Table>, label: &str, others: &[String]) -> Meaning {
    let Some(table) = table else {
        let mut types = vec![label.to_string()];
        types.extend(others.iter().cloned());
        return Meaning::Types(distinct(types));
    };
    let mut types = match table.get(label) {
        None => return Meaning::Unknown,
        Some(types) => types.to_vec(),
    };
    for other in others {
        match table.get(other) {
            None => return Meaning::Unknown,
            Some(more) => types.extend(more.iter().cloned()),
        }
    }
    if types.is_empty() {
        Meaning::Left(Why::LabelMapsToNothing)
    } else {
        Meaning::Types(distinct(types))
    }
}

/// The meaning of a predicted label. Without a table for predictions, they may carry our labels or
/// those of the gold file; types of ours that the gold labels don't have are not compared.
pub(crate) fn predicted(
    predictions: Option<&Table>,
    golds: Option<&Table>,
    label: &str,
) -> Meaning {
    if let Some(table) = predictions {
        return match table.get(label) {
            None => Meaning::Unknown,
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
            None if OUR_TYPES.contains(&label) || label.contains('.') => {
                Meaning::Left(Why::TypeNotInGold)
            }
            None => Meaning::Unknown,
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
