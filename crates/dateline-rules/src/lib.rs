//! The rule layer: from [`Annotations`], what a model says of tokens, to a [`Document`]: entities,
//! times, quantities and events with their roles.
//!
//! Rules read dependency trees, not strings; lexicons and patterns are data files under `data/`,
//! built in and replaceable ([`Rules::from_dir`]). Nothing here knows subwords or tensors: every
//! rule can be tested on a hand-written tree ([`dateline_text::conllu`]).
#![warn(missing_docs)]

mod data;
mod document;
mod entities;
mod events;
#[cfg(test)]
mod laws;
mod quantities;
mod reading;
pub mod record;
mod times;
mod tree;

use std::path::Path;

use dateline_text::{Annotations, Article, Text};

pub use data::RuleError;
pub use record::Document;

use reading::Reading;

/// The rules and lexicons, loaded and checked.
#[derive(Debug)]
pub struct Rules {
    entities: entities::EntityRules,
    times: times::TimeRules,
    quantities: quantities::QuantityRules,
    events: events::EventRules,
}

/// What the caller knows about an article beyond the article itself.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The publication date; takes precedence over what the article or its metadata say.
    pub published: Option<jiff::civil::Date>,
}

impl Rules {
    /// The rules that come with Dateline.
    pub fn builtin() -> Result<Rules, RuleError> {
        Rules::load(&data::Source::builtin())
    }

    /// The built-in rules, with files of the same name in `dir` taking their place.
    pub fn from_dir(dir: &Path) -> Result<Rules, RuleError> {
        Rules::load(&data::Source::overlay(dir))
    }

    fn load(source: &data::Source) -> Result<Rules, RuleError> {
        Ok(Rules {
            entities: entities::EntityRules::load(source)?,
            times: times::TimeRules::load(source)?,
            quantities: quantities::QuantityRules::load(source)?,
            events: events::EventRules::load(source)?,
        })
    }

    /// Reads one annotated article. Offsets in the result are bytes of [`Text::source`] until
    /// [`Document::convert`] is called.
    ///
    /// `annotations` must be of `text`: one token annotation for each of its tokens.
    pub fn read(
        &self,
        article: &Article,
        text: &Text,
        annotations: &Annotations,
        options: &Options,
    ) -> Document {
        let mut reading = Reading::new(article, text, annotations);
        times::published::find(&mut reading, &self.times, options);
        entities::find(&mut reading, &self.entities);
        times::find(&mut reading, &self.times);
        quantities::find(&mut reading, &self.quantities);
        reading.index();
        let events = events::find(&reading, &self.events);
        document::assemble(reading, events)
    }
}
