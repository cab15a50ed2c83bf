//! What part of the article each paragraph is.

mod furniture;
mod head;
mod lines;
#[cfg(test)]
mod tests;

use unicode_segmentation::GraphemeCursor;

use furniture::{Furniture, PATTERNS};
use lines::Paragraph;

use crate::blank::{is_blank, trim};
use crate::{Article, Span, Zone, ZoneKind};

/// Bylines stand within so many paragraphs of the head, or at the very end.
const HEAD_PARAGRAPHS: usize = 6;
/// A longer paragraph belongs to the story, whatever it ends with.
const DECK_BYTES: usize = 160;
/// A first line so short may be a section's name above the title.
const KICKER_BYTES: usize = 20;

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
    };
    let mut start = 0;
    if let Some(span) = article.title_span() {
        let (from, to) = trim(source, span.start, span.end);
        zoner.push(ZoneKind::Title, from, to);
        zoner.has_title = from < to;
        start = span.end;
    }
    let paragraphs = lines::paragraphs(source, start);
    let mut rest = false;
    for (index, paragraph) in paragraphs.iter().enumerate() {
        if rest {
            zoner.push(ZoneKind::Furniture, paragraph.span.start, paragraph.span.end);
        } else {
            rest = zoner.read(index, paragraph, paragraphs.len());
        }
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
}

impl<'a> Zoner<'a> {
    fn push(&mut self, kind: ZoneKind, start: usize, end: usize) {
        let (start, end) = trim(self.source, start, end);
        if start < end {
            self.zones.push(Zone { kind, span: Span::new(start, end) });
        }
    }

    /// Zones one paragraph; true if all after it is furniture.
    fn read(&mut self, index: usize, paragraph: &Paragraph, count: usize) -> bool {
        let Span { start, end } = paragraph.span;
        let surface: &'a str = &self.source[start..end];
        if !self.in_story && self.is_title(index, surface, paragraph, count) {
            self.has_title = true;
            self.push(ZoneKind::Title, start, end);
            return false;
        }
        if self.awaits_dateline() && head::dateline(surface) == Some(surface.len()) {
            self.has_dateline = true;
            self.agency = head::agency(surface);
            self.push(ZoneKind::Dateline, start, end);
            return false;
        }
        if self.is_agency(surface) {
            self.push(ZoneKind::Furniture, start, end);
            return false;
        }
        if let Some(found) = PATTERNS.classify(surface) {
            self.push(ZoneKind::Furniture, start, end);
            // A heading over everything is no heading of an end.
            return found == Furniture::Rest && self.in_story;
        }
        if (index < HEAD_PARAGRAPHS && !self.in_story || index + 3 >= count)
            && head::is_byline(surface)
        {
            self.push(ZoneKind::Byline, start, end);
            return false;
        }
        self.story(start, end);
        false
    }

    fn is_title(&self, index: usize, surface: &str, paragraph: &Paragraph, count: usize) -> bool {
        if let Some(title) = self.article.title.as_deref()
            && self.has_title
        {
            // The title field often stands at the head of the text again.
            return title.trim_matches(is_blank) == surface;
        }
        if self.has_title && !(self.follows_kicker() && surface.split_whitespace().count() > 3) {
            return false;
        }
        index < HEAD_PARAGRAPHS
            && index + 1 < count
            && head::is_headline(surface)
            && !(paragraph.followed && surface.chars().count() > 140)
            && PATTERNS.classify(surface).is_none()
            && !head::is_byline(surface)
            && head::dateline(surface)
                .is_none_or(|length| length < surface.len() && !surface.contains('('))
    }

    /// Whether the title so far may be a section's name: World, Breaking News.
    fn follows_kicker(&self) -> bool {
        self.zones.last().is_some_and(|zone| {
            let surface = &self.source[zone.span.range()];
            zone.kind == ZoneKind::Title
                && surface.len() <= KICKER_BYTES
                && surface.split_whitespace().count() <= 2
        })
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

    /// A paragraph of the story: its dateline, its body and the furniture at its end.
    fn story(&mut self, start: usize, end: usize) {
        let mut from = start;
        let surface: &'a str = &self.source[start..end];
        if self.awaits_dateline()
            && let Some(length) = head::dateline(surface)
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
        self.push(ZoneKind::Furniture, to, end);
    }
}

/// Whether no grapheme is split at `byte`.
fn is_boundary(text: &str, byte: usize) -> bool {
    GraphemeCursor::new(byte, text.len(), true).is_boundary(text, 0).unwrap_or(false)
}
