use std::sync::LazyLock;

use regex::Regex;

use super::furniture::PATTERNS;
use super::head;
use crate::Span;
use crate::blank::trim;

/// Lines no longer than this may be hard-wrapped.
const WRAP_CHARS: usize = 100;
/// Longer lines are whole paragraphs.
const PARAGRAPH_CHARS: usize = 160;
/// Bylines and datelines are looked for in so many lines of a block.
const HEAD_LINES: usize = 6;

/// A line without the blanks at its ends.
#[derive(Clone, Copy, Debug)]
struct Line {
    span: Span,
    chars: usize,
    indent: usize,
}

/// One paragraph, and whether the next line follows without a blank line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paragraph {
    pub(super) span: Span,
    pub(super) followed: bool,
}

/// Cuts `text[from..]` into paragraphs.
pub(super) fn paragraphs(text: &str, from: usize) -> Vec<Paragraph> {
    let mut out = Vec::new();
    let mut block = Vec::new();
    // Where paragraphs stand on a line each, no line goes on in the next one.
    let long = lines(text, from).flatten().filter(|line| line.chars > PARAGRAPH_CHARS).count();
    let close = if long >= 2 { keep } else { close };
    for line in lines(text, from) {
        match line {
            Some(line) => block.push(line),
            None => close(text, &mut block, &mut out),
        }
    }
    close(text, &mut block, &mut out);
    out
}

/// Every line is a paragraph.
fn keep(_: &str, block: &mut Vec<Line>, out: &mut Vec<Paragraph>) {
    let count = block.len();
    let lines = block.drain(..).enumerate();
    out.extend(lines.map(|(at, line)| Paragraph { span: line.span, followed: at + 1 < count }));
}

fn close(text: &str, block: &mut Vec<Line>, out: &mut Vec<Paragraph>) {
    let width = block.iter().map(|line| line.chars).max().unwrap_or(0);
    let wrapped = is_wrapped(block, width);
    let mut open: Option<Span> = None;
    for (index, line) in block.iter().enumerate() {
        let span = match open {
            Some(span) => Span::new(span.start, line.span.end),
            None => line.span,
        };
        let next = block.get(index + 1);
        if next.is_some_and(|next| {
            !(index < HEAD_LINES && starts_story(text, line, next))
                && joins(text, span, line, next, (width, wrapped))
        }) {
            open = Some(span);
        } else {
            out.push(Paragraph { span, followed: next.is_some() });
            open = None;
        }
    }
    block.clear();
}

static ITEM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[-–—*•●▪■·>]\s|\(?\d{1,2}[.)]\s|\(?[a-z][.)]\s)").expect("a fixed pattern")
});

static FIELD: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^[A-Z][A-Za-z-]{1,20}:\s").expect("a fixed pattern"));

/// Whether a line is an item of a list.
pub(super) fn is_item(line: &str) -> bool {
    ITEM.is_match(line)
}

/// Whether a byline or dateline starts or ends between two lines.
fn starts_story(text: &str, line: &Line, next: &Line) -> bool {
    let surface = |line: &Line| &text[line.span.range()];
    head::is_byline(surface(line))
        || head::is_byline(surface(next))
        || head::dateline(surface(next)).is_some()
}

/// Whether `next` goes on with the paragraph `so_far`, whose last line is `line`.
fn joins(
    text: &str,
    so_far: Span,
    line: &Line,
    next: &Line,
    (width, wrapped): (usize, bool),
) -> bool {
    let surface = &text[line.span.range()];
    let following = &text[next.span.range()];
    if next.indent >= line.indent + 2 || is_item(following) {
        return false;
    }
    // Fields of a database, and lines of marks.
    let marks = |line: &str| !line.contains(char::is_alphanumeric);
    if FIELD.is_match(surface) && FIELD.is_match(following) || marks(surface) || marks(following) {
        return false;
    }
    if so_far == line.span && line.chars <= 240 && PATTERNS.is_sure(surface) {
        return false;
    }
    let ends = ends_sentence(surface);
    let first = following.chars().next().unwrap_or(' ');
    if !ends && (first.is_lowercase() || surface.ends_with([',', ';', '-'])) {
        return true;
    }
    // A hard-wrapped line has no room for the word that starts the next one.
    let word = following.split_whitespace().next().map_or(0, |word| word.chars().count());
    let full = line.chars + 1 + word > width;
    if !ends && full && wrapped {
        return true;
    }
    if next.chars <= 240 && PATTERNS.is_sure(following) {
        return false;
    }
    (40..=WRAP_CHARS).contains(&width)
        && (ends || wrapped || !first.is_uppercase())
        && (full || line.chars * 100 >= width * if ends { 90 } else { 75 })
}

/// Whether most lines of a block are about as long as its longest.
fn is_wrapped(block: &[Line], width: usize) -> bool {
    let long = block.iter().filter(|line| line.chars * 100 >= width * 75).count();
    (40..=WRAP_CHARS).contains(&width) && block.len() >= 5 && 3 * long >= 2 * block.len()
}

/// Whether the line ends as a sentence does.
pub(super) fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '\'', '”', '’', ')', ']', '»']).ends_with(['.', '!', '?', '…', ':'])
}

/// The lines from byte `from` on; `None` is a blank one. A paragraph separator counts as one too.
fn lines(text: &str, from: usize) -> impl Iterator<Item = Option<Line>> {
    let mut rest = Some(from);
    let mut blank = false;
    std::iter::from_fn(move || {
        if std::mem::take(&mut blank) {
            return Some(None);
        }
        let start = rest?;
        let tail = &text[start..];
        let end = tail.find(is_line_end).map_or(text.len(), |at| start + at);
        let mark = text[end..].chars().next();
        let length = match mark {
            Some('\r') if text[end + 1..].starts_with('\n') => 2,
            Some(c) => c.len_utf8(),
            None => 0,
        };
        blank = matches!(mark, Some('\u{2029}' | '\x0C'));
        rest = mark.map(|_| end + length);
        let (from, to) = trim(text, start, end);
        if from == to {
            return Some(None);
        }
        let indent = text[start..from].chars().map(|c| if c == '\t' { 8 } else { 1 }).sum();
        let chars = text[from..to].chars().count();
        Some(Some(Line { span: Span::new(from, to), chars, indent }))
    })
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\x0B' | '\x0C' | '\u{85}' | '\u{2028}' | '\u{2029}')
}
