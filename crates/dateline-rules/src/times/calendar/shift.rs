//! Units of time counted from a day: the day, week, month, quarter, year or decade so far from it.

use jiff::Span;
use jiff::civil::Date;

/// The unit of time that lies `by` units from the publication date's.
pub(super) fn shifted(base: Option<Date>, unit: &str, by: i32) -> Option<String> {
    let moved = |published: Date| -> Option<String> {
        let months = |by: i32| {
            let count = i32::from(published.year()) * 12 + i32::from(published.month()) - 1 + by;
            let (year, month) = (count.div_euclid(12), count.rem_euclid(12) + 1);
            (0..=9999).contains(&year).then_some((year, month))
        };
        let year = i32::from(published.year());
        match unit {
            "D" => plus(published, by).map(|d| d.to_string()),
            "W" => plus(published, by.checked_mul(7)?).map(week),
            "FN" => plus(published, by.checked_mul(14)?).map(week),
            "M" => months(by).map(|(y, m)| format!("{y:04}-{m:02}")),
            "Q" => months(by.checked_mul(3)?).map(|(y, m)| format!("{y:04}-Q{}", (m - 1) / 3 + 1)),
            "Y" => in_era(year.checked_add(by)?).map(|y| format!("{y:04}")),
            "DE" => in_era(year.div_euclid(10).checked_add(by)?).map(|d| format!("{d:03}")),
            // "a decade ago" is ten years ago, unlike "the last decade".
            "10Y" => in_era(year.checked_add(by.checked_mul(10)?)?).map(|y| format!("{y:04}")),
            "CE" => in_era(year.div_euclid(100).checked_add(by)?).map(|c| format!("{c:02}")),
            _ => None,
        }
    };
    base.and_then(moved)
}

pub(super) fn plus(base: Date, days: i32) -> Option<Date> {
    // `days.days()` would panic where there is no such span.
    base.checked_add(Span::new().try_days(days).ok()?).ok()
}

pub(super) fn week(date: Date) -> String {
    let iso = date.iso_week_date();
    format!("{:04}-W{:02}", iso.year(), iso.week())
}

fn in_era(year: i32) -> Option<i32> {
    (0..=9999).contains(&year).then_some(year)
}

/// The unit that stretches of time are counted off in.
pub(super) fn years(unit: &str) -> &str {
    if unit == "DE" { "10Y" } else { unit }
}

pub(super) fn count(text: &str) -> Option<i32> {
    text.parse::<f64>()
        .ok()
        .filter(|n| n.fract() == 0.0 && n.abs() < 10_000.0)?
        .to_string()
        .parse()
        .ok()
}
