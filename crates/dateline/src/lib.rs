//! News articles in; people, organizations, places, times and events out.
//!
//! ```no_run
//! use dateline::{Article, Pipeline};
//!
//! let pipeline = Pipeline::builder().model_dir("models/dateline-en").build()?;
//! let article = Article::from_text("a1", "Talks in Oslo\n\nEnvoys met in Oslo on Monday.");
//! let document = pipeline.read(&article)?;
//! for entity in &document.entities {
//!     println!("{} {}", entity.kind, entity.name);
//! }
//! # Ok::<(), dateline::Error>(())
//! ```
//!
//! [`Pipeline::read_many`] reads articles in parallel with one shared model; the result does not
//! depend on threads, batch or order. Nothing is global and nothing is printed.
//!
//! # Limits
//! English only; an article in another language is read as if it were English, and its document says
//! so. What the text does not state is null, and what was inferred says so. The model
//! is not part of this crate: hand in a folder ([`PipelineBuilder::model_dir`]) or its bytes
//! ([`PipelineBuilder::model_files`]).
#![warn(missing_docs)]

mod analysis;
mod builder;
mod check;
mod error;
mod groups;
pub mod language;
pub mod panics;
mod pipeline;

pub use analysis::{Analysis, Given};
pub use builder::PipelineBuilder;
pub use dateline_model::{Engine, ModelFiles, ModelInfo};
pub use dateline_rules::explain::{self, Explained};
pub use dateline_rules::record::{self, Document};
pub use dateline_rules::{Options, RuleError, Rules, builtin_files};
pub use dateline_text::{
    Annotations, Article, Clock, Field, OffsetMap, OffsetUnit, Span, Stage, Text, TextError,
    Timings, conllu, segment, segment_body,
};
pub use error::{Error, ErrorKind};
/// A calendar date, as [`Options::published`] takes it.
pub use jiff::civil::Date;
pub use pipeline::Pipeline;

/// Compiles the README's example.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
