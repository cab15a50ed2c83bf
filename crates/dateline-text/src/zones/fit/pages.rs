//! Marked pages, as the fit sees them.

use crate::zones::features::untailed;
use crate::zones::layout::Look;
use crate::zones::lines;
use crate::zones::shape::Shape;
use crate::zones::tests::{LAYOUTS, STORY};

/// A marked page: the signs of its paragraphs and what each is.
pub(super) struct Page {
    pub(super) lines: Vec<Line>,
    pub(super) shapes: Vec<Shape>,
    /// The signs of the lines that may be the title, and which of them it is.
    pub(super) candidates: Vec<Vec<usize>>,
    pub(super) title: Option<usize>,
    /// How much it counts.
    pub(super) counts: f64,
}

pub(super) struct Line {
    pub(super) signs: Vec<usize>,
    /// Follows in the same block.
    pub(super) within: bool,
    pub(super) furniture: bool,
    pub(super) title: bool,
    /// Characters of body and of furniture.
    pub(super) body: usize,
    pub(super) other: usize,
}

/// The text of a page.
pub(super) fn text(file: &str) -> String {
    parse(file).0
}

pub(super) fn page(file: &str) -> Page {
    let (text, marks) = parse(file);
    look(&text, &marks, 1.0)
}

/// Text and marks; the form is told in `scripts/data/corpora/layouts.py`.
fn parse(file: &str) -> (String, String) {
    let (mut text, mut marks) = (String::new(), String::new());
    for row in file.lines().skip(3) {
        let mut chars = row.chars();
        let mark = chars.next().unwrap();
        if chars.next() == Some('+') {
            text.pop();
            marks.pop();
        }
        for c in chars.chain(['\n']) {
            text.push(c);
            let mark = if c.is_whitespace() { ' ' } else { mark };
            marks.extend(std::iter::repeat_n(mark, c.len_utf8()));
        }
    }
    (text, marks)
}

/// The pages of the unit tests; they count less.
pub(super) fn units() -> Vec<Page> {
    let layouts = LAYOUTS.iter().map(|(_, layout)| {
        let (mut text, mut marks, mut mark) = (String::new(), String::new(), 'B');
        let mut rest = *layout;
        while let Some(c) = rest.chars().next() {
            if let Some(at) =
                ["T|", "D|", "B|", "P|", "F|"].iter().position(|m| rest.starts_with(m))
            {
                mark = ['T', 'D', 'Y', 'B', 'F'][at];
                rest = &rest[2..];
                continue;
            }
            text.push(c);
            let mark = if c.is_whitespace() { ' ' } else { mark };
            marks.extend(std::iter::repeat_n(mark, c.len_utf8()));
            rest = &rest[c.len_utf8()..];
        }
        look(&text, &marks, 3.0)
    });
    let stories = STORY.iter().map(|sentence| {
        let title = "Storm closes port\n";
        let text =
            format!("{title}A storm closed the port of Lund on Monday.\n{sentence}\n\nShips wait.");
        let mark = |at: usize| if at < title.len() { 'T' } else { 'B' };
        let marks = text.bytes().enumerate().map(|(at, b)| if b == b'\n' { ' ' } else { mark(at) });
        look(&text, &marks.collect::<String>(), 2.0)
    });
    layouts.chain(stories).collect()
}

fn look(text: &str, marks: &str, counts: f64) -> Page {
    let paragraphs = lines::paragraphs(text, 0);
    let look = Look::of(text, &paragraphs, false);
    let lines: Vec<Line> = paragraphs
        .iter()
        .enumerate()
        .map(|(index, paragraph)| {
            let own = untailed(&text[paragraph.span.range()]);
            let marks = &marks[paragraph.span.start..paragraph.span.start + own.len()];
            let count =
                |wanted: &[char]| marks.chars().filter(|mark| wanted.contains(mark)).count();
            let (read, other) = (count(&['T', 'B']), count(&['F', 'Y', 'D']));
            let dateline = count(&['D']) > 0 && read > 0;
            Line {
                signs: look.signs[index].clone(),
                within: look.shapes[index].block.start < index,
                furniture: other > read && !dateline,
                title: look.title == Some(index),
                body: count(&['B']),
                other: count(&['F']),
            }
        })
        .collect();
    let is_title = |index: usize| marks[paragraphs[index].span.range()].contains('T');
    Page {
        lines,
        shapes: look.shapes,
        title: look.candidates.iter().position(|(index, _)| is_title(*index)),
        counts,
        candidates: look.candidates.iter().map(|(_, signs)| signs.clone()).collect(),
    }
}
