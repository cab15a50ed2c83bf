//! Calibration: do items scored 0.8 turn out right four times of five?

use std::collections::BTreeMap;

use super::ScoreError;
use super::entities::{mentions, settle};
use super::pairing::Rule;
use super::triggers::{agreement, triggers};
use crate::cells::Cell;
use crate::mapping::Maps;
use crate::matching::Span;
use crate::sample::Sample;
use crate::tally::Tally;

const TASK: &str = "calibration";

/// Equal-width bins of the scores, as in Guo et al. 2017: bin `i` holds scores in
/// `(i/15, (i+1)/15]`, the first also 0.
pub const BINS: usize = 15;

/// Bins the scores of predicted entity mentions by whether they are right (`strict`), and those of
/// predicted events by whether one of their triggers is right (`TC overlap`).
///
/// Cells of the metrics `entities` and `events`, one a bin (group `00` to `14`): `precision_hits`
/// counts the right ones, `recall_hits` sums the scores, `predicted` and `gold` count the items.
pub fn calibration(
    gold: &Sample,
    predicted: &Sample,
    maps: &Maps,
    out: &mut Tally,
) -> Result<(), ScoreError> {
    calibrate_entities(gold, predicted, maps, out)?;
    calibrate_events(gold, predicted, maps, out)
}

fn calibrate_entities(
    gold: &Sample,
    predicted: &Sample,
    maps: &Maps,
    out: &mut Tally,
) -> Result<(), ScoreError> {
    // What is left out of the comparison is counted by the entity scorer.
    let mut aside = Tally::default();
    let Some((mut golds, found)) = mentions(gold, predicted, maps, &mut aside)? else {
        return Ok(());
    };
    settle(&mut golds, &found);
    let mut right: BTreeMap<(Span, &str), usize> = BTreeMap::new();
    for item in &golds {
        *right.entry((item.spans[0], item.types[0].as_str())).or_default() += 1;
    }
    for item in &found {
        let left = right.get_mut(&(item.span, item.kind.as_str()));
        let hit = left.is_some_and(|left| {
            let hit = *left > 0;
            *left = left.saturating_sub(1);
            hit
        });
        if let Some(score) = item.score {
            add(gold, "entities", &item.kind, score, hit, out)?;
        }
    }
    Ok(())
}

fn calibrate_events(
    gold: &Sample,
    predicted: &Sample,
    maps: &Maps,
    out: &mut Tally,
) -> Result<(), ScoreError> {
    let Some(triggers) = triggers(gold, predicted, maps, &mut Tally::default())? else {
        return Ok(());
    };
    let mut judged: BTreeMap<usize, bool> = BTreeMap::new();
    for index in &triggers.mapped_found {
        judged.insert(triggers.found[*index].event, false);
    }
    for (own, other) in triggers.mapped_pairs(Rule::Overlap) {
        if agreement(&triggers.golds[own], &triggers.found[other]) == 2 {
            judged.insert(triggers.found[other].event, true);
        }
    }
    for (index, event) in predicted.events.iter().flatten().enumerate() {
        if let Some((score, right)) = event.score.zip(judged.get(&index)) {
            add(gold, "events", &event.kind, score, *right, out)?;
        }
    }
    Ok(())
}

fn add(
    sample: &Sample,
    metric: &'static str,
    label: &str,
    score: f64,
    right: bool,
    out: &mut Tally,
) -> Result<(), ScoreError> {
    if !(0.0..=1.0).contains(&score) {
        let (article, label) = (sample.id.clone(), label.to_string());
        return Err(ScoreError::NotAProbability { article, label, score });
    }
    let bin = ((score * BINS as f64).ceil() as usize).clamp(1, BINS) - 1;
    let right = f64::from(u8::from(right));
    let cell = Cell { precision_hits: right, predicted: 1.0, recall_hits: score, gold: 1.0 };
    out.add(TASK, metric, &format!("{bin:02}"), cell);
    Ok(())
}
