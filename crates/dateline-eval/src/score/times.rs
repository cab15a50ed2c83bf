//! Time expressions by the definitions of TempEval-3 (UzZaman et al. 2013).

use super::pairing::{Rule, pairs};
use super::spans::{Neutral, is_compared};
use super::{ScoreError, mistake};
use crate::cells::Cell;
use crate::mapping::Maps;
use crate::matching::{Span, inverse};
use crate::mistakes::MistakeKind;
use crate::sample::{Sample, Time};
use crate::tally::{ALL, Side, Tally, Why};

const TASK: &str = "times";

/// Scores time expressions.
///
/// Cells: `relaxed` (any shared character) and `strict` (same span); `value` and `type` (a relaxed
/// pair with the same value or type, F1; notations of one value are the same), `value accuracy` and `type accuracy` (the share of
/// relaxed pairs); `wrong grain only` (the share of wrong values that agree as far as the coarser
/// of the two goes). `type` also per type. Gold expressions without a value are not asked for one.
pub fn times(
    gold: &Sample,
    predicted: &Sample,
    _maps: &Maps,
    out: &mut Tally,
) -> Result<(), ScoreError> {
    let Some(times) = &gold.times else {
        return Ok(());
    };
    let axis = gold.axis();
    let annotated = axis.annotated(gold);
    let (mut golds, mut spans, mut neutral) = (Vec::new(), Vec::new(), Neutral::default());
    for time in times {
        let accepted = axis.accepted(&time.location.at, &time.alternatives);
        if !is_compared(annotated.as_deref(), accepted[0]) {
            out.drop_item(TASK, Side::Gold, Why::NotAnnotated, &time.kind);
        } else if time.optional {
            out.drop_item(TASK, Side::Gold, Why::Optional, &time.kind);
            neutral.push(accepted, Why::Optional);
        } else {
            golds.push(time);
            spans.push(accepted);
        }
    }
    let mut found: Vec<(Span, &Time)> = Vec::new();
    for time in predicted.times.iter().flatten() {
        let span = axis.span(&time.location.at);
        if is_compared(annotated.as_deref(), span) {
            found.push((span, time));
        } else {
            out.drop_item(TASK, Side::Predicted, Why::NotAnnotated, &time.kind);
        }
    }
    let compared: Vec<Span> = spans.iter().flatten().copied().collect();
    let at = |found: &[(Span, &Time)]| found.iter().map(|item| item.0).collect::<Vec<_>>();
    neutral.retain(&compared, &mut found, |(span, time)| (*span, &time.kind), TASK, out);
    let sides = (found.len() as f64, golds.len() as f64);
    let strict = pairs(&spans, &at(&found), Rule::Exact, |_, _| Some(0));
    let hits = strict.iter().flatten().count() as f64;
    out.add(TASK, "strict", ALL, Cell::matched(hits, sides.0, sides.1));
    let bonus = |gold: usize, index: usize| {
        let (a, b) = (golds[gold], found[index].1);
        let same_value = value(a).is_some_and(|a| value(b).is_some_and(|b| is_same(a, b)));
        Some(2 * i64::from(same_value) + i64::from(a.kind == b.kind))
    };
    let partners = pairs(&spans, &at(&found), Rule::Overlap, bonus);
    let hits = partners.iter().flatten().count() as f64;
    out.add(TASK, "relaxed", ALL, Cell::matched(hits, sides.0, sides.1));
    for (index, time) in golds.iter().enumerate() {
        let partner = partners[index].map(|partner| found[partner]);
        judge(gold, time, spans[index][0], partner, out);
    }
    for ((span, time), partner) in found.iter().zip(inverse(&partners, found.len())) {
        if partner.is_none() {
            for metric in ["value", "type"] {
                out.add(TASK, metric, ALL, Cell::matched(0.0, 1.0, 0.0));
            }
            out.add(TASK, "type", &time.kind, Cell::matched(0.0, 1.0, 0.0));
            mistake(out, gold, TASK, MistakeKind::Spurious, None, Some((*span, shown(time))));
        }
    }
    Ok(())
}

/// Counts and explains what became of a gold expression.
fn judge(
    sample: &Sample,
    gold: &Time,
    span: Span,
    partner: Option<(Span, &Time)>,
    out: &mut Tally,
) {
    let own = (span, shown(gold));
    let Some((at, found)) = partner else {
        out.add(TASK, "type", ALL, Cell::matched(0.0, 0.0, 1.0));
        out.add(TASK, "type", &gold.kind, Cell::matched(0.0, 0.0, 1.0));
        if value(gold).is_some() {
            out.add(TASK, "value", ALL, Cell::matched(0.0, 0.0, 1.0));
        }
        mistake(out, sample, TASK, MistakeKind::Missed, Some(own), None);
        return;
    };
    let other = (at, shown(found));
    let same_type = gold.kind == found.kind;
    let hit = |right: bool| f64::from(u8::from(right));
    out.add(TASK, "type", ALL, Cell::matched(hit(same_type), 1.0, 1.0));
    out.add(TASK, "type", &gold.kind, Cell::matched(hit(same_type), 0.0, 1.0));
    out.add(TASK, "type", &found.kind, Cell::matched(0.0, 1.0, 0.0));
    out.add(TASK, "type accuracy", ALL, Cell::accuracy(hit(same_type), 1.0));
    if !same_type {
        let (gold, found) = ((span, gold.kind.as_str()), (at, found.kind.as_str()));
        mistake(out, sample, TASK, MistakeKind::WrongType, Some(gold), Some(found));
    }
    if let Some(expected) = value(gold) {
        let right = value(found).is_some_and(|value| is_same(expected, value));
        out.add(TASK, "value", ALL, Cell::matched(hit(right), 1.0, 1.0));
        out.add(TASK, "value accuracy", ALL, Cell::accuracy(hit(right), 1.0));
        if !right {
            let grain = value(found).is_some_and(|value| other_grain(expected, value));
            out.add(TASK, "wrong grain only", ALL, Cell::accuracy(hit(grain), 1.0));
            let kind = if grain { MistakeKind::WrongGrain } else { MistakeKind::WrongValue };
            mistake(out, sample, TASK, kind, Some(own), Some(other));
        }
    }
    if at != span && !gold.alternatives.iter().any(|stretch| sample.axis().span(stretch) == at) {
        mistake(out, sample, TASK, MistakeKind::WrongBoundary, Some(own), Some(other));
    }
}

fn value(time: &Time) -> Option<&str> {
    time.value.as_deref().map(str::trim).filter(|value| !value.is_empty())
}

fn shown(time: &Time) -> &str {
    value(time).unwrap_or(&time.kind)
}

/// True if two values say the same, whatever the notation.
fn is_same(a: &str, b: &str) -> bool {
    a == b || plain(a) == plain(b)
}

/// A date or time without what TIMEX3 lets a writer add or leave out: `1968-XX` is `1968`, `198X`
/// is `198`, `2000-W7` is `2000-W07`, `T17` is `T17:00`. `1989-WXX` stays a week of 1989, and
/// durations and what comes again stay as they are.
fn plain(value: &str) -> String {
    if !value.starts_with(|c: char| c.is_ascii_digit() || c == 'T') {
        return value.to_owned();
    }
    let (date, time) = value.split_once('T').map_or((value, None), |(d, t)| (d, Some(t)));
    let mut date = date;
    while let Some(rest) = date.strip_suffix("-XX") {
        date = rest;
    }
    if !date.contains('-') {
        date = date.trim_end_matches('X');
    }
    let date = match date.split_once("-W") {
        Some((year, week)) if week.len() == 1 => format!("{year}-W0{week}"),
        _ => date.to_owned(),
    };
    match time {
        Some(hour) if hour.len() == 2 && hour.bytes().all(|b| b.is_ascii_digit()) => {
            format!("{date}T{hour}:00")
        }
        Some(time) => format!("{date}T{time}"),
        None => date,
    }
}

/// True if one value is the other in a coarser unit: `2020-05` and `2020-05-14`, `2020-05-14` and
/// `2020-05-14T10:00`.
fn other_grain(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let rest = long.strip_prefix(short);
    !short.is_empty() && rest.is_some_and(|rest| rest.starts_with(['-', 'T', ':']))
}

#[cfg(test)]
mod tests {
    use super::is_same;

    #[test]
    fn notations_of_one_value() {
        for (a, b) in [
            ("1968-XX", "1968"),
            ("1998-XX-XX", "1998"),
            ("198X", "198"),
            ("19XX", "19"),
            ("2000-W7", "2000-W07"),
            ("1989-11-06T17", "1989-11-06T17:00"),
            ("T24", "T24:00"),
        ] {
            assert!(is_same(a, b) && is_same(b, a), "{a} {b}");
        }
        for (a, b) in [
            ("1989-WXX", "1989"),
            ("1989-W42", "1989-WXX"),
            ("PXY", "P"),
            ("XXXX-WXX-1", "XXXX"),
            ("1998-10", "1998"),
            ("1990-Q1", "1990"),
            ("2000-02-21TNI", "2000-02-21"),
            ("P1Y", "P12M"),
        ] {
            assert!(!is_same(a, b), "{a} {b}");
        }
    }
}
