//! From trees to events: triggers, types, roles, factuality, attribution, coreference.

mod coref;
mod dates;
mod factuality;
mod filter;
mod frame;
mod grammar;
mod label;
mod lexicon;
mod mention;
mod noun_frame;
mod ontology;
mod output;
mod quotes;
mod relations;
mod roles;
mod sentence;
mod toml_file;
mod triggers;
mod words;

use std::cell::OnceCell;

use crate::data::{RuleError, Source};
use crate::reading::Reading;
use crate::record::{Event, EventRelation, MainEvent, Quote};

use grammar::Grammar;
use lexicon::Lexicon;
use ontology::Slots;
use output::Writer;
use sentence::Context;
use words::Words;

/// The event ontology and its patterns.
#[derive(Debug)]
pub(crate) struct EventRules {
    words: Words,
    grammar: Grammar,
    lexicon: Lexicon,
    /// Slots of every type that has the role.
    shared: Slots,
}

impl EventRules {
    pub(crate) fn load(source: &Source) -> Result<EventRules, RuleError> {
        let words = Words::load(source)?;
        let grammar = Grammar::load(&words)?;
        let lexicon = Lexicon::load(source, &words)?;
        let shared = ontology::shared(source, &words)?;
        Ok(EventRules { words, grammar, lexicon, shared })
    }
}

/// What the event rules conclude, as it goes into the record.
#[derive(Debug, Default)]
pub(crate) struct Events {
    pub(crate) events: Vec<Event>,
    pub(crate) relations: Vec<EventRelation>,
    pub(crate) quotes: Vec<Quote>,
    pub(crate) main: Option<MainEvent>,
}

/// Finds the events of an article. Entity `i` of the reading has id `e{i+1}` in the record, time
/// `i` has `t{i+1}`, quantity `i` has `q{i+1}`.
pub(crate) fn find(reading: &Reading<'_>, rules: &EventRules) -> Events {
    let context = Context::new(reading, rules);
    let found = triggers::find(&context);
    let roles = roles::find(&context, &found);
    let attributions = quotes::find(&context);
    let mentions = mention::build(&context, found, roles, &attributions);
    let mentions = mention::prune(&context, mentions);
    let clusters = coref::cluster(&context, &mentions);
    let mut cluster_of = vec![0; mentions.len()];
    for (cluster, members) in clusters.iter().enumerate() {
        members.iter().for_each(|&m| cluster_of[m] = cluster);
    }
    let writer = Writer {
        context: &context,
        mentions: &mentions,
        clusters: &clusters,
        cluster_of,
        attributions: &attributions,
        united: vec![OnceCell::new(); clusters.len()],
    };
    let mut events: Vec<Event> = (0..clusters.len()).map(|c| writer.event(c)).collect();
    relations::infer(&writer, &mut events);
    let main = relations::main_event(&writer, &mut events);
    Events { main, relations: relations::find(&writer), quotes: writer.quotes(), events }
}

#[cfg(test)]
mod tests;
