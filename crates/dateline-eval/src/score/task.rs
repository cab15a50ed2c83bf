//! What can be asked for by name.

use std::str::FromStr;

use super::{
    ScoreError, Scorer, attribution, calibration, clusters, document_events, entities, events,
    factuality, labels, main_event, metonymy, places, salience, segmentation, syntax, times, zones,
};
use crate::mapping::Maps;
use crate::sample::{Sample, Token};
use crate::tally::Tally;

/// A part of the evaluation, as named on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Task {
    /// Entity mentions.
    Entities,
    /// Triggers, arguments, factuality, attribution, labels and the main event.
    Events,
    /// Time expressions.
    Times,
    /// Countries and coordinates.
    Places,
    /// Entities that a summary would mention.
    Salience,
    /// Clusters of entity and of event mentions.
    Clusters,
    /// Parts of speech, lemmas, trees.
    Syntax,
    /// Tokens and sentences.
    Segmentation,
    /// Probabilities against outcomes.
    Calibration,
    /// Furniture left unread, body read, and the publication date.
    Zones,
}

impl Task {
    /// All tasks.
    pub const ALL: [Task; 10] = [
        Task::Entities,
        Task::Events,
        Task::Times,
        Task::Places,
        Task::Salience,
        Task::Clusters,
        Task::Syntax,
        Task::Segmentation,
        Task::Calibration,
        Task::Zones,
    ];

    /// As named on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Task::Entities => "entities",
            Task::Events => "events",
            Task::Times => "times",
            Task::Places => "places",
            Task::Salience => "salience",
            Task::Clusters => "clusters",
            Task::Syntax => "syntax",
            Task::Segmentation => "segmentation",
            Task::Calibration => "calibration",
            Task::Zones => "zones",
        }
    }

    /// The scorers of the task.
    pub fn scorers(self) -> &'static [Scorer] {
        match self {
            Task::Entities => &[entities],
            Task::Events => &[events, document_events, factuality, attribution, labels, main_event],
            Task::Times => &[times],
            Task::Places => &[places, metonymy],
            Task::Salience => &[salience],
            Task::Clusters => &[clusters],
            Task::Syntax => &[syntax],
            Task::Segmentation => &[segmentation],
            Task::Calibration => &[calibration],
            Task::Zones => &[zones],
        }
    }

    /// True if gold has the layers that the task compares.
    pub fn is_labelled(self, gold: &Sample) -> bool {
        match self {
            Task::Entities | Task::Places => gold.entities.is_some(),
            Task::Events => {
                let document = gold.document_events.is_some();
                document || gold.events.is_some() || gold.main_event.is_some()
            }
            Task::Times => gold.times.is_some(),
            Task::Salience => gold.entities.iter().flatten().any(|e| e.salience.is_some()),
            Task::Clusters | Task::Calibration => gold.entities.is_some() || gold.events.is_some(),
            Task::Segmentation => gold.sentences.is_some(),
            Task::Zones => gold.zones.is_some(),
            Task::Syntax => {
                let mut tokens = gold.sentences.iter().flatten().flat_map(|s| &s.tokens);
                let has = |token: &Token| {
                    let tags = token.upos.is_some() || token.xpos.is_some();
                    tags || token.lemma.is_some() || token.head.is_some()
                };
                tokens.any(has)
            }
        }
    }

    /// True if a prediction has the layers that the task compares.
    pub fn is_predicted(self, predicted: &Sample) -> bool {
        match self {
            Task::Calibration => {
                let entities = predicted.entities.iter().flatten();
                let mut mentions = entities.flat_map(|entity| &entity.mentions);
                let mut events = predicted.events.iter().flatten();
                mentions.any(|mention| mention.score.is_some())
                    || events.any(|event| event.score.is_some())
            }
            _ => self.is_labelled(predicted),
        }
    }

    /// The names under which its scorers count.
    pub fn sections(self) -> &'static [&'static str] {
        match self {
            Task::Events => &[
                "events",
                "events, inferred",
                "arguments",
                "factuality",
                "attribution",
                "labels",
                "main event",
            ],
            Task::Entities => &["entities"],
            Task::Times => &["times"],
            Task::Places => &["places"],
            Task::Salience => &["salience"],
            Task::Clusters => &["clusters"],
            Task::Syntax => &["syntax"],
            Task::Segmentation => &["segmentation"],
            Task::Calibration => &["calibration"],
            Task::Zones => &["zones", "published"],
        }
    }

    /// Scores an article.
    pub fn score(
        self,
        gold: &Sample,
        predicted: &Sample,
        maps: &Maps,
        out: &mut Tally,
    ) -> Result<(), ScoreError> {
        self.scorers().iter().try_for_each(|scorer| scorer(gold, predicted, maps, out))
    }
}

impl FromStr for Task {
    type Err = UnknownTask;

    fn from_str(name: &str) -> Result<Task, UnknownTask> {
        let found = Task::ALL.into_iter().find(|task| task.name() == name);
        found.ok_or_else(|| UnknownTask(name.to_string()))
    }
}

/// A name that no task has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "no task is named {0:?}; there are entities, events, times, places, salience, clusters, syntax, segmentation, calibration, zones"
)]
pub struct UnknownTask(pub String);
