//! The calendar's functions: what an expression means on a given day.

use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::grammar::Expr;
use super::matcher::Captures;

/// Where the verb that governs an expression points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Past,
    Future,
    /// Nothing tells.
    Open,
}

/// What values are counted from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context {
    pub(crate) published: Option<Date>,
    /// The date named last before the expression.
    pub(crate) reference: Option<Reference>,
    /// The quarter that the article reports of.
    pub(crate) period: Option<Reference>,
    /// That quarter was named in this sentence or the one before.
    pub(crate) period_near: bool,
    pub(crate) direction: Direction,
}

/// A date that later expressions are counted from: "on Monday … a day earlier".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reference {
    /// Index of its expression in the article.
    pub(crate) time: usize,
    /// Its first day.
    date: Date,
    grain: Grain,
}

/// How exactly a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Grain {
    Day,
    Month,
    Quarter,
    Year,
}

impl Reference {
    /// The reference that a TIMEX3 value makes (`2024-12-02`, `2024-12`, `2024-Q4`, `2024`); none
    /// for weeks, seasons and what is no date.
    pub(crate) fn new(time: usize, value: &str) -> Option<Reference> {
        if let Some((year, quarter)) = value.split_once("-Q") {
            let month = quarter.parse::<i8>().ok()?.checked_mul(3)?.checked_sub(2)?;
            let date = Date::new(year.parse().ok()?, month, 1).ok()?;
            return Some(Reference { time, date, grain: Grain::Quarter });
        }
        let grain = match value.len() {
            10 => Grain::Day,
            7 => Grain::Month,
            4 => Grain::Year,
            _ => return None,
        };
        let date = format!("{value}{}", &"0000-01-01"[value.len()..]).parse().ok()?;
        Some(Reference { time, date, grain })
    }

    /// True for a quarter.
    pub(crate) fn is_quarter(self) -> bool {
        self.grain == Grain::Quarter
    }

    /// Index of its expression in the article.
    pub(crate) fn time(self) -> usize {
        self.time
    }
}

/// What a value was counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    /// The publication date.
    Published,
    /// Another time expression of the article, by its index.
    Time(usize),
}

/// A value and what it was counted from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Value {
    /// TIMEX3 value; `None` where it cannot be told.
    pub(crate) text: Option<String>,
    pub(crate) anchor: Option<Anchor>,
}

macro_rules! functions {
    ($($variant:ident = $name:literal, $least:literal, $most:literal;)*) => {
        /// A function that the grammar's values call.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Function { $($variant),* }

        impl FromStr for Function {
            type Err = String;
            fn from_str(name: &str) -> Result<Function, String> {
                match name {
                    $($name => Ok(Function::$variant),)*
                    _ => Err(format!("unknown function {name:?}")),
                }
            }
        }

        impl Function {
            /// The least and most arguments it takes.
            pub(crate) fn arity(self) -> (usize, usize) {
                match self { $(Function::$variant => ($least, $most)),* }
            }
        }
    };
}

functions! {
    Day = "day", 2, 3;
    Month = "month", 1, 2;
    Year = "year", 1, 1;
    Iso = "iso", 1, 1;
    Slash = "slash", 1, 1;
    Weekday = "weekday", 2, 2;
    MonthOf = "month_of", 2, 2;
    Shift = "shift", 2, 2;
    Ago = "ago", 2, 2;
    Ahead = "ahead", 2, 2;
    Before = "before", 2, 2;
    After = "after", 2, 2;
    Part = "part", 2, 2;
    At = "at", 2, 3;
    Clock = "clock", 1, 2;
    Hour = "hour", 1, 1;
    HourOf = "hour_of", 3, 3;
    Duration = "duration", 2, 2;
    DurationAndHalf = "duration_and_half", 2, 2;
    Set = "set", 1, 2;
    SetDay = "set_day", 1, 1;
    SetMonth = "set_month", 1, 1;
    Quarter = "quarter", 1, 2;
    QuarterOf = "quarter_of", 2, 2;
    Season = "season", 2, 2;
    SeasonIn = "season_in", 2, 2;
    Weekend = "weekend", 1, 1;
    WeekOf = "week_of", 1, 1;
    Half = "half", 2, 2;
    HalfOf = "half_of", 2, 2;
    NthWeekday = "nth_weekday", 3, 3;
    Period = "period", 1, 1;
    PeriodIn = "period_in", 1, 1;
    YearAgo = "year_ago", 0, 0;
    YearEarlier = "year_earlier", 0, 0;
    Yet = "yet", 1, 1;
    Decade = "decade", 1, 1;
    Century = "century", 1, 1;
    Text = "text", 1, 1;
    Unknown = "unknown", 0, 0;
}

fn fixed(text: String) -> Option<Value> {
    Some(Value { text: Some(text), anchor: None })
}

/// A value counted from the publication date; unknown without one.
fn counted(date: Option<String>) -> Option<Value> {
    let anchor = date.is_some().then_some(Anchor::Published);
    Some(Value { text: date, anchor })
}

/// The value of `expr`; `None` if there is no such date (February 30).
pub(crate) fn evaluate(expr: &Expr, captures: &Captures, context: Context) -> Option<Value> {
    let Expr::Call(function, arguments) = expr else { return None };
    let word = |index: usize| -> Option<String> {
        match arguments.get(index)? {
            Expr::Int(number) => Some(number.to_string()),
            Expr::Word(word) => Some(word.clone()),
            Expr::Capture(name) => captures.get(name).map(str::to_owned),
            Expr::Call(..) => None,
        }
    };
    let number = |index: usize| word(index).and_then(|w| w.parse::<i32>().ok());
    let published = context.published;
    match function {
        Function::Day => match arguments.len() {
            3 => {
                let date = date(number(0)?, number(1)?, number(2)?)?;
                fixed(date.to_string())
            }
            _ => {
                let (month, day) = (number(0)?, number(1)?);
                // Some year has the day.
                date(2024, month, day)?;
                counted(published.and_then(|p| day_near(p, month, day, context.direction)))
            }
        },
        Function::Month => match arguments.len() {
            2 => fixed(format!("{:04}-{:02}", number(0)?, number(1)?)),
            _ => {
                let month = number(0)?;
                counted(published.map(|p| month_near(p, month, context.direction)))
            }
        },
        // "the year 5" counts years, "the year 1215" names one.
        Function::Year => fixed(format!("{:04}", number(0).filter(|y| *y >= 100)?)),
        Function::Iso => fixed(word(0)?),
        Function::Slash => slash(&word(0)?),
        Function::Weekday => {
            let (which, weekday) = (word(0)?, number(1)?);
            counted(published.and_then(|p| weekday_of(p, &which, weekday, context.direction)))
        }
        Function::MonthOf => {
            let (which, month) = (word(0)?, number(1)?);
            counted(published.map(|p| month_of(p, &which, month)))
        }
        Function::Shift => counted(shifted(published, &word(0)?, number(1)?)),
        Function::Ago => counted(shifted(published, years(&word(0)?), -count(&word(1)?)?)),
        Function::Ahead => counted(shifted(published, years(&word(0)?), count(&word(1)?)?)),
        Function::Before => from_reference(context.reference, &word(0)?, -count(&word(1)?)?),
        Function::After => from_reference(context.reference, &word(0)?, count(&word(1)?)?),
        Function::Part => {
            let base = evaluate(arguments.first()?, captures, context)?;
            let part = word(1)?;
            let text = base.text.map(|day| format!("{day}T{part}"));
            Some(Value { text, ..base })
        }
        Function::At => {
            let base = evaluate(arguments.first()?, captures, context)?;
            let (clock, zone) = (word(1)?, word(2).unwrap_or_default());
            let text = base.text.map(|day| format!("{day}T{clock}{zone}"));
            Some(Value { text, ..base })
        }
        Function::Clock => fixed(format!("T{}{}", word(0)?, word(1).unwrap_or_default())),
        Function::Hour => fixed(format!("T{:02}:00", number(0)?)),
        Function::HourOf => {
            let base = evaluate(arguments.first()?, captures, context)?;
            let hour = number(1).filter(|h| (1..=12).contains(h))?;
            let hour = hour % 12 + if word(2)? == "MO" { 0 } else { 12 };
            let text = base.text.map(|day| format!("{day}T{hour:02}:00"));
            Some(Value { text, ..base })
        }
        Function::Duration => fixed(duration(&word(0)?, &word(1)?)?),
        Function::DurationAndHalf => fixed(duration_and_half(&word(0)?, &word(1)?)?),
        Function::Set => match arguments.len() {
            2 => fixed(duration(&word(0)?, &word(1)?)?),
            _ => {
                let unit = word(0)?;
                fixed(duration("1", unit.trim_start_matches('2')).map(|d| match unit.as_str() {
                    "2Y" => "P2Y".to_owned(),
                    _ => d,
                })?)
            }
        },
        Function::SetDay => fixed(format!("XXXX-WXX-{}", number(0)?)),
        Function::SetMonth => fixed(format!("XXXX-{:02}", number(0)?)),
        Function::Quarter => match arguments.len() {
            2 => fixed(format!("{:04}-Q{}", number(0)?, number(1)?)),
            _ => {
                let quarter = number(0)?;
                counted(published.map(|p| quarter_near(p, quarter, context.direction)))
            }
        },
        Function::QuarterOf => {
            let (which, quarter) = (word(0)?, number(1)?);
            counted(published.map(|p| match which.as_str() {
                "year_ago" => {
                    let near = quarter_near(p, quarter, context.direction);
                    year_less(&near).unwrap_or(near)
                }
                _ => format!("{:04}-Q{quarter}", year_of(p, &which)),
            }))
        }
        Function::Season => {
            let (which, season) = (word(0)?, word(1)?);
            counted(published.map(|p| season_of(p, &which, &season, context.direction)))
        }
        Function::SeasonIn => fixed(format!("{:04}-{}", number(0)?, word(1)?)),
        Function::Weekend => {
            let which = word(0)?;
            counted(published.and_then(|p| weekend(p, &which, context.direction)))
        }
        Function::WeekOf => {
            let base = evaluate(arguments.first()?, captures, context)?;
            let text = base.text.and_then(|day| day.parse::<Date>().ok()).map(week);
            Some(Value { text, ..base })
        }
        Function::Half => fixed(format!("{:04}-H{}", number(0)?, number(1)?)),
        Function::HalfOf => {
            let (which, half) = (word(0)?, number(1)?);
            counted(published.map(|p| format!("{:04}-H{half}", year_of(p, &which))))
        }
        Function::NthWeekday => {
            let (month, weekday, nth) = (number(0)?, number(1)?, number(2)?);
            let in_year = |year: i32| nth_weekday(year, month, weekday, nth);
            counted(published.and_then(|p| nearest(p, in_year, context.direction)))
        }
        Function::Period => Some(period(context, number(0)?)),
        // "the 1988 quarter": the quarter of the report, in another year.
        Function::PeriodIn => {
            let reported = period(context, 0).text?;
            let (_, quarter) = reported.split_once('-')?;
            fixed(format!("{:04}-{quarter}", number(0)?))
        }
        Function::YearAgo => Some(match context.period.filter(|_| context.period_near) {
            Some(_) => period(context, 1),
            None => counted(shifted(published, "Y", -1))?,
        }),
        Function::YearEarlier => year_earlier(context),
        // "soon" after a past verb tells of what came soon, not of what is yet to come.
        Function::Yet => fixed(word(0).filter(|_| context.direction != Direction::Past)?),
        Function::Decade => fixed(word(0)?),
        Function::Century => fixed(format!("{:02}", number(0)?.checked_sub(1)?)),
        Function::Text => fixed(word(0)?),
        Function::Unknown => Some(Value { text: None, anchor: None }),
    }
}

fn date(year: i32, month: i32, day: i32) -> Option<Date> {
    let small = |n: i32| i8::try_from(n).ok();
    Date::new(i16::try_from(year).ok()?, small(month)?, small(day)?).ok()
}

/// The unit that stretches of time are counted off in.
fn years(unit: &str) -> &str {
    if unit == "DE" { "10Y" } else { unit }
}

fn count(text: &str) -> Option<i32> {
    text.parse::<f64>()
        .ok()
        .filter(|n| n.fract() == 0.0 && n.abs() < 10_000.0)?
        .to_string()
        .parse()
        .ok()
}

fn plus(base: Date, days: i32) -> Option<Date> {
    base.checked_add(days.days()).ok()
}

/// The day nearest to the publication date in the direction of the verb; where nothing tells, the
/// nearest on either side.
fn day_near(published: Date, month: i32, day: i32, direction: Direction) -> Option<String> {
    nearest(published, |year| date(year, month, day), direction)
}

/// A verb takes a day of the calendar no further than this the other way round the year: who
/// writes "November 9" in late October means the one that comes, though it "was set for" then.
const FAR: i32 = 270;

/// The nearest of the days that a yearly date falls on.
fn nearest(
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
fn nth_weekday(year: i32, month: i32, weekday: i32, nth: i32) -> Option<Date> {
    let weekday = Weekday::from_monday_one_offset(i8::try_from(weekday).ok()?).ok()?;
    let nth = i8::try_from(nth).ok()?;
    date(year, month, 1)?.nth_weekday_of_month(if nth >= 5 { -1 } else { nth }, weekday).ok()
}

/// The quarter that the article reports of, or the one that ended last, `years` before.
fn period(context: Context, years: i32) -> Value {
    match context.period {
        Some(period) => Value {
            text: shifted(Some(period.date), "Q", -4 * years),
            anchor: Some(Anchor::Time(period.time)),
        },
        None => {
            let text = shifted(context.published, "Q", -1 - 4 * years);
            Value { anchor: text.is_some().then_some(Anchor::Published), text }
        }
    }
}

/// "a year earlier": before the year named last, else before the quarter that is reported of, else
/// before the date named last, else before the article's own year.
fn year_earlier(context: Context) -> Option<Value> {
    let year = context.reference.is_some_and(|r| r.grain == Grain::Year);
    match (context.period, context.reference) {
        (Some(_), _) if !year => Some(period(context, 1)),
        (_, Some(_)) => from_reference(context.reference, "Y", -1),
        (_, None) => counted(shifted(context.published, "Y", -1)),
    }
}

fn year_less(quarter: &str) -> Option<String> {
    let (year, rest) = quarter.split_once('-')?;
    Some(format!("{:04}-{rest}", year.parse::<i32>().ok()? - 1))
}

fn month_near(published: Date, month: i32, direction: Direction) -> String {
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

fn year_of(published: Date, which: &str) -> i32 {
    i32::from(published.year())
        + match which {
            "last_year" => -1,
            "next_year" => 1,
            _ => 0,
        }
}

fn month_of(published: Date, which: &str, month: i32) -> String {
    let (year, now) = (i32::from(published.year()), i32::from(published.month()));
    let year = match which {
        "last" if month >= now => year - 1,
        "next" if month <= now => year + 1,
        "last_year" | "next_year" => year_of(published, which),
        _ => year,
    };
    format!("{year:04}-{month:02}")
}

fn weekday_of(published: Date, which: &str, weekday: i32, direction: Direction) -> Option<String> {
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

fn week(date: Date) -> String {
    let iso = date.iso_week_date();
    format!("{:04}-W{:02}", iso.year(), iso.week())
}

/// The unit of time that lies `by` units from the publication date's.
fn shifted(base: Option<Date>, unit: &str, by: i32) -> Option<String> {
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

/// A value counted from the date named before; unknown without one, or where that date is less
/// exact than the unit ("in March … a day earlier").
fn from_reference(reference: Option<Reference>, unit: &str, by: i32) -> Option<Value> {
    let exact = reference.filter(|r| {
        let coarsest = match unit {
            "D" | "W" | "FN" => Grain::Day,
            "M" => Grain::Month,
            "Q" => Grain::Quarter,
            _ => Grain::Year,
        };
        r.grain <= coarsest
    });
    let text = shifted(exact.map(|r| r.date), unit, by);
    let anchor = exact.filter(|_| text.is_some()).map(|r| Anchor::Time(r.time));
    Some(Value { text, anchor })
}

fn in_era(year: i32) -> Option<i32> {
    (0..=9999).contains(&year).then_some(year)
}

fn quarter_near(published: Date, quarter: i32, direction: Direction) -> String {
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

/// The first month of a season in the northern year.
fn season_start(season: &str) -> i32 {
    match season {
        "SP" => 3,
        "SU" => 6,
        "FA" => 9,
        _ => 12,
    }
}

fn season_of(published: Date, which: &str, season: &str, direction: Direction) -> String {
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

fn weekend(published: Date, which: &str, direction: Direction) -> Option<String> {
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

/// `P3D`, `PT2H`, `PXY`.
fn duration(number: &str, unit: &str) -> Option<String> {
    let (unit, times, clock) = match unit {
        "D" | "W" | "M" | "Y" => (unit, 1.0, false),
        "FN" => ("W", 2.0, false),
        "Q" => ("M", 3.0, false),
        "DE" => ("Y", 10.0, false),
        "CE" => ("Y", 100.0, false),
        "H" | "S" => (unit, 1.0, true),
        "MIN" => ("M", 1.0, true),
        _ => return None,
    };
    let prefix = if clock { "PT" } else { "P" };
    let number = match number {
        "X" => return Some(format!("{prefix}X{unit}")),
        "half" => match unit {
            "Y" if times == 1.0 => return Some("P6M".to_owned()),
            "H" => return Some("PT30M".to_owned()),
            "D" => return Some("PT12H".to_owned()),
            _ => 0.5,
        },
        _ => number.parse::<f64>().ok()?,
    };
    Some(format!("{prefix}{}{unit}", number * times))
}

/// A number of units and half a unit more, in whole numbers of the next smaller unit: `P2Y6M`.
fn duration_and_half(number: &str, unit: &str) -> Option<String> {
    let whole = duration(number, unit)?;
    Some(match unit {
        "Y" => format!("{whole}6M"),
        "D" => format!("{whole}T12H"),
        "H" => format!("{whole}30M"),
        "MIN" => format!("{whole}30S"),
        _ => return duration(&(number.parse::<f64>().ok()? + 0.5).to_string(), unit),
    })
}

/// `22/07/2024` or `7/22/2024`; only where one of the two readings is a date. Between points the
/// day stands first.
fn slash(text: &str) -> Option<Value> {
    if text.contains('.') {
        let mut parts = text.split('.').map(|p| p.parse::<i32>().ok());
        let (day, month, year) = (parts.next()??, parts.next()??, parts.next()??);
        return fixed(date(year, month, day)?.to_string());
    }
    let mut parts = text.split('/').map(|p| p.parse::<i32>().ok());
    let (first, second, year) = (parts.next()??, parts.next()??, parts.next()??);
    let read = |month, day| date(year, month, day).map(|d| d.to_string());
    match (read(second, first), read(first, second)) {
        (Some(one), Some(other)) if one != other => Some(Value { text: None, anchor: None }),
        (one, other) => one.or(other).and_then(fixed),
    }
}
