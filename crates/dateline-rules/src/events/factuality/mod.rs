//! Whether a mention presents its event as done, planned, proposed, denied, past history …
//!
//! The nearest cue wins, from the trigger outwards: its own modifiers, the auxiliaries of its
//! clause, then the word that governs it. Negation counts only on the trigger (or its light
//! verb) itself. A year before the publication's makes an actual event historical.

mod clause;
mod governor;
mod modifiers;
mod status;

use super::sentence::Context;
use super::triggers::Found;
use clause::clause;
use governor::{Step, governor};
use modifiers::modified;
pub(crate) use status::Status;

/// Governors looked through.
const MAX_STEPS: usize = 5;

/// The status of one mention, before its time is known.
///
/// The flag tells whether a cue states it; a noun without any cue is only taken to have happened.
pub(crate) fn of(context: &Context<'_>, found: &Found) -> (Status, bool) {
    let kind = &context.rules.lexicon.types[found.kind];
    if let Some(status) = modified(context, found.token) {
        return (status, true);
    }
    let grammar = &context.rules.grammar;
    let carrier = found.frame.carrier;
    let carrier =
        carrier.filter(|&c| context.is(c, grammar.light) || !context.is(c, grammar.cancelling));
    let start = carrier.unwrap_or(found.token);
    let mut at = start;
    for _ in 0..MAX_STEPS {
        if context.is_verb(at) || at == start && carrier.is_some() {
            if let Some(status) = clause(context, at, kind) {
                return (status, true);
            }
        } else if at != start
            && let Some(status) = modified(context, at)
        {
            return (status, true);
        }
        match governor(context, at, kind) {
            Step::Found(status) => return (status, true),
            Step::Up(next) => at = next,
            Step::Stop => break,
        }
    }
    let presence =
        context.rules.lexicon.triggers[found.trigger].mode.as_deref() == Some("presence");
    (if presence { Status::Ongoing } else { Status::Actual }, found.verbal)
}

/// The status of an event: the strongest that a mention states, else the strongest assumed.
pub(crate) fn overall(mentions: impl Iterator<Item = (Status, bool)> + Clone) -> Status {
    let stated = mentions.clone().filter(|m| m.1).map(|m| m.0).max();
    stated.or_else(|| mentions.map(|m| m.0).max()).unwrap_or(Status::Actual)
}

/// A time before the year of publication makes history, one after the day of publication a plan.
pub(crate) fn with_time(
    status: Status,
    value: Option<&str>,
    published: Option<jiff::civil::Date>,
) -> Status {
    let (Some(value), Some(published)) = (value, published) else { return status };
    let Some(year) = value.get(..4).and_then(|y| y.parse::<i16>().ok()) else { return status };
    let earlier = year < published.year();
    let day = published.to_string();
    let later = value.len() == 10 && value > day.as_str() || year > published.year();
    match status {
        Status::Actual | Status::Proposed | Status::Ongoing if earlier => Status::Historical,
        Status::Actual | Status::Generic if later => Status::Planned,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_make_history_and_dates_to_come_make_plans() {
        let published = Some(jiff::civil::date(2024, 7, 23));
        let cases = [
            (Status::Actual, Some("2003"), Status::Historical),
            (Status::Actual, Some("2024-07-22"), Status::Actual),
            (Status::Actual, Some("2024-08-01"), Status::Planned),
            (Status::Planned, Some("2003"), Status::Planned),
            (Status::Negated, Some("2003"), Status::Negated),
            (Status::Actual, None, Status::Actual),
            (Status::Actual, Some("PRESENT_REF"), Status::Actual),
        ];
        for (status, value, expected) in cases {
            assert_eq!(with_time(status, value, published), expected, "{status:?} {value:?}");
        }
    }
}
