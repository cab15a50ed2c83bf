//! What part of the article each paragraph is.

mod course;
mod echo;
mod evidence;
mod features;
#[cfg(test)]
mod fit;
mod furniture;
mod head;
mod layout;
mod lines;
mod measures;
mod patterns;
mod shape;
mod structure;
#[cfg(test)]
mod tests;
mod title;
mod trees;

use unicode_segmentation::GraphemeCursor;

use furniture::PATTERNS;
use layout::Layout;
use lines::Paragraph;

use crate::blank::{is_blank, trim};
use crate::{Article, Span, Zone, ZoneKind};

/// A longer paragraph belongs to the story, whatever it ends with.
const DECK_BYTES: usize = 160;

/// So many paragraphs may stand above the dateline.
const LATE_DATELINE: usize = 3;

/// The zones of an article in order; one body zone a paragraph. What no zone covers is blank.
pub(crate) fn zones(article: &Article, source: &str) -> Vec<Zone> {
    let mut zoner = Zoner {
        article,
        source,
        zones: Vec::new(),
        agency: None,
        has_title: false,
        has_dateline: false,
        in_story: false,
        bodies: 0,
    };
    let mut start = 0;
    if let Some(span) = article.title_span() {
        let (from, to) = trim(source, span.start, span.end);
        zoner.push(ZoneKind::Title, from, to);
        zoner.has_title = from < to;
        start = span.end;
    }
    let paragraphs = lines::paragraphs(source, start);
    let layout = Layout::of(source, &paragraphs, zoner.has_title);
    for index in 0..paragraphs.len() {
        zoner.read(index, &paragraphs, &layout);
    }
    zoner.zones
}

/// Every paragraph as body.
pub(crate) fn body(source: &str) -> Vec<Zone> {
    let paragraphs = lines::paragraphs(source, 0);
    paragraphs.iter().map(|p| Zone { kind: ZoneKind::Body, span: p.span }).collect()
}

struct Zoner<'a> {
    article: &'a Article,
    source: &'a str,
    zones: Vec<Zone>,
    agency: Option<&'a str>,
    has_title: bool,
    has_dateline: bool,
    in_story: bool,
    bodies: usize,
}

impl<'a> Zoner<'a> {
    fn push(&mut self, kind: ZoneKind, start: usize, end: usize) {
        let (start, end) = trim(self.source, start, end);
        if start < end {
            self.zones.push(Zone { kind, span: Span::new(start, end) });
        }
    }

    fn read(&mut self, index: usize, paragraphs: &[Paragraph], layout: &Layout) {
        let Span { start, end } = paragraphs[index].span;
        let surface: &'a str = &self.source[start..end];
        let kind = if self.is_title(index, surface, layout) {
            ZoneKind::Title
        } else if self.is_agency(surface) || layout.furniture[index] && layout.ruled[index] {
            ZoneKind::Furniture
        } else if self.awaits_dateline() && head::dateline(surface) == Some(surface.len()) {
            self.has_dateline = true;
            self.agency = head::agency(surface);
            ZoneKind::Dateline
        } else if self.is_byline(index, surface, paragraphs.len(), layout) {
            ZoneKind::Byline
        } else if layout.furniture[index] {
            ZoneKind::Furniture
        } else {
            return self.story(start, end);
        };
        self.push(kind, start, end);
    }

    fn is_title(&self, index: usize, surface: &str, layout: &Layout) -> bool {
        if self.in_story {
            return false;
        }
        match (layout.title, self.article.title.as_deref()) {
            // A line above the title that is no furniture is part of it.
            (Some(title), _) => {
                let over = index + 1 == title
                    && !layout.furniture[index]
                    && head::is_headline(surface)
                    && !head::is_byline(surface)
                    && head::dateline(surface).is_none();
                index == title || over
            }
            // The title field often stands at the head of the text again.
            (None, Some(title)) => title.trim_matches(is_blank) == surface,
            (None, None) => false,
        }
    }

    /// Bylines stand above the story, or at its very end.
    fn is_byline(&self, index: usize, surface: &str, count: usize, layout: &Layout) -> bool {
        let above = !self.in_story && index <= layout.story;
        (above || index + 3 >= count) && head::is_byline(surface)
            || above && self.is_titled(layout, index) && !self.in_body() && head::is_name(surface)
    }

    fn in_body(&self) -> bool {
        self.zones.last().is_some_and(|zone| zone.kind == ZoneKind::Body)
    }

    /// Whether the title stands above this paragraph.
    fn is_titled(&self, layout: &Layout, index: usize) -> bool {
        index < layout.story && (self.has_title || layout.title.is_some_and(|title| title < index))
    }

    /// A line that is only the source's name, or the agency of the dateline.
    fn is_agency(&self, surface: &str) -> bool {
        let same = |name: &str| !name.is_empty() && name.eq_ignore_ascii_case(surface);
        self.agency.is_some_and(same) || self.article.source.as_deref().is_some_and(same)
    }

    /// The first paragraph of the story may have a dateline.
    fn awaits_dateline(&self) -> bool {
        !self.in_story && !self.has_dateline
    }

    /// The dateline at the start of a paragraph. Decks and summaries of sentences may stand above it.
    fn dateline(&self, surface: &str) -> Option<usize> {
        let late = self.in_story;
        if self.has_dateline || late && self.bodies > LATE_DATELINE {
            return None;
        }
        let length = head::dateline(surface)?;
        // There, names before a colon are those of speakers.
        let plain = surface[..length].trim_end().ends_with(':');
        (!late || length < surface.len() && !plain).then_some(length)
    }

    /// A paragraph of the story: its dateline, its body and the furniture at its end.
    fn story(&mut self, start: usize, end: usize) {
        let mut from = start;
        let surface: &'a str = &self.source[start..end];
        if let Some(length) = self.dateline(surface)
            && is_boundary(surface, length)
        {
            self.has_dateline = true;
            self.agency = head::agency(&surface[..length]);
            self.push(ZoneKind::Dateline, start, start + length);
            from += length;
        }
        // A deck under the title ends without a mark; the byline may still come.
        let prose = lines::ends_sentence(&self.source[from..end]) || end - from > DECK_BYTES;
        self.in_story = self.in_story || from < end && prose;
        let to = PATTERNS
            .tail(&self.source[from..end])
            .map(|at| from + at)
            .filter(|&at| is_boundary(self.source, at))
            .unwrap_or(end);
        self.push(ZoneKind::Body, from, to);
        self.bodies += 1;
        self.push(ZoneKind::Furniture, to, end);
    }
}

/// Whether no grapheme is split at `byte`.
fn is_boundary(text: &str, byte: usize) -> bool {
    GraphemeCursor::new(byte, text.len(), true).is_boundary(text, 0).unwrap_or(false)
}
