//! What every format's samples are checked for: ids that stand twice, mentions that overlap,
//! references that lead nowhere.

use std::collections::{HashMap, HashSet};

use dateline::Field;

use super::Problem;
use crate::notes::Notes;
use crate::sample::Sample;

/// Where a sample begins, in words.
pub(super) type Place<'p> = &'p dyn Fn() -> String;

/// Checks the samples of one file; holds their ids.
#[derive(Default)]
pub(super) struct Checks {
    /// Lines by id.
    seen: HashMap<Box<str>, Option<u64>>,
}

impl Checks {
    /// An id that stands twice and a head outside of its sentence are errors; everything else is
    /// counted.
    pub(super) fn check(
        &mut self,
        sample: &Sample,
        line: Option<u64>,
        place: Place<'_>,
        notes: &mut Notes,
    ) -> Result<(), Problem> {
        if let Some(first) = self.seen.insert(sample.id.as_str().into(), line) {
            return Err(Problem::DuplicateId { id: sample.id.clone(), first });
        }
        heads(sample)?;
        overlaps(sample, place, notes);
        references(sample, place, notes);
        Ok(())
    }
}

fn heads(sample: &Sample) -> Result<(), Problem> {
    for sentence in sample.sentences.iter().flatten() {
        for (index, token) in sentence.tokens.iter().enumerate() {
            if token.head.is_some_and(|head| head > sentence.tokens.len() || head == index + 1) {
                return Err(Problem::Record(format!(
                    "the head of token {} ({:?}) is {}, in a sentence of {}; heads count tokens \
                     from 1, 0 is the root",
                    index + 1,
                    token.location.text,
                    token.head.unwrap_or_default(),
                    sentence.tokens.len()
                )));
            }
        }
    }
    Ok(())
}

/// Counts mentions of entities that overlap another, and those that stand twice.
fn overlaps(sample: &Sample, place: Place<'_>, notes: &mut Notes) {
    let entities = sample.entities.iter().flatten();
    let mut mentions: Vec<(Field, usize, std::cmp::Reverse<usize>, &str, &str)> = entities
        .flat_map(|entity| entity.mentions.iter().map(move |mention| (entity, mention)))
        .map(|(entity, mention)| {
            let at = &mention.location.at;
            let kind = entity.kind.as_str();
            (at.field, at.start, std::cmp::Reverse(at.end), kind, mention.location.text.as_str())
        })
        .collect();
    mentions.sort_unstable();
    let mut widest = 0;
    for (index, mention) in mentions.iter().enumerate() {
        let (field, start, end, kind, text) = *mention;
        let before = index.checked_sub(1).map(|index| mentions[index]);
        if before.is_none_or(|before| before.0 != field) {
            widest = 0;
        }
        let first = || format!("{}: {start}..{} {text:?} as {kind}", place(), end.0);
        if before == Some(*mention) {
            notes.note_first("entity mention that stands twice", first);
        } else if start < widest {
            notes.note_first("entity mention that overlaps another", first);
        }
        widest = widest.max(end.0);
    }
}

/// Counts references to entities, times and events that the sample does not have, of the layers
/// that it has.
fn references(sample: &Sample, place: Place<'_>, notes: &mut Notes) {
    let entities: Option<HashSet<&str>> = ids(&sample.entities, |entity| &entity.id);
    let times = ids(&sample.times, |time| &time.id);
    let events = ids(&sample.events, |event| &event.id);
    let mut follow = |what: &str, layer: &Option<HashSet<&str>>, id: Option<&String>| {
        let (Some(layer), Some(id)) = (layer, id) else { return };
        if !layer.contains(id.as_str()) {
            let kind = format!("reference to {what} that is not in the document");
            notes.note_first(kind, || format!("{}: {id}", place()));
        }
    };
    for event in sample.events.iter().flatten() {
        for role in &event.roles {
            follow("an entity", &entities, role.entity.as_ref());
            follow("a time", &times, role.time.as_ref());
            follow("an event", &events, role.event.as_ref());
        }
        follow("a time", &times, event.time.as_ref().and_then(|time| time.reference.as_ref()));
        follow("an entity", &entities, event.place.as_ref().and_then(|of| of.entity.as_ref()));
        let source = event.attribution.as_ref().and_then(|of| of.source.as_ref());
        follow("an entity", &entities, source);
    }
    if let Some(main) = &sample.main_event {
        follow("an event", &events, main.event.as_ref());
        follow("an entity", &entities, main.place.as_ref());
    }
}

fn ids<T>(layer: &Option<Vec<T>>, id: impl Fn(&T) -> &String) -> Option<HashSet<&str>> {
    Some(layer.as_ref()?.iter().map(|item| id(item).as_str()).collect())
}
