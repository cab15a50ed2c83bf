//! From trees to events: triggers, types, roles, factuality, attribution, coreference.

use crate::data::{RuleError, Source};
use crate::reading::Reading;
use crate::record::{Event, EventRelation, MainEvent, Quote};

/// The event ontology and its patterns.
#[derive(Debug)]
pub(crate) struct EventRules {}

impl EventRules {
    pub(crate) fn load(_source: &Source) -> Result<EventRules, RuleError> {
        Ok(EventRules {})
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
pub(crate) fn find(_reading: &Reading<'_>, _rules: &EventRules) -> Events {
    Events::default()
}
