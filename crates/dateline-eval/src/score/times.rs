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
/// pair with the same value or type, F1), `value accuracy` and `type accuracy` (the share of
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
        let same_value = value(a).is_some() && value(a) == value(b);
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
        let right = value(found) == Some(expected);
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

/// True if one value is the other in a coarser unit: `2020-05` and `2020-05-14`, `2020-05-14` and
/// `2020-05-14T10:00`.
fn other_grain(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let rest = long.strip_prefix(short);
    !short.is_empty() && rest.is_some_and(|rest| rest.starts_with(['-', 'T', ':']))
}
