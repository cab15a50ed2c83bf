//! What the file may name: kinds of expressions, modifiers, built-in classes and guards.

use super::{Class, Guard};

pub(super) const KINDS: &[&str] = &["DATE", "TIME", "DURATION", "SET"];
const MODIFIERS: &[&str] = &[
    "START",
    "MID",
    "END",
    "APPROX",
    "MORE_THAN",
    "LESS_THAN",
    "EQUAL_OR_MORE",
    "EQUAL_OR_LESS",
    "BEFORE",
    "AFTER",
];

pub(super) fn modifier_named(name: &str) -> Result<&'static str, String> {
    let known = MODIFIERS.iter().find(|m| **m == name);
    known.copied().ok_or_else(|| format!("unknown modifier {name:?}"))
}

pub(super) fn is_class_name(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(|c| c.is_ascii_uppercase())
        && chars.all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
}

pub(super) fn builtin(name: &str) -> Option<Class> {
    Some(match name {
        "YEAR" => Class::Year,
        "DAY" => Class::Day,
        "YY" => Class::Yy,
        "NUM" => Class::Num,
        "ORDINAL" => Class::Ordinal,
        "ISODATE" => Class::IsoDate,
        "SLASHDATE" => Class::SlashDate,
        "CLOCK" => Class::Clock,
        "DECADE" => Class::Decade,
        "MIDYEAR" => Class::MidYear,
        "MIDDECADE" => Class::MidDecade,
        "HHMM" => Class::Hhmm,
        _ => return None,
    })
}

pub(super) fn guard_named(name: &str) -> Result<Guard, String> {
    Ok(match name {
        "capital" => Guard::Capital,
        "lower" => Guard::Lower,
        "noun" => Guard::Noun,
        "adverb" => Guard::Adverb,
        "month" => Guard::Month,
        "day_month" => Guard::DayMonth,
        "year" => Guard::Year,
        "season" => Guard::Season,
        "length" => Guard::Length,
        "not_old" => Guard::NotOld,
        "not_as" => Guard::NotAs,
        "small" => Guard::Small,
        _ => return Err(format!("unknown guard {name:?}")),
    })
}
