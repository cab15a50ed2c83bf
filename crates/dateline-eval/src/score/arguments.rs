//! Arguments of events: who and what fills which role.
//!
//! Cells, each with fillers compared in three ways: `exact` (same span), `head` (the head words
//! meet), `coreferent` (the predicted head meets that of any mention of the gold filler's entity).
//!
//! - `AI`, `AC`: the filler (and its role) of an event of the right type, wherever the event's
//!   trigger is (Lin et al. 2020, OneIE);
//! - `AI+`, `AC+`: the same, attached: the event's trigger has to be found with the right type
//!   (Huang et al. 2024, TextEE), by the same span in `exact` and by overlap in the other two;
//! - `…, found triggers`: only arguments of events whose trigger was found with the right type, on
//!   both sides: what the argument step does when triggers are given.
//!
//! Where gold's roles stand for none of ours but name who takes part (`participants` of the map), only
//! the first of each pair counts; times and events in roles are left out, which gold keeps elsewhere.
//!
//! A gold filler that is not stated in the sentence (`inferred`) counts under the task
//! `events, inferred`. Classifications are also counted per role.

use std::collections::{BTreeMap, BTreeSet};

use super::events::INFERRED;
use super::fillers::{ARGUMENTS, FoundArgument, GoldArgument, collect};
use super::pairing::{Rule, pairs};
use super::triggers::{Triggers, agreement};
use super::{ScoreError, mistake};
use crate::cells::Cell;
use crate::mapping::Maps;
use crate::matching::{Span, inverse};
use crate::mistakes::MistakeKind;
use crate::sample::Sample;
use crate::tally::{ALL, Tally};

const TASK: &str = "events";

/// How fillers are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Filler {
    Exact,
    Head,
    Coreferent,
}

/// Which arguments are compared with which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    /// Events of the right type.
    Unattached,
    /// Events whose triggers are a pair.
    Attached,
    /// The same, other events left out.
    FoundTriggers,
}

/// Metric without and with the role.
const METRICS: [(Filler, Scope, [&str; 2]); 9] = [
    (Filler::Exact, Scope::Unattached, ["AI exact", "AC exact"]),
    (Filler::Head, Scope::Unattached, ["AI head", "AC head"]),
    (Filler::Coreferent, Scope::Unattached, ["AI coreferent", "AC coreferent"]),
    (Filler::Exact, Scope::Attached, ["AI+ exact", "AC+ exact"]),
    (Filler::Head, Scope::Attached, ["AI+ head", "AC+ head"]),
    (Filler::Coreferent, Scope::Attached, ["AI+ coreferent", "AC+ coreferent"]),
    (
        Filler::Exact,
        Scope::FoundTriggers,
        ["AI+ exact, found triggers", "AC+ exact, found triggers"],
    ),
    (Filler::Head, Scope::FoundTriggers, ["AI+ head, found triggers", "AC+ head, found triggers"]),
    (
        Filler::Coreferent,
        Scope::FoundTriggers,
        ["AI+ coreferent, found triggers", "AC+ coreferent, found triggers"],
    ),
];

pub(crate) fn arguments(
    gold: &Sample,
    predicted: &Sample,
    maps: &Maps,
    triggers: &Triggers<'_>,
    out: &mut Tally,
) -> Result<(), ScoreError> {
    if maps.foreign_roles && !maps.participants {
        return Ok(());
    }
    let golds_exist = gold.events.iter().flatten().any(|event| !event.roles.is_empty());
    let any_found = predicted.events.iter().flatten().any(|event| !event.roles.is_empty());
    if !golds_exist && !any_found {
        return Ok(());
    }
    let (golds, found) = collect(gold, predicted, maps, triggers, out)?;
    let events = Events::of(triggers);
    for (filler, scope, metrics) in METRICS {
        let rule = if filler == Filler::Exact { Rule::Exact } else { Rule::Overlap };
        let attached = events.attached(rule);
        let (kept_golds, kept_found): (Vec<&GoldArgument>, Vec<&FoundArgument>) = match scope {
            Scope::FoundTriggers => (
                golds
                    .iter()
                    .filter(|item| attached.iter().any(|pair| pair.0 == item.event))
                    .collect(),
                found
                    .iter()
                    .filter(|item| attached.iter().any(|pair| pair.1 == item.event))
                    .collect(),
            ),
            _ => (golds.iter().collect(), found.iter().collect()),
        };
        let together = |gold: &GoldArgument, found: &FoundArgument| match scope {
            Scope::Unattached => events.same_type(gold.event, found.event),
            _ => attached.contains(&(gold.event, found.event)),
        };
        let mut partners = Vec::new();
        for (with_role, metric) in [false, true].into_iter().zip(metrics) {
            if with_role && maps.foreign_roles {
                continue;
            }
            partners = match_fillers(&kept_golds, &kept_found, filler, with_role, &together);
            count(metric, with_role, &kept_golds, &kept_found, &partners, out);
        }
        if (filler, scope) == (Filler::Head, Scope::FoundTriggers) {
            let any = match_fillers(&kept_golds, &kept_found, filler, false, &together);
            explain(gold, &kept_golds, &kept_found, &partners, &any, out);
        }
    }
    Ok(())
}

/// Types and pairs of events.
struct Events<'t> {
    gold_types: BTreeMap<usize, &'t [String]>,
    found_types: BTreeMap<usize, &'t str>,
    exact: BTreeSet<(usize, usize)>,
    overlap: BTreeSet<(usize, usize)>,
}

impl<'t> Events<'t> {
    fn of(triggers: &'t Triggers<'_>) -> Events<'t> {
        let golds = triggers.mapped_golds.iter().map(|index| &triggers.golds[*index]);
        let found = triggers.mapped_found.iter().map(|index| &triggers.found[*index]);
        let pairs = |rule: Rule| {
            let mut pairs = triggers.mapped_pairs(rule);
            pairs.retain(|pair| agreement(&triggers.golds[pair.0], &triggers.found[pair.1]) == 2);
            triggers.event_pairs(&pairs).into_iter().collect()
        };
        Events {
            gold_types: golds.map(|item| (item.event, &item.types[..])).collect(),
            found_types: found.map(|item| (item.event, item.kind.as_str())).collect(),
            exact: pairs(Rule::Exact),
            overlap: pairs(Rule::Overlap),
        }
    }

    fn attached(&self, rule: Rule) -> &BTreeSet<(usize, usize)> {
        match rule {
            Rule::Exact => &self.exact,
            Rule::Overlap => &self.overlap,
        }
    }

    fn same_type(&self, gold: usize, found: usize) -> bool {
        let types = self.gold_types.get(&gold).zip(self.found_types.get(&found));
        types.is_some_and(|(types, kind)| types.iter().any(|own| own == kind))
    }
}

fn match_fillers(
    golds: &[&GoldArgument],
    found: &[&FoundArgument],
    filler: Filler,
    with_role: bool,
    together: &impl Fn(&GoldArgument, &FoundArgument) -> bool,
) -> Vec<Option<usize>> {
    let bonus = |gold: usize, index: usize| {
        let (gold, found) = (golds[gold], found[index]);
        let same_role = gold.roles.contains(&found.role);
        (together(gold, found) && (same_role || !with_role))
            .then_some(2 * i64::from(same_role) + i64::from(gold.inferred == found.inferred))
    };
    let accepted: Vec<Vec<Span>> = golds
        .iter()
        .map(|item| match filler {
            Filler::Exact => vec![item.span],
            Filler::Head => vec![item.head],
            Filler::Coreferent => item.heads.clone(),
        })
        .collect();
    let spans: Vec<Span> = found
        .iter()
        .map(|item| if filler == Filler::Exact { item.span } else { item.head })
        .collect();
    let rule = if filler == Filler::Exact { Rule::Exact } else { Rule::Overlap };
    pairs(&accepted, &spans, rule, bonus)
}

fn count(
    metric: &'static str,
    with_role: bool,
    golds: &[&GoldArgument],
    found: &[&FoundArgument],
    partners: &[Option<usize>],
    out: &mut Tally,
) {
    let mut sums: BTreeMap<(bool, &str), Cell> = BTreeMap::new();
    let mut add = |inferred: bool, role, cell: Cell| {
        sums.entry((inferred, ALL)).or_default().add(cell);
        if with_role {
            sums.entry((inferred, role)).or_default().add(cell);
        }
    };
    for (item, partner) in golds.iter().zip(partners) {
        let hit = f64::from(u8::from(partner.is_some()));
        let role = match partner {
            Some(partner) if with_role => &found[*partner].role,
            _ => &item.roles[0],
        };
        add(item.inferred, role, Cell { recall_hits: hit, gold: 1.0, ..Cell::default() });
    }
    for (item, partner) in found.iter().zip(inverse(partners, found.len())) {
        let hit = f64::from(u8::from(partner.is_some()));
        let inferred = partner.map_or(item.inferred, |gold| golds[gold].inferred);
        add(inferred, &item.role, Cell { precision_hits: hit, predicted: 1.0, ..Cell::default() });
    }
    for ((inferred, group), cell) in sums {
        let task = if inferred { INFERRED } else { TASK };
        out.add(task, metric, group, cell);
    }
}

/// Mistakes on events whose trigger was found, fillers compared by their heads.
fn explain(
    sample: &Sample,
    golds: &[&GoldArgument],
    found: &[&FoundArgument],
    right: &[Option<usize>],
    any: &[Option<usize>],
    out: &mut Tally,
) {
    let right_of_found = inverse(right, found.len());
    for (index, item) in golds.iter().enumerate() {
        if right[index].is_some() {
            continue;
        }
        let own = Some((item.span, item.roles[0].as_str()));
        // The same filler under another role, unless that role is right for another gold filler.
        let other = any[index].filter(|other| right_of_found[*other].is_none());
        let (kind, other) = match other {
            Some(other) => {
                (MistakeKind::WrongRole, Some((found[other].span, found[other].role.as_str())))
            }
            None => (MistakeKind::Missed, None),
        };
        mistake(out, sample, ARGUMENTS, kind, own, other);
    }
    let any_of_found = inverse(any, found.len());
    for (index, item) in found.iter().enumerate() {
        let explained = any_of_found[index].is_some_and(|gold| right[gold].is_none());
        if right_of_found[index].is_none() && !explained {
            let item = Some((item.span, item.role.as_str()));
            mistake(out, sample, ARGUMENTS, MistakeKind::Spurious, None, item);
        }
    }
}
