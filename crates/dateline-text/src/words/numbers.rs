use super::chunk::{Chunk, is_word};
use super::clitics::is_apostrophe;
use super::lists::LISTS;
use super::{Period, Word};

/// Takes a number and its unit from unit `i`: 2,500, 5:30, 22/07/2024, 1.5 bn, 5 pm.
pub(super) fn scan(chunk: &Chunk, i: usize, out: &mut Vec<Word>) -> Option<usize> {
    let starts = digit(chunk, i) || (chunk.at(i) == '.' && digit(chunk, i + 1));
    if !starts || (chunk.at(i) == '.' && is_word(chunk.before(i))) {
        return None;
    }
    let to = end(chunk, i);
    let tail = chunk.run(to, |c| c.is_alphabetic() || c == '.' || c == '/');
    if to == tail || !chunk.at(to).is_alphabetic() {
        // A letter after another mark (4-year, 3'x) is another word's business.
        if is_word(chunk.at(to)) {
            return None;
        }
        if is_apostrophe(chunk.at(to)) && chunk.at(to + 1) == 's' && !is_word(chunk.at(to + 2)) {
            // The 1990's is a word; Bill 5's has a clitic.
            let from = if chunk.at(to - 1) == '0' { i } else { to };
            chunk.push(i, from, Period::None, out);
            chunk.push(from, to + 2, Period::None, out);
            return Some(to + 2);
        }
        chunk.push(i, to, Period::None, out);
        return Some(to);
    }
    let unit = unit_end(chunk, to, tail)?;
    // 5C and 10B are names of things as often as quantities: a sum, a decimal or a long unit shows.
    let sum = matches!(chunk.before(i), '$' | '£' | '€' | '¥');
    let long = unit - to >= 2;
    let decimal = (i..to).any(|j| matches!(chunk.at(j), '.' | ',' | ':'));
    let metric = match chunk.at(to) {
        'k' | 'm' | 'K' | 'M' => unit == to + 1,
        'g' => unit == to + 1 && to - i >= 2,
        _ => false,
    };
    if !(sum || long || decimal || metric) {
        return None;
    }
    chunk.push(i, to, Period::None, out);
    let letters = chunk.slice(to, unit).ends_with('.');
    chunk.push(to, unit, if letters { Period::Letters } else { Period::None }, out);
    Some(unit)
}

/// The end of a listed unit that starts at `from` and is followed by no letter.
fn unit_end(chunk: &Chunk, from: usize, tail: usize) -> Option<usize> {
    (from + 1..=tail.min(from + 6))
        .rev()
        .find(|&to| !is_word(chunk.at(to)) && LISTS.is_unit(chunk.slice(from, to)))
}

fn digit(chunk: &Chunk, i: usize) -> bool {
    chunk.at(i).is_ascii_digit()
}

fn digits(chunk: &Chunk, i: usize) -> usize {
    chunk.run(i, |c| c.is_ascii_digit())
}

/// The end of the number at `i`.
fn end(chunk: &Chunk, i: usize) -> usize {
    let mut to = if chunk.at(i) == '.' { digits(chunk, i + 1) } else { digits(chunk, i) };
    if let Some(date) = groups(chunk, i) {
        return date;
    }
    while digit(chunk, to + 1) {
        let next = digits(chunk, to + 1);
        let joins = match chunk.at(to) {
            '.' | ':' => true,
            ',' => next - (to + 1) == 3,
            _ => false,
        };
        if !joins {
            break;
        }
        to = next;
    }
    to
}

/// Numbers joined by slashes or hyphens that are one word: dates and telephone numbers.
fn groups(chunk: &Chunk, i: usize) -> Option<usize> {
    let mark = chunk.at(digits(chunk, i));
    if !matches!(mark, '/' | '-') {
        return None;
    }
    let mut ends = vec![digits(chunk, i)];
    let mut lengths = vec![ends[0] - i];
    // Longer lists are no date.
    while lengths.len() < 6 && chunk.at(*ends.last()?) == mark && digit(chunk, ends.last()? + 1) {
        let from = ends.last()? + 1;
        ends.push(digits(chunk, from));
        lengths.push(ends.last()? - from);
    }
    let whole = *ends.last()?;
    let small = |from: usize, to: usize| chunk.slice(from, to).parse::<u32>().unwrap_or(u32::MAX);
    let one = match (mark, lengths.as_slice()) {
        ('/', [1..=2, 1..=2, 2 | 4] | [4, 1..=2, 1..=2]) => true,
        ('/', [1..=2, 1..=2]) => {
            let (month, day) = (small(i, ends[0]), small(ends[0] + 1, whole));
            // 1/2 and 3/4 are fractions.
            (1..=12).contains(&month) && (5..=31).contains(&day) && day > month
        }
        ('-', [3, 4]) => true,
        ('-', [_, _, _] | [_, _, _, _]) => true,
        _ => false,
    };
    one.then_some(whole)
}
