//! The publication date: told by the caller, by metadata, or read from the article's furniture.

use dateline_text::{Span, ZoneKind};
use jiff::civil::Date;
use regex::{Regex, RegexBuilder};

use super::TimeRules;
use super::order::{Order, Orders};
use crate::Options;
use crate::data::{RuleError, Source};
use crate::reading::{PublishedFact, Reading};

/// A body zone so long is a paragraph of the story.
const PARAGRAPH_CHARS: usize = 80;
/// A pattern may have so many bytes with all that it names: names of names grow without end.
const MAX_PATTERN: usize = 100_000;
const FILE: &str = "published.tsv";
const SOURCES: &[&str] = &["wire id", "dateline", "byline", "furniture"];

/// Where an article states its date.
#[derive(Debug)]
pub(crate) struct Patterns {
    rows: Vec<Pattern>,
    /// Headings below the story under which other articles and readers have their own dates.
    stops: Vec<Regex>,
    /// Lines that state no date but by a word that says so.
    nevers: Vec<Regex>,
}

#[derive(Debug)]
struct Pattern {
    source: &'static str,
    place: Place,
    regex: Regex,
}

/// What part of the page a pattern is looked for in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Dateline,
    Byline,
    /// Furniture above the second paragraph of the story; the first may be a deck.
    Head,
    /// The same, if no other line states another date.
    Line,
    /// Furniture down to the first heading over something else.
    Story,
    /// Furniture anywhere.
    Page,
}

impl Patterns {
    pub(crate) fn load(source: &Source) -> Result<Patterns, RuleError> {
        let mut names: Vec<(String, String)> = Vec::new();
        let (mut rows, mut stops, mut nevers) = (Vec::new(), Vec::new(), Vec::new());
        for (line, row) in source.rows(FILE)? {
            let fault = |problem: String| RuleError::new(FILE, line, problem);
            let [first, second, pattern] = row.as_slice() else {
                let problem = format!("expected 3 columns between tabs, found {}", row.len());
                return Err(fault(problem));
            };
            let mut pattern = pattern.clone();
            for (name, value) in &names {
                let length = pattern.len() + pattern.matches(name).count() * value.len();
                if length > MAX_PATTERN {
                    let problem = format!("the pattern has more than {MAX_PATTERN} bytes");
                    return Err(fault(problem));
                }
                pattern = pattern.replace(name, value);
            }
            if first == "let" {
                names.push((format!("%{second}%"), pattern));
                continue;
            }
            let regex = RegexBuilder::new(&pattern).case_insensitive(true).build();
            let regex = regex.map_err(|error| fault(error.to_string()))?;
            if first == "stop" {
                stops.push(regex);
                continue;
            }
            if first == "never" {
                nevers.push(regex);
                continue;
            }
            let known = SOURCES.iter().find(|s| *s == first);
            let source = known.ok_or_else(|| fault(format!("unknown source {first:?}")))?;
            let place = match second.as_str() {
                "dateline" => Place::Dateline,
                "byline" => Place::Byline,
                "head" => Place::Head,
                "line" => Place::Line,
                "furniture" => Place::Story,
                "page" => Place::Page,
                _ => return Err(fault(format!("no date is read from {second:?}"))),
            };
            let has = |group: &&str| regex.capture_names().any(|name| name == Some(group));
            let groups = if has(&"a") { ["y", "a", "b"] } else { ["y", "m", "d"] };
            if let Some(group) = groups.iter().find(|group| !has(group)) {
                return Err(fault(format!("the pattern has no group {group}")));
            }
            rows.push(Pattern { source, place, regex });
        }
        Ok(Patterns { rows, stops, nevers })
    }

    /// How far, counted in zones, the furniture of each place reaches.
    fn reach(&self, zones: &[(ZoneKind, usize, &str)]) -> (usize, usize) {
        // A short one may be a caption that was taken for a part of the story.
        let body = |zone: &(ZoneKind, usize, &str)| {
            zone.0 == ZoneKind::Body && zone.2.chars().nth(PARAGRAPH_CHARS).is_some()
        };
        let first = zones.iter().position(|zone| zone.0 == ZoneKind::Body);
        let first = first.unwrap_or(zones.len());
        let mut bodies = (0..zones.len()).filter(|&index| body(&zones[index]));
        let long = bodies.next();
        let head = match long {
            Some(_) => bodies.next().unwrap_or(zones.len()),
            None => (first..zones.len())
                .find(|at| zones[*at].0 == ZoneKind::Furniture)
                .unwrap_or(zones.len()),
        };
        let stop = (long.unwrap_or(first)..zones.len()).find(|&index| {
            let (kind, _, text) = zones[index];
            kind == ZoneKind::Furniture && self.stops.iter().any(|stop| stop.is_match(text))
        });
        let story = stop.unwrap_or(zones.len());
        (head.min(story), story)
    }

    /// The first date that an article's zones state, with its source.
    fn search(&self, zones: &[(ZoneKind, usize, &str)]) -> Option<PublishedFact> {
        let (head, story) = self.reach(zones);
        let order = Orders::of(zones.iter().map(|zone| zone.2));
        self.rows.iter().find_map(|pattern| {
            let (kind, limit) = match pattern.place {
                Place::Dateline => (ZoneKind::Dateline, zones.len()),
                Place::Byline => (ZoneKind::Byline, zones.len()),
                Place::Head | Place::Line => (ZoneKind::Furniture, head),
                Place::Story => (ZoneKind::Furniture, story),
                Place::Page => (ZoneKind::Furniture, zones.len()),
            };
            let loose = pattern.place == Place::Line;
            let never = |text: &str| loose && self.nevers.iter().any(|never| never.is_match(text));
            let zones = zones[..limit].iter().filter(|zone| zone.0 == kind && !never(zone.2));
            let mut facts = zones.flat_map(|&(_, start, text)| {
                pattern.regex.captures_iter(text).filter_map(move |found| {
                    let (year, first, second) = match (found.name("a"), found.name("b")) {
                        (Some(a), Some(b)) => (found.name("y")?, a, b),
                        _ => (found.name("y")?, found.name("d")?, found.name("m")?),
                    };
                    let mark = found.name("mark").map(|mark| mark.as_str());
                    let (day, month) = match mark.map(|mark| order.of_mark(mark)) {
                        None | Some(Some(Order::DayFirst)) => (first, second),
                        Some(Some(Order::MonthFirst)) => (second, first),
                        Some(None) => return None,
                    };
                    let date = date(year.as_str(), month.as_str(), day.as_str())?;
                    let from = year.start().min(month.start()).min(day.start());
                    let to = year.end().max(month.end()).max(day.end());
                    let span = Some(Span::new(start + from, start + to));
                    Some(PublishedFact { date, source: pattern.source, span })
                })
            });
            let fact = facts.next()?;
            let other = loose && facts.any(|other| other.date != fact.date);
            (!other).then_some(fact)
        })
    }
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    let month = match month.parse::<i8>() {
        Ok(month) => month,
        Err(_) => month_named(month)?,
    };
    let year = match (year.len(), year.parse::<i16>().ok()?) {
        // Two digits: no article is of the years to come.
        (2, year @ 50..) => 1900 + year,
        (2, year) => 2000 + year,
        (_, year) => year,
    };
    Date::new(year, month, day.parse().ok()?).ok()
}

fn month_named(name: &str) -> Option<i8> {
    const MONTHS: &[&str] =
        &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let start = name.get(..3)?.to_lowercase();
    let index = MONTHS.iter().position(|m| *m == start)?;
    i8::try_from(index + 1).ok()
}

/// A date as metadata states it: ISO 8601 date or date-time, or RFC 2822.
pub(crate) fn parse(text: &str) -> Option<Date> {
    let text = text.trim();
    if let Some(head) = text.get(..10)
        && let Ok(date) = head.parse::<Date>()
        && text[10..].chars().next().is_none_or(|c| matches!(c, 'T' | 't' | ' '))
    {
        return Some(date);
    }
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        return date(&text[..4], &text[4..6], &text[6..]);
    }
    // RFC 2822: [Mon,] 22 Jul 2024 10:00:00 +0000
    let rest = text.split_once(',').map_or(text, |(_, rest)| rest);
    let mut words = rest.split_whitespace();
    let (day, month, year) = (words.next()?, words.next()?, words.next()?);
    let named = month.len() >= 3 && month.chars().all(char::is_alphabetic);
    if named && year.len() == 4 && day.len() <= 2 { date(year, month, day) } else { None }
}

/// Sets [`Reading::published`]; never today's date, never a guess.
pub(crate) fn find(reading: &mut Reading<'_>, rules: &TimeRules, options: &Options) {
    if let Some(date) = options.published {
        reading.published = Some(PublishedFact { date, source: "argument", span: None });
        return;
    }
    if let Some(stated) = &reading.article.published {
        match parse(stated) {
            Some(date) => {
                reading.published = Some(PublishedFact { date, source: "metadata", span: None });
                return;
            }
            None => reading.warnings.push(format!("published: {stated:?} is not a date")),
        }
    }
    let zones = reading.text.zones().iter();
    let zones = zones.map(|z| (z.kind, z.span.start, reading.text.surface(z.span)));
    reading.published = rules.published.search(&zones.collect::<Vec<_>>());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_other_articles_are_left_alone() {
        use ZoneKind::{Body, Furniture, Title};
        let patterns = Patterns::load(&Source::builtin()).unwrap();
        let found = |page: &[(ZoneKind, &str)]| {
            let zones: Vec<_> = page.iter().map(|&(kind, text)| (kind, 0, text)).collect();
            patterns.search(&zones).map(|fact| fact.date.to_string())
        };
        let story = [(Title, "Storm"), (Body, "It came."), (Body, "It went.")];
        let page = |more: &[(ZoneKind, &'static str)]| [&story, more].concat();
        assert_eq!(found(&page(&[(Furniture, "4 March 2025")])), None);
        let stated = (Furniture, "Published: 4 March 2025");
        assert_eq!(found(&page(&[stated])).as_deref(), Some("2025-03-04"));
        assert_eq!(found(&page(&[(Furniture, "Related stories"), stated])), None);
        assert_eq!(found(&page(&[(Furniture, "3 comments"), stated])), None);
        let both = [(Furniture, "Updated: 5 March 2025"), stated];
        assert_eq!(found(&page(&both)).as_deref(), Some("2025-03-04"));
        assert_eq!(found(&page(&both[..1])).as_deref(), Some("2025-03-05"));
    }

    #[test]
    fn patterns_do_not_grow_without_end() {
        let lets = (1..40).map(|n| format!("let\tA{n}\t%A{}%%A{}%\n", n - 1, n - 1));
        let rows = format!("let\tA0\txxxxxxxx\n{}", lets.collect::<String>());
        let dir = std::env::temp_dir().join(format!("dateline-published-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        std::fs::write(dir.join(FILE), rows).unwrap();
        let error = Patterns::load(&Source::overlay(&dir).unwrap()).unwrap_err();
        std::fs::remove_dir_all(dir).unwrap();
        assert_eq!(error.to_string(), "published.tsv:15: the pattern has more than 100000 bytes");
    }

    #[test]
    fn metadata() {
        for (text, expected) in [
            ("2024-07-22", Some("2024-07-22")),
            ("2024-07-22T10:15:00Z", Some("2024-07-22")),
            ("2024-07-22 10:15", Some("2024-07-22")),
            ("2024-02-30", None),
            ("20240722", Some("2024-07-22")),
            ("Mon, 22 Jul 2024 10:15:00 +0000", Some("2024-07-22")),
            ("22 July 2024", Some("2024-07-22")),
            ("yesterday", None),
            ("2024", None),
            ("", None),
            ("2024-07-221", None),
            ("éééééééééé", None),
        ] {
            assert_eq!(parse(text).map(|d| d.to_string()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn stated_in_the_text() {
        use ZoneKind::{Byline, Dateline, Furniture};
        let patterns = Patterns::load(&Source::builtin()).unwrap();
        for (zone, text, expected) in [
            (Furniture, "NEWSX23072024000045015687ID1108471425", Some(("2024-07-23", "wire id"))),
            (Furniture, "ABCD20240229000045", Some(("2024-02-29", "wire id"))),
            (Furniture, "ABCD30022024000045", None),
            (Furniture, "Published: 23 July 2024", Some(("2024-07-23", "furniture"))),
            (
                Furniture,
                "Updated 10:15 GMT, Tuesday, 4 March 2025",
                Some(("2025-03-04", "furniture")),
            ),
            (Furniture, "Last updated: March 4th, 2025", Some(("2025-03-04", "furniture"))),
            (Furniture, "Posted on 2025-03-04T10:00:00Z", Some(("2025-03-04", "furniture"))),
            (Furniture, "Tuesday, 4 March 2025", Some(("2025-03-04", "furniture"))),
            (Furniture, "Issued on: 14/09/2023 - 08:32", Some(("2023-09-14", "furniture"))),
            (Furniture, "Posted: 23/03/25 14:07", Some(("2025-03-23", "furniture"))),
            (Furniture, "Posted: 3/23/25", Some(("2025-03-23", "furniture"))),
            (Furniture, "Posted: 03/04/25 14:07", None),
            (Furniture, "Published: 03/04/2025", None),
            (Furniture, "ABC-20240722-0418 | LUND | EN", Some(("2024-07-22", "wire id"))),
            (Furniture, "AP-NY-03-14-94 1822EST<", Some(("1994-03-14", "wire id"))),
            (Furniture, "Tue 4 Mar 2025 06.00 CET", Some(("2025-03-04", "furniture"))),
            (Furniture, "The Example | 4 March 2025", Some(("2025-03-04", "furniture"))),
            (Furniture, "05:12, 4 Mar 2025", Some(("2025-03-04", "furniture"))),
            (Furniture, "All Ports 15:04 March 4, 2025", Some(("2025-03-04", "furniture"))),
            (Furniture, "Port Release  4-Mar-2025", Some(("2025-03-04", "furniture"))),
            (
                Furniture,
                "LUNDE NEWS - Mar 4, 2025 - 16:40 | Ports",
                Some(("2025-03-04", "furniture")),
            ),
            (Furniture, "04.03.2025 - Update : 13.03.2025", Some(("2025-03-04", "furniture"))),
            (Furniture, "ÅLX 20250304F01288 · Lund · 2 min", Some(("2025-03-04", "wire id"))),
            (Furniture, "A pilot oils the clock Tuesday, March 4, 2025. Eva Holm/Courier", None),
            (Furniture, "Forecast: 4 March 2025", None),
            (Furniture, "Storm closes port, 4 March 2025", None),
            (Furniture, "© 2024 Example News", None),
            (Furniture, "Copyright 4 March 2025", None),
            (Furniture, "Read more about the March 4, 2025 vote", None),
            (Furniture, "Call 0207 946 20240101", None),
            (Dateline, "GENEVA, July 22 (XYZ) —", None),
            (Dateline, "GENEVA, July 22, 2024 (XYZ) —", Some(("2024-07-22", "dateline"))),
            (Dateline, "GENEVA, 22 Jul. 2024 —", Some(("2024-07-22", "dateline"))),
            (Byline, "By Jane Doe, 1 May 2023", Some(("2023-05-01", "byline"))),
            (Byline, "By Jane Doe", None),
        ] {
            let found = patterns.search(&[(zone, 0, text)]);
            let found = found.map(|f| (f.date.to_string(), f.source));
            let expected = expected.map(|(date, source)| (date.to_owned(), source));
            assert_eq!(found, expected, "{text}");
        }
    }
}
