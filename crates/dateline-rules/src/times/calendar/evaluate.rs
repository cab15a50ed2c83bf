//! From the value that a pattern makes to TIMEX3.

use jiff::civil::Date;

use super::duration::{duration, duration_and_half};
use super::function::Function;
use super::reference::{from_reference, period, year_earlier};
use super::shift::{count, shifted, week, years};
use super::underspecified::{
    day_near, month_near, month_of, nearest, nth_weekday, quarter_near, season_of, weekday_of,
    weekend, year_less, year_of,
};
use super::{Context, Direction, Value, counted, date, fixed};
use crate::times::grammar::Expr;
use crate::times::matcher::Captures;

/// No number of a rule or a text means more; sums of such numbers don't overflow.
const LARGEST: u32 = 100_000_000;

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
    let number = |index: usize| {
        word(index)?.parse::<i32>().ok().filter(|number| number.unsigned_abs() <= LARGEST)
    };
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
