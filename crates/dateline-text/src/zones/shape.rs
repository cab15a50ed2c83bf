//! How the paragraphs of a page look.

use std::ops::Range;

use super::furniture::{PATTERNS, Signs};
use super::lines::{Paragraph, ends_sentence, is_item};

/// A sentence so long is part of a story.
const PROSE_CHARS: usize = 40;
/// So is a paragraph so long, whatever it ends with.
const LONG_CHARS: usize = 160;
/// Labels of a page, items of its lists and headlines are no longer than this.
pub(super) const LABEL_CHARS: usize = 120;

/// One paragraph as it looks.
pub(super) struct Shape {
    pub(super) signs: Signs,
    pub(super) chars: usize,
    pub(super) words: usize,
    pub(super) ends: bool,
    /// An item of a list, a row of a table.
    pub(super) item: bool,
    /// Starts with a quotation mark.
    pub(super) quote: bool,
    /// Paragraphs without a blank line between them share a block.
    pub(super) block: Range<usize>,
}

impl Shape {
    /// A line of a page rather than of a text: short, and no sentence.
    pub(super) fn label(&self) -> bool {
        self.chars <= LABEL_CHARS && !self.ends && !self.item && !self.quote
    }

    pub(super) fn prose(&self) -> bool {
        !self.signs.sure && (self.ends && self.chars >= PROSE_CHARS || self.chars > LONG_CHARS)
    }

    /// Something that stands in a list of headlines.
    pub(super) fn listed(&self, surface: &str) -> bool {
        let headline = !self.ends || surface.ends_with(['?', '!', '…', '”', '’', '\'', '"', ')']);
        self.signs.sure || self.signs.weak || self.chars <= LABEL_CHARS && headline
    }

    pub(super) fn alone(&self) -> bool {
        self.block.len() == 1
    }
}

/// The shapes of all paragraphs.
pub(super) fn shapes(surfaces: &[&str], paragraphs: &[Paragraph]) -> Vec<Shape> {
    let mut shapes: Vec<Shape> = Vec::with_capacity(surfaces.len());
    let mut start = 0;
    for (index, surface) in surfaces.iter().enumerate() {
        shapes.push(Shape {
            signs: PATTERNS.signs(surface),
            chars: surface.chars().count(),
            words: surface.split_whitespace().count(),
            ends: ends_sentence(surface),
            item: is_item(surface) || is_row(surface),
            quote: surface.starts_with(['"', '“', '‘', '«', '\'', '`']),
            block: start..index + 1,
        });
        if !paragraphs[index].followed {
            for shape in &mut shapes[start..] {
                shape.block = start..index + 1;
            }
            start = index + 1;
        }
    }
    shapes
}

/// Columns with figures.
fn is_row(line: &str) -> bool {
    line.contains("  ") && line.contains(|c: char| c.is_ascii_digit())
}

/// `News | Sport | Weather`, `News  Sport  Weather`: names of sections in a row.
pub(super) fn is_menu(line: &str) -> bool {
    let parts = |parts: Vec<&str>| {
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.trim().is_empty()).collect();
        let short = |part: &&str| part.split_whitespace().count() <= 4 && !part.ends_with('.');
        parts.len() >= 3 && parts.iter().all(short)
    };
    parts(line.split(['|', '·', '•', '›', '»']).collect())
        // In columns stand tables, too.
        || !line.contains(|c: char| c.is_ascii_digit())
            && (parts(line.split("  ").collect()) || parts(line.split('\t').collect()))
}
