//! Scores annotations against labelled samples.
//!
//! [`sample`] is the form in which gold and predictions are compared: the output record plus what
//! only gold needs (`optional` items, alternative spans and types). Files of many formats are read
//! into it; scorers count matches per article, in cells that add up; everything printed (scores,
//! intervals, comparisons) is computed from those cells.

pub mod articles;
pub mod axis;
pub mod bootstrap;
pub mod cells;
pub mod changes;
pub mod compare;
pub mod derived;
pub mod evaluation;
mod from_document;
pub mod gold;
pub mod mapping;
pub mod matching;
pub mod mistakes;
pub mod notes;
pub mod predict;
pub mod read;
pub mod report;
pub mod rules;
pub mod sample;
pub mod score;
pub mod statistic;
pub mod tags;
pub mod tally;
#[cfg(test)]
mod testing;
pub mod verify;
pub mod write;
