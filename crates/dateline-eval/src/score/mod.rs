//! Scorers: one file a task, each a pure function of a gold sample, a prediction and the maps.
//!
//! A layer that gold does not have (`None`) is not scored; one that a prediction does not have
//! counts as empty.

mod arguments;
mod calibration;
mod clusters;
mod coreference;
mod document_events;
mod entities;
mod event_labels;
mod events;
mod factuality;
mod fillers;
mod first_sentence;
mod heads;
mod labels;
mod main_event;
mod metonymy;
mod pairing;
mod places;
mod salience;
mod semeval;
mod spans;
mod syntax;
mod task;
mod times;
mod triggers;
mod words;
mod zones;

use crate::mapping::Maps;
use crate::matching::Span;
use crate::mistakes::{Item, Mistake, MistakeKind};
use crate::sample::Sample;
use crate::tally::Tally;

pub(crate) use heads::characters;

pub use calibration::{BINS, calibration};
pub use clusters::clusters;
pub use document_events::document_events;
pub use entities::entities;
pub use event_labels::labels;
pub use events::events;
pub use factuality::{attribution, factuality};
pub use main_event::main_event;
pub use metonymy::metonymy;
pub use places::{NEAR_KM, kilometres, places};
pub use salience::salience;
pub use semeval::{Outcome, Strategy, outcomes};
pub use syntax::{segmentation, syntax};
pub use task::{Task, UnknownTask};
pub use times::times;
pub use zones::zones;

/// A scorer.
pub type Scorer = fn(&Sample, &Sample, &Maps, &mut Tally) -> Result<(), ScoreError>;

/// Something in the samples that can't be scored.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ScoreError {
    /// A label without an entry in the map.
    #[error(
        "{what} label {label:?} of article {article:?} (characters {start} to {end}) is not in the map: \
         add it to [{table}], as one of ours or as \"\" to leave it out"
    )]
    UnknownLabel {
        /// `gold entity`, `predicted event` …
        what: &'static str,
        /// The label.
        label: String,
        /// The table of the map file that should name it.
        table: &'static str,
        /// Where it was first seen.
        article: String,
        /// Code points from the start of the article.
        start: usize,
        /// One past the last.
        end: usize,
    },
    /// A probability outside 0 to 1.
    #[error("article {article:?}: score {score} of {label:?} is no probability")]
    NotAProbability {
        /// Where.
        article: String,
        /// Label of the scored item.
        label: String,
        /// As the file has it.
        score: f64,
    },
}

impl ScoreError {
    fn unknown(
        sample: &Sample,
        what: &'static str,
        label: &str,
        table: &'static str,
        span: Span,
    ) -> ScoreError {
        let (article, label) = (sample.id.clone(), label.to_string());
        ScoreError::UnknownLabel { what, label, table, article, start: span.0, end: span.1 }
    }
}

/// Records a mistake.
fn mistake(
    out: &mut Tally,
    sample: &Sample,
    task: &'static str,
    kind: MistakeKind,
    gold: Option<(Span, &str)>,
    predicted: Option<(Span, &str)>,
) {
    let item =
        |(span, label): (Span, &str)| Item { start: span.0, end: span.1, label: label.into() };
    out.mistakes.push(Mistake {
        article: sample.id.clone(),
        task,
        kind,
        gold: gold.map(item),
        predicted: predicted.map(item),
        excerpt: None,
    });
}
