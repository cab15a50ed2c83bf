//! What the trees of `data/trees.tsv` ask of a paragraph: how the course of the signs fares at it and
//! around it, how long it is, and where it stands.

use super::evidence::EVIDENCE;
use super::shape::Shape;

/// What is asked beside the named signs, in the order of [`rows`].
const NAMES: &[&str] = &[
    "favour",
    "margin",
    "lines",
    "lines-left",
    "chars",
    "words",
    "favour-4",
    "favour-3",
    "favour-2",
    "favour-1",
    "favour+1",
    "favour+2",
    "favour+3",
    "favour+4",
    "margin-4",
    "margin-3",
    "margin-2",
    "margin-1",
    "margin+1",
    "margin+2",
    "margin+3",
    "margin+4",
    "chars-2",
    "chars-1",
    "chars+1",
    "chars+2",
    "ends-2",
    "ends-1",
    "ends+1",
    "ends+2",
    "within",
    "within+1",
    "told-above",
    "told-below",
    "story-lines",
    "from-prose",
    "to-prose",
    "from-title",
    "block",
    "block-furniture",
    "block-line",
];

/// A sentence so long that the signs take for the story by so much is a landmark.
const PROSE_CHARS: usize = 70;
const PROSE_MARGIN: i32 = -140;
/// What is further away than this is nowhere near.
const FAR: i32 = 50;
/// Where there is no title.
const UNTITLED: i32 = -99;

/// How many things are asked.
pub(super) fn count() -> usize {
    NAMES.len() + EVIDENCE.named()
}

/// The name of what is asked by a number.
#[cfg(test)]
pub(super) fn name(measure: usize) -> &'static str {
    match measure.checked_sub(NAMES.len()) {
        Some(sign) => EVIDENCE.name(sign).unwrap(),
        None => NAMES[measure],
    }
}

/// The number of what is asked by a name.
pub(super) fn number(name: &str) -> Option<usize> {
    let known = NAMES.iter().position(|known| *known == name);
    known.or_else(|| EVIDENCE.number(name).map(|sign| NAMES.len() + sign))
}

/// The measures of each paragraph: [`NAMES`], then 1 for each named sign that it shows, else 0.
/// `title` is the line of the title, if the page has one: -1 is above the first.
pub(super) fn rows(
    signs: &[Vec<usize>],
    favours: &[i32],
    margins: &[i32],
    shapes: &[Shape],
    title: Option<i32>,
) -> Vec<Vec<i32>> {
    let count = shapes.len();
    let near = |values: &dyn Fn(usize) -> i32, at: usize, by: isize, none: i32| {
        at.checked_add_signed(by).filter(|at| *at < count).map_or(none, values)
    };
    let favour = |at: usize| favours[at];
    let margin = |at: usize| margins[at];
    let chars = |at: usize| number_of(shapes[at].chars);
    let ends = |at: usize| i32::from(shapes[at].ends);
    let within = |at: usize| i32::from(shapes[at].block.start < at);
    let told =
        |at: usize| if margins[at] <= 0 { i64::try_from(shapes[at].chars).unwrap_or(0) } else { 0 };
    let all: i64 = (0..count).map(told).sum::<i64>().max(1);
    let story = number_of(margins.iter().filter(|margin| **margin <= 0).count());
    let prose = |at: &usize| margins[*at] < PROSE_MARGIN && shapes[*at].chars > PROSE_CHARS;
    let mut to_prose = vec![0; count];
    let mut distance = FAR - 1;
    for at in (0..count).rev() {
        distance = (distance + 1).min(2 * FAR);
        to_prose[at] = distance;
        distance = if prose(&at) { 0 } else { distance };
    }
    let (mut above, mut from_prose) = (0, FAR - 1);
    let mut rows = Vec::with_capacity(count);
    for at in 0..count {
        let block = &shapes[at].block;
        let furniture = block.clone().filter(|line| margins[*line] > 0).count();
        from_prose = (from_prose + 1).min(2 * FAR);
        let mut row = vec![
            favours[at],
            margins[at],
            number_of(count),
            number_of(count - 1 - at),
            chars(at),
            number_of(shapes[at].words),
        ];
        let around = [-4, -3, -2, -1, 1, 2, 3, 4];
        row.extend(around.map(|by| near(&favour, at, by, 0)));
        row.extend(around.map(|by| near(&margin, at, by, 0)));
        row.extend([-2, -1, 1, 2].map(|by| near(&chars, at, by, 0)));
        row.extend([-2, -1, 1, 2].map(|by| near(&ends, at, by, -1)));
        row.extend([within(at), near(&within, at, 1, 0)]);
        let own = told(at);
        row.extend([percent(above, all), percent(all - above - own, all), story]);
        row.extend([from_prose, to_prose[at]]);
        row.push(title.map_or(UNTITLED, |title| number_of(at) - title));
        row.push(number_of(block.len()));
        row.push(number_of(100 * furniture / block.len().max(1)));
        row.push(number_of(at - block.start));
        debug_assert_eq!(row.len(), NAMES.len());
        row.resize(self::count(), 0);
        for sign in signs[at].iter().filter(|sign| **sign < EVIDENCE.named()) {
            row[NAMES.len() + sign] = 1;
        }
        rows.push(row);
        above += own;
        from_prose = if prose(&at) { 0 } else { from_prose };
    }
    rows
}

fn number_of(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

fn percent(part: i64, all: i64) -> i32 {
    i32::try_from(100 * part / all).unwrap_or(0)
}
