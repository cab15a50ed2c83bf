//! The built-in classes of words: years, days, numbers, clock times, decades.

use super::Word;
use crate::times::grammar::{Class, Grammar};
use crate::times::numbers;

const DECADES: &[&str] =
    &["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"];

/// Whether a lower-cased word may begin a built-in class: with a figure or its apostrophe, or with a
/// number in words.
pub(crate) fn is_numeric(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '\'' | '’' | '‘'))
        || word.starts_with("mid-")
        || matches!(word, "a" | "dozen")
        || numbers::small(word).is_some()
        || numbers::ordinal(word).is_some()
        || DECADES.contains(&word)
}

/// The value of the class at a word and how many words it takes.
pub(super) fn matched(
    grammar: &Grammar,
    class: &Class,
    words: &[Word<'_>],
    at: usize,
) -> Option<(String, usize)> {
    let word = words[at].lower;
    let may_match =
        if matches!(class, Class::Listed(_)) { words[at].known } else { words[at].numeric };
    if !may_match {
        return None;
    }
    let digits = !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    let range = |least: u32, most: u32| {
        let number: u32 = word.parse().ok().filter(|_| digits)?;
        (least..=most).contains(&number).then(|| (number.to_string(), 1))
    };
    match class {
        Class::Year => {
            let figures = (word.len() == 4).then(|| range(1500, 2100)).flatten();
            figures.or_else(|| {
                let window: Vec<&str> = words[at..].iter().take(4).map(|w| w.lower).collect();
                numbers::spoken_year(&window).map(|(year, length)| (year.to_string(), length))
            })
        }
        Class::MidYear => {
            let year: u32 = word.strip_prefix("mid-")?.parse().ok()?;
            (1500..=2100).contains(&year).then(|| (year.to_string(), 1))
        }
        Class::MidDecade => {
            let digits = word.strip_prefix("mid-")?.strip_suffix('s')?;
            let decade: u32 = digits.strip_suffix('0').filter(|d| d.len() == 3)?.parse().ok()?;
            (150..=210).contains(&decade).then(|| (decade.to_string(), 1))
        }
        Class::Hhmm => {
            let (hour, minute) = (word.get(..2)?, word.get(2..).filter(|m| m.len() == 2)?);
            let real = hour.parse::<u32>().ok()? < 24 && minute.parse::<u32>().ok()? < 60;
            (digits && real).then(|| (format!("{hour}:{minute}"), 1))
        }
        Class::Yy => (word.len() == 2).then(|| range(0, 99)).flatten(),
        Class::Day => {
            let plain = (word.len() <= 2).then(|| range(1, 31)).flatten();
            let ordinal =
                || numbers::ordinal(word).filter(|n| *n <= 31).map(|n| (n.to_string(), 1));
            plain.or_else(ordinal)
        }
        Class::Num => {
            let mut window: Vec<&str> = words[at..].iter().take(8).map(|w| w.lower).collect();
            // "a hundred years ago"; a dozen and an hour are no numbers of theirs.
            if word == "a" && window.get(1).is_some_and(|w| matches!(*w, "hundred" | "thousand")) {
                window[0] = "one";
            }
            let (value, length) = numbers::number(&window)?;
            Some((value.to_string(), length))
        }
        Class::Ordinal => numbers::ordinal(word).map(|n| (n.to_string(), 1)),
        Class::IsoDate => iso_date(words, at),
        Class::SlashDate => slash_date(words, at),
        Class::Clock => clock(words, at),
        Class::Decade => decade(words, at),
        Class::Listed(name) => grammar.classes.get(name)?.get(word).map(|value| (value.clone(), 1)),
    }
}

/// The text of up to `most` words without spaces between.
fn run(words: &[Word<'_>], at: usize, most: usize) -> (String, usize) {
    let mut text = words[at].lower.to_owned();
    let mut length = 1;
    while length < most && at + length < words.len() && words[at + length - 1].joined {
        text.push_str(words[at + length].lower);
        length += 1;
    }
    (text, length)
}

fn shaped(text: &str, shape: &str) -> bool {
    text.len() == shape.len()
        && text
            .bytes()
            .zip(shape.bytes())
            .all(|(t, s)| if s == b'9' { t.is_ascii_digit() } else { t == s })
}

fn iso_date(words: &[Word<'_>], at: usize) -> Option<(String, usize)> {
    let (text, length) = match words[at].lower.len() {
        10 => (words[at].lower.to_owned(), 1),
        4 => run(words, at, 5),
        _ => return None,
    };
    let text = text.replace('/', "-");
    let real = || text.parse::<jiff::civil::Date>().is_ok();
    (shaped(&text, "9999-99-99") && real()).then_some((text, length))
}

fn slash_date(words: &[Word<'_>], at: usize) -> Option<(String, usize)> {
    let word = words[at].lower;
    if !word.as_bytes().first().is_some_and(u8::is_ascii_digit) || word.len() > 10 {
        return None;
    }
    let (text, length) = if word.contains('/') { (word.to_owned(), 1) } else { run(words, at, 5) };
    let shapes = ["99/99/9999", "9/9/9999", "9/99/9999", "99/9/9999", "99.99.9999", "9.9.9999"];
    shapes.iter().any(|s| shaped(&text, s)).then_some((text, length))
}

/// `10:15`, `10.15am`, `9 p.m.` as `HH:MM`.
fn clock(words: &[Word<'_>], at: usize) -> Option<(String, usize)> {
    let word = words[at].lower;
    if !word.as_bytes().first().is_some_and(u8::is_ascii_digit) || word.len() > 9 {
        return None;
    }
    let split = word.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.')));
    let (digits, half) = word.split_at(split.unwrap_or(word.len()));
    let digits = digits.trim_end_matches('.');
    let (half, length) = match (half, words.get(at + 1)) {
        ("", Some(next)) if half_of_day(next.lower).is_some() => (next.lower, 2),
        (half, _) => (half, 1),
    };
    let half = match half {
        "" => None,
        half => Some(half_of_day(half)?),
    };
    let (hour, minute) = match digits.split_once([':', '.']) {
        Some((hour, minute)) if minute.len() == 2 => (hour, minute.parse::<u32>().ok()?),
        Some(_) => return None,
        None if half.is_some() => (digits, 0),
        None => return None,
    };
    // "10.15" without a half of the day is a number.
    if half.is_none() && !digits.contains(':') {
        return None;
    }
    let hour: u32 = hour.parse().ok()?;
    let hour = match half {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(afternoon) => hour % 12 + if afternoon { 12 } else { 0 },
        None => hour,
    };
    (hour < 24 && minute < 60).then(|| (format!("{hour:02}:{minute:02}"), length))
}

fn half_of_day(word: &str) -> Option<bool> {
    match word {
        "am" | "a.m." | "a.m" => Some(false),
        "pm" | "p.m." | "p.m" => Some(true),
        _ => None,
    }
}

/// `1990s`, `the '90s`, `the nineties` as `199`. "in his 30s" is an age.
fn decade(words: &[Word<'_>], at: usize) -> Option<(String, usize)> {
    let word = words[at].lower;
    let before = at.checked_sub(1).map(|b| words[b].lower);
    let owned =
        |w: &Word<'_>| matches!(w.lower, "his" | "her" | "their" | "my" | "our" | "your" | "its");
    let part = |w: &Word<'_>| matches!(w.lower, "early" | "late" | "mid" | "-");
    if words[..at].iter().rev().find(|w| !part(w)).is_some_and(owned) {
        return None;
    }
    let the = matches!(before, Some("the" | "early" | "late" | "mid" | "-" | "'" | "’" | "‘"));
    let short = |digits: &str| {
        let tens = digits.strip_suffix('0')?;
        (tens.len() == 1 && tens != "0").then(|| format!("19{tens}"))
    };
    if let Some(digits) = word.strip_suffix("'s").or_else(|| word.strip_suffix('s')) {
        if digits.len() == 4 && digits.ends_with('0') && digits.bytes().all(|b| b.is_ascii_digit())
        {
            let decade: u32 = digits[..3].parse().ok()?;
            return (150..=210).contains(&decade).then(|| (decade.to_string(), 1));
        }
        let marked = digits.strip_prefix(['\'', '’', '‘']);
        if let Some(digits) = marked.or_else(|| the.then_some(digits))
            && digits.len() == 2
            && digits.bytes().all(|b| b.is_ascii_digit())
        {
            return short(digits).map(|d| (d, 1));
        }
    }
    let index = DECADES.iter().position(|w| *w == word).filter(|_| the)?;
    Some((format!("19{}", index + 2), 1))
}
