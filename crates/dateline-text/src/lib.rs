//! The vocabulary of Dateline and its text layer: articles, spans, zones, sentences, tokens,
//! subwords, and [`Annotations`], what a model says of tokens.
//!
//! ```
//! use dateline_text::{Article, ZoneKind, segment};
//!
//! let article = Article::from_text(
//!     "storm-1",
//!     "Storm closes U.S. port\n\n\
//!      (XPRESS) A storm didn't spare the port. Losses: $5m.\n\n\
//!      Read more: Port opens again",
//! );
//! let text = segment(&article);
//!
//! let zones: Vec<ZoneKind> = text.zones().iter().map(|zone| zone.kind).collect();
//! use ZoneKind::{Body, Dateline, Furniture, Title};
//! assert_eq!(zones, [Title, Dateline, Body, Furniture]);
//!
//! let second = &text.sentences()[1];
//! assert_eq!(text.surface(second.span), "A storm didn't spare the port.");
//! let words: Vec<&str> = second.tokens.clone().map(|token| text.word(token)).collect();
//! assert_eq!(words, ["A", "storm", "did", "n't", "spare", "the", "port", "."]);
//! ```
//!
//! Every piece carries its byte [`Span`] in the article's [source](Article::source); slicing the
//! source by the span gives back the surface. No component ever alters the text.
//!
//! # Limits
//! English only. Words follow UD English (EWT), sentences end at marks and paragraph ends (never
//! inside a paragraph without a mark), and furniture is what the patterns in
//! `data/furniture.txt` name: a paragraph they don't know is body.
#![warn(missing_docs)]

mod annotations;
mod article;
mod blank;
pub mod conllu;
mod given;
mod labels;
#[cfg(test)]
mod laws;
mod offsets;
mod segment;
mod sentences;
mod span;
mod subwords;
mod text;
mod timings;
mod words;
mod zones;

pub use annotations::{Annotations, EntityAnnotation, TokenAnnotation};
pub use article::{Article, Field};
pub use blank::is_blank;
pub use labels::{Deprel, EntityKind, UnknownLabel, Upos, Xpos};
pub use offsets::{OffsetMap, OffsetUnit};
pub use segment::{segment, segment_body, segment_timed, warm_up};
pub use span::Span;
pub use subwords::{MAX_WORD_CHARS, MAX_WORD_PIECES, Pieces, SpecialIds, SubwordError, Subwords};
pub use text::{Sentence, Text, TextError, Token, Zone, ZoneKind};
pub use timings::{Clock, Stage, Timings};
