//! Trees and names as the model sees them.

use std::collections::HashSet;
use std::ops::Range;

use dateline::{Annotations, Document, Text};

use super::Layout;
use super::conll::tokens;
use super::limits::{lose, lose_unread};
use crate::notes::Notes;

const HELD: &[&str] = &["entity mention"];

pub(crate) fn write(
    document: &Document,
    text: &Text,
    annotations: &Annotations,
    losses: &mut Notes,
) -> String {
    lose(document, HELD, losses);
    lose_unread(text, losses);
    let layout = Layout::new(document, text.into());
    let names: HashSet<(Range<usize>, &str)> =
        annotations.entities.iter().map(|name| (name.tokens.clone(), name.kind.as_str())).collect();
    for entity in &document.entities {
        for mention in &entity.mentions {
            let found = layout.span(&mention.location).and_then(|(_, at)| tokens(text, at));
            if !found.is_some_and(|found| names.contains(&(found, entity.kind.as_str()))) {
                losses.note("entity mention that is no name to the model");
            }
        }
    }
    let id = document.id.replace(['\n', '\r'], " ");
    format!("# newdoc id = {id}\n{}", dateline::conllu::write(text, annotations))
}
