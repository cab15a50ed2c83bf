//! The signs of a page's paragraphs: of their words, their shape and their place.

use std::collections::HashMap;

use super::echo::Echo;
use super::evidence::EVIDENCE;
use super::furniture::PATTERNS;
use super::head;
use super::shape::{Shape, is_menu};

/// A paragraph that ends as a sentence and is so long may be the story's last.
const TOLD_CHARS: usize = 70;
/// Signs of paragraphs that speak of the page, not of the story.
const OF_THE_PAGE: &[&str] = &[
    "itself",
    "picture",
    "credit-aside",
    "advert",
    "legal",
    "mend",
    "bio",
    "about",
    "boiler",
    "contact",
    "phone",
    "url",
    "email",
    "site",
    "press",
    "writer",
    "house",
];
/// Signs that no story has many of.
const OF_CLUTTER: &[&str] =
    &["url", "email", "stamp", "ago", "network", "mark", "face", "markup", "phone", "crumbs"];
/// By how much of a line's words others have.
const SHARED_LINE: [&str; 4] = ["shared-line-0", "shared-line-1", "shared-line-2", "shared-line-3"];
const SHARED_SENTENCE: [&str; 4] =
    ["shared-sentence-0", "shared-sentence-1", "shared-sentence-2", "shared-sentence-3"];
/// Words that hold sentences together.
const FUNCTION_WORDS: &[&str] = &[
    "a", "an", "the", "and", "or", "but", "of", "to", "in", "on", "at", "for", "from", "by",
    "with", "as", "that", "which", "who", "was", "were", "is", "are", "be", "been", "had", "has",
    "have", "it", "its", "he", "she", "they", "his", "her", "their", "not", "this", "no", "after",
    "before", "into", "than", "when", "would", "will", "could",
];

/// What is known of a page before its signs are weighed.
pub(super) struct View<'a> {
    pub(super) surfaces: &'a [&'a str],
    pub(super) shapes: &'a [Shape],
    /// What the patterns say.
    pub(super) ruled: &'a [bool],
    pub(super) title: Option<usize>,
    pub(super) story: usize,
    pub(super) echo: &'a Echo,
}

/// The signs of each paragraph's words and shape, as numbers of [`EVIDENCE`].
pub(super) fn of_lines(surfaces: &[&str], shapes: &[Shape]) -> Vec<Vec<usize>> {
    let lines = surfaces.iter().zip(shapes);
    lines
        .map(|(surface, shape)| {
            let surface = untailed(surface);
            let mut signs = EVIDENCE.of_words(surface);
            let count = signs.len();
            let mut say = |name: &str, holds: bool| {
                if holds && let Some(number) = EVIDENCE.number(name) {
                    signs.push(number);
                }
            };
            of_shape(surface, shape, &mut say);
            say("no-words", count == 0);
            signs
        })
        .collect()
}

/// What is cut off at the end of a paragraph is no sign of the rest.
pub(super) fn untailed(surface: &str) -> &str {
    PATTERNS.tail(surface).map_or(surface, |at| &surface[..at])
}

/// Adds the signs of each paragraph's place.
pub(super) fn add_places(view: &View, signs: &mut [Vec<usize>]) {
    let page = Page::of(view, signs);
    for (index, signs) in signs.iter_mut().enumerate() {
        let known = signs.clone();
        let mut say = |name: &str, holds: bool| {
            if holds && let Some(number) = EVIDENCE.number(name) {
                signs.push(number);
            }
        };
        page.of_place(view, index, &known, &mut say);
    }
}

fn of_shape(surface: &str, shape: &Shape, say: &mut impl FnMut(&str, bool)) {
    let letters = surface.chars().filter(|c| c.is_alphabetic()).count();
    let words: Vec<&str> = surface
        .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .filter(|w| !w.is_empty())
        .take(60)
        .collect();
    let count = words.len();
    let function = words
        .iter()
        .filter(|word| FUNCTION_WORDS.iter().any(|known| known.eq_ignore_ascii_case(word)))
        .count();
    let capital = |word: &&&str| word.starts_with(char::is_uppercase);
    let capitals = words.iter().filter(capital).count();
    let content = count - function.min(count);
    let ends = shape.ends;
    say("any", true);
    say("letterless", letters == 0);
    say("one-word", count == 1);
    say("two-words", count == 2 || count == 3);
    say("few-words", (4..=7).contains(&count) && !ends);
    say("some-words", (8..=14).contains(&count) && !ends);
    say("many-words", count > 14 && !ends);
    say("short-sentence", ends && shape.chars < 50);
    say("sentence", ends && (50..100).contains(&shape.chars));
    say("long-sentence", ends && (100..200).contains(&shape.chars));
    say("paragraph", ends && shape.chars >= 200);
    say("long-paragraph", shape.chars >= 500);
    say("huge-paragraph", shape.chars >= 1000);
    say("ends-colon", surface.ends_with(':'));
    say("ends-question", surface.ends_with(['?', '!']));
    say("ends-quote", surface.ends_with(['"', '”', '’', '\'']));
    say("starts-quote", shape.quote);
    say("starts-small", surface.starts_with(char::is_lowercase));
    say("starts-figure", surface.starts_with(|c: char| c.is_ascii_digit()));
    let open = surface.chars().next().unwrap_or(' ');
    say("starts-mark", !open.is_alphanumeric() && !shape.quote && !shape.item);
    say("item", shape.item);
    say("menu", is_menu(surface));
    say("name", head::is_name(surface));
    say("byline", head::is_byline(surface));
    let dateline = head::dateline(surface);
    say("dateline", dateline.is_some());
    say("dateline-prose", shape.ends && dateline.is_some_and(|length| length + 20 < surface.len()));
    say("capitals", letters > 3 && !surface.contains(char::is_lowercase));
    say("title-case", count >= 3 && !ends && capitals >= content);
    say("proper", (1..=3).contains(&count) && capitals == count && !ends);
    say("no-function-word", count >= 4 && function == 0);
    say("few-function-words", count >= 6 && function > 0 && 5 * function < count);
    say("function-words", count >= 6 && 3 * function >= count);
    let figures = surface.chars().filter(char::is_ascii_digit).count();
    say("figures", figures > 0 && 3 * figures >= letters);
}

/// What holds for the page.
struct Page<'a> {
    /// The first paragraph after what may be the story's last.
    tail: usize,
    told: usize,
    ruled: usize,
    lines: HashMap<&'a str, usize>,
    /// The first line of a pattern in the tail.
    closed: usize,
    /// The first line that ends a story.
    ended: usize,
    /// Lines with signs that no story has many of.
    clutter: usize,
    /// How often a line starts with a label: speakers of a transcript, fields.
    labels: HashMap<&'a str, usize>,
    /// Whether many lines are questions, as in an interview.
    interview: bool,
    /// Whether many lines are times of day, as in a live blog.
    log: bool,
    /// For each line how many of its signs speak of the page, and how many of a story.
    kinds: Vec<(usize, usize)>,
}

/// Nothing but a time of day.
fn is_clock(surface: &str) -> bool {
    let digits = surface.chars().filter(char::is_ascii_digit).count();
    let letters = surface.chars().filter(|c| c.is_alphabetic()).count();
    (3..=4).contains(&digits)
        && letters <= 5
        && surface.chars().count() <= 14
        && surface.starts_with(|c: char| c.is_ascii_digit())
        && surface.contains([':', '.'])
}

/// `HALL: `, `Q: `: who speaks.
fn label(surface: &str) -> Option<&str> {
    let (label, rest) = surface.split_once(':')?;
    (label.len() <= 40 && rest.starts_with(' ') && !label.contains('.')).then_some(label)
}

impl<'a> Page<'a> {
    fn of(view: &View<'a>, signs: &[Vec<usize>]) -> Page<'a> {
        let of_the_page: Vec<usize> =
            OF_THE_PAGE.iter().filter_map(|name| EVIDENCE.number(name)).collect();
        let sentence = |&at: &usize| {
            let shape = &view.shapes[at];
            !view.ruled[at] && shape.ends && shape.chars >= TOLD_CHARS
        };
        let count = view.surfaces.len();
        let told =
            |at: &usize| sentence(at) && !signs[*at].iter().any(|sign| of_the_page.contains(sign));
        let last = |told: Option<usize>| told.map_or(view.story, |at| at + 1);
        let tail = last((view.story..count).rev().find(told));
        let closed = (tail..count).find(|at| view.ruled[*at]).unwrap_or(count);
        let ends = |at: &usize| {
            let signs = view.shapes[*at].signs;
            view.ruled[*at] && (signs.end || signs.rest)
        };
        let ended = (view.story + 1..count).find(ends).unwrap_or(count);
        let told = last((view.story..count).rev().find(sentence));
        let mut lines = HashMap::new();
        for surface in view.surfaces {
            *lines.entry(*surface).or_default() += 1;
        }
        let ruled = view.ruled.iter().filter(|ruled| **ruled).count();
        let numbers = |names: &[&str]| -> Vec<usize> {
            names.iter().filter_map(|name| EVIDENCE.number(name)).collect()
        };
        let of_clutter = numbers(OF_CLUTTER);
        let shows = |signs: &Vec<usize>| signs.iter().any(|sign| of_clutter.contains(sign));
        let clutter = signs.iter().filter(|signs| shows(signs)).count();
        let mut labels = HashMap::new();
        for label in view.surfaces.iter().filter_map(|surface| label(surface)) {
            *labels.entry(label).or_default() += 1;
        }
        let kinds = signs.iter().map(|signs| {
            let page = signs.iter().filter(|sign| of_the_page.contains(sign)).count();
            let story = signs.iter().filter(|sign| EVIDENCE.of_story(**sign)).count();
            (page, story)
        });
        let asked = |surface: &&&str| surface.ends_with('?');
        let interview = view.surfaces.iter().filter(asked).count() >= 3;
        let log = view.surfaces.iter().filter(|surface| is_clock(surface)).count() >= 3;
        Page {
            tail,
            told,
            ruled,
            lines,
            closed,
            ended,
            clutter,
            labels,
            interview,
            log,
            kinds: kinds.collect(),
        }
    }

    fn of_place(
        &self,
        view: &View,
        index: usize,
        signs: &[usize],
        say: &mut impl FnMut(&str, bool),
    ) {
        let (shape, surface) = (&view.shapes[index], view.surfaces[index]);
        let count = view.surfaces.len();
        let above = view.title.is_some_and(|title| index < title);
        let head = !above && index < view.story;
        let before = index.checked_sub(1);
        let tail = index >= self.tail;
        say("above-title", above);
        say("under-title", view.title.is_some_and(|title| index == title + 1) && head);
        say("head", head);
        say("head-sentence", head && shape.ends);
        say("head-long", head && shape.chars > 60 && !shape.ends);
        say("tail", tail);
        say("tail-sentence", tail && shape.ends);
        say("tail-short", tail && !shape.ends);
        say("tail-closed", index > self.closed);
        say("tail-end", index >= self.told);
        say("last", index + 1 == count);
        say("middle-short", !above && !head && !tail && !shape.ends);
        say("alone", shape.alone());
        say("ruled", view.ruled[index]);
        say("ruled-sure", shape.signs.sure);
        say("ruled-weak", shape.signs.weak);
        say("ruled-head", shape.signs.head && (head || above));
        say("ruled-last", shape.signs.last);
        say("ruled-tail", view.ruled[index] && tail);
        let follows = |place: fn(&Shape) -> bool| {
            view.ruled[index] && before.is_some_and(|at| place(&view.shapes[at]))
        };
        say("after-next", follows(|shape| shape.signs.next));
        say("after-end", view.ruled[index] && index > self.ended);
        say("clean-page", self.ruled + self.clutter == 0);
        say("tidy-page", (1..=2).contains(&(self.ruled + self.clutter)));
        let (page, story) = self.kinds[index];
        let shows = |name: &str| EVIDENCE.number(name).is_some_and(|sign| signs.contains(&sign));
        let credited = shows("credit-sure") || shows("credit-caps");
        let (bio, notice) = (shows("bio-sure"), shows("self-notice"));
        // Captions stand above the story or between its paragraphs, not far from a credit.
        let caption = shows("shows") && (head || !tail) && !shows("story-said") && !credited;
        let under = view.title.is_some_and(|title| index == title + 1) && head;
        let deck = under && page == 0 && shape.words >= 7 && !credited;
        say("deck", deck && !shows("date") && !shows("clock") && !shows("url"));
        say("bio-tail", tail && bio);
        say("notice-tail", tail && notice);
        say("last-tail", tail && shape.signs.last);
        say("caption-spot", caption && shape.words >= 5 && head);
        say("page-1", page == 1);
        say("page-2", page == 2);
        say("page-3", page >= 3);
        say("tail-page-1", tail && page == 1);
        say("tail-page-2", tail && page >= 2);
        say("middle-page-2", !tail && !above && !head && page >= 2);
        let stamped = ["date", "clock", "ago"].iter().any(|name| shows(name)) && !shape.ends;
        say("head-stamp", (head || above) && stamped);
        say("head-stamp-short", (head || above) && stamped && shape.words <= 8);
        say("head-page", head && page >= 1);
        say("told-0", story == 0);
        say("told-1", story == 1);
        say("told-3", (3..=4).contains(&story));
        say("told-5", story >= 5);
        let label = label(surface).filter(|label| self.labels[label] > 1);
        say("speaker", label.is_some());
        say("asked", self.interview && surface.ends_with('?') && !above && !head);
        say("log-time", self.log && is_clock(surface) && !above && !head);
        let beside = [index.checked_sub(1), Some(index + 1)];
        let mut beside = beside.into_iter().flatten().filter_map(|at| view.surfaces.get(at));
        let echo = |other: &&str| {
            other.len() < 600
                && surface.len() < 600
                && *other != surface
                && (surface.len() >= 12 && other.contains(surface)
                    || other.len() >= 12 && surface.contains(*other))
        };
        say("echo", beside.any(echo));
        let shared = view.echo.shared(index);
        let names = if shape.ends { SHARED_SENTENCE } else { SHARED_LINE };
        say(shared.map_or("", |shared| names[shared]), true);
        say("shared-title", view.title.is_some_and(|title| view.echo.both(index, title)));
        say("cluttered-page", 3 * self.ruled >= count);
        let introduced = before.is_some_and(|at| view.surfaces[at].ends_with(':'));
        say("introduced", introduced && !before.is_some_and(|at| view.ruled[at]));
        let item = before.is_some_and(|at| view.shapes[at].item)
            || view.shapes.get(index + 1).is_some_and(|shape| shape.item);
        say("among-items", shape.item && item);
        say("after-ruled", before.is_some_and(|at| view.ruled[at]));
        say("before-ruled", view.ruled.get(index + 1) == Some(&true));
        let sentence = |at: Option<usize>| {
            at.and_then(|at| view.shapes.get(at))
                .is_some_and(|s| s.ends && s.chars >= 40 && !s.signs.sure)
        };
        say("between-sentences", sentence(before) && sentence(Some(index + 1)));
        say("repeated", self.lines.get(surface).is_some_and(|&times| times > 1));
        let title = view.title.map(|at| view.surfaces[at]);
        say(
            "of-title",
            view.title != Some(index)
                && shape.words >= 3
                && title.is_some_and(|title| title.contains(surface) || surface.contains(title)),
        );
        say(
            "block-short",
            shape.block.len() >= 3 && view.shapes[shape.block.clone()].iter().all(|s| !s.ends),
        );
    }
}
