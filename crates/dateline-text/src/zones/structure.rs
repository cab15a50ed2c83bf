//! What stands around the patterns' lines: menus above the story, lists of headlines, blocks of page
//! controls, what follows the end of a story.

use std::ops::Range;

use super::head;
use super::shape::{LABEL_CHARS, Shape, is_menu};

/// A label beside furniture above the story: a paper's name, an edition.
const FIELD_CHARS: usize = 70;

/// What the patterns and the structure around them say is furniture.
pub(super) fn furniture(
    surfaces: &[&str],
    shapes: &[Shape],
    title: Option<usize>,
    story: usize,
) -> Vec<bool> {
    let furniture = shapes.iter().map(|shape| shape.signs.sure).collect();
    let mut page = Page { surfaces, shapes, story, furniture };
    page.headings();
    page.blocks();
    page.buttons();
    page.above(title);
    page.below();
    if let Some(title) = title {
        page.furniture[title] = false;
    }
    page.furniture
}

struct Page<'a> {
    surfaces: &'a [&'a str],
    shapes: &'a [Shape],
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
