//! Triggers of both sides, and which of them are compared.

use std::collections::BTreeSet;

use super::ScoreError;
use super::labels::{self, Meaning};
use super::pairing::{Rule, pairs};
use super::spans::{Neutral, is_compared, shared};
use crate::mapping::Maps;
use crate::matching::Span;
use crate::sample::{Event, EventMention, Sample};
use crate::tally::{Side, Tally, Why};

const TASK: &str = "events";

/// A gold trigger.
pub(crate) struct GoldTrigger<'a> {
    pub(crate) spans: Vec<Span>,
    /// Index of its event.
    pub(crate) event: usize,
    /// Types that are right; empty if the label maps to none.
    pub(crate) types: Vec<String>,
    pub(crate) mention: &'a EventMention,
}

/// A predicted trigger.
pub(crate) struct FoundTrigger<'a> {
    pub(crate) span: Span,
    /// Index of its event.
    pub(crate) event: usize,
    pub(crate) kind: String,
    /// No gold label stands for its type.
    foreign: bool,
    pub(crate) mention: &'a EventMention,
}

/// Triggers of an article.
pub(crate) struct Triggers<'a> {
    pub(crate) golds: Vec<GoldTrigger<'a>>,
    pub(crate) found: Vec<FoundTrigger<'a>>,
    /// Gold triggers whose label maps to one of our types.
    pub(crate) mapped_golds: Vec<usize>,
    /// Predictions that are compared with these: not those on triggers whose label maps to nothing,
    /// nor, away from gold, those of a type that no gold label stands for.
    pub(crate) mapped_found: Vec<usize>,
}

/// Triggers with the events of gold and of the prediction.
type WithEvents<'a> = (Triggers<'a>, &'a [Event], &'a [Event]);

/// The triggers of an article in which both sides have events, and these; what is left out is counted
/// by the event scorer.
pub(crate) fn of_both<'a>(
    gold: &'a Sample,
    predicted: &'a Sample,
    maps: &Maps,
) -> Result<Option<WithEvents<'a>>, ScoreError> {
    let found = triggers(gold, predicted, maps, &mut Tally::default())?;
    let events = gold.events.as_deref().zip(predicted.events.as_deref());
    Ok(found.zip(events).map(|(triggers, (golds, found))| (triggers, golds, found)))
}

/// The triggers that are compared; what is left out is counted. `None` if gold has no events layer.
pub(crate) fn triggers<'a>(
    gold: &'a Sample,
    predicted: &'a Sample,
    maps: &Maps,
    out: &mut Tally,
) -> Result<Option<Triggers<'a>>, ScoreError> {
    let Some(events) = &gold.events else {
        return Ok(None);
    };
    let axis = gold.axis();
    let annotated = axis.annotated(gold);
    let mut golds = Vec::new();
    let (mut optional, mut unmapped) = (Neutral::default(), Neutral::default());
    for (index, event) in events.iter().enumerate() {
        let meaning = labels::gold(maps.events.as_ref(), &event.kind, &event.types);
        for mention in &event.mentions {
            let spans = axis.accepted(&mention.location.at, &mention.alternatives);
            let types = match &meaning {
                Meaning::Unknown(label) => {
                    let table = "events";
                    return Err(ScoreError::unknown(gold, "gold event", label, table, spans[0]));
                }
                Meaning::Left(_) => Vec::new(),
                Meaning::Types(types) => types.clone(),
            };
            if !is_compared(annotated.as_deref(), spans[0]) {
                out.drop_item(TASK, Side::Gold, Why::NotAnnotated, &event.kind);
            } else if mention.optional {
                out.drop_item(TASK, Side::Gold, Why::Optional, &event.kind);
                optional.push(spans, Why::Optional);
            } else {
                if types.is_empty() {
                    out.drop_item(TASK, Side::Gold, Why::LabelMapsToNothing, &event.kind);
                    unmapped.push(spans.iter().copied(), Why::LabelMapsToNothing);
                }
                golds.push(GoldTrigger { spans, event: index, types, mention });
            }
        }
    }
    let mut found = Vec::new();
    for (index, event) in predicted.events.iter().flatten().enumerate() {
        let meaning = labels::predicted_event(maps, &event.kind);
        for mention in &event.mentions {
            let span = axis.span(&mention.location.at);
            let kind = match &meaning {
                Meaning::Unknown(label) => {
                    let table = labels::event_table(maps);
                    return Err(ScoreError::unknown(gold, "predicted event", label, table, span));
                }
                Meaning::Left(why @ Why::LabelMapsToNothing) => {
                    out.drop_item(TASK, Side::Predicted, *why, &event.kind);
                    continue;
                }
                Meaning::Left(_) => &event.kind,
                Meaning::Types(types) => &types[0],
            };
            if !is_compared(annotated.as_deref(), span) {
                out.drop_item(TASK, Side::Predicted, Why::NotAnnotated, kind);
                continue;
            }
            let foreign = matches!(meaning, Meaning::Left(_));
            found.push(FoundTrigger { span, event: index, kind: kind.clone(), foreign, mention });
        }
    }
    let spans = |found: &[FoundTrigger<'_>]| found.iter().map(|item| item.span).collect::<Vec<_>>();
    let of = |keep: &dyn Fn(&GoldTrigger<'_>) -> bool| -> Vec<Span> {
        golds.iter().filter(|item| keep(item)).flat_map(|item| item.spans.iter().copied()).collect()
    };
    // Optional gold triggers are neutral in every comparison, unmapped ones only where types count.
    optional.retain(&of(&|_| true), &mut found, |item| (item.span, &item.kind), TASK, out);
    let mapped: Vec<Span> = of(&|item| !item.types.is_empty());
    let on_unmapped = unmapped.covers(&mapped, &spans(&found));
    let on_mapped: BTreeSet<usize> = crate::matching::overlapping(&mapped, &spans(&found))
        .into_iter()
        .map(|pair| pair.1)
        .collect();
    let mut mapped_found = Vec::new();
    for (index, item) in found.iter().enumerate() {
        if let Some(why) = on_unmapped[index] {
            out.drop_item(TASK, Side::Predicted, why, &item.kind);
        } else if item.foreign && !on_mapped.contains(&index) {
            out.drop_item(TASK, Side::Predicted, Why::TypeNotInGold, &item.kind);
        } else {
            mapped_found.push(index);
        }
    }
    let mapped_golds = (0..golds.len()).filter(|index| !golds[*index].types.is_empty()).collect();
    Ok(Some(Triggers { golds, found, mapped_golds, mapped_found }))
}

/// Whether a predicted type is right: 2 if it is, 1 if its family is, else 0.
pub(crate) fn agreement(gold: &GoldTrigger<'_>, found: &FoundTrigger<'_>) -> i64 {
    if gold.types.contains(&found.kind) {
        2
    } else {
        i64::from(gold.types.iter().any(|kind| family(kind) == family(&found.kind)))
    }
}

/// The family of a type: what stands before its point.
pub(crate) fn family(kind: &str) -> &str {
    kind.split_once('.').map_or(kind, |(family, _)| family)
}

impl Triggers<'_> {
    /// Pairs of all triggers.
    pub(crate) fn all_pairs(&self, rule: Rule) -> Vec<(usize, usize)> {
        let golds: Vec<usize> = (0..self.golds.len()).collect();
        let found: Vec<usize> = (0..self.found.len()).collect();
        self.pairs_of(&golds, &found, rule)
    }

    /// Pairs of the triggers with one of our types.
    pub(crate) fn mapped_pairs(&self, rule: Rule) -> Vec<(usize, usize)> {
        self.pairs_of(&self.mapped_golds, &self.mapped_found, rule)
    }

    fn pairs_of(&self, golds: &[usize], found: &[usize], rule: Rule) -> Vec<(usize, usize)> {
        let accepted: Vec<Vec<Span>> =
            golds.iter().map(|index| self.golds[*index].spans.clone()).collect();
        let spans: Vec<Span> = found.iter().map(|index| self.found[*index].span).collect();
        let bonus = |gold: usize, index: usize| {
            Some(agreement(&self.golds[golds[gold]], &self.found[found[index]]))
        };
        let partners = pairs(&accepted, &spans, rule, bonus).into_iter().enumerate();
        partners.filter_map(|(gold, other)| Some((golds[gold], found[other?]))).collect()
    }

    /// Pairs of events that share a pair of overlapping triggers (by index, each pair once), those
    /// with more shared characters first for each gold event.
    pub(crate) fn event_pairs(&self, pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
        let mut worth: std::collections::BTreeMap<(usize, usize), usize> = Default::default();
        for (gold, found) in pairs {
            let (gold, found) = (&self.golds[*gold], &self.found[*found]);
            let best = gold.spans.iter().map(|span| shared(*span, found.span)).max();
            *worth.entry((gold.event, found.event)).or_default() += best.unwrap_or(0);
        }
        let mut events: Vec<((usize, usize), usize)> = worth.into_iter().collect();
        events.sort_by_key(|((gold, found), worth)| (*gold, std::cmp::Reverse(*worth), *found));
        events.into_iter().map(|(pair, _)| pair).collect()
    }

    /// For each matched gold event, the predicted event that shares most with it.
    pub(crate) fn best_events(&self, pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
        let mut pairs = self.event_pairs(pairs);
        pairs.dedup_by_key(|(gold, _)| *gold);
        pairs
    }
}
