//! One mention of an event with all that its own sentence says of it.

use std::collections::BTreeSet;

use dateline_text::{Deprel, Xpos};

use crate::reading::Kind;

use super::dates;
use super::factuality::{self, Status};
use super::quotes::Attributions;
use super::relations::connected;
use super::roles::{Filled, Filler};
use super::sentence::Context;
use super::triggers::Found;

/// Probability from which a noun alone makes an event.
const SURE: f32 = 0.9;

/// A trigger with its roles, time, place, status and source.
#[derive(Clone, Debug)]
pub(crate) struct EventMention {
    pub(crate) found: Found,
    pub(crate) roles: Vec<Filled>,
    pub(crate) status: Status,
    /// Whether a cue states the status.
    pub(crate) stated: bool,
    /// Index of the time expression.
    pub(crate) time: Option<usize>,
    /// Entity index of the place.
    pub(crate) place: Option<usize>,
    /// Index of the source, and whether the words are quoted.
    pub(crate) source: Option<(usize, bool)>,
    /// A definite, demonstrative or bare noun: it may refer back.
    pub(crate) definite: bool,
}

/// Puts together what the earlier passes found.
pub(crate) fn build(
    context: &Context<'_>,
    found: Vec<Found>,
    roles: Vec<Vec<Filled>>,
    attributions: &Attributions,
) -> Vec<EventMention> {
    let mut mentions: Vec<EventMention> = Vec::new();
    let published = context.reading.published.as_ref().map(|p| p.date);
    let mut times: Vec<Option<usize>> = found.iter().map(|f| time(context, f)).collect();
    dates::settle(context, &found, &roles, attributions, &mut times);
    for ((found, roles), time) in found.into_iter().zip(roles).zip(times) {
        let (mut status, mut stated) = factuality::of(context, &found);
        let value = time.and_then(|t| context.reading.times[t].value.as_deref());
        let dated = factuality::with_time(status, value, published);
        stated |= dated != status;
        status = dated;
        let source = attributions.of(context, found.token);
        if (matches!(status, Status::Actual | Status::Hypothetical) || status.is_planned())
            && found.verbal
            && attributions.denied(context, found.token)
            && context.rules.lexicon.types[found.kind].family != "statement"
        {
            (status, stated) = (Status::Negated, true);
        }
        mentions.push(EventMention {
            time,
            place: place(context, &roles),
            status,
            stated,
            source,
            definite: definite(context, &found),
            found,
            roles,
        });
    }
    presume(context, &mut mentions);
    mentions
}

/// What talks are about, and what is demanded or promised, has not happened yet, unless the text
/// says so or such events are facts by nature.
fn presume(context: &Context<'_>, mentions: &mut [EventMention]) {
    let types = &context.rules.lexicon.types;
    let mut about: Vec<usize> = Vec::new();
    for mention in mentions.iter() {
        let wanted = match types[mention.found.kind].name.as_str() {
            "diplomacy.talks" => "topic",
            "statement.demand" | "statement.commit" => "content",
            _ => continue,
        };
        about.extend(mention.roles.iter().filter(|f| f.role == wanted).filter_map(
            |f| match f.filler {
                Filler::Event(event) => Some(event),
                _ => None,
            },
        ));
    }
    for event in about {
        let mention = &mut mentions[event];
        let finite = mention.found.verbal
            && (context.tree.xpos(mention.found.token).is_past()
                || mention.found.frame.passive
                || matches!(context.tree.xpos(mention.found.token), Xpos::Vbz | Xpos::Vbp));
        if !finite && mention.status == Status::Actual && !types[mention.found.kind].given {
            (mention.status, mention.stated) = (Status::Proposed, true);
        }
    }
}

/// Leaves out what tells a reader nothing: reporting verbs without a speaker or that were not
/// said, habits, and verbs without any role, time or place.
pub(crate) fn prune(context: &Context<'_>, mentions: Vec<EventMention>) -> Vec<EventMention> {
    let mut counts = vec![0usize; context.rules.lexicon.types.len()];
    mentions.iter().for_each(|m| counts[m.found.kind] += 1);
    let tokens: BTreeSet<usize> = mentions.iter().map(|m| m.found.token).collect();
    let worth = |m: &EventMention| {
        let kind = &context.rules.lexicon.types[m.found.kind];
        let unsaid = matches!(m.status, Status::Negated | Status::Proposed | Status::Cancelled);
        let said = kind.name != "statement.say" || (spoken(context, m) && !unsaid);
        // Whom a pronoun or a number stands for may stay open: "20 of them were killed".
        let party = m.found.frame.args.iter().any(|arg| {
            let told = matches!(arg.slot.as_ref(), "subject" | "object");
            told && context.tree.tokens[arg.token].event < SURE
        });
        let borne = m.found.verbal && party && m.found.probability >= SURE;
        let empty = m.roles.is_empty() && m.time.is_none() && m.place.is_none() && !borne;
        // A lone noun that nothing is said of, and of which the model is not sure. Of one after a
        // connective ("resigned before the trial") its governor says something.
        let vague = counts[m.found.kind] == 1
            && m.found.probability < SURE
            && connected(context, |t| tokens.contains(&t).then_some(t), m.found.token).is_none();
        said && !(empty && (m.found.verbal || vague)) && m.status != Status::Generic
    };
    let mut next = 0;
    let kept: Vec<Option<usize>> = mentions
        .iter()
        .map(|m| {
            worth(m).then(|| {
                next += 1;
                next - 1
            })
        })
        .collect();
    let mut pruned: Vec<EventMention> =
        mentions.into_iter().zip(&kept).filter(|(_, k)| k.is_some()).map(|(m, _)| m).collect();
    for mention in &mut pruned {
        mention.roles.retain_mut(|filled| match &mut filled.filler {
            Filler::Event(event) => match kept[*event] {
                Some(index) => {
                    *event = index;
                    true
                }
                None => false,
            },
            _ => true,
        });
    }
    pruned
}

/// Whether somebody says it: a filled role, or a pronoun for a person, whoever it stands for.
fn spoken(context: &Context<'_>, mention: &EventMention) -> bool {
    mention.roles.iter().any(|f| f.role == "speaker")
        || mention
            .found
            .frame
            .get("subject")
            .is_some_and(|s| matches!(context.tree.lower(s), "he" | "she"))
}

/// The time expression in the trigger's clause. Bounds (*since*, *until*, *before*) are no dates
/// of the event.
fn time(context: &Context<'_>, found: &Found) -> Option<usize> {
    let own = found.frame.all("time").find_map(|t| dated(context, t));
    if own.is_some() || !found.verbal {
        return own;
    }
    // "held discussions on Tuesday": the parser may hang the date on the object or the place.
    let near = found.frame.args.iter().filter(|arg| {
        matches!(arg.slot.as_ref(), "object" | "in" | "at" | "with" | "to" | "near")
            && arg.token > found.token
    });
    let near = near.filter(|arg| !context.is_verb(arg.token));
    near.flat_map(|arg| context.children(arg.token).iter().copied())
        .filter(|&c| {
            matches!(
                context.tree.deprel(c),
                Deprel::Nmod | Deprel::NmodUnmarked | Deprel::Obl | Deprel::OblUnmarked
            )
        })
        .find_map(|c| dated(context, c))
}

fn dated(context: &Context<'_>, token: usize) -> Option<usize> {
    let index = context.reading.time_covering(token)?;
    let time = &context.reading.times[index];
    let (canonical, written) = context.preposition(token);
    let bound =
        matches!(canonical.as_str(), "since" | "until" | "before" | "after" | "for" | "from")
            || written == "over";
    let point = matches!(time.kind, "DATE" | "TIME");
    (point && !bound && time.value.is_some()).then_some(index)
}

fn place(context: &Context<'_>, roles: &[Filled]) -> Option<usize> {
    let entity = |f: &Filled| match f.filler {
        Filler::Entity(e)
            if matches!(context.reading.entities[e].kind, Kind::Place | Kind::Org) =>
        {
            Some(e)
        }
        _ => None,
    };
    let mut places = roles.iter().filter(|f| f.role == "place");
    places.find_map(entity)
}

fn definite(context: &Context<'_>, found: &Found) -> bool {
    if found.verbal {
        return false;
    }
    let tree = context.tree;
    let determiner = context
        .children(found.token)
        .iter()
        .find(|&&c| matches!(tree.deprel(c), Deprel::Det | Deprel::NmodPoss));
    match determiner {
        Some(&d) => !matches!(
            tree.lower(d),
            "a" | "an" | "another" | "some" | "any" | "no" | "each" | "every" | "other"
        ),
        None => tree.xpos(found.token).is_plural(),
    }
}
