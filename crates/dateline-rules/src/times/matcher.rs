//! Finding the grammar's patterns in a sentence.

use std::ops::Range;

use dateline_text::Upos;

use super::calendar::{self, Anchor, Context, Direction, Reference, Value};
use super::grammar::{Class, Grammar, Guard, Item, Rule, Term};
use super::numbers;

/// A word of a sentence, as the grammar sees it.
#[derive(Clone, Debug)]
pub(crate) struct Word<'a> {
    pub(crate) text: &'a str,
    pub(crate) lower: String,
    pub(crate) upos: Upos,
    pub(crate) plural: bool,
    /// No space stands before the next word.
    pub(crate) joined: bool,
    /// Part of a person's or an organization's name.
    pub(crate) taken: bool,
}

/// What the classes of a pattern matched.
#[derive(Clone, Debug, Default)]
pub(crate) struct Captures(Vec<(String, String)>);

impl Captures {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// An expression found.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found {
    pub(crate) words: Range<usize>,
    pub(crate) kind: &'static str,
    pub(crate) value: Value,
    pub(crate) modifier: Option<&'static str>,
}

fn is_upper(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_uppercase)
}

/// What expressions are counted from when a sentence begins.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Anchors {
    pub(crate) published: Option<jiff::civil::Date>,
    /// The last date of the sentence before.
    pub(crate) reference: Option<Reference>,
    /// The quarter named last in the article, but for those it is compared with.
    pub(crate) period: Option<Reference>,
    /// Index of the first expression of the sentence before.
    pub(crate) near: usize,
    /// How many expressions the article holds so far.
    pub(crate) count: usize,
}

/// The time expressions of a sentence, left to right, never overlapping. `direction` tells where
/// the verb points that governs the words of a range.
pub(crate) fn find(
    grammar: &Grammar,
    words: &[Word<'_>],
    mut anchors: Anchors,
    direction: impl Fn(&Range<usize>) -> Direction,
) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    let mut free = 0;
    while at < words.len() {
        let Some(Match { end, kind, value, modifier }) =
            longest(grammar, words, at, anchors, &direction)
        else {
            at += 1;
            continue;
        };
        let (start, modifier) = match modifier {
            Some(_) => (at, modifier),
            None => modified(grammar, words, at..end, free, kind),
        };
        let named = value.text.as_deref().filter(|_| kind == "DATE");
        let reference = named.and_then(|v| Reference::new(anchors.count + found.len(), v));
        anchors.reference = reference.or(anchors.reference);
        let compared = matches!(value.anchor, Some(Anchor::Time(_)));
        anchors.period = reference.filter(|r| r.is_quarter() && !compared).or(anchors.period);
        found.push(Found { words: start..end, kind, value, modifier });
        at = end;
        free = end;
    }
    found
}

struct Match {
    end: usize,
    kind: &'static str,
    value: Value,
    /// The modifier that the pattern itself makes.
    modifier: Option<&'static str>,
}

/// The longest match that starts at a word and has a value.
fn longest(
    grammar: &Grammar,
    words: &[Word<'_>],
    at: usize,
    anchors: Anchors,
    direction: &impl Fn(&Range<usize>) -> Direction,
) -> Option<Match> {
    let by_word = grammar.by_word.get(&words[at].lower).into_iter().flatten();
    let by_class = grammar
        .by_class
        .iter()
        .filter(|(class, _)| matched(grammar, class, words, at).is_some())
        .flat_map(|(_, rules)| rules);
    let mut candidates: Vec<usize> = by_word.chain(by_class).copied().collect();
    candidates.sort_unstable();
    candidates.dedup();
    let mut matches = Vec::new();
    for number in candidates {
        let rule = &grammar.rules[number];
        let mut captures = Captures::default();
        let Some(end) = follow(grammar, &rule.items, words, at, &mut captures) else { continue };
        let taken = words[at..end].iter().any(|w| w.taken);
        if !taken && surrounded(rule, words, at, end) && holds(rule, words, at, end) {
            matches.push((end, number, captures));
        }
    }
    matches.sort_by_key(|(end, number, _)| (std::cmp::Reverse(*end), *number));
    matches.into_iter().find_map(|(end, number, captures)| {
        let rule = &grammar.rules[number];
        let Anchors { published, reference, period, near, .. } = anchors;
        let period_near = period.is_some_and(|p| p.time() >= near);
        let direction = direction(&(at..end));
        let context = Context { published, reference, period, period_near, direction };
        let value = calendar::evaluate(&rule.value, &captures, context)?;
        Some(Match { end, kind: rule.kind, value, modifier: rule.modifier })
    })
}

fn surrounded(rule: &Rule, words: &[Word<'_>], start: usize, end: usize) -> bool {
    let is_one = |wanted: &Option<Vec<String>>, word: Option<&Word<'_>>| {
        wanted.as_ref().is_none_or(|list| word.is_some_and(|w| list.contains(&w.lower)))
    };
    is_one(&rule.before, start.checked_sub(1).map(|b| &words[b]))
        && is_one(&rule.after, words.get(end))
}

/// Where the items end if they match from `at` on. Optional items are tried first, then skipped.
fn follow(
    grammar: &Grammar,
    items: &[Item],
    words: &[Word<'_>],
    at: usize,
    captures: &mut Captures,
) -> Option<usize> {
    let Some((item, rest)) = items.split_first() else { return Some(at) };
    let mark = captures.0.len();
    if at < words.len() {
        let length = match &item.term {
            Term::Words(list) => list.contains(&words[at].lower).then_some(1),
            Term::Class { class, name } => {
                matched(grammar, class, words, at).map(|(value, length)| {
                    captures.0.push((name.clone(), value));
                    length
                })
            }
        };
        if let Some(length) = length
            && let Some(end) = follow(grammar, rest, words, at + length, captures)
        {
            return Some(end);
        }
        captures.0.truncate(mark);
    }
    if item.optional { follow(grammar, rest, words, at, captures) } else { None }
}

/// The value of the class at a word and how many words it takes.
fn matched(
    grammar: &Grammar,
    class: &Class,
    words: &[Word<'_>],
    at: usize,
) -> Option<(String, usize)> {
    let word = words[at].lower.as_str();
    let digits = !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    let range = |least: u32, most: u32| {
        let number: u32 = word.parse().ok().filter(|_| digits)?;
        (least..=most).contains(&number).then(|| (number.to_string(), 1))
    };
    match class {
        Class::Year => {
            let figures = (word.len() == 4).then(|| range(1500, 2100)).flatten();
            figures.or_else(|| {
                let window: Vec<&str> =
                    words[at..].iter().take(4).map(|w| w.lower.as_str()).collect();
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
            let mut window: Vec<&str> =
                words[at..].iter().take(8).map(|w| w.lower.as_str()).collect();
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
    let mut text = words[at].lower.clone();
    let mut length = 1;
    while length < most && at + length < words.len() && words[at + length - 1].joined {
        text.push_str(&words[at + length].lower);
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
        10 => (words[at].lower.clone(), 1),
        4 => run(words, at, 5),
        _ => return None,
    };
    let text = text.replace('/', "-");
    let real = || text.parse::<jiff::civil::Date>().is_ok();
    (shaped(&text, "9999-99-99") && real()).then_some((text, length))
}

fn slash_date(words: &[Word<'_>], at: usize) -> Option<(String, usize)> {
    let word = &words[at].lower;
    if !word.as_bytes().first().is_some_and(u8::is_ascii_digit) || word.len() > 10 {
        return None;
    }
    let (text, length) = if word.contains('/') { (word.clone(), 1) } else { run(words, at, 5) };
    let shapes = ["99/99/9999", "9/9/9999", "9/99/9999", "99/9/9999", "99.99.9999", "9.9.9999"];
    shapes.iter().any(|s| shaped(&text, s)).then_some((text, length))
}

/// `10:15`, `10.15am`, `9 p.m.` as `HH:MM`.
fn clock(words: &[Word<'_>], at: usize) -> Option<(String, usize)> {
    let word = words[at].lower.as_str();
    if !word.as_bytes().first().is_some_and(u8::is_ascii_digit) || word.len() > 9 {
        return None;
    }
    let split = word.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.')));
    let (digits, half) = word.split_at(split.unwrap_or(word.len()));
    let digits = digits.trim_end_matches('.');
    let (half, length) = match (half, words.get(at + 1)) {
        ("", Some(next)) if half_of_day(&next.lower).is_some() => (next.lower.as_str(), 2),
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
    let word = words[at].lower.as_str();
    let before = at.checked_sub(1).map(|b| words[b].lower.as_str());
    let owned = |w: &Word<'_>| {
        matches!(w.lower.as_str(), "his" | "her" | "their" | "my" | "our" | "your" | "its")
    };
    let part = |w: &Word<'_>| matches!(w.lower.as_str(), "early" | "late" | "mid" | "-");
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
    const WRITTEN: &[&str] = &[
        "twenties",
        "thirties",
        "forties",
        "fifties",
        "sixties",
        "seventies",
        "eighties",
        "nineties",
    ];
    let index = WRITTEN.iter().position(|w| *w == word).filter(|_| the)?;
    Some((format!("19{}", index + 2), 1))
}

fn holds(rule: &Rule, words: &[Word<'_>], start: usize, end: usize) -> bool {
    let Some(guard) = rule.guard else { return true };
    let (first, last, next) = (&words[start], &words[end - 1], words.get(end));
    let nominal = |w: &Word<'_>| matches!(w.upos, Upos::Noun | Upos::Propn);
    let verbal = |w: &Word<'_>| matches!(w.upos, Upos::Verb | Upos::Aux | Upos::Adp | Upos::Sconj);
    match guard {
        Guard::Capital => is_upper(first.text) && !is_titled(words, start),
        // "the song Yesterday"
        Guard::Small => start == 0 || !is_upper(first.text) || is_headline(words),
        Guard::Lower => {
            let named = next.is_some_and(|n| is_upper(n.text));
            !named && (start == 0 || !is_upper(first.text))
        }
        Guard::Noun => nominal(first) || nominal(last),
        Guard::Adverb => first.upos == Upos::Adv,
        Guard::Month => is_upper(first.text) && !verbal(first) && !is_titled(words, start),
        Guard::DayMonth => is_upper(last.text) && !verbal(last),
        Guard::Year => is_year(words, end - 1, end),
        Guard::Season => !next.is_some_and(|n| nominal(n) || n.text == "-"),
        Guard::Length => {
            const BEFORE: &[&str] = &[
                "for", "in", "within", "over", "after", "about", "nearly", "almost", "than",
                "least", "around", "took", "spent", "lasted", "lasting", "takes", "take", "under",
                "just",
            ];
            start > 0 && BEFORE.contains(&words[start - 1].lower.as_str())
        }
        Guard::NotOld => {
            let old =
                |w: Option<&Word<'_>>| w.is_some_and(|w| w.lower == "old" || w.lower == "olds");
            let behind =
                if next.is_some_and(|n| n.lower == "-") { words.get(end + 1) } else { next };
            // "60 Minutes", "the Six-Day War"
            let titled = is_upper(last.text) && end > 1 && !is_headline(words);
            !old(behind) && !titled
        }
        Guard::NotAs => {
            let beside = |w: Option<&Word<'_>>, list: &[&str]| {
                w.is_some_and(|w| list.contains(&w.lower.as_str()))
            };
            first.upos == Upos::Adv
                && !beside(start.checked_sub(1).map(|b| &words[b]), &["as", "how", "too"])
                && !beside(next, &["as", "after", "before", "enough"])
        }
    }
}

/// Whether a word is somebody's name: "Mr August".
fn is_titled(words: &[Word<'_>], at: usize) -> bool {
    const TITLES: &[&str] =
        &["mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss", "dr", "dr.", "sir", "lady", "lord"];
    at > 0 && TITLES.contains(&words[at - 1].lower.as_str())
}

/// Whether capitals tell nothing of a word: every longer word begins with one.
fn is_headline(words: &[Word<'_>]) -> bool {
    let small = |w: &Word<'_>| w.text.len() > 4 && w.text.chars().all(char::is_lowercase);
    !words.iter().any(small)
}

/// Whether four digits are a year and not a count, a sum or a part of a longer number.
fn is_year(words: &[Word<'_>], start: usize, end: usize) -> bool {
    const LEADS: &[&str] = &[
        "in", "since", "until", "till", "by", "from", "during", "before", "after", "of", "early",
        "late", "mid", "between", "year", "spring", "summer", "autumn", "fall", "winter", "the",
        "circa", "through", "fiscal", "back",
    ];
    const MEASURES: &[&str] = &[
        "people",
        "men",
        "women",
        "children",
        "percent",
        "per",
        "%",
        "dollars",
        "euros",
        "pounds",
        "yen",
        "km",
        "kilometres",
        "kilometers",
        "miles",
        "metres",
        "meters",
        "feet",
        "points",
        "kg",
        "tonnes",
        "tons",
        "million",
        "billion",
        "thousand",
        "hundred",
        "hours",
        "days",
        "years",
        "minutes",
        "seconds",
        "gmt",
        "hrs",
        "m",
        "mph",
        "cc",
        "calories",
        "words",
    ];
    // Years in words are no counts.
    let Ok(year) = words[start].lower.parse::<u32>() else { return true };
    let previous = start.checked_sub(1).map(|p| &words[p]);
    let next = words.get(end);
    if next.is_some_and(|n| MEASURES.contains(&n.lower.as_str())) {
        return false;
    }
    let figures = |w: Option<&Word<'_>>, lengths: &[usize]| {
        w.is_some_and(|w| {
            lengths.contains(&w.lower.len()) && w.lower.bytes().all(|b| b.is_ascii_digit())
        })
    };
    let dash = |w: &Word<'_>| matches!(w.lower.as_str(), "-" | "–" | "/");
    if let Some(p) = previous {
        // "Blade Runner 2049", "Windows 2000"
        if p.upos == Upos::Propn && start > 1 && p.text.chars().all(char::is_alphabetic) {
            return false;
        }
        if matches!(
            p.lower.as_str(),
            "$" | "£"
                | "€"
                | "¥"
                | "#"
                | "+"
                | "no."
                | "number"
                | "page"
                | "room"
                | "flight"
                | "route"
                | "windows"
                | "about"
                | "some"
                | "nearly"
                | "almost"
                | "approximately"
                | "least"
                | "than"
                | "only"
                | "at"
                | "tel"
                | "phone"
        ) {
            return false;
        }
        if p.joined
            && dash(p)
            && start > 1
            && !figures(Some(&words[start - 2]), &[4])
            && words[start - 2].text.chars().any(|c| c.is_ascii_digit())
        {
            return false;
        }
        if p.joined && matches!(p.lower.as_str(), "." | ":" | "," | "@") {
            return false;
        }
    }
    if words[end - 1].joined
        && next.is_some_and(dash)
        && words.get(end + 1).is_some_and(|w| w.text.chars().any(|c| c.is_ascii_digit()))
        && !figures(words.get(end + 1), &[2, 4])
    {
        return false;
    }
    let counts = next.is_some_and(|n| n.plural && matches!(n.upos, Upos::Noun));
    let led = previous.is_some_and(|p| LEADS.contains(&p.lower.as_str()));
    let likely = (1950..2050).contains(&year) && !year.is_multiple_of(100);
    if counts && !(led && (1900..2050).contains(&year)) && !likely {
        return false;
    }
    led || likely
        || next.is_none_or(|n| !matches!(n.upos, Upos::Noun | Upos::Adj))
        || (1900..2050).contains(&year)
}

/// The start of an expression and its modifier, with the words of the modifier in front.
fn modified(
    grammar: &Grammar,
    words: &[Word<'_>],
    matched: Range<usize>,
    free: usize,
    kind: &str,
) -> (usize, Option<&'static str>) {
    let start = matched.start;
    let ago = words[matched.end - 1].lower == "ago";
    let fits = |modifier: &str, phrase: &[String]| {
        let part = matches!(modifier, "START" | "MID" | "END");
        match kind {
            // "over the past 50 years" is no more than fifty.
            "DURATION" => !part && words[start].lower != "the",
            "SET" | "TIME" => false,
            // "nearly two years ago"
            _ if ago => !part,
            _ => part || phrase.iter().any(|w| matches!(w.as_str(), "around" | "circa")),
        }
    };
    for (phrase, modifier) in &grammar.modifiers {
        let Some(from) = start.checked_sub(phrase.len()).filter(|f| *f >= free) else { continue };
        let same = words[from..start].iter().zip(phrase).all(|(w, p)| w.lower == *p);
        if same && fits(modifier, phrase) {
            let article = from > free && words[from - 1].lower == "the";
            return (if article { from - 1 } else { from }, Some(modifier));
        }
    }
    // "early in the 1990s", "the end of the year": the article stands between.
    (start, None)
}
