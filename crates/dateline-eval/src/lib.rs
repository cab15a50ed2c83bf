//! Scores annotations against labelled samples.
//!
//! [`sample`] is the form in which gold and predictions are compared: the output record plus what
//! only gold needs (`optional` items, alternative spans and types). Files of many formats are read
//! into it; scorers count matches per article, in cells that add up; everything printed (scores,
//! intervals, comparisons) is computed from those cells.

pub mod axis;
pub mod cells;
mod from_document;
pub mod notes;
pub mod read;
pub mod sample;
#[cfg(test)]
mod testing;
pub mod verify;
pub mod write;
