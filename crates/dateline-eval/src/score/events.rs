//! Events: trigger identification and classification, time and place of matched events.

use std::collections::BTreeSet;

use super::pairing::Rule;
use super::triggers::{Triggers, agreement, triggers};
use super::{ScoreError, arguments, mistake};
use crate::cells::Cell;
use crate::mapping::Maps;
use crate::mistakes::MistakeKind;
use crate::sample::Sample;
use crate::tally::{ALL, Tally};

const TASK: &str = "events";

/// Task under which gold values that the text does not state are scored.
pub(crate) const INFERRED: &str = "events, inferred";

/// Names of the trigger metrics under a rule.
struct Names {
    rule: Rule,
    all_triggers: &'static str,
    identified: &'static str,
    typed: &'static str,
    typed_by_pos: &'static str,
    family: &'static str,
}

const NAMES: [Names; 2] = [
    Names {
        rule: Rule::Exact,
        all_triggers: "TI exact, all triggers",
        identified: "TI exact",
        typed: "TC exact",
        typed_by_pos: "TC exact, by part of speech",
        family: "TC family exact",
    },
    Names {
        rule: Rule::Overlap,
        all_triggers: "TI overlap, all triggers",
        identified: "TI overlap",
        typed: "TC overlap",
        typed_by_pos: "TC overlap, by part of speech",
        family: "TC family overlap",
    },
];

/// Scores triggers, arguments, and the time and place of events.
///
/// Triggers: `TI …, all triggers` compares every trigger; the others those whose gold label maps
/// to one of our types. `exact` asks for the same span, `overlap` for a shared character. TI
/// groups: all, and the trigger's part of speech; TC groups: all, and the type. On overlapping
/// pairs: `type of found` and `family of found`, accuracies. For arguments see the module
/// `arguments`. `event time` and `event country`: accuracies on matched events.
pub fn events(
    gold: &Sample,
    predicted: &Sample,
    maps: &Maps,
    out: &mut Tally,
) -> Result<(), ScoreError> {
    let Some(triggers) = triggers(gold, predicted, maps, out)? else {
        return Ok(());
    };
    for names in &NAMES {
        let pairs = triggers.all_pairs(names.rule);
        let hits = pairs.len() as f64;
        let sides = (triggers.found.len() as f64, triggers.golds.len() as f64);
        out.add(TASK, names.all_triggers, ALL, Cell::matched(hits, sides.0, sides.1));
        by_pos(&triggers, &pairs, [true, true], names.all_triggers, |_, _| true, out);
        let pairs = triggers.mapped_pairs(names.rule);
        score_mapped(&triggers, &pairs, names, out);
    }
    let pairs = triggers.mapped_pairs(Rule::Overlap);
    explain(gold, &triggers, &pairs, out);
    ground(gold, predicted, &triggers, &pairs, out);
    arguments::arguments(gold, predicted, maps, &triggers, out)
}

fn score_mapped(triggers: &Triggers<'_>, pairs: &[(usize, usize)], names: &Names, out: &mut Tally) {
    let sides =
        Cell::matched(0.0, triggers.mapped_found.len() as f64, triggers.mapped_golds.len() as f64);
    let level = |pair: &(usize, usize)| agreement(&triggers.golds[pair.0], &triggers.found[pair.1]);
    let count = |least: i64| pairs.iter().filter(|pair| level(pair) >= least).count() as f64;
    for (metric, least) in [(names.identified, 0), (names.typed, 2), (names.family, 1)] {
        let mut cell = sides;
        cell.add(Cell::matched(count(least), 0.0, 0.0));
        out.add(TASK, metric, ALL, cell);
    }
    by_pos(triggers, pairs, [false, false], names.identified, |_, _| true, out);
    let right = |gold: usize, found: usize| level(&(gold, found)) == 2;
    by_pos(triggers, pairs, [false, false], names.typed_by_pos, right, out);
    // Per type: a gold trigger with several right types stands under the first of them, and takes
    // the prediction that meets it along.
    let first = |index: usize| triggers.golds[index].types[0].as_str();
    let mut met = vec![None; triggers.found.len()];
    for (gold, found) in pairs.iter().filter(|pair| level(pair) == 2) {
        out.add(TASK, names.typed, first(*gold), Cell::matched(1.0, 0.0, 0.0));
        met[*found] = Some(first(*gold));
    }
    for index in &triggers.mapped_golds {
        out.add(TASK, names.typed, first(*index), Cell::matched(0.0, 0.0, 1.0));
    }
    for index in &triggers.mapped_found {
        let own = met[*index].unwrap_or(&triggers.found[*index].kind);
        out.add(TASK, names.typed, own, Cell::matched(0.0, 1.0, 0.0));
    }
    if names.rule == Rule::Overlap {
        for pair in pairs {
            let hit = |least: i64| Cell::accuracy(f64::from(u8::from(level(pair) >= least)), 1.0);
            out.add(TASK, "type of found", ALL, hit(2));
            out.add(TASK, "family of found", ALL, hit(1));
        }
    }
}

/// Counts per part of speech: that of the trigger itself, or else of its partner. Triggers of
/// which neither is known are in no group.
fn by_pos(
    triggers: &Triggers<'_>,
    pairs: &[(usize, usize)],
    [every_gold, every_found]: [bool; 2],
    metric: &'static str,
    right: impl Fn(usize, usize) -> bool,
    out: &mut Tally,
) {
    let gold_pos = |index: usize| triggers.golds[index].mention.pos.as_deref();
    let found_pos = |index: usize| triggers.found[index].mention.pos.as_deref();
    let mut partner_of_gold = vec![None; triggers.golds.len()];
    let mut partner_of_found = vec![None; triggers.found.len()];
    for (gold, found) in pairs {
        partner_of_gold[*gold] = Some(*found);
        partner_of_found[*found] = Some(*gold);
    }
    let golds: Vec<usize> = if every_gold {
        (0..triggers.golds.len()).collect()
    } else {
        triggers.mapped_golds.clone()
    };
    for index in golds {
        let partner = partner_of_gold[index];
        if let Some(pos) = gold_pos(index).or_else(|| found_pos(partner?)) {
            let hit = partner.is_some_and(|found| right(index, found));
            let cell = Cell { recall_hits: f64::from(u8::from(hit)), gold: 1.0, ..Cell::default() };
            out.add(TASK, metric, pos, cell);
        }
    }
    let found: Vec<usize> = if every_found {
        (0..triggers.found.len()).collect()
    } else {
        triggers.mapped_found.clone()
    };
    for index in found {
        let partner = partner_of_found[index];
        // A pair counts under one part of speech on both sides: that of gold.
        let pos = partner.and_then(gold_pos).or_else(|| found_pos(index));
        if let Some(pos) = pos {
            let hit = partner.is_some_and(|gold| right(gold, index));
            let hits = f64::from(u8::from(hit));
            out.add(
                TASK,
                metric,
                pos,
                Cell { precision_hits: hits, predicted: 1.0, ..Cell::default() },
            );
        }
    }
}

/// Mistakes and the confusion of types, on overlapping pairs of the triggers with a type.
fn explain(sample: &Sample, triggers: &Triggers<'_>, pairs: &[(usize, usize)], out: &mut Tally) {
    let mut paired = BTreeSet::new();
    for (gold, found) in pairs {
        let (gold_index, gold, found_index, found) =
            (gold, &triggers.golds[*gold], found, &triggers.found[*found]);
        paired.insert((true, *gold_index));
        paired.insert((false, *found_index));
        let right = gold.types.contains(&found.kind);
        let own = if right { &found.kind } else { &gold.types[0] };
        out.confuse_events(own, &found.kind);
        let kind = match (right, gold.spans.contains(&found.span)) {
            (true, true) => continue,
            (true, false) => MistakeKind::WrongBoundary,
            (false, true) => MistakeKind::WrongType,
            (false, false) => MistakeKind::WrongBoundaryAndType,
        };
        let (expected, actual) = ((gold.spans[0], own.as_str()), (found.span, found.kind.as_str()));
        mistake(out, sample, TASK, kind, Some(expected), Some(actual));
    }
    for index in &triggers.mapped_golds {
        if !paired.contains(&(true, *index)) {
            let gold = &triggers.golds[*index];
            let item = Some((gold.spans[0], gold.types[0].as_str()));
            out.confuse_events(&gold.types[0], "");
            mistake(out, sample, TASK, MistakeKind::Missed, item, None);
        }
    }
    for index in &triggers.mapped_found {
        if !paired.contains(&(false, *index)) {
            let found = &triggers.found[*index];
            out.confuse_events("", &found.kind);
            let item = Some((found.span, found.kind.as_str()));
            mistake(out, sample, TASK, MistakeKind::Spurious, None, item);
        }
    }
}

/// Time value and country of matched events, where gold has them; gold values that the text does
/// not state are counted apart.
fn ground(
    gold: &Sample,
    predicted: &Sample,
    triggers: &Triggers<'_>,
    pairs: &[(usize, usize)],
    out: &mut Tally,
) {
    let (Some(golds), Some(found)) = (&gold.events, &predicted.events) else { return };
    for (own, other) in triggers.best_events(pairs) {
        let (own, other) = (&golds[own], &found[other]);
        let mut judge = |metric, inferred: bool, expected: &str, actual: Option<&str>| {
            let hit = f64::from(u8::from(actual == Some(expected)));
            let task = if inferred { INFERRED } else { TASK };
            out.add(task, metric, ALL, Cell::accuracy(hit, 1.0));
        };
        if let Some(time) = &own.time
            && let Some(value) = &time.value
        {
            let actual = other.time.as_ref().and_then(|time| time.value.as_deref());
            judge("event time", time.inferred.is_some(), value, actual);
        }
        if let Some(place) = &own.place
            && let Some(country) = &place.country
        {
            let actual = other.place.as_ref().and_then(|place| place.country.as_deref());
            judge("event country", place.inferred.is_some(), country, actual);
        }
    }
}
