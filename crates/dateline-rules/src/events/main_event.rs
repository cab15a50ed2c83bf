//! Which event the article is about: who did what, when, where, why and how.

use dateline_text::{Deprel, Xpos, ZoneKind};

use crate::reading::Kind;
use crate::record::{Event, EventRelation, MainEvent};

use super::factuality::Status;
use super::mention::EventMention;
use super::output::Writer;
use super::roles::Filler;
use super::sentence::Context;

/// Sentences of the body that count as the article's beginning.
const LEAD: usize = 3;
/// How far above an event the clause that it stands in is looked for.
const CLIMB: usize = 4;
/// Longest answer in the article's words, in tokens.
const MAX_WORDS: usize = 12;
/// Days before and after publication of what news tells of.
const NEWS: i64 = 31;

/// Roles whose fillers take part, those that act first.
const DOERS: [&str; 15] = [
    "agent",
    "participant",
    "speaker",
    "authority",
    "visitor",
    "candidate",
    "winner",
    "buyer",
    "person",
    "organization",
    "plaintiff",
    "seller",
    "victim",
    "theme",
    "defendant",
];
/// Roles that say what an event is about, for or due to.
const REASONS: [&str; 4] = ["topic", "purpose", "cause", "content"];

/// Marks the events' salience and picks the main one: in the headline or lead, done or planned
/// rather than history, spoken of often, high in its sentence, and no mere statement if possible.
pub(crate) fn find(
    writer: &Writer<'_, '_>,
    events: &mut [Event],
    relations: &[EventRelation],
) -> Option<MainEvent> {
    let context = writer.context;
    let titles = titles(context);
    let mut best: Option<(i32, usize)> = None;
    for (cluster, event) in events.iter_mut().enumerate() {
        let tokens = writer.clusters[cluster].iter().map(|&m| writer.mentions[m].found.token);
        let places: Vec<usize> = tokens.clone().map(|t| context.sentence(t)).collect();
        let titled = places.iter().any(|&s| s < titles);
        let lead = places.contains(&titles);
        let early = places.iter().any(|&s| s < titles + LEAD);
        let root =
            tokens.clone().any(|t| context.sentence(t) <= titles && context.tree.head(t).is_none());
        // What a headline states outright is what the article is about, however seldom it comes up.
        let stated =
            tokens.clone().any(|t| context.sentence(t) < titles && context.tree.head(t).is_none());
        let status = writer.status(cluster);
        let statement = event.family == "statement";
        let count = i32::try_from(places.len()).unwrap_or(i32::MAX).min(4);
        let mut score = 4 * i32::from(titled)
            + 3 * i32::from(lead)
            + i32::from(early)
            + 2 * i32::from(root)
            + 4 * i32::from(stated)
            + count;
        score -= 4 * i32::from(statement);
        score -= 6 * i32::from(matches!(status, Status::Historical | Status::Generic));
        score -= 2 * i32::from(matches!(status, Status::Hypothetical | Status::Negated));
        let foreground =
            early && !matches!(status, Status::Historical | Status::Generic) && !statement
                || count >= 3;
        event.salience = if foreground { "foreground" } else { "background" }.to_owned();
        if early && best.is_none_or(|(top, _)| score > top) {
            best = Some((score, cluster));
        }
    }
    let (_, cluster) = best?;
    let event = &mut events[cluster];
    event.salience = "main".to_owned();
    let mentions: Vec<&EventMention> =
        writer.clusters[cluster].iter().map(|&m| &writer.mentions[m]).collect();
    let (when, when_inferred) = when(writer, cluster, &mentions, event);
    let (place, where_inferred) = place(writer, &mentions, event);
    Some(MainEvent {
        who: who(writer, &mentions, event),
        what: event.label.clone(),
        when,
        when_inferred,
        place,
        where_inferred,
        why: why(context, &mentions, event, relations),
        how: how(writer, cluster, &mentions, event),
        event: event.id.clone(),
    })
}

/// How many sentences the titles are.
fn titles(context: &Context<'_>) -> usize {
    let sentences = context.reading.text.sentences();
    sentences.iter().take_while(|s| s.zone == ZoneKind::Title).count()
}

/// Those who take part; where no role names an entity, the subject of the clause ("she narrowly
/// avoided a crash"), the name before the noun ("the Marsh crash"), the words of a role ("a man was
/// arrested"), or whom the sentence says it befell.
fn who(writer: &Writer<'_, '_>, mentions: &[&EventMention], event: &Event) -> Vec<String> {
    let context = writer.context;
    let mut who: Vec<String> = Vec::new();
    for doer in DOERS {
        for role in event.roles.iter().filter(|r| r.role == doer) {
            if let Some(entity) = role.entity.clone().filter(|e| !who.contains(e)) {
                who.push(entity);
            }
        }
    }
    if !who.is_empty() {
        return who;
    }
    let found = mentions.iter().find_map(|mention| {
        let heads = subject_of_clause(context, mention.found.token);
        let all: Vec<String> = heads.into_iter().filter_map(|t| party(context, t)).collect();
        Some(all).filter(|all| !all.is_empty())
    });
    let words = || {
        let mut roles =
            DOERS.iter().flat_map(|doer| event.roles.iter().filter(|r| r.role == *doer));
        roles
            .find(|r| r.event.is_none() && r.quantity.is_none())
            .map(|r| vec![r.location.text.clone()])
    };
    let mut found = found.or_else(words).unwrap_or_else(|| victims(writer, mentions));
    found.dedup();
    found
}

/// Who dies or is hurt in the sentences that tell of the event first.
fn victims(writer: &Writer<'_, '_>, mentions: &[&EventMention]) -> Vec<String> {
    let context = writer.context;
    let early = titles(context) + LEAD;
    let told = |token: usize| {
        let sentence = context.sentence(token);
        sentence < early && mentions.iter().any(|m| context.sentence(m.found.token) == sentence)
    };
    let fillers = writer.mentions.iter().filter(|m| told(m.found.token)).flat_map(|m| &m.roles);
    let victims = fillers.filter(|f| f.role == "victim");
    let victims = victims
        .map(|f| party(context, f.head).unwrap_or_else(|| writer.location(f.tokens.clone()).text));
    victims.take(1).collect()
}

fn subject_of_clause(context: &Context<'_>, token: usize) -> Vec<usize> {
    let tree = context.tree;
    let before = context.children(token).iter().copied().filter(|&c| {
        matches!(tree.deprel(c), Deprel::Compound | Deprel::NmodPoss)
            && context.name_covering(c).is_some_and(|m| context.entity_kind(m) == Kind::Person)
    });
    let before: Vec<usize> = before.collect();
    if !before.is_empty() {
        return before;
    }
    let mut verb = Some(token);
    for _ in 0..CLIMB {
        let Some(at) = verb else { break };
        if context.is_verb(at) {
            let frame = context.verb_frame(at);
            let subject = frame.get("subject").or_else(|| frame.get("object"));
            return subject.map(|s| context.conjuncts(s)).unwrap_or_default();
        }
        verb = tree.head(at);
    }
    Vec::new()
}

/// The id of who stands at `token`, if it can act.
fn party(context: &Context<'_>, token: usize) -> Option<String> {
    let mention = context.reading.mention_covering(token)?;
    let kind = context.entity_kind(mention);
    let entity = context.reading.mentions[mention].entity;
    matches!(kind, Kind::Person | Kind::Org | Kind::Group).then(|| format!("e{}", entity + 1))
}

/// When, and what it was inferred from. What lies in the past or is only wanted is not dated by
/// what stands around it.
fn when(
    writer: &Writer<'_, '_>,
    cluster: usize,
    mentions: &[&EventMention],
    event: &Event,
) -> (Option<String>, Option<String>) {
    let context = writer.context;
    if let Some(time) = event.time.as_ref().filter(|t| t.value.is_some()) {
        return (time.value.clone(), time.inferred.clone());
    }
    if !matches!(writer.status(cluster), Status::Actual | Status::Ongoing | Status::Negated) {
        return (None, None);
    }
    let inferred = |value: String, from: &str| (Some(value), Some(from.to_owned()));
    let titles = titles(context);
    let own: Vec<usize> = mentions.iter().map(|m| context.sentence(m.found.token)).collect();
    let mut first = own.into_iter().filter(|&s| s < titles + LEAD);
    if let Some(value) = first.find_map(|s| only_date(context, s)) {
        return inferred(value, "sentence");
    }
    // The headline's event is that of the lead, with its date.
    if let Some(value) = (titles..titles + LEAD).find_map(|s| only_date(context, s)) {
        return inferred(value, "lead");
    }
    // News of what has happened is of its day, if it says no other.
    match &context.reading.published {
        Some(published) => inferred(published.date.to_string(), "published"),
        None => (None, None),
    }
}

/// The one date in a sentence that news could be of: not a bound, and not long before publication.
fn only_date(context: &Context<'_>, sentence: usize) -> Option<String> {
    let tokens = context.reading.text.sentences().get(sentence)?.tokens.clone();
    let published = context.reading.published.as_ref().map(|p| p.date);
    let mut dates: Vec<&str> = Vec::new();
    for time in &context.reading.times {
        let within = tokens.contains(&time.tokens.start) && matches!(time.kind, "DATE" | "TIME");
        let Some(value) = time.value.as_deref().filter(|_| within) else { continue };
        let Some(day) = value.get(..10) else { continue };
        let Ok(date) = day.parse::<jiff::civil::Date>() else { continue };
        let bound = time.tokens.clone().any(|t| {
            let (preposition, _) = context.preposition(t);
            matches!(preposition.as_str(), "since" | "until" | "before" | "after" | "from")
        });
        let near = published.is_none_or(|p| {
            date.since(p).is_ok_and(|span| i64::from(span.get_days()).abs() <= NEWS)
        });
        if !bound && near && !dates.contains(&day) {
            dates.push(day);
        }
    }
    match dates.as_slice() {
        [one] => Some((*one).to_owned()),
        _ => None,
    }
}

/// Where, and what it was inferred from.
fn place(
    writer: &Writer<'_, '_>,
    mentions: &[&EventMention],
    event: &Event,
) -> (Option<String>, Option<String>) {
    let context = writer.context;
    if let Some(place) = event.place.as_ref().filter(|p| p.entity.is_some()) {
        return (place.entity.clone(), place.inferred.clone());
    }
    let inferred =
        |entity: usize, from: &str| (Some(format!("e{}", entity + 1)), Some(from.to_owned()));
    let mut own = mentions.iter().map(|m| context.sentence(m.found.token));
    if let Some(entity) = own.find_map(|s| place_in(context, s)) {
        return inferred(entity, "sentence");
    }
    let titles = titles(context);
    if let Some(entity) = (0..titles + LEAD).find_map(|s| place_in(context, s)) {
        return inferred(entity, "lead");
    }
    let dateline = context.reading.text.sentences().iter().find(|s| s.zone == ZoneKind::Dateline);
    let mut tokens = dateline.map(|s| s.tokens.clone()).into_iter().flatten();
    match tokens.find_map(|t| place_at(context, t)) {
        Some(entity) => inferred(entity, "dateline"),
        None => (None, None),
    }
}

/// The first place of a sentence that something happens in, at or near.
fn place_in(context: &Context<'_>, sentence: usize) -> Option<usize> {
    let tokens = context.reading.text.sentences().get(sentence)?.tokens.clone();
    tokens.into_iter().find_map(|token| {
        let entity = place_at(context, token)?;
        let (preposition, _) = context.preposition(token);
        matches!(preposition.as_str(), "in" | "at" | "near").then_some(entity)
    })
}

fn place_at(context: &Context<'_>, token: usize) -> Option<usize> {
    let mention = context.name_covering(token)?;
    let entity = context.reading.mentions[mention].entity;
    (context.reading.entities[entity].kind == Kind::Place).then_some(entity)
}

/// Why: a role, an event that causes it, or the clause that gives the reason.
fn why(
    context: &Context<'_>,
    mentions: &[&EventMention],
    event: &Event,
    relations: &[EventRelation],
) -> Option<String> {
    let role = event.roles.iter().find(|r| REASONS.contains(&r.role.as_str()));
    if let Some(role) = role {
        return Some(role.event.clone().unwrap_or_else(|| role.location.text.clone()));
    }
    let cause = relations.iter().find(|r| r.kind == "causes" && r.to == event.id);
    if let Some(cause) = cause {
        return Some(cause.from.clone());
    }
    let words = &context.rules.words;
    mentions.iter().find_map(|mention| {
        dependents(context, mention).find_map(|child| {
            let (canonical, written) = context.preposition(child);
            let reason = [written, canonical]
                .iter()
                .any(|w| words.value("connectives", w) == Some("causes"));
            let purpose = context.tree.deprel(child) == Deprel::Advcl
                && context.is_infinitive(child)
                && mention.found.verbal;
            (reason || purpose).then(|| phrase(context, child)).flatten()
        })
    })
}

/// How: the instrument, "by" doing something, "with" something, or the mode of its type.
fn how(
    writer: &Writer<'_, '_>,
    cluster: usize,
    mentions: &[&EventMention],
    event: &Event,
) -> Option<String> {
    let context = writer.context;
    let tool = writer.roles(cluster).iter().find(|f| f.role == "instrument");
    if let Some(tool) = tool.filter(|f| !matches!(f.filler, Filler::Event(_))) {
        return Some(writer.location(tool.tokens.clone()).text);
    }
    let words = mentions.iter().find_map(|mention| {
        dependents(context, mention).find_map(|child| {
            let (preposition, _) = context.preposition(child);
            let means = preposition == "by" && context.tree.xpos(child) == Xpos::Vbg;
            let person = context.reading.mention_covering(child).is_some()
                || context.is(child, context.rules.grammar.people);
            let tool = preposition == "with" && !person && context.is_noun(child);
            (means || tool).then(|| phrase(context, child)).flatten()
        })
    });
    words.or_else(|| event.mode.clone())
}

/// What hangs on the event's word or on the verb that carries it.
fn dependents<'c>(
    context: &'c Context<'_>,
    mention: &EventMention,
) -> impl Iterator<Item = usize> + 'c {
    let heads = [Some(mention.found.token), mention.found.frame.carrier];
    heads.into_iter().flatten().flat_map(|head| context.children(head).iter().copied())
}

/// The words under `token`, with the connective before them, if they are few.
fn phrase(context: &Context<'_>, token: usize) -> Option<String> {
    let (start, end) = context.extent(token);
    let text = context.reading.text;
    (end - start < MAX_WORDS)
        .then(|| text.surface(text.cover(start..end + 1)).trim_end_matches([',', '.']).to_owned())
}
