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
pub mod explain;
#[cfg(test)]
mod laws;
mod metonymy;
mod quantities;
mod reading;
pub mod record;
mod subcategorization;
mod times;
mod tree;

use std::path::Path;

use dateline_text::{Annotations, Article, Clock, Stage, Text};

pub use data::RuleError;
pub use explain::Explained;
pub use record::Document;

use reading::Reading;

/// The rules and lexicons, loaded and checked.
#[derive(Debug)]
pub struct Rules {
    verbs: subcategorization::Subcategorization,
    entities: entities::EntityRules,
    times: times::TimeRules,
    quantities: quantities::QuantityRules,
    metonymy: metonymy::MetonymyRules,
    events: events::EventRules,
    own_files: Vec<(String, bool)>,
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

    /// The built-in rules and those of a folder: its files take the place of the built-in ones of
    /// the same name; other files in its `events` add types and triggers.
    pub fn from_dir(dir: &Path) -> Result<Rules, RuleError> {
        Rules::load(&data::Source::overlay(dir)?)
    }

    /// The built-in rules and those of one file, which has the name of a built-in one or adds
    /// event types and triggers.
    pub fn from_file(path: &Path) -> Result<Rules, RuleError> {
        Rules::load(&data::Source::file(path)?)
    }

    /// The rule files that are not the built-in ones, and whether each takes the place of one.
    pub fn own_files(&self) -> &[(String, bool)] {
        &self.own_files
    }

    fn load(source: &data::Source) -> Result<Rules, RuleError> {
        Ok(Rules {
            verbs: subcategorization::Subcategorization::load(source)?,
            entities: entities::EntityRules::load(source)?,
            times: times::TimeRules::load(source)?,
            quantities: quantities::QuantityRules::load(source)?,
            metonymy: metonymy::MetonymyRules::load(source)?,
            events: events::EventRules::load(source)?,
            own_files: source.own().map(|(name, builtin)| (name.to_owned(), builtin)).collect(),
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
        self.read_timed(article, text, annotations, options, Clock::OFF)
    }

    /// [`Rules::read`], and what its stages take.
    pub fn read_timed(
        &self,
        article: &Article,
        text: &Text,
        annotations: &Annotations,
        options: &Options,
        clock: Clock<'_>,
    ) -> Document {
        let reading = self.conclude(article, text, annotations, options, clock);
        let events = clock.time(Stage::Events, || events::find(&reading, &self.events));
        clock.time(Stage::Record, || document::assemble(reading, events, &self.entities.salience))
    }

    /// Explains the events that [`Rules::read`] finds in the same article.
    pub fn explain(
        &self,
        article: &Article,
        text: &Text,
        annotations: &Annotations,
        options: &Options,
    ) -> Explained {
        let reading = self.conclude(article, text, annotations, options, Clock::OFF);
        events::explain(&reading, &self.events)
    }

    /// All that is concluded before events.
    fn conclude<'a>(
        &self,
        article: &'a Article,
        text: &'a Text,
        annotations: &'a Annotations,
        options: &Options,
        clock: Clock<'_>,
    ) -> Reading<'a> {
        let mut reading = clock.time(Stage::Published, || {
            let mut reading = Reading::new(article, text, annotations, &self.verbs);
            times::published::find(&mut reading, &self.times, options);
            reading
        });
        clock.time(Stage::Entities, || entities::find(&mut reading, &self.entities));
        clock.time(Stage::Times, || times::find(&mut reading, &self.times));
        clock.time(Stage::Quantities, || {
            quantities::find(&mut reading, &self.quantities);
            reading.index();
            reading.metonymy = metonymy::find(&reading, &self.metonymy);
        });
        reading
    }
}

/// The rule files that come with Dateline: their names and texts.
pub fn builtin_files() -> impl Iterator<Item = (&'static str, &'static str)> {
    data::builtin()
}
