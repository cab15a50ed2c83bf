//! The course of the story through the page: its title, where it starts, and what of the page is
//! furniture.

use super::course;
use super::echo::Echo;
use super::evidence::EVIDENCE;
use super::features::{self, View};
use super::head;
use super::lines::Paragraph;
use super::measures;
use super::shape::{self, Shape};
use super::structure;
use super::title;
use super::trees::TREES;

/// Datelines are looked for in so many paragraphs of the head.
const HEAD_PARAGRAPHS: usize = 40;

/// What became of each paragraph.
pub(super) struct Layout {
    /// Whether it is furniture.
    pub(super) furniture: Vec<bool>,
    /// Whether a pattern says so.
    pub(super) ruled: Vec<bool>,
    /// The title, where the text has to tell it.
    pub(super) title: Option<usize>,
    /// The first paragraph of the story.
    pub(super) story: usize,
}

impl Layout {
    /// `titled` says that the title stands in a field of its own.
    pub(super) fn of(source: &str, paragraphs: &[Paragraph], titled: bool) -> Layout {
        let Look { shapes, signs, candidates, ruled, mut title, story } =
            Look::of(source, paragraphs, titled);
        let favours = course::favours(&signs);
        let margins = course::margins(&favours, &shapes, course::prices());
        // A title in a field of its own stands above the first line.
        let above =
            if titled { Some(-1) } else { title.and_then(|title| i32::try_from(title).ok()) };
        let rows = measures::rows(&signs, &favours, &margins, &shapes, above);
        let mut furniture: Vec<bool> = rows.iter().map(|row| TREES.furniture(row, 0)).collect();
        // Where nothing is left of a story, a line that hardly looks like a title is none.
        if furniture.iter().all(|furniture| *furniture) {
            title = title.filter(|_| title::favour(&candidates) > 0);
        }
        if let Some(title) = title {
            furniture[title] = false;
        }
        Layout { furniture, ruled, title, story }
    }
}

/// What tells of each paragraph whether it is furniture.
pub(super) struct Look {
    pub(super) shapes: Vec<Shape>,
    pub(super) signs: Vec<Vec<usize>>,
    /// The lines that may be the title, with their signs for that.
    pub(super) candidates: Vec<(usize, Vec<usize>)>,
    ruled: Vec<bool>,
    pub(super) title: Option<usize>,
    story: usize,
}

impl Look {
    pub(super) fn of(source: &str, paragraphs: &[Paragraph], titled: bool) -> Look {
        let surfaces: Vec<&str> =
            paragraphs.iter().map(|p| untagged(&source[p.span.range()])).collect();
        let shapes = shape::shapes(&surfaces, paragraphs);
        let mut signs = features::of_lines(&surfaces, &shapes);
        let echo = Echo::of(&surfaces, &shapes);
        let candidates =
            if titled { Vec::new() } else { title::candidates(&surfaces, &shapes, &signs, &echo) };
        let title = title::best(&candidates);
        let story = story(&surfaces, &shapes, title.map_or(0, |title| title + 1));
        let ruled = structure::furniture(&surfaces, &shapes, title, story);
        let view =
            View { surfaces: &surfaces, shapes: &shapes, ruled: &ruled, title, story, echo: &echo };
        features::add_places(&view, &mut signs);
        for (signs, surface) in signs.iter_mut().zip(&surfaces) {
            signs.extend(EVIDENCE.of_vocabulary(features::untailed(surface)));
        }
        Look { shapes, signs, candidates, ruled, title, story }
    }
}

/// Feeds mark up their paragraphs.
fn untagged(surface: &str) -> &str {
    let bare = surface.strip_prefix("<p>").unwrap_or(surface);
    bare.strip_suffix("</p>").unwrap_or(bare).trim()
}

/// The first paragraph that reads like a story: it has a dateline or is prose, and does not stand
/// among page controls.
fn story(surfaces: &[&str], shapes: &[Shape], from: usize) -> usize {
    let among_controls = |shape: &Shape| {
        let block = &shapes[shape.block.clone()];
        block.len() >= 3 && 2 * block.iter().filter(|s| s.signs.sure).count() > block.len()
    };
    let found =
        shapes.iter().zip(surfaces).enumerate().skip(from).find(|(index, (shape, surface))| {
            let dateline = || {
                *index < HEAD_PARAGRAPHS
                    && head::dateline(surface).is_some_and(|length| length < surface.len())
            };
            !shape.signs.sure
                && (shape.prose() || shape.ends && dateline())
                && !among_controls(shape)
        });
    // Without prose the story is what follows the first line.
    found.map_or(from.max(1).min(shapes.len().saturating_sub(1)), |(index, _)| index)
}
