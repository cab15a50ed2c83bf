//! The calendar: what an expression means on a given day.

mod duration;
mod evaluate;
mod function;
mod reference;
mod shift;
mod underspecified;

use jiff::civil::Date;

pub(crate) use evaluate::evaluate;
pub(crate) use function::Function;
pub(crate) use reference::Reference;

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

fn fixed(text: String) -> Option<Value> {
    Some(Value { text: Some(text), anchor: None })
}

/// A value counted from the publication date; unknown without one.
fn counted(date: Option<String>) -> Option<Value> {
    let anchor = date.is_some().then_some(Anchor::Published);
    Some(Value { text: date, anchor })
}

fn date(year: i32, month: i32, day: i32) -> Option<Date> {
    let small = |n: i32| i8::try_from(n).ok();
    Date::new(i16::try_from(year).ok()?, small(month)?, small(day)?).ok()
}
