//! The vocabulary of Dateline and its text layer: articles, spans, zones, sentences, tokens,
//! and [`Annotations`], what a model says of tokens.
//!
//! Every piece carries its byte [`Span`] in the article's [source](Article::source); slicing the
//! source by the span gives back the surface. No component ever alters the text.
#![warn(missing_docs)]

mod annotations;
mod article;
mod blank;
pub mod conllu;
mod labels;
mod offsets;
mod segment;
mod sentences;
mod span;
mod subwords;
mod text;
mod words;
mod zones;

pub use annotations::{Annotations, EntityAnnotation, TokenAnnotation};
pub use article::{Article, Field};
pub use blank::is_blank;
pub use labels::{Deprel, EntityKind, UnknownLabel, Upos, Xpos};
pub use offsets::{OffsetMap, OffsetUnit};
pub use segment::{segment, segment_body};
pub use span::Span;
pub use subwords::{MAX_WORD_CHARS, MAX_WORD_PIECES, Pieces, SpecialIds, SubwordError, Subwords};
pub use text::{Sentence, Text, TextError, Token, Zone, ZoneKind};
