//! Entity mentions: SemEval-2013 strict, exact span, partial and type; strict is what seqeval and
//! conlleval count.

use std::collections::{BTreeMap, BTreeSet};

use super::labels::{self, Meaning};
use super::semeval::{Strategy, outcomes};
use super::spans::{Neutral, is_compared, shared};
use super::{ScoreError, mistake};
use crate::mapping::Maps;
use crate::matching::{Edge, Span, inverse, maximum_weight, overlapping};
use crate::mistakes::MistakeKind;
use crate::sample::Sample;
use crate::tally::{ALL, Side, Tally, Why};

const TASK: &str = "entities";

/// Scores the mentions of entities.
///
/// Cells: `strict`, `exact span`, `partial` and `type`, each for all and per type. For a type, the
/// items of that type alone are compared, as nervaluate does.
pub fn entities(
    gold: &Sample,
    predicted: &Sample,
    maps: &Maps,
    out: &mut Tally,
) -> Result<(), ScoreError> {
    let Some((mut golds, predictions)) = mentions(gold, predicted, maps, out)? else {
        return Ok(());
    };
    settle(&mut golds, &predictions);
    let golds: Vec<(Span, &str)> =
        golds.iter().map(|item| (item.spans[0], item.types[0].as_str())).collect();
    let predictions: Vec<(Span, &str)> =
        predictions.iter().map(|item| (item.span, item.kind.as_str())).collect();
    let mut golds = golds;
    golds.sort_unstable();
    count(ALL, &golds, &predictions, out);
    let types: BTreeSet<&str> = golds.iter().chain(&predictions).map(|item| item.1).collect();
    for kind in types {
        let of_type = |items: &[(Span, &'_ str)]| {
            items.iter().filter(|item| item.1 == kind).map(|item| item.0).collect::<Vec<_>>()
        };
        let side =
            |spans: Vec<Span>| spans.into_iter().map(|span| (span, kind)).collect::<Vec<_>>();
        count(kind, &side(of_type(&golds)), &side(of_type(&predictions)), out);
    }
    explain(gold, &golds, &predictions, out);
    Ok(())
}

fn count(group: &str, gold: &[(Span, &str)], predicted: &[(Span, &str)], out: &mut Tally) {
    for (strategy, outcome) in Strategy::ALL.into_iter().zip(outcomes(gold, predicted)) {
        out.add(TASK, strategy.metric(), group, outcome.cell());
    }
}

/// A gold mention with all that counts as right.
#[derive(Clone, Debug)]
pub(crate) struct GoldMention {
    pub(crate) spans: Vec<Span>,
    pub(crate) types: Vec<String>,
}

/// A predicted mention.
#[derive(Clone, Debug)]
pub(crate) struct PredictedMention {
    pub(crate) span: Span,
    pub(crate) kind: String,
    pub(crate) score: Option<f64>,
}

/// Both sides of a comparison.
pub(crate) type Compared = (Vec<GoldMention>, Vec<PredictedMention>);

/// The mentions that are compared, predictions in text order; what is left out is counted. `None`
/// if gold has no entity layer.
pub(crate) fn mentions(
    gold: &Sample,
    predicted: &Sample,
    maps: &Maps,
    out: &mut Tally,
) -> Result<Option<Compared>, ScoreError> {
    let Some(entities) = &gold.entities else {
        return Ok(None);
    };
    let axis = gold.axis();
    let annotated = axis.annotated(gold);
    let mut golds = Vec::new();
    let mut neutral = Neutral::default();
    let mut seen = BTreeSet::new();
    for entity in entities {
        let meaning = labels::gold(maps.entities.as_ref(), &entity.kind, &entity.types);
        for mention in &entity.mentions {
            let spans = axis.accepted(&mention.location.at, &mention.alternatives);
            let why = match &meaning {
                Meaning::Unknown(label) => {
                    {
                        let table = "entities";
                        return Err(ScoreError::unknown(
                            gold,
                            "gold entity",
                            label,
                            table,
                            spans[0],
                        ));
                    };
                }
                _ if !is_compared(annotated.as_deref(), spans[0]) => Why::NotAnnotated,
                Meaning::Left(why) => *why,
                Meaning::Types(_) if mention.optional => Why::Optional,
                Meaning::Types(types) if seen.insert((spans[0], types[0].clone())) => {
                    golds.push(GoldMention { spans, types: types.clone() });
                    continue;
                }
                Meaning::Types(_) => Why::Duplicate,
            };
            out.drop_item(TASK, Side::Gold, why, &entity.kind);
            if matches!(why, Why::LabelMapsToNothing | Why::Optional) {
                neutral.push(spans, why);
            }
        }
    }
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for entity in predicted.entities.iter().flatten() {
        let meaning = labels::predicted_entity(maps, &entity.kind);
        for mention in &entity.mentions {
            let span = axis.span(&mention.location.at);
            let why = match &meaning {
                Meaning::Unknown(label) => {
                    let table = labels::entity_table(maps);
                    return Err(ScoreError::unknown(gold, "predicted entity", label, table, span));
                }
                _ if !is_compared(annotated.as_deref(), span) => Why::NotAnnotated,
                Meaning::Left(why) => *why,
                _ if !maps.compares(mention.kind.as_deref()) => Why::KindNotInGold,
                Meaning::Types(types) if seen.insert((span, types[0].clone())) => {
                    let kind = types[0].clone();
                    found.push(PredictedMention { span, kind, score: mention.score });
                    continue;
                }
                Meaning::Types(_) => Why::Duplicate,
            };
            out.drop_item(TASK, Side::Predicted, why, &entity.kind);
        }
    }
    found.sort_by(|a, b| (a.span, &a.kind).cmp(&(b.span, &b.kind)));
    let compared: Vec<Span> = golds.iter().flat_map(|item| item.spans.iter().copied()).collect();
    neutral.retain(&compared, &mut found, |item| (item.span, &item.kind), TASK, out);
    Ok(Some((golds, found)))
}

/// Gives each gold mention with alternatives the span and the type that the predictions meet best;
/// `spans[0]` and `types[0]` are what is compared afterwards.
pub(crate) fn settle(golds: &mut [GoldMention], predictions: &[PredictedMention]) {
    if golds.iter().all(|item| item.spans.len() == 1 && item.types.len() == 1) {
        return;
    }
    let mut by_span: BTreeMap<Span, Vec<usize>> = BTreeMap::new();
    for (index, item) in predictions.iter().enumerate() {
        by_span.entry(item.span).or_default().push(index);
    }
    // One-to-one over everything that counts as right, so that no two gold mentions settle on the
    // same prediction. The first of the spans and of the types are preferred.
    let mut edges = Vec::new();
    for (gold, item) in golds.iter().enumerate() {
        for (place, span) in item.spans.iter().enumerate() {
            for predicted in by_span.get(span).into_iter().flatten() {
                let kind = item.types.iter().position(|kind| *kind == predictions[*predicted].kind);
                let weight = if kind.is_some() { 1000 } else { 10 }
                    + i64::from(place == 0) * 2
                    + i64::from(kind == Some(0));
                edges.push(Edge { gold, predicted: *predicted, weight });
            }
        }
    }
    let mut partners = maximum_weight(golds.len(), predictions.len(), &edges);
    // What is left may still overlap a prediction of an accepted type.
    let spans: Vec<Span> = golds.iter().map(|item| item.spans[0]).collect();
    let found: Vec<Span> = predictions.iter().map(|item| item.span).collect();
    let taken = inverse(&partners, predictions.len());
    for (gold, predicted) in overlapping(&spans, &found) {
        if partners[gold].is_none()
            && taken[predicted].is_none()
            && golds[gold].types.contains(&predictions[predicted].kind)
        {
            partners[gold] = Some(predicted);
        }
    }
    for (item, partner) in golds.iter_mut().zip(partners) {
        let Some(partner) = partner.map(|index| &predictions[index]) else { continue };
        if let Some(place) = item.spans.iter().position(|span| *span == partner.span) {
            item.spans.swap(0, place);
        }
        if let Some(place) = item.types.iter().position(|kind| *kind == partner.kind) {
            item.types.swap(0, place);
        }
    }
}

/// Mistakes and the confusion matrix, on a one-to-one matching of the overlapping mentions: the
/// same span first, then the same type, then the longer overlap.
fn explain(sample: &Sample, golds: &[(Span, &str)], predicted: &[(Span, &str)], out: &mut Tally) {
    let spans = |items: &[(Span, &str)]| items.iter().map(|item| item.0).collect::<Vec<_>>();
    let edges: Vec<Edge> = overlapping(&spans(golds), &spans(predicted))
        .into_iter()
        .map(|(gold, index)| {
            let (a, b) = (golds[gold], predicted[index]);
            let weight = 1
                + shared(a.0, b.0).min(999) as i64
                + i64::from(a.1 == b.1) * 2_000
                + i64::from(a.0 == b.0) * 10_000;
            Edge { gold, predicted: index, weight }
        })
        .collect();
    let partners = maximum_weight(golds.len(), predicted.len(), &edges);
    for (item, partner) in golds.iter().zip(&partners) {
        let partner = partner.map(|index| predicted[index]);
        out.confuse(item.1, partner.map_or("", |partner| partner.1));
        let kind = match partner {
            None => MistakeKind::Missed,
            Some(partner) => match (item.0 == partner.0, item.1 == partner.1) {
                (true, true) => continue,
                (true, false) => MistakeKind::WrongType,
                (false, true) => MistakeKind::WrongBoundary,
                (false, false) => MistakeKind::WrongBoundaryAndType,
            },
        };
        mistake(out, sample, TASK, kind, Some(*item), partner);
    }
    for (item, partner) in predicted.iter().zip(inverse(&partners, predicted.len())) {
        if partner.is_none() {
            out.confuse("", item.1);
            mistake(out, sample, TASK, MistakeKind::Spurious, None, Some(*item));
        }
    }
}
