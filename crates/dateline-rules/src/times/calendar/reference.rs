//! Dates that later expressions are counted from: "on Monday … a day earlier".

use jiff::civil::Date;

use super::shift::shifted;
use super::{Anchor, Context, Value, counted};

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

/// A value counted from the date named before; unknown without one, or where that date is less
/// exact than the unit ("in March … a day earlier").
pub(super) fn from_reference(reference: Option<Reference>, unit: &str, by: i32) -> Option<Value> {
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

/// The quarter that the article reports of, or the one that ended last, `years` before.
pub(super) fn period(context: Context, years: i32) -> Value {
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
pub(super) fn year_earlier(context: Context) -> Option<Value> {
    let year = context.reference.is_some_and(|r| r.grain == Grain::Year);
    match (context.period, context.reference) {
        (Some(_), _) if !year => Some(period(context, 1)),
        (_, Some(_)) => from_reference(context.reference, "Y", -1),
        (_, None) => counted(shifted(context.published, "Y", -1)),
    }
}
