//! Clusters of mentions: which mentions are of the same entity, which triggers of the same event.

use std::collections::{BTreeMap, BTreeSet};

use super::ScoreError;
use super::coreference::{Clusters, scores};
use super::labels;
use super::spans::{Neutral, is_compared};
use crate::mapping::Maps;
use crate::matching::Span;
use crate::sample::{Entity, Event, Sample, Stretch};
use crate::tally::{Side, Tally, Why};

const TASK: &str = "clusters";

/// Metrics, in the order of [`scores`].
const METRICS: [&str; 3] = ["MUC", "B³", "CEAFe"];

/// Which mentions take part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// All of both sides.
    EndToEnd,
    /// Those that both sides have.
    Found,
    /// All but clusters of one mention.
    WithoutSingletons,
}

/// Scores clusters of entities and of events; mentions are the same if their spans are.
///
/// Cells: `MUC`, `B³`, `CEAFe`; groups `entities`, `entities, found mentions`, `entities, without
/// singletons`, and the same of `events`. The types of entities and events play no part, but what
/// the maps leave out is left out.
pub fn clusters(
    gold: &Sample,
    predicted: &Sample,
    maps: &Maps,
    out: &mut Tally,
) -> Result<(), ScoreError> {
    let at = |members: &[Member<'_>]| {
        members.first().map_or((0, 0), |member| gold.axis().span(member.at))
    };
    if let Some(entities) = &gold.entities {
        let (mut golds, mut found) = (Vec::new(), Vec::new());
        for entity in entities {
            let meaning = labels::gold(maps.entities.as_ref(), &entity.kind, &entity.types);
            let members = mentions_of(entity);
            let left = meaning.is_left().ok_or_else(|| {
                let (what, table) = ("gold entity", "entities");
                ScoreError::unknown(gold, what, &entity.kind, table, at(&members))
            })?;
            golds.push((left, members));
        }
        for entity in predicted.entities.iter().flatten() {
            let meaning = labels::predicted_entity(maps, &entity.kind);
            let mut members = mentions_of(entity);
            members.retain(|member| maps.compares(member.kind));
            let left = meaning.is_left().ok_or_else(|| {
                let (what, table) = ("predicted entity", labels::entity_table(maps));
                ScoreError::unknown(gold, what, &entity.kind, table, at(&members))
            })?;
            found.push((left, members));
        }
        score(gold, &golds, &found, ENTITIES, out);
    }
    if let Some(events) = &gold.events {
        let (mut golds, mut found) = (Vec::new(), Vec::new());
        for event in events {
            let meaning = labels::gold(maps.events.as_ref(), &event.kind, &event.types);
            let members = triggers_of(event);
            let left = meaning.is_left().ok_or_else(|| {
                ScoreError::unknown(gold, "gold event", &event.kind, "events", at(&members))
            })?;
            golds.push((left, members));
        }
        for event in predicted.events.iter().flatten() {
            let meaning = labels::predicted_event(maps, &event.kind);
            let members = triggers_of(event);
            let left = meaning.is_left().ok_or_else(|| {
                let (what, table) = ("predicted event", labels::event_table(maps));
                ScoreError::unknown(gold, what, &event.kind, table, at(&members))
            })?;
            found.push((left, members));
        }
        score(gold, &golds, &found, EVENTS, out);
    }
    Ok(())
}

const ENTITIES: [(Part, &str); 3] = [
    (Part::EndToEnd, "entities"),
    (Part::Found, "entities, found mentions"),
    (Part::WithoutSingletons, "entities, without singletons"),
];

const EVENTS: [(Part, &str); 3] = [
    (Part::EndToEnd, "events"),
    (Part::Found, "events, found mentions"),
    (Part::WithoutSingletons, "events, without singletons"),
];

/// A mention of a cluster.
struct Member<'a> {
    at: &'a Stretch,
    /// `name`, `nominal` or `pronoun`, where known.
    kind: Option<&'a str>,
    alternatives: &'a [Stretch],
    optional: bool,
}

fn mentions_of(entity: &Entity) -> Vec<Member<'_>> {
    entity
        .mentions
        .iter()
        .map(|mention| Member {
            at: &mention.location.at,
            kind: mention.kind.as_deref(),
            alternatives: &mention.alternatives,
            optional: mention.optional,
        })
        .collect()
}

fn triggers_of(event: &Event) -> Vec<Member<'_>> {
    event
        .mentions
        .iter()
        .map(|mention| Member {
            at: &mention.location.at,
            kind: None,
            alternatives: &mention.alternatives,
            optional: mention.optional,
        })
        .collect()
}

fn score(
    sample: &Sample,
    golds: &[(bool, Vec<Member<'_>>)],
    found: &[(bool, Vec<Member<'_>>)],
    parts: [(Part, &'static str); 3],
    out: &mut Tally,
) {
    let axis = sample.axis();
    let annotated = axis.annotated(sample);
    let members = || found.iter().flat_map(|(_, members)| members);
    let predicted_spans: BTreeSet<Span> = members().map(|member| axis.span(member.at)).collect();
    let mut ids: BTreeMap<Span, usize> = BTreeMap::new();
    let mut neutral = Neutral::default();
    let label = parts[0].1;
    let mut of_gold: Clusters = Vec::new();
    for (left, members) in golds {
        let mut cluster = Vec::new();
        for member in members {
            let spans = axis.accepted(member.at, member.alternatives);
            if !is_compared(annotated.as_deref(), spans[0]) {
                out.drop_item(TASK, Side::Gold, Why::NotAnnotated, label);
            } else if *left || member.optional {
                let why = if *left { Why::LabelMapsToNothing } else { Why::Optional };
                out.drop_item(TASK, Side::Gold, why, label);
                neutral.push(spans, why);
            } else {
                let met = spans.iter().find(|span| predicted_spans.contains(span));
                let id = ids.len();
                match ids.entry(*met.unwrap_or(&spans[0])) {
                    std::collections::btree_map::Entry::Vacant(entry) => {
                        cluster.push(*entry.insert(id))
                    }
                    // A mention can be in one cluster only.
                    _ => out.drop_item(TASK, Side::Gold, Why::Duplicate, label),
                }
            }
        }
        of_gold.push(cluster);
    }
    let compared: Vec<Span> = ids.keys().copied().collect();
    let spans: Vec<Span> = members().map(|member| axis.span(member.at)).collect();
    let mut covered = neutral.covers(&compared, &spans).into_iter();
    let gold_mentions = ids.len();
    let mut taken = BTreeSet::new();
    let mut of_prediction: Clusters = Vec::new();
    for (left, members) in found {
        let mut cluster = Vec::new();
        for member in members {
            let (span, on_neutral) = (axis.span(member.at), covered.next().flatten());
            if !is_compared(annotated.as_deref(), span) {
                out.drop_item(TASK, Side::Predicted, Why::NotAnnotated, label);
            } else if *left {
                out.drop_item(TASK, Side::Predicted, Why::TypeNotInGold, label);
            } else if let Some(why) = on_neutral {
                out.drop_item(TASK, Side::Predicted, why, label);
            } else {
                let id = ids.len();
                let id = *ids.entry(span).or_insert(id);
                if taken.insert(id) {
                    cluster.push(id);
                } else {
                    out.drop_item(TASK, Side::Predicted, Why::Duplicate, label);
                }
            }
        }
        of_prediction.push(cluster);
    }
    for (part, group) in parts {
        let keep = |id: &usize| part != Part::Found || (*id < gold_mentions && taken.contains(id));
        let side = |clusters: &Clusters| -> Clusters {
            let least = if part == Part::WithoutSingletons { 2 } else { 1 };
            let kept =
                clusters.iter().map(|cluster| cluster.iter().copied().filter(keep).collect());
            kept.filter(|cluster: &Vec<usize>| cluster.len() >= least).collect()
        };
        let cells = scores(&side(&of_gold), &side(&of_prediction));
        for (metric, cell) in METRICS.into_iter().zip(cells) {
            out.add(TASK, metric, group, cell);
        }
    }
}
