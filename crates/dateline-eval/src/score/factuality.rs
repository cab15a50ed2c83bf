//! Whether events are presented as real, and who says so; on matched triggers only.

use std::collections::BTreeMap;

use super::pairing::Rule;
use super::spans::shared;
use super::triggers::of_both;
use super::{ScoreError, mistake};
use crate::axis::Axis;
use crate::cells::Cell;
use crate::mapping::Maps;
use crate::matching::Span;
use crate::mistakes::MistakeKind;
use crate::sample::{Attribution, Factuality, Location, Sample};
use crate::tally::{ALL, Tally};

const FACTUALITY: &str = "factuality";
const ATTRIBUTION: &str = "attribution";
const NEGATIVE: &str = "negative";

type Part = fn(&Factuality) -> Option<&str>;

const PARTS: [(&str, Part); 3] = [
    ("status", |factuality| factuality.status.as_deref()),
    ("polarity", |factuality| factuality.polarity.as_deref()),
    ("certainty", |factuality| factuality.certainty.as_deref()),
];

/// Scores status, polarity and certainty on overlapping pairs of triggers, whatever their types.
///
/// Cells: `status`, `polarity`, `certainty`: the group `all` is the accuracy, where gold has a
/// value; the other groups are the values, for macro-F1. `negated`: F1 of negative polarity. A value of the trigger goes before that of
/// its event.
pub fn factuality(
    gold: &Sample,
    predicted: &Sample,
    maps: &Maps,
    out: &mut Tally,
) -> Result<(), ScoreError> {
    let Some((triggers, golds, found)) = of_both(gold, predicted, maps)? else {
        return Ok(());
    };
    for (own, other) in triggers.all_pairs(Rule::Overlap) {
        let (own, other) = (&triggers.golds[own], &triggers.found[other]);
        for (metric, part) in PARTS {
            let value = |mention: &Option<Factuality>, event: &Option<Factuality>| {
                let of_mention = mention.as_ref().and_then(|of| part(of).map(str::to_string));
                of_mention.or_else(|| event.as_ref().and_then(|of| part(of).map(str::to_string)))
            };
            let Some(expected) = value(&own.mention.factuality, &golds[own.event].factuality)
            else {
                continue;
            };
            let actual = value(&other.mention.factuality, &found[other.event].factuality);
            let actual = actual.unwrap_or_default();
            let right = expected == actual;
            let hit = f64::from(u8::from(right));
            out.add(FACTUALITY, metric, ALL, Cell::accuracy(hit, 1.0));
            out.add(FACTUALITY, metric, &expected, Cell::matched(hit, 0.0, 1.0));
            if !actual.is_empty() {
                out.add(FACTUALITY, metric, &actual, Cell::matched(0.0, 1.0, 0.0));
            }
            if metric == "polarity" {
                let negative = |value: &str| f64::from(u8::from(value == NEGATIVE));
                let both = negative(&expected) * negative(&actual);
                let cell = Cell::matched(both, negative(&actual), negative(&expected));
                out.add(FACTUALITY, "negated", ALL, cell);
            }
            if !right {
                let (own, other) =
                    ((own.spans[0], expected.as_str()), (other.span, actual.as_str()));
                let kind = MistakeKind::WrongFactuality;
                mistake(out, gold, FACTUALITY, kind, Some(own), Some(other));
            }
        }
    }
    Ok(())
}

/// Scores who is said to be the source, on matched events of articles in which gold attributes
/// any.
///
/// Cells: `source` and `cue` (F1: any mention of the predicted source, or the cue, overlaps gold's)
/// and `source accuracy` (over events that gold attributes).
pub fn attribution(
    gold: &Sample,
    predicted: &Sample,
    maps: &Maps,
    out: &mut Tally,
) -> Result<(), ScoreError> {
    let Some((triggers, golds, found)) = of_both(gold, predicted, maps)? else {
        return Ok(());
    };
    if golds.iter().all(|event| event.attribution.is_none()) {
        return Ok(());
    }
    let any_cue =
        golds.iter().any(|event| matches!(&event.attribution, Some(of) if of.cue.is_some()));
    let axis = gold.axis();
    let (of_gold, of_found) = (Sources::of(gold, axis), Sources::of(predicted, axis));
    for (own, other) in triggers.best_events(&triggers.all_pairs(Rule::Overlap)) {
        let (own, other) = (golds[own].attribution.as_ref(), found[other].attribution.as_ref());
        let (expected, actual) = (of_gold.spans(own), of_found.spans(other));
        let right = meet(&expected, &actual);
        let number = |present: bool| f64::from(u8::from(present));
        let (has_gold, has_found) = (!expected.is_empty(), !actual.is_empty());
        let cell = Cell::matched(number(right), number(has_found), number(has_gold));
        out.add(ATTRIBUTION, "source", ALL, cell);
        if has_gold {
            out.add(ATTRIBUTION, "source accuracy", ALL, Cell::accuracy(number(right), 1.0));
        }
        if (has_gold || has_found) && !right {
            let kind = match (has_gold, has_found) {
                (true, true) => MistakeKind::WrongSource,
                (true, false) => MistakeKind::Missed,
                _ => MistakeKind::Spurious,
            };
            let item = |spans: &[Span]| spans.first().map(|span| (*span, "source"));
            mistake(out, gold, ATTRIBUTION, kind, item(&expected), item(&actual));
        }
        if any_cue {
            let cue = |of: Option<&Attribution>| -> Vec<Span> {
                let cue = of.and_then(|of| of.cue.as_ref());
                cue.iter().map(|cue| axis.span(&cue.at)).collect()
            };
            let (expected, actual) = (cue(own), cue(other));
            let hit = number(meet(&expected, &actual));
            let sides = (number(!actual.is_empty()), number(!expected.is_empty()));
            out.add(ATTRIBUTION, "cue", ALL, Cell::matched(hit, sides.0, sides.1));
        }
    }
    Ok(())
}

fn meet(a: &[Span], b: &[Span]) -> bool {
    a.iter().any(|a| b.iter().any(|b| shared(*a, *b) > 0))
}

/// The mentions of each entity of a sample.
struct Sources<'a> {
    axis: Axis,
    mentions: BTreeMap<&'a str, Vec<Span>>,
}

impl<'a> Sources<'a> {
    fn of(sample: &'a Sample, axis: Axis) -> Sources<'a> {
        let entities = sample.entities.iter().flatten();
        let mentions = entities.map(|entity| {
            let spans = entity.mentions.iter().map(|mention| axis.span(&mention.location.at));
            (entity.id.as_str(), spans.collect())
        });
        Sources { axis, mentions: mentions.collect() }
    }

    /// Where a source is mentioned.
    fn spans(&self, attribution: Option<&Attribution>) -> Vec<Span> {
        let Some(attribution) = attribution else { return Vec::new() };
        let speaker = attribution.speaker.iter().map(|Location { at, .. }| self.axis.span(at));
        let entity = attribution.source.as_deref().and_then(|id| self.mentions.get(id));
        speaker.chain(entity.into_iter().flatten().copied()).collect()
    }
}
