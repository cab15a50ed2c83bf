//! What the time of a run goes to.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// A part of the way from an input to what is written of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stage {
    /// Reading and parsing the input.
    Reading,
    /// What part of the article each paragraph is.
    Zones,
    /// Sentences and tokens.
    Tokens,
    /// Subwords, and the sequences made of them.
    Subwords,
    /// The model's graph.
    Encoder,
    /// From the graph's scores to annotations.
    Decoding,
    /// The publication date.
    Published,
    /// Entities and places.
    Entities,
    /// Time expressions.
    Times,
    /// Quantities, and what names of places stand for.
    Quantities,
    /// Events, their roles and relations.
    Events,
    /// Facts put into the record.
    Record,
    /// Checking the record's locations and converting its offsets.
    Checking,
    /// JSON, or another format.
    Formatting,
    /// Writing the output.
    Writing,
}

impl Stage {
    /// All stages, in the order in which an article goes through them.
    pub const ALL: [Stage; 15] = [
        Stage::Reading,
        Stage::Zones,
        Stage::Tokens,
        Stage::Subwords,
        Stage::Encoder,
        Stage::Decoding,
        Stage::Published,
        Stage::Entities,
        Stage::Times,
        Stage::Quantities,
        Stage::Events,
        Stage::Record,
        Stage::Checking,
        Stage::Formatting,
        Stage::Writing,
    ];
}

/// Time by stage, summed over all threads, and how much was read in it.
#[derive(Debug, Default)]
pub struct Timings {
    nanoseconds: [AtomicU64; Stage::ALL.len()],
    words: AtomicU64,
    tokens: AtomicU64,
    own_pieces: AtomicU64,
    pieces: AtomicU64,
}

impl Timings {
    /// The time of a stage.
    pub fn spent(&self, stage: Stage) -> Duration {
        Duration::from_nanos(self.nanoseconds[stage as usize].load(Ordering::Relaxed))
    }

    /// Words of the articles' titles and texts, as blanks part them.
    pub fn words(&self) -> u64 {
        self.words.load(Ordering::Relaxed)
    }

    /// Tokens that the model read.
    pub fn tokens(&self) -> u64 {
        self.tokens.load(Ordering::Relaxed)
    }

    /// Subword pieces that the model read, context included.
    pub fn pieces(&self) -> u64 {
        self.pieces.load(Ordering::Relaxed)
    }

    /// How much more the model read than the articles' own pieces: the context of what was asked, and
    /// what stands before each sequence. A share of their own.
    pub fn context(&self) -> f64 {
        let own = self.own_pieces.load(Ordering::Relaxed).max(1);
        self.pieces().saturating_sub(own) as f64 / own as f64
    }
}

/// Adds to [`Timings`], or does nothing where nobody asks for them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clock<'t>(Option<&'t Timings>);

impl<'t> Clock<'t> {
    /// A clock that does nothing.
    pub const OFF: Clock<'static> = Clock(None);

    /// A clock that adds to `timings`, if there are any.
    pub fn new(timings: Option<&'t Timings>) -> Clock<'t> {
        Clock(timings)
    }

    /// Does `work`, whose time on this thread is `stage`'s. Stages don't nest.
    pub fn time<T>(self, stage: Stage, work: impl FnOnce() -> T) -> T {
        let Some(timings) = self.0 else { return work() };
        let start = Instant::now();
        let done = work();
        let spent = u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
        timings.nanoseconds[stage as usize].fetch_add(spent, Ordering::Relaxed);
        done
    }

    /// Counts what a model reads: the pieces of the articles, and all.
    pub fn count_pieces(self, own: usize, all: usize) {
        let Some(timings) = self.0 else { return };
        timings.own_pieces.fetch_add(own as u64, Ordering::Relaxed);
        timings.pieces.fetch_add(all as u64, Ordering::Relaxed);
    }

    /// Counts a text that was read.
    pub fn count(self, text: &crate::Text) {
        let Some(timings) = self.0 else { return };
        let words = text.source().split_whitespace().count() as u64;
        timings.words.fetch_add(words, Ordering::Relaxed);
        timings.tokens.fetch_add(text.tokens().len() as u64, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Article, segment};

    #[test]
    fn stages_stand_in_order() {
        assert!(Stage::ALL.iter().enumerate().all(|(at, stage)| *stage as usize == at));
    }

    #[test]
    fn time_and_texts_are_added_up() {
        let timings = Timings::default();
        let clock = Clock::new(Some(&timings));
        let nap = || std::thread::sleep(Duration::from_millis(2));
        clock.time(Stage::Times, nap);
        clock.time(Stage::Times, nap);
        assert!(timings.spent(Stage::Times) >= Duration::from_millis(4));
        assert_eq!(timings.spent(Stage::Events), Duration::ZERO);
        clock.count(&segment(&Article::from_text("a", "A storm didn't spare the port.")));
        assert_eq!((timings.words(), timings.tokens()), (6, 8));
        assert_eq!(Clock::OFF.time(Stage::Times, || 3), 3);
    }
}
