//! Salience of entities: whether those that most summaries of an article mention are told from the
//! others.

use std::collections::BTreeMap;

use super::labels::{self, Meaning};
use super::{ScoreError, mistake};
use crate::cells::Cell;
use crate::mapping::Maps;
use crate::matching::{Edge, Span, maximum_weight};
use crate::mistakes::MistakeKind;
use crate::sample::{Entity, Sample};
use crate::tally::{ALL, Side, Tally, Why};

const TASK: &str = "salience";
/// An entity is salient if most summaries mention it.
const SALIENT: f64 = 0.5;

/// Scores which entities are salient. An entity is right if it shares more mentions (by exact span)
/// with a salient gold entity than with any other, one to one.
///
/// Cells: `salient` (all, and per type of gold; of a prediction without gold its own): precision,
/// recall and F1 of the entities with more than half of the summaries on the gold side, more than
/// ½ on the other. `salience off`: the mean distance of both, over entities that both sides have.
pub fn salience(
    gold: &Sample,
    predicted: &Sample,
    maps: &Maps,
    out: &mut Tally,
) -> Result<(), ScoreError> {
    let axis = gold.axis();
    let labelled = gold.entities.iter().flatten();
    let golds: Vec<(&Entity, f64)> = labelled.filter_map(|e| Some((e, e.salience?))).collect();
    if golds.is_empty() {
        return Ok(());
    }
    let mut owner: BTreeMap<Span, usize> = BTreeMap::new();
    for (index, (entity, _)) in golds.iter().enumerate() {
        for mention in &entity.mentions {
            for span in axis.accepted(&mention.location.at, &mention.alternatives) {
                owner.entry(span).or_insert(index);
            }
        }
    }
    let found: Vec<&Entity> = predicted.entities.iter().flatten().collect();
    let mut shared: BTreeMap<(usize, usize), i64> = BTreeMap::new();
    for (index, entity) in found.iter().enumerate() {
        for mention in &entity.mentions {
            if let Some(&own) = owner.get(&axis.span(&mention.location.at)) {
                *shared.entry((own, index)).or_default() += 1;
            }
        }
    }
    let edge =
        |(&(gold, predicted), &weight): (&(usize, usize), &i64)| Edge { gold, predicted, weight };
    let edges: Vec<Edge> = shared.iter().map(edge).collect();
    let partners = maximum_weight(golds.len(), found.len(), &edges);
    let mut met = vec![false; found.len()];
    for (&(entity, share), partner) in golds.iter().zip(partners) {
        if let Some(index) = partner {
            met[index] = true;
        }
        let first = entity.mentions.first();
        let at = first.map_or((0, 0), |mention| axis.span(&mention.location.at));
        let kind = match labels::gold(maps.entities.as_ref(), &entity.kind, &entity.types) {
            Meaning::Types(types) => types[0].clone(),
            Meaning::Left(why) => {
                out.drop_item(TASK, Side::Gold, why, &entity.kind);
                continue;
            }
            Meaning::Unknown(label) => {
                return Err(ScoreError::unknown(gold, "gold entity", &label, "entities", at));
            }
        };
        // Whoever is never named is nothing that we could list.
        if entity.mentions.iter().all(|m| m.kind.as_deref().is_some_and(|kind| kind != "name")) {
            out.drop_item(TASK, Side::Gold, Why::KindNotInGold, &entity.kind);
            continue;
        }
        let ours = partner.and_then(|index| found[index].salience);
        let (gold_is, own_is) = (share > SALIENT, ours.is_some_and(|s| s > SALIENT));
        let count = |is: bool| f64::from(u8::from(is));
        let cell = Cell::matched(count(gold_is && own_is), count(own_is), count(gold_is));
        out.add(TASK, "salient", ALL, cell);
        out.add(TASK, "salient", &kind, cell);
        if let Some(ours) = ours {
            out.add(TASK, "salience off", ALL, Cell::accuracy((ours - share).abs(), 1.0));
        }
        if gold_is && !own_is {
            mistake(out, gold, TASK, MistakeKind::Missed, Some((at, &kind)), None);
        }
    }
    for (entity, _) in found.iter().zip(met).filter(|(_, met)| !met) {
        if entity.salience.is_some_and(|s| s > SALIENT)
            && matches!(labels::predicted_entity(maps, &entity.kind), Meaning::Types(_))
        {
            let cell = Cell::matched(0.0, 1.0, 0.0);
            out.add(TASK, "salient", ALL, cell);
            out.add(TASK, "salient", &entity.kind, cell);
        }
    }
    Ok(())
}
