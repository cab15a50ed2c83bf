//! How events hang together where the text says so: causes, before and after, part and whole.

use crate::record::{Event, EventPlace, EventRelation};

use super::factuality::Status;
use super::output::{Writer, event_id};
use super::roles::Filler;
use super::sentence::Context;
use super::words::stems;
use crate::reading::Kind;
use dateline_text::{Deprel, Xpos};

/// Relations that a connective, a verb of consequence or a causal role states.
pub(crate) fn find(writer: &Writer<'_, '_>) -> Vec<EventRelation> {
    let context = writer.context;
    let mut relations: Vec<EventRelation> = Vec::new();
    let mut by_token = vec![None; context.tree.len()];
    // A light verb ("held talks") stands for its noun, but never for an event of its own.
    for (index, mention) in writer.mentions.iter().enumerate() {
        if let Some(carrier) = mention.found.frame.carrier {
            by_token[carrier] = Some(writer.cluster_of[index]);
        }
    }
    for (index, mention) in writer.mentions.iter().enumerate() {
        by_token[mention.found.token] = Some(writer.cluster_of[index]);
    }
    let mut add = |kind: &str, from: usize, to: usize| {
        let relation =
            EventRelation { kind: kind.to_owned(), from: event_id(from), to: event_id(to) };
        if from != to && !relations.contains(&relation) && relations.len() < MAX_RELATIONS {
            relations.push(relation);
        }
    };
    for (index, mention) in writer.mentions.iter().enumerate() {
        let own = writer.cluster_of[index];
        for filled in mention.roles.iter().filter(|f| f.role == "cause") {
            if let Filler::Event(cause) = filled.filler {
                add("causes", writer.cluster_of[cause], own);
            }
        }
        for start in [Some(mention.found.token), mention.found.frame.carrier].into_iter().flatten()
        {
            let event = |token: usize| by_token[token];
            let Some((relation, governor)) = connected(context, event, start) else { continue };
            match relation {
                "causes" => add("causes", own, governor),
                _ => add(relation, governor, own),
            }
        }
    }
    for (relation, from, to) in consequences(context, &by_token) {
        add(relation, from, to);
    }
    relations
}

/// The connective over `token` and the event that governs it. `causes`: what the connective leads
/// in causes the governor; else the relation is the governor's to it.
pub(super) fn connected<'c>(
    context: &'c Context<'_>,
    event_at: impl Fn(usize) -> Option<usize>,
    token: usize,
) -> Option<(&'c str, usize)> {
    let tree = context.tree;
    let words = &context.rules.words;
    let mut at = token;
    // "after a series of attacks": the connective stands over the measure.
    for _ in 0..CLIMB {
        let Some(head) = tree.head(at) else { break };
        let measured = context.is(head, context.rules.grammar.transparent)
            && tree.deprel(at).base() == Deprel::Nmod
            && context.preposition(at).0 == "of";
        if !measured {
            break;
        }
        at = head;
    }
    let (canonical, written) = context.preposition(at);
    let stated =
        words.value("connectives", &written).or_else(|| words.value("connectives", &canonical));
    let head = tree.head(at)?;
    // "in the wake of the attack", "as part of the talks": a noun does the connecting.
    let by_noun = words.value("connecting_nouns", tree.lower_lemma(head)).filter(|_| {
        tree.deprel(at).base() == Deprel::Nmod && !context.preposition(head).0.is_empty()
    });
    // "since" with a clause gives a reason as often as a time.
    let stated = stated.filter(|_| !(written == "since" && context.is_verb(at)));
    let (relation, mut above) = match (by_noun, stated) {
        (Some(relation), _) => (relation, tree.head(head)?),
        (None, Some(relation)) => (relation, head),
        (None, None) => return None,
    };
    for _ in 0..CLIMB {
        if let Some(event) = event_at(above) {
            return Some((relation, event));
        }
        // A phrase that a parser hangs on a noun beside the event: "fled [to camps after the attack]".
        if context.is_verb(above) || tree.deprel(above) == Deprel::Root {
            return None;
        }
        above = tree.head(above)?;
    }
    None
}

/// What verbs of consequence say of two events: "the blast triggered protests", "shelled the
/// port, killing two", "the vote follows months of protests".
fn consequences<'c>(
    context: &'c Context<'_>,
    by_token: &[Option<usize>],
) -> Vec<(&'c str, usize, usize)> {
    let tree = context.tree;
    let mut found = Vec::new();
    for token in (0..tree.len()).filter(|&t| context.is_verb(t)) {
        let words = &context.rules.words;
        let value = words.value("consequences", tree.lower_lemma(token)).or_else(|| {
            let known = stems(tree.lower(token)).into_iter();
            known.filter_map(|stem| words.value("consequences", &stem)).next()
        });
        let Some(value) = value else { continue };
        // "causes in": the result stands after the preposition.
        let (relation, slot) = value.split_once(' ').unwrap_or((value, "object"));
        let frame = context.verb_frame(token);
        let event = |t: usize| by_token[context.content_head(t)];
        let Some(to) = frame.get(slot).and_then(event) else { continue };
        // A participle says what the clause above it led to.
        let clause = matches!(tree.deprel(token), Deprel::Advcl | Deprel::Acl)
            && tree.xpos(token) == Xpos::Vbg;
        let from = if clause {
            context.ancestors(token).take(2).find_map(|above| by_token[above])
        } else {
            frame.get("subject").and_then(event)
        };
        let Some(from) = from else { continue };
        found.push((relation, from, to));
    }
    found
}

/// Relations of one article that are kept.
const MAX_RELATIONS: usize = 200;

/// An event without time or place takes them from the clause around it, or from the event it causes
/// or serves, marked as such.
pub(crate) fn infer(writer: &Writer<'_, '_>, events: &mut [Event]) {
    for (cluster, event) in events.iter_mut().enumerate().filter(|(_, e)| e.place.is_none()) {
        event.place = nested(writer, cluster)
            .or_else(|| scene(writer, cluster))
            .or_else(|| beside(writer, cluster));
    }
    for (index, mention) in writer.mentions.iter().enumerate() {
        let event = &mut events[writer.cluster_of[index]];
        let open = event.time.is_none() || event.place.is_none();
        if !open || !matches!(mention.status, Status::Actual | Status::Ongoing) {
            continue;
        }
        let found = &mention.found;
        let (time, place) =
            surroundings(writer.context, found.frame.carrier.unwrap_or(found.token));
        if let Some(time) = time.filter(|_| event.time.is_none()) {
            event.time = Some(writer.time(time, Some(CLAUSE.to_owned())));
        }
        if let Some(place) = place.filter(|_| event.place.is_none()) {
            event.place = Some(writer.place(place, Some(CLAUSE.to_owned())));
        }
    }
    let mut links: Vec<(usize, usize)> = Vec::new();
    for (index, mention) in writer.mentions.iter().enumerate() {
        for filled in &mention.roles {
            if let (Filler::Event(other), "cause" | "purpose") = (filled.filler, filled.role) {
                links.push((writer.cluster_of[index], writer.cluster_of[other]));
            }
        }
    }
    for (a, b) in links {
        for (to, from) in [(a, b), (b, a)] {
            let differ = writer.status(to) == Status::Historical
                || writer.status(from) == Status::Historical;
            if to == from || differ {
                continue;
            }
            let source = events[from].clone();
            let note = format!("event {}", source.id);
            if events[to].time.is_none()
                && let Some(mut time) = source.time.filter(|t| t.inferred.is_none())
            {
                time.inferred = Some(note.clone());
                events[to].time = Some(time);
            }
            if events[to].place.is_none()
                && let Some(mut place) = source.place.filter(|p| p.inferred.is_none())
            {
                place.inferred = Some(note);
                events[to].place = Some(place);
            }
        }
    }
}

/// "stabbed outside a club in Leeds": the place of what the event happens at or near.
fn nested(writer: &Writer<'_, '_>, cluster: usize) -> Option<EventPlace> {
    let mentions = writer.clusters[cluster].iter().map(|&index| &writer.mentions[index]);
    let mut args = mentions.flat_map(|mention| &mention.found.frame.args);
    let place = args.find_map(|arg| {
        let local = matches!(arg.slot.as_ref(), "in" | "at" | "near");
        local.then(|| place_within(writer, arg.token)).flatten()
    })?;
    Some(writer.place(place, None))
}

/// The place that stands under a common noun, which names no event: "a club in Leeds".
fn place_within(writer: &Writer<'_, '_>, token: usize) -> Option<usize> {
    let context = writer.context;
    let event = writer.mentions.iter().any(|mention| mention.found.token == token);
    if event || context.name_covering(token).is_some() {
        return None;
    }
    context.children(token).iter().find_map(|&child| {
        let (preposition, _) = context.preposition(child);
        let local = context.tree.deprel(child).base() == Deprel::Nmod
            && matches!(preposition.as_str(), "in" | "at" | "near");
        let mention = context.name_covering(child).filter(|_| local)?;
        (context.entity_kind(mention) == Kind::Place)
            .then(|| context.reading.mentions[mention].entity)
    })
}

/// What is invaded or struck is where it happens, if it is a place or in one.
fn scene(writer: &Writer<'_, '_>, cluster: usize) -> Option<EventPlace> {
    let rules = writer.context.rules;
    let kind = writer.mentions[writer.clusters[cluster][0]].found.kind;
    let role = rules.lexicon.types[kind].scene?;
    let mut fillers = writer.roles(cluster).iter().filter(|f| f.role == role);
    let place = fillers.find_map(|f| match f.filler {
        Filler::Entity(e) if writer.context.reading.entities[e].kind == Kind::Place => Some(e),
        _ => place_within(writer, f.head),
    })?;
    Some(writer.place(place, Some(role.to_owned())))
}

/// Where those who take part are is where it happens: "clashed with rebels near Goma", "shelled the
/// suburbs of Kharkiv".
fn beside(writer: &Writer<'_, '_>, cluster: usize) -> Option<EventPlace> {
    let context = writer.context;
    let found = &writer.mentions[writer.clusters[cluster][0]].found;
    if !context.rules.lexicon.types[found.kind].local {
        return None;
    }
    let parts = found.frame.args.iter().filter(|arg| !APART.contains(&arg.slot.as_ref()));
    let place = parts.filter(|arg| !context.is_verb(arg.token)).find_map(|arg| {
        let (first, last) = context.extent(arg.token);
        (first..=last).find_map(|token| {
            let mention = context.name_covering(token)?;
            let reading = context.reading;
            let named = reading.mentions[mention].head == token
                && context.entity_kind(mention) == Kind::Place;
            (named && located(context, token, arg.token)).then(|| reading.mentions[mention].entity)
        })
    })?;
    Some(writer.place(place, Some(BESIDE.to_owned())))
}

/// Slots of what may be elsewhere or at another time.
const APART: [&str; 12] = [
    "clause",
    "purpose",
    "time",
    "after",
    "before",
    "since",
    "until",
    "from",
    "because of",
    "despite",
    "according to",
    "governor",
];

/// Where a place that stands with what takes part is said to come from.
const BESIDE: &str = "participant";

/// Whether the name at `token` says, by nouns alone, where `above` is.
fn located(context: &Context<'_>, token: usize, above: usize) -> bool {
    let mut at = token;
    let mut located = false;
    while at != above {
        let Some(head) = context.tree.head(at) else { return false };
        let (preposition, _) = context.preposition(at);
        let of_town = preposition == "of" && context.is(head, context.rules.grammar.locality);
        if context.is_verb(head) || context.tree.deprel(at) != Deprel::Nmod {
            return false;
        }
        located |= of_town || matches!(preposition.as_str(), "in" | "at" | "near");
        if !(located || preposition == "of") {
            return false;
        }
        at = head;
    }
    located
}

/// Where a time or place that the clause around an event states is said to come from.
const CLAUSE: &str = "clause";

/// Time and place of what an event happens at, in or as: "announced on Saturday at the end of
/// talks", "said in Oslo on Monday as the two sides met". What is before, after or only spoken of
/// shares neither.
fn surroundings(context: &Context<'_>, token: usize) -> (Option<usize>, Option<usize>) {
    let tree = context.tree;
    let mut at = token;
    for above in context.ancestors(token).take(CLIMB) {
        let (preposition, _) = context.preposition(at);
        let part = matches!(tree.deprel(at), Deprel::Nmod) && preposition == "of";
        let during = matches!(tree.deprel(at), Deprel::Obl)
            && matches!(preposition.as_str(), "at" | "in" | "during" | "amid");
        let while_ = tree.deprel(at) == Deprel::Advcl
            && matches!(preposition.as_str(), "as" | "when" | "while");
        if !(part || during || while_) {
            break;
        }
        if during || while_ {
            let frame = context.verb_frame(above);
            let mut dates = frame.all("time").filter(|&t| context.is_date(t));
            let date = dates.next().filter(|_| dates.next().is_none());
            let place = ["in", "at"].iter().find_map(|slot| {
                let head = frame.get(slot).filter(|&t| t != at)?;
                let mention = context.name_covering(head)?;
                (context.entity_kind(mention) == Kind::Place)
                    .then(|| context.reading.mentions[mention].entity)
            });
            return (date.and_then(|t| context.reading.time_covering(t)), place);
        }
        at = above;
    }
    (None, None)
}

/// How far up an event's surroundings are looked for.
const CLIMB: usize = 3;
