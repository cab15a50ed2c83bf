//! Underspecified dates: which "Monday", "March", "third quarter" or "winter" is meant, by where the
//! verb points and by what is nearest to the publication date.

use jiff::civil::{Date, Weekday};

use super::shift::{plus, week};
use super::{Direction, date};

/// The day nearest to the publication date in the direction of the verb; where nothing tells, the
/// nearest on either side.
pub(super) fn day_near(
    published: Date,
    month: i32,
    day: i32,
    direction: Direction,
) -> Option<String> {
    nearest(published, |year| date(year, month, day), direction)
}

/// A verb takes a day of the calendar no further than this the other way round the year: who
/// writes "November 9" in late October means the one that comes, though it "was set for" then.
const FAR: i32 = 270;

/// The nearest of the days that a yearly date falls on.
pub(super) fn nearest(
    published: Date,
    in_year: impl Fn(i32) -> Option<Date>,
    direction: Direction,
) -> Option<String> {
    let year = i32::from(published.year());
    // Eight years hold a leap day even around 1900 and 2100.
    let before = (0..=8).filter_map(|n| in_year(year - n)).find(|d| *d <= published);
    let after = (0..=8).filter_map(|n| in_year(year + n)).find(|d| *d >= published);
    let days = |left: Date, right: Date| left.until(right).map_or(i32::MAX, |s| s.get_days());
    let chosen = match (before, after) {
        (Some(before), Some(after)) => {
            let (back, ahead) = (days(before, published), days(published, after));
            let later = match direction {
                Direction::Past => back > FAR && ahead < 365 - FAR,
                Direction::Future => !(ahead > FAR && back < 365 - FAR),
                Direction::Open => ahead < back,
            };
            Some(if later { after } else { before })
        }
        (before, after) => before.or(after),
    };
    chosen.map(|d| d.to_string())
}

/// The nth such weekday of a month; the last for 5.
pub(super) fn nth_weekday(year: i32, month: i32, weekday: i32, nth: i32) -> Option<Date> {
    let weekday = Weekday::from_monday_one_offset(i8::try_from(weekday).ok()?).ok()?;
    let nth = i8::try_from(nth).ok()?;
    date(year, month, 1)?.nth_weekday_of_month(if nth >= 5 { -1 } else { nth }, weekday).ok()
}

pub(super) fn weekday_of(
    published: Date,
    which: &str,
    weekday: i32,
    direction: Direction,
) -> Option<String> {
    let weekday = Weekday::from_monday_one_offset(i8::try_from(weekday).ok()?).ok()?;
    let back = i32::from(published.weekday().since(weekday));
    let ahead = i32::from(published.weekday().until(weekday));
    let monday = -i32::from(published.weekday().to_monday_zero_offset());
    let in_week = monday + i32::from(weekday.to_monday_zero_offset());
    let days = match (which, direction) {
        ("near", Direction::Future) => ahead,
        ("near", _) | ("this", Direction::Past) => -back,
        ("last", _) => -(if back == 0 { 7 } else { back }),
        ("next", _) => {
            if ahead == 0 {
                7
            } else {
                ahead
            }
        }
        ("last_week", _) => in_week - 7,
        ("next_week", _) => in_week + 7,
        ("this_week", _) => in_week,
        _ => ahead,
    };
    plus(published, days).map(|d| d.to_string())
}

pub(super) fn weekend(published: Date, which: &str, direction: Direction) -> Option<String> {
    let today = i32::from(published.weekday().to_monday_zero_offset());
    let on = today >= 5;
    let weeks = match (which, direction) {
        ("last", _) => -1,
        ("next", _) => 1,
        ("this", Direction::Past) | ("near", Direction::Past | Direction::Open) if !on => -1,
        _ => 0,
    };
    plus(published, weeks * 7).map(|d| format!("{}-WE", week(d)))
}

pub(super) fn month_near(published: Date, month: i32, direction: Direction) -> String {
    let (year, now) = (i32::from(published.year()), i32::from(published.month()));
    let year = match direction {
        Direction::Future if month < now => year + 1,
        Direction::Past if month > now => year - 1,
        // Where nothing tells, the nearest.
        Direction::Open if month - now > 5 => year - 1,
        Direction::Open if now - month > 6 => year + 1,
        _ => year,
    };
    format!("{year:04}-{month:02}")
}

pub(super) fn month_of(published: Date, which: &str, month: i32) -> String {
    let (year, now) = (i32::from(published.year()), i32::from(published.month()));
    let year = match which {
        "last" if month >= now => year - 1,
        "next" if month <= now => year + 1,
        "last_year" | "next_year" => year_of(published, which),
        _ => year,
    };
    format!("{year:04}-{month:02}")
}

pub(super) fn quarter_near(published: Date, quarter: i32, direction: Direction) -> String {
    let (year, now) = (i32::from(published.year()), (i32::from(published.month()) - 1) / 3 + 1);
    // Results of the quarter that has just ended are still awaited.
    let ended = if now == 1 { 4 } else { now - 1 };
    let year = match direction {
        _ if quarter == ended => year - i32::from(now == 1),
        Direction::Future if quarter < now => year + 1,
        Direction::Past | Direction::Open if quarter > now => year - 1,
        _ => year,
    };
    format!("{year:04}-Q{quarter}")
}

pub(super) fn year_less(quarter: &str) -> Option<String> {
    let (year, rest) = quarter.split_once('-')?;
    Some(format!("{:04}-{rest}", year.parse::<i32>().ok()? - 1))
}

pub(super) fn year_of(published: Date, which: &str) -> i32 {
    i32::from(published.year())
        + match which {
            "last_year" => -1,
            "next_year" => 1,
            _ => 0,
        }
}

/// The first month of a season in the northern year.
fn season_start(season: &str) -> i32 {
    match season {
        "SP" => 3,
        "SU" => 6,
        "FA" => 9,
        _ => 12,
    }
}

pub(super) fn season_of(
    published: Date,
    which: &str,
    season: &str,
    direction: Direction,
) -> String {
    let start = season_start(season);
    let month = i32::from(published.year()) * 12 + i32::from(published.month());
    let starts = |year: i32| year * 12 + start;
    let year = i32::from(published.year());
    let latest = |ended: bool| {
        let over = if ended { 3 } else { 0 };
        (year - 2..=year).rev().find(|&y| starts(y) + over <= month).unwrap_or(year - 1)
    };
    let year = match (which, direction) {
        ("last", _) => latest(true),
        ("next", _) => (year..=year + 1).find(|&y| starts(y) > month).unwrap_or(year + 1),
        ("this", _) if season == "WI" && i32::from(published.month()) < 3 => year - 1,
        ("this", _) => year,
        (_, Direction::Future) => {
            (year - 1..=year + 1).find(|&y| starts(y) + 2 >= month).unwrap_or(year)
        }
        _ => latest(false),
    };
    format!("{year:04}-{season}")
}
