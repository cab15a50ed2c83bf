//! From trees to events: triggers, types, roles, factuality, attribution, coreference.

mod coref;
mod dates;
mod explain;
mod factuality;
mod filter;
mod frame;
mod grammar;
mod label;
mod lexicon;
mod main_event;
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
use std::collections::BTreeSet;

use crate::data::{RuleError, Source};
use crate::explain::Explained;
use crate::reading::Reading;
use crate::record::{Event, EventRelation, MainEvent, Quote};

use grammar::Grammar;
use lexicon::Lexicon;
use mention::EventMention;
use ontology::Slots;
use output::Writer;
use quotes::Attributions;
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
    let steps = Steps::of(&context);
    let writer = steps.writer(&context);
    let relations = relations::find(&writer);
    let (events, main) = steps.conclude(&writer, &relations);
    Events { main, relations, quotes: writer.quotes(), events }
}

/// Why the events are what they are, and what named none.
pub(crate) fn explain(reading: &Reading<'_>, rules: &EventRules) -> Explained {
    let context = Context::new(reading, rules);
    let steps = Steps::of(&context);
    let writer = steps.writer(&context);
    let (events, _) = steps.conclude(&writer, &[]);
    explain::explain(&writer, &steps.pruned, &events)
}

/// What the passes over the trees conclude.
struct Steps {
    attributions: Attributions,
    mentions: Vec<EventMention>,
    /// Triggers that tell a reader nothing.
    pruned: Vec<usize>,
    clusters: Vec<Vec<usize>>,
}

impl Steps {
    fn of(context: &Context<'_>) -> Steps {
        let found = triggers::find(context);
        let roles = roles::find(context, &found);
        let attributions = quotes::find(context);
        let all: Vec<usize> = found.iter().map(|found| found.token).collect();
        let mentions = mention::build(context, found, roles, &attributions);
        let mentions = mention::prune(context, mentions);
        let kept: BTreeSet<usize> = mentions.iter().map(|m| m.found.token).collect();
        let pruned = all.into_iter().filter(|token| !kept.contains(token)).collect();
        let clusters = coref::cluster(context, &mentions);
        Steps { attributions, mentions, pruned, clusters }
    }

    fn writer<'c, 'r>(&'c self, context: &'c Context<'r>) -> Writer<'c, 'r> {
        let mut cluster_of = vec![0; self.mentions.len()];
        for (cluster, members) in self.clusters.iter().enumerate() {
            members.iter().for_each(|&m| cluster_of[m] = cluster);
        }
        Writer {
            context,
            mentions: &self.mentions,
            clusters: &self.clusters,
            cluster_of,
            attributions: &self.attributions,
            united: vec![OnceCell::new(); self.clusters.len()],
        }
    }

    fn conclude(
        &self,
        writer: &Writer<'_, '_>,
        relations: &[EventRelation],
    ) -> (Vec<Event>, Option<MainEvent>) {
        let mut events: Vec<Event> =
            (0..self.clusters.len()).map(|cluster| writer.event(cluster)).collect();
        relations::infer(writer, &mut events);
        let main = main_event::find(writer, &mut events, relations);
        (events, main)
    }
}

#[cfg(test)]
mod tests;
