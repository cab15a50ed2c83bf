//! Which line is the title.

use super::echo::Echo;
use super::evidence::EVIDENCE;
use super::head;
use super::shape::Shape;

/// The title stands within so many paragraphs of the head.
const HEAD_PARAGRAPHS: usize = 60;

/// By how much of a line's words the story has.
const SHARED: [&str; 4] = ["t-shared-0", "t-shared-1", "t-shared-2", "t-shared-3"];

/// The lines that may be the title, with their signs for that.
pub(super) fn candidates(
    surfaces: &[&str],
    shapes: &[Shape],
    signs: &[Vec<usize>],
    echo: &Echo,
) -> Vec<(usize, Vec<usize>)> {
    let count = surfaces.len();
    let dated = ["date", "stamp", "clock", "ago"].map(|name| EVIDENCE.number(name));
    let shows_date = |at: usize| signs[at].iter().any(|sign| dated.contains(&Some(*sign)));
    let byline = |at: usize| head::is_byline(surfaces[at]) || head::is_name(surfaces[at]);
    let dateline = |at: usize| head::dateline(surfaces[at]).is_some();
    let opens = |at: usize| {
        let length = head::dateline(surfaces[at]);
        let dash = surfaces[at].ends_with(['-', '–', '—']);
        length.is_some_and(|length| dash || length < surfaces[at].len() && shapes[at].prose())
    };
    let prose = |at: usize| shapes[at].prose() || shapes[at].ends && dateline(at);
    let mut out = Vec::new();
    let mut told = 0;
    for index in 0..count.min(HEAD_PARAGRAPHS) {
        let (surface, shape) = (surfaces[index], &shapes[index]);
        if told > 3 {
            break;
        }
        let labelled = head::is_labelled_title(surface);
        let fits = head::is_headline(surface)
            && !head::is_byline(surface)
            && head::dateline(surface)
                .is_none_or(|length| length < surface.len() && !surface.contains('('));
        // What follows a dateline is the story, whose title stood above.
        let late = !out.is_empty() && (0..index).any(opens) && !labelled;
        // A story follows its title.
        if (fits || labelled) && !late && index + 1 < count {
            let mut signs = signs[index].clone();
            let mut say = |name: &str, holds: bool| {
                if holds && let Some(number) = EVIDENCE.number(name) {
                    signs.push(number);
                }
            };
            let ahead = |limit: usize| index + 1..count.min(index + 1 + limit);
            let next = index + 1;
            let distance = ahead(12).position(prose);
            say(echo.shared(index).map_or("t-shared-none", |shared| SHARED[shared]), true);
            say("t-first", out.is_empty());
            say("t-top", index == 0);
            say("t-third", index < 3);
            say("t-next-prose", distance == Some(0));
            say("t-soon-prose", matches!(distance, Some(1..=2)));
            say("t-late-prose", matches!(distance, Some(3..=6)));
            say("t-far-prose", distance.is_none_or(|distance| distance > 6));
            say("t-next-byline", byline(next));
            say("t-soon-byline", ahead(4).any(byline));
            say("t-next-date", shows_date(next));
            say("t-next-dateline", dateline(next));
            say("t-next-sentence", shapes[next].ends);
            say("t-above-deck", shapes[next].chars > 60 && !shapes[next].ends);
            say("t-after-prose", told == 1);
            say("t-after-prose-2", told > 1);
            say("t-after-ruled", index > 0 && shapes[index - 1].signs.sure);
            say("t-before-ruled", shapes[next].signs.sure);
            say("t-ruled", shape.signs.sure);
            say("t-head", shape.signs.head || shape.signs.weak);
            say("t-labelled", labelled);
            say("t-alone", shape.alone());
            say("t-block-end", shape.block.end == next);
            say("t-block-start", shape.block.start == index);
            signs.extend(EVIDENCE.of_vocabulary(surface));
            out.push((index, signs));
        }
        told += usize::from(prose(index));
    }
    // The line with most words, and headlines under a headline.
    let words = |index: usize| shapes[index].words.min(14);
    let most = out.iter().map(|(index, _)| words(*index)).max();
    let mut before: Option<usize> = None;
    for (index, signs) in &mut out {
        if Some(words(*index)) == most {
            signs.extend(EVIDENCE.number("t-longest"));
        }
        if before.is_some_and(|before| before + 1 == *index && shapes[before].words >= 4) {
            signs.extend(EVIDENCE.number("t-after-headline"));
        }
        before = Some(*index);
    }
    // Paths of a page end with the title, and other lines repeat it.
    let lines: Vec<usize> = out.iter().map(|(index, _)| *index).collect();
    for (index, signs) in &mut out {
        let own = surfaces[*index];
        let other = |holds: &dyn Fn(&str) -> bool| {
            lines.iter().any(|line| surfaces[*line] != own && holds(surfaces[*line]))
        };
        if own.len() > 15 && other(&|line| line.contains(own)) {
            signs.extend(EVIDENCE.number("t-within"));
        }
        if other(&|line| line.len() > 15 && own.contains(line)) {
            signs.extend(EVIDENCE.number("t-around"));
        }
        if lines.iter().any(|line| line < index && surfaces[*line] == own) {
            signs.extend(EVIDENCE.number("t-again"));
        }
    }
    out
}

/// The candidate with the most in its favour; the first of equals.
pub(super) fn best(candidates: &[(usize, Vec<usize>)]) -> Option<usize> {
    let mut best: Option<(i32, usize)> = None;
    for (index, signs) in candidates {
        let favour = sum(signs);
        if best.is_none_or(|(most, _)| favour > most) {
            best = Some((favour, *index));
        }
    }
    best.map(|(_, index)| index)
}

/// What is in favour of the best candidate.
pub(super) fn favour(candidates: &[(usize, Vec<usize>)]) -> i32 {
    candidates.iter().map(|(_, signs)| sum(signs)).max().unwrap_or(0)
}

fn sum(signs: &[usize]) -> i32 {
    signs.iter().map(|sign| EVIDENCE.title[*sign]).sum()
}
