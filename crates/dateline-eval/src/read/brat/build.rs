//! What the annotations of a document say together: events at their triggers, what attributes and
//! notes belong to.

use std::collections::HashMap;

use super::Layers;
use super::lines::{Document, Structure};
use crate::notes::Notes;
use crate::read::Problem;
use crate::read::items::{Item, Items, Layer, Link};
use crate::sample::Factuality;

impl Document {
    /// Everything labelled in the document.
    pub(super) fn finish(mut self, layers: &Layers, notes: &mut Notes) -> Result<Items, Problem> {
        let places: HashMap<String, usize> =
            self.spans.iter().enumerate().map(|(index, span)| (span.id.clone(), index)).collect();
        let mut triggers: HashMap<String, String> = HashMap::new();
        let mut items = Items { times: layers.times, events: layers.events, ..Items::default() };
        let mut events = Vec::new();
        for Structure { id, trigger, .. } in &self.events {
            let missing = || Problem::Reference { from: id.clone(), id: trigger.clone() };
            let span = &self.spans[*places.get(trigger).ok_or_else(missing)?];
            let factuality = layers.factuality();
            events.push(Item { id: id.clone(), layer: Layer::Event, factuality, ..span.clone() });
            triggers.entry(trigger.clone()).or_insert_with(|| id.clone());
        }
        // What points at a trigger means its event.
        let aim = |id: &str| triggers.get(id).cloned().unwrap_or_else(|| id.to_owned());
        for Structure { id, arguments, .. } in self.events {
            for (kind, filler) in arguments {
                items.links.push(Link { kind, from: id.clone(), to: aim(&filler) });
            }
        }
        for Link { kind, from, to } in self.links {
            items.links.push(Link { kind, from: aim(&from), to: aim(&to) });
        }
        self.spans.retain(|span| !triggers.contains_key(&span.id));
        items.items = self.spans;
        items.items.extend(events);
        let places: HashMap<String, usize> =
            items.items.iter().enumerate().map(|(index, item)| (item.id.clone(), index)).collect();
        for (name, target, value) in self.attributes {
            let target = aim(&target);
            let missing = || Problem::Reference { from: name.clone(), id: target.clone() };
            let item = &mut items.items[*places.get(&target).ok_or_else(missing)?];
            if !attribute(item, &name, value.as_deref()) {
                notes.note(format!("attribute {name}"));
            }
        }
        for (target, text) in self.comments {
            match places.get(&target).map(|&place| &mut items.items[place]) {
                Some(item) if item.layer == Layer::Time && item.value.is_none() => {
                    item.value = Some(text);
                }
                _ => notes.note("annotator's note"),
            }
        }
        Ok(items)
    }
}

impl Layers {
    /// What an event's factuality is without any attribute.
    fn factuality(&self) -> Option<Factuality> {
        (self.negation || self.speculation).then(|| Factuality {
            polarity: self.negation.then(|| "positive".to_owned()),
            certainty: self.speculation.then(|| "certain".to_owned()),
            ..Factuality::default()
        })
    }
}

/// Reads an attribute that a sample has a place for; false for any other.
fn attribute(item: &mut Item, name: &str, value: Option<&str>) -> bool {
    match (item.layer, name, value) {
        (Layer::Time, "Type", Some(kind)) => {
            kind.clone_into(&mut item.kind);
            true
        }
        (Layer::Event, _, value) => {
            let mut facts = item.factuality.take().unwrap_or_default();
            let owned = |value: &str| Some(value.to_owned());
            let known = match (name, value) {
                ("Negation", None) => {
                    facts.polarity = owned("negative");
                    true
                }
                ("Speculation", None) => {
                    facts.certainty = owned("possible");
                    true
                }
                ("Status", Some(status)) => {
                    facts.status = owned(status);
                    true
                }
                ("Certainty", Some(certainty)) => {
                    facts.certainty = owned(certainty);
                    true
                }
                ("Future", None) => {
                    facts.future = Some(true);
                    true
                }
                _ => false,
            };
            item.factuality = (facts != Factuality::default()).then_some(facts);
            known
        }
        _ => false,
    }
}
