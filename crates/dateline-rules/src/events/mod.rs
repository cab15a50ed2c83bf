//! From trees to events: triggers, types, roles, factuality, attribution, coreference.

mod filter;
mod frame;
mod grammar;
mod lexicon;
mod ontology;
mod roles;
mod sentence;
mod toml_file;
mod triggers;
mod words;

use crate::data::{RuleError, Source};
use crate::reading::Reading;
use crate::record::{Event, EventRelation, MainEvent, Quote};

use grammar::Grammar;
use lexicon::Lexicon;
use ontology::Slots;
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
    let _roles = roles::find(&context, &found);
    Events::default()
}

#[cfg(test)]
mod tests {
    #[test]
    fn builtin_rules_load() {
        if let Err(error) = crate::Rules::builtin() {
            panic!("{error}");
        }
    }
}
