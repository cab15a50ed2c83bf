//! Whether a mention presents its event as done, planned, proposed, denied, past history …
//!
//! The nearest cue wins, from the trigger outwards: its own modifiers, the auxiliaries of its
//! clause, then the word that governs it. Negation counts only on the trigger (or its light
//! verb) itself. A year before the publication's makes an actual event historical.

mod clause;
mod governor;
mod modifiers;
mod status;

use dateline_text::Deprel;

use super::dates;
use super::sentence::Context;
use super::triggers::Found;
use clause::{clause, doubted, shares_auxiliaries};
use governor::{Step, governor};
use modifiers::modified;
pub(crate) use status::Status;

/// Months across a new year's day in which what happened is still news.
const RECENT_MONTHS: i16 = 3;
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
    // "called off the visit": the verb says what became of it.
    let carrier = carrier.filter(|&c| !governor::cancels(context, c));
    // "announced the pullback", "planned a strike": nobody has yet.
    let carrier = carrier.filter(|&c| kind.given || !context.is(c, grammar.planning));
    // "did not stop the evacuation": there was one.
    if carrier.is_some_and(|c| context.is(c, grammar.failing) && context.tree.is_negated(c)) {
        return (Status::Actual, true);
    }
    let start = carrier.unwrap_or(found.token);
    // "the talks didn't result in a deal": what comes of an event says little of whether it happened.
    let result = carrier.is_some_and(|c| {
        context.is(c, grammar.occur)
            && !context.is(c, grammar.light)
            && !context.is(c, grammar.existing)
    });
    let mut at = start;
    let mut purpose = false;
    for _ in 0..MAX_STEPS {
        if context.is_verb(at) || at == start && carrier.is_some() {
            if shares_auxiliaries(context, at)
                && !context.tree.is_negated(at)
                && let Some(head) = context.tree.head(at)
            {
                at = head;
                continue;
            }
            if let Some(status) = clause(context, at, kind) {
                let open = matches!(status, Status::Negated | Status::Hypothetical);
                if result && at == start && open {
                    break;
                }
                return (aimed(doubted(context, at, status), purpose), true);
            }
        } else if at != start
            && let Some(status) = modified(context, at)
        {
            return (status, true);
        }
        match governor(context, at, kind) {
            Step::Found(status) => return (aimed(status, purpose), true),
            Step::Up(next) => at = next,
            Step::Purpose(next) => (at, purpose) = (next, true),
            Step::Stop => break,
        }
    }
    let presence =
        context.rules.lexicon.triggers[found.trigger].mode.as_deref() == Some("presence");
    if purpose {
        return (Status::Expected, true);
    }
    let any = !found.verbal
        && context.children(found.token).iter().any(|&c| {
            context.tree.deprel(c) == Deprel::Det
                && context.tree.word(c).eq_ignore_ascii_case("any")
        });
    match (any, presence) {
        (true, _) => (Status::Hypothetical, true),
        (_, true) => (Status::Ongoing, found.verbal),
        _ => (Status::Actual, found.verbal),
    }
}

/// Whoever acted for a purpose has not reached it by that.
fn aimed(status: Status, purpose: bool) -> Status {
    match status {
        Status::Actual | Status::Ongoing | Status::Historical | Status::Generic if purpose => {
            Status::Expected
        }
        Status::Negated | Status::Cancelled if purpose => Status::Hypothetical,
        other => other,
    }
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
    let earlier = year < published.year() && !is_recent(value, published);
    let later =
        year > published.year() || dates::side(value, published) == Some(dates::Side::Ahead);
    match status {
        Status::Actual | Status::Proposed | Status::Ongoing if earlier => Status::Historical,
        Status::Actual | Status::Generic | Status::Ongoing if later => Status::Planned,
        other => other,
    }
}

/// A day or month of the old year is no history in the first weeks of the new one.
fn is_recent(value: &str, published: jiff::civil::Date) -> bool {
    let number =
        |range: std::ops::Range<usize>| value.get(range).and_then(|n| n.parse::<i16>().ok());
    let (Some(year), Some(month)) = (number(0..4), number(5..7)) else { return false };
    if value.as_bytes().get(4) != Some(&b'-') {
        return false;
    }
    let months =
        (published.year() - year).saturating_mul(12) + i16::from(published.month()) - month;
    months <= RECENT_MONTHS
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
            (Status::Actual, Some("2024-09"), Status::Planned),
            (Status::Ongoing, Some("2024-07-30"), Status::Planned),
            (Status::Actual, Some("2023-12-30"), Status::Historical),
            (Status::Planned, Some("2003"), Status::Planned),
            (Status::Negated, Some("2003"), Status::Negated),
            (Status::Actual, None, Status::Actual),
            (Status::Actual, Some("PRESENT_REF"), Status::Actual),
        ];
        for (status, value, expected) in cases {
            assert_eq!(with_time(status, value, published), expected, "{status:?} {value:?}");
        }
        let january = Some(jiff::civil::date(2024, 1, 9));
        for (value, expected) in [("2023-12-30", Status::Actual), ("2023", Status::Historical)] {
            assert_eq!(with_time(Status::Actual, Some(value), january), expected, "{value}");
        }
    }
}
