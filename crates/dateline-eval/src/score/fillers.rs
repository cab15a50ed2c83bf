//! Fillers of roles on both sides, and which of them are compared.

use std::collections::BTreeSet;

use super::ScoreError;
use super::heads::{characters, head};
use super::labels::{self, Meaning};
use super::spans::Neutral;
use super::triggers::Triggers;
use crate::axis::Axis;
use crate::mapping::Maps;
use crate::matching::Span;
use crate::sample::{Entity, Role, Sample};
use crate::tally::{Side, Tally, Why};

/// Name under which mistakes and dropped items of arguments stand.
pub(crate) const ARGUMENTS: &str = "arguments";

/// A gold filler of a role.
pub(crate) struct GoldArgument {
    /// Index of its event.
    pub(crate) event: usize,
    pub(crate) span: Span,
    pub(crate) head: Span,
    /// Heads of all mentions of the filler.
    pub(crate) heads: Vec<Span>,
    pub(crate) roles: Vec<String>,
    pub(crate) inferred: bool,
}

/// A predicted filler.
pub(crate) struct FoundArgument {
    /// Index of its event.
    pub(crate) event: usize,
    pub(crate) span: Span,
    pub(crate) head: Span,
    pub(crate) role: String,
    pub(crate) inferred: bool,
}

/// Arguments of the events that are compared: a trigger of theirs is annotated, and then so are
/// all of its arguments, wherever they stand.
pub(crate) fn collect(
    gold: &Sample,
    predicted: &Sample,
    maps: &Maps,
    triggers: &Triggers<'_>,
    out: &mut Tally,
) -> Result<(Vec<GoldArgument>, Vec<FoundArgument>), ScoreError> {
    let axis = gold.axis();
    let article = characters(gold);
    let entities = gold.entities.as_deref().unwrap_or_default();
    let (mut golds, mut neutral) = (Vec::new(), Neutral::default());
    let of_gold: BTreeSet<usize> =
        triggers.mapped_golds.iter().map(|index| triggers.golds[*index].event).collect();
    for index in of_gold {
        let Some(event) = gold.events.as_ref().and_then(|events| events.get(index)) else {
            continue;
        };
        for role in &event.roles {
            if maps.participants && !takes_part(role) {
                continue;
            }
            let span = axis.span(&role.location.at);
            let roles = match labels::gold(maps.roles.as_ref(), &role.role, &role.roles) {
                Meaning::Unknown(label) => {
                    return Err(ScoreError::unknown(gold, "gold role", &label, "roles", span));
                }
                Meaning::Left(why) => {
                    out.drop_item(ARGUMENTS, Side::Gold, why, &role.role);
                    neutral.push([span], why);
                    continue;
                }
                Meaning::Types(_) if role.optional => {
                    out.drop_item(ARGUMENTS, Side::Gold, Why::Optional, &role.role);
                    neutral.push([span], Why::Optional);
                    continue;
                }
                Meaning::Types(roles) => roles,
            };
            let own = role.head.as_ref().map_or_else(|| head(&article, span), |at| axis.span(at));
            let mut heads = vec![own];
            heads.extend(coreferent(role, span, entities, axis, &article));
            let inferred = role.inferred.is_some();
            golds.push(GoldArgument { event: index, span, head: own, heads, roles, inferred });
        }
    }
    let mut found = Vec::new();
    let of_found: BTreeSet<usize> =
        triggers.mapped_found.iter().map(|index| triggers.found[*index].event).collect();
    for index in of_found {
        let Some(event) = predicted.events.as_ref().and_then(|events| events.get(index)) else {
            continue;
        };
        for role in &event.roles {
            if maps.participants && !takes_part(role) {
                continue;
            }
            let span = axis.span(&role.location.at);
            match labels::predicted_role(maps, &role.role) {
                Meaning::Unknown(label) => {
                    let table = "predicted_roles";
                    return Err(ScoreError::unknown(gold, "predicted role", &label, table, span));
                }
                Meaning::Left(why) => out.drop_item(ARGUMENTS, Side::Predicted, why, &role.role),
                Meaning::Types(roles) => found.push(FoundArgument {
                    event: index,
                    span,
                    head: role
                        .head
                        .as_ref()
                        .map_or_else(|| head(&article, span), |at| axis.span(at)),
                    role: roles[0].clone(),
                    inferred: role.inferred.is_some(),
                }),
            }
        }
    }
    let compared: Vec<Span> = golds.iter().map(|item| item.span).collect();
    neutral.retain(&compared, &mut found, described, ARGUMENTS, out);
    Ok((golds, found))
}

/// Times and events take no part.
fn takes_part(role: &Role) -> bool {
    role.time.is_none() && role.event.is_none()
}

fn described(item: &FoundArgument) -> (Span, &str) {
    (item.span, &item.role)
}

/// Heads of the other mentions of a filler: of the entity it names, or else of one that is
/// mentioned by its very span.
fn coreferent(
    role: &Role,
    span: Span,
    entities: &[Entity],
    axis: Axis,
    article: &[char],
) -> Vec<Span> {
    let mentioned = |entity: &&Entity| {
        entity.mentions.iter().any(|mention| axis.span(&mention.location.at) == span)
    };
    let entity = match &role.entity {
        Some(id) => entities.iter().find(|entity| entity.id == *id),
        None => entities.iter().find(mentioned),
    };
    let mentions = entity.into_iter().flat_map(|entity| &entity.mentions);
    mentions.map(|mention| head(article, axis.span(&mention.location.at))).collect()
}
