//! What of an article is furniture: the patterns say it of single lines, this file of what stands
//! around them: menus above the story, lists of headlines, blocks of page controls, what follows
//! the end of a story.

use std::ops::Range;

use super::furniture::{PATTERNS, Signs};
use super::head;
use super::lines::{Paragraph, ends_sentence, is_item};

/// A sentence so long is part of a story.
const PROSE_CHARS: usize = 40;
/// So is a paragraph so long, whatever it ends with.
const LONG_CHARS: usize = 160;
/// Labels of a page, items of its lists and headlines are no longer than this.
const LABEL_CHARS: usize = 120;
/// A label beside furniture above the story: a paper's name, an edition.
const FIELD_CHARS: usize = 70;
/// The title stands within so many paragraphs of the head.
const HEAD_PARAGRAPHS: usize = 40;

/// One paragraph as it looks.
struct Shape {
    signs: Signs,
    chars: usize,
    words: usize,
    ends: bool,
    /// An item of a list, a row of a table.
    item: bool,
    /// Starts with a quotation mark.
    quote: bool,
    /// Paragraphs without a blank line between them share a block.
    block: Range<usize>,
}

impl Shape {
    /// A line of a page rather than of a text: short, and no sentence.
    fn label(&self) -> bool {
        self.chars <= LABEL_CHARS && !self.ends && !self.item && !self.quote
    }

    fn prose(&self) -> bool {
        !self.signs.sure && (self.ends && self.chars >= PROSE_CHARS || self.chars > LONG_CHARS)
    }

    /// Something that stands in a list of headlines.
    fn listed(&self, surface: &str) -> bool {
        let headline = !self.ends || surface.ends_with(['?', '!', '…', '”', '’', '\'', '"', ')']);
        self.signs.sure || self.signs.weak || self.chars <= LABEL_CHARS && headline
    }

    fn alone(&self) -> bool {
        self.block.len() == 1
    }
}

/// What became of each paragraph.
pub(super) struct Layout {
    /// Whether it is furniture.
    pub(super) furniture: Vec<bool>,
    /// The title, where the text has to tell it.
    pub(super) title: Option<usize>,
    /// The first paragraph of the story.
    pub(super) story: usize,
}

impl Layout {
    /// `titled` says that the title stands in a field of its own.
    pub(super) fn of(source: &str, paragraphs: &[Paragraph], titled: bool) -> Layout {
        let surfaces: Vec<&str> = paragraphs.iter().map(|p| &source[p.span.range()]).collect();
        let shapes = shapes(&surfaces, paragraphs);
        let story = story(&surfaces, &shapes);
        let title = if titled { None } else { title(&surfaces, &shapes, story) };
        let mut page = Page { surfaces, shapes, story, furniture: Vec::new() };
        page.furniture = page.shapes.iter().map(|shape| shape.signs.sure).collect();
        page.headings();
        page.blocks();
        page.buttons();
        page.above(title);
        page.below();
        if let Some(title) = title {
            page.furniture[title] = false;
        }
        Layout { furniture: page.furniture, title, story }
    }
}

fn shapes(surfaces: &[&str], paragraphs: &[Paragraph]) -> Vec<Shape> {
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

/// The first paragraph that reads like a story: it has a dateline or is prose, and does not stand
/// among page controls.
fn story(surfaces: &[&str], shapes: &[Shape]) -> usize {
    let among_controls = |shape: &Shape| {
        let block = &shapes[shape.block.clone()];
        block.len() >= 3 && 2 * block.iter().filter(|s| s.signs.sure).count() > block.len()
    };
    let found = shapes.iter().zip(surfaces).enumerate().find(|(index, (shape, surface))| {
        let dateline = || {
            *index < HEAD_PARAGRAPHS
                && head::dateline(surface).is_some_and(|length| length < surface.len())
        };
        !shape.signs.sure && (shape.prose() || shape.ends && dateline()) && !among_controls(shape)
    });
    // Without prose the story is what follows the first line.
    found.map_or(usize::from(shapes.len() > 1), |(index, _)| index)
}

/// The best headline above the story: of some length, and apart from other lines.
fn title(surfaces: &[&str], shapes: &[Shape], story: usize) -> Option<usize> {
    let last = story.min(HEAD_PARAGRAPHS).min(surfaces.len());
    let mut best: Option<(usize, usize)> = None;
    for (index, (surface, shape)) in surfaces[..last].iter().zip(shapes).enumerate() {
        let labelled = head::is_labelled_title(surface);
        let signs = shape.signs;
        let candidate = head::is_headline(surface)
            && !(signs.sure || signs.weak || signs.head || is_menu(surface))
            && !(shape.block.end > index + 1 && shape.chars > 140)
            && !head::is_byline(surface)
            && head::dateline(surface)
                .is_none_or(|length| length < surface.len() && !surface.contains('('));
        if !candidate && !labelled {
            continue;
        }
        let score = 2 * usize::from(shape.words >= 4)
            + usize::from(shape.words >= 6)
            + 2 * usize::from(shape.alone())
            + 9 * usize::from(labelled);
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, index));
        }
    }
    best.map(|(_, index)| index)
}

/// Columns with figures.
fn is_row(line: &str) -> bool {
    line.contains("  ") && line.contains(|c: char| c.is_ascii_digit())
}

/// `News | Sport | Weather`, `News  Sport  Weather`: names of sections in a row.
fn is_menu(line: &str) -> bool {
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

struct Page<'a> {
    surfaces: Vec<&'a str>,
    shapes: Vec<Shape>,
    story: usize,
    furniture: Vec<bool>,
}

impl Page<'_> {
    fn mark(&mut self, range: Range<usize>) {
        self.furniture[range].fill(true);
    }

    /// Headings and what they stand over.
    fn headings(&mut self) {
        let count = self.shapes.len();
        for index in 0..count {
            let Shape { signs, ref block, .. } = self.shapes[index];
            let block_end = block.end;
            // A heading over everything is no heading of an end.
            let told = index > self.story;
            if told && (signs.rest || signs.end && self.little_follows(index)) {
                self.mark(index..count);
                return;
            }
            if signs.next && index + 1 < block_end && !self.shapes[index + 1].prose() {
                self.mark(index..index + 2);
            }
            if signs.list {
                let end = if told && self.only_headlines_follow(index) {
                    count
                } else {
                    self.list_end(index)
                };
                self.mark(index..end);
            }
        }
    }

    /// Whether what follows is no story of its own: much less than what went before.
    fn little_follows(&self, index: usize) -> bool {
        let prose = |range: Range<usize>| -> usize {
            let shapes = self.shapes[range].iter();
            shapes.filter(|s| !s.signs.sure && (s.ends || s.prose())).map(|s| s.chars).sum()
        };
        2 * prose(index + 1..self.shapes.len()) <= prose(self.story..index)
    }

    /// Whether nothing but short lines follows, most of them no sentences, nor the last.
    fn only_headlines_follow(&self, index: usize) -> bool {
        let after = &self.shapes[index + 1..];
        let sentences = after.iter().filter(|shape| shape.ends && !shape.signs.sure).count();
        after.last().is_some_and(|last| last.signs.sure || !last.ends)
            && after.iter().all(|shape| shape.chars <= LABEL_CHARS)
            && 3 * sentences <= after.len()
    }

    /// Where the list under the heading at `index` ends.
    fn list_end(&self, index: usize) -> usize {
        let block = self.shapes[index].block.end;
        // Right under its heading a list ends with a blank line; else it has blank lines in it.
        let limit = if index + 1 < block { block } else { self.shapes.len() };
        let listed = |at: &usize| self.shapes[*at].listed(self.surfaces[*at]);
        let end = (index + 1..limit).take_while(listed).last().map_or(index + 1, |at| at + 1);
        let cut_short = end < limit && end > index + 2;
        let last = &self.shapes[end - 1];
        // The last line before prose may be its heading.
        if cut_short && !last.signs.sure && !last.signs.weak { end - 1 } else { end }
    }

    /// Labels among furniture in one block: boxes to subscribe, to share, to accept cookies.
    fn blocks(&mut self) {
        let mut start = 0;
        while start < self.shapes.len() {
            let block = self.shapes[start].block.clone();
            let end = (start..block.end)
                .take_while(|&at| self.furniture[at] || self.is_control(at))
                .last()
                .map_or(start, |at| at + 1);
            self.run(start..end, end < block.end);
            start = end.max(start + 1);
        }
    }

    fn is_control(&self, index: usize) -> bool {
        let shape = &self.shapes[index];
        shape.signs.weak || shape.label() || is_menu(self.surfaces[index])
    }

    fn run(&mut self, run: Range<usize>, prose_follows: bool) {
        let known = |at: &usize| self.furniture[*at] || self.shapes[*at].signs.weak;
        let count = run.clone().filter(known).count();
        let sure = run.clone().filter(|&at| self.furniture[at]).count();
        if run.len() < 2 || sure == 0 {
            return;
        }
        if count == run.len() {
            self.mark(run);
        } else if run.len() >= 3 && 2 * count >= run.len() && run.start > self.story {
            // The last label before prose may be its heading.
            let last = run.end - 1;
            let heading = prose_follows && !known(&last);
            self.mark(run.start..if heading { last } else { run.end });
        }
    }

    /// Buttons beside furniture, whatever blank lines lie between them.
    fn buttons(&mut self) {
        for at in 1..self.shapes.len() {
            self.furniture[at] |= self.furniture[at - 1] && self.shapes[at].signs.weak;
        }
        for at in (1..self.shapes.len()).rev() {
            self.furniture[at - 1] |= self.furniture[at] && self.shapes[at - 1].signs.weak;
        }
    }

    /// Above the story: menus, names of sections, fields of a database.
    fn above(&mut self, title: Option<usize>) {
        for index in 0..self.story.min(self.shapes.len()) {
            let (shape, surface) = (&self.shapes[index], self.surfaces[index]);
            let stated = head::is_byline(surface) || head::dateline(surface) == Some(surface.len());
            let named = title.is_some_and(|title| index == title + 1) && head::is_name(surface);
            if Some(index) == title || stated || named {
                continue;
            }
            let signs = shape.signs;
            let block = shape.block.start..shape.block.end.min(self.story);
            let known = |at: usize| {
                let signs = self.shapes[at].signs;
                self.furniture[at] || signs.weak || signs.head
            };
            // Of what stands below the title in one block, at least half is known.
            let below = block.clone().filter(|at| title.is_some_and(|title| *at > title));
            let others = below.filter(|at| !head::is_byline(self.surfaces[*at]));
            let (count, all) =
                others.fold((0, 0), |(count, all), at| (count + usize::from(known(at)), all + 1));
            let among = count > 0 && 2 * count >= all;
            let apart = title.is_some_and(|title| index < title && !block.contains(&title));
            let field = shape.label() && shape.chars <= FIELD_CHARS;
            // A deck stands right under its title.
            let deck = title.is_some_and(|title| index == title + 1) && shape.words > 4;
            self.furniture[index] |= signs.weak
                || signs.head
                || is_menu(surface)
                || field && apart && block.len() >= 2
                || field && among && block.len() >= 3 && !deck && title.is_none_or(|t| index > t);
        }
    }

    /// Below the story: from the first furniture after its last sentence on, all that is no
    /// sentence.
    fn below(&mut self) {
        let count = self.shapes.len();
        let ends_story = |at: &usize| {
            let (shape, surface) = (&self.shapes[*at], self.surfaces[*at]);
            let known = self.furniture[*at] || shape.signs.weak || shape.signs.last;
            !(known || shape.label() || is_menu(surface))
        };
        let first = (self.story..count).rev().find(ends_story).map_or(count, |at| at + 1);
        let known = |at: &usize| {
            let signs = self.shapes[*at].signs;
            self.furniture[*at] || signs.weak || signs.last || is_menu(self.surfaces[*at])
        };
        if let Some(start) = (first..count).find(known) {
            self.mark(start..count);
        }
    }
}
