//! Transformer inference: from the tokens of a [`Text`](dateline_text::Text) to
//! [`Annotations`](dateline_text::Annotations).
//!
//! [`Model::load`] reads a model folder, [`Model::annotate`] annotates texts. The numbers of a
//! text depend on that text alone: not on what else is read with it, nor on the thread count.
#![warn(missing_docs)]

pub mod backend;
mod batch;
mod calibration;
mod config;
mod decode;
mod error;
mod info;
mod model;
mod sequence;
mod shape;
mod windows;

pub use batch::BatchOptions;
pub use error::ModelError;
pub use info::{LabelCounts, ModelInfo};
pub use model::{Engine, Model, ModelFiles};
