//! Which mentions speak of one happening.
//!
//! Two mentions of a type merge if nothing sets them apart and something ties them together.
//! Apart: different dates, a past event against a planned one, different named participants,
//! places or counts, words that count happenings ("a second blast"), two nouns joined by *and*.
//! Together: one is the other's complement ("met to discuss"), headline and lead, the first
//! sentence said again, a definite noun that refers back, a shared participant, or the same date.

use std::collections::BTreeSet;

use dateline_text::Deprel;

use crate::reading::Kind;

use super::factuality::Status;
use super::mention::EventMention;
use super::relations::connected;
use super::roles::Filler;
use super::sentence::Context;
use super::words::ClassSet;

/// Clusters of a type that a new mention is compared with, most recent first.
const MEMORY: usize = 12;
/// Mentions of a cluster that it is compared with.
const SAMPLE: usize = 8;

/// Tokens within which a connective may join two mentions of a sentence.
const REACH: usize = 40;

/// Roles that list; two different fillers are two members, not a conflict.
const PLACES: [&str; 3] = ["place", "origin", "destination"];

/// Groups of indices into `mentions`, each in text order, by first mention.
pub(crate) fn cluster(context: &Context<'_>, mentions: &[EventMention]) -> Vec<Vec<usize>> {
    let mut clusters: Vec<Vec<usize>> = Vec::new();
    let mut of: Vec<usize> = Vec::new();
    let mut by_token = vec![None; context.tree.len()];
    let mut by_type: Vec<Vec<usize>> = vec![Vec::new(); context.rules.lexicon.types.len()];
    for (index, mention) in mentions.iter().enumerate() {
        by_token[mention.found.token] = Some(index);
    }
    for (index, mention) in mentions.iter().enumerate() {
        let kind = mention.found.kind;
        let linked = linked(context, mentions, &by_token, index)
            .filter(|&other| other < index)
            .map(|other| of[other]);
        let candidates = by_type[kind].iter().rev().take(MEMORY).copied();
        let mut candidates = candidates.filter(|&c| fits(context, mentions, &clusters[c], index));
        let target = linked.or_else(|| {
            candidates.find(|&c| {
                clusters[c].iter().take(SAMPLE).any(|&m| tied(context, mentions, m, index))
            })
        });
        match target {
            Some(target) => {
                clusters[target].push(index);
                of.push(target);
            }
            None => {
                of.push(clusters.len());
                by_type[kind].push(clusters.len());
                clusters.push(vec![index]);
            }
        }
    }
    clusters
}

/// The mention of the same type that this one is part of by grammar: "met to discuss", "signed
/// the agreement".
fn linked(
    context: &Context<'_>,
    mentions: &[EventMention],
    by_token: &[Option<usize>],
    index: usize,
) -> Option<usize> {
    let tree = context.tree;
    let mention = &mentions[index];
    if context.rules.lexicon.types[mention.found.kind].family == "statement" {
        return None;
    }
    let mut at = mention.found.token;
    for _ in 0..3 {
        let relation = tree.deprel(at);
        let part = matches!(
            relation,
            Deprel::Advcl
                | Deprel::Xcomp
                | Deprel::Obj
                | Deprel::Acl
                | Deprel::NsubjPass
                | Deprel::Compound
        ) || (relation == Deprel::Obl
            && matches!(context.preposition(at).0.as_str(), "for" | "in" | "at" | "of"))
            || (relation == Deprel::Nmod && context.preposition(at).0 == "of");
        if !part {
            return None;
        }
        at = tree.head(at)?;
        if let Some(other) = by_token[at] {
            let same = mentions[other].found.kind == mention.found.kind;
            let verbal = mention.found.verbal || mentions[other].found.verbal;
            let negated =
                mentions[other].status == Status::Negated && mention.status != Status::Negated;
            return (same && verbal && !negated).then_some(other);
        }
    }
    None
}

/// Nothing sets the mention apart from the cluster.
fn fits(context: &Context<'_>, mentions: &[EventMention], cluster: &[usize], index: usize) -> bool {
    cluster
        .iter()
        .take(SAMPLE)
        .all(|&other| compatible(context, &mentions[other], &mentions[index]))
}

fn compatible(context: &Context<'_>, a: &EventMention, b: &EventMention) -> bool {
    let reading = context.reading;
    let value = |m: &EventMention| m.time.and_then(|t| reading.times[t].value.as_deref());
    let dates = match (value(a), value(b)) {
        (Some(x), Some(y)) => {
            let dated = |v: &str| v.starts_with(|c: char| c.is_ascii_digit());
            !dated(x) || !dated(y) || x.starts_with(y) || y.starts_with(x)
        }
        (Some(_), None) => !(a.status == Status::Historical && b.status != Status::Historical),
        (None, Some(_)) => !(b.status == Status::Historical && a.status != Status::Historical),
        (None, None) => true,
    };
    let open = |s: Status| s.is_planned() || matches!(s, Status::Proposed | Status::Hypothetical);
    let times = !(a.status == Status::Historical && open(b.status)
        || b.status == Status::Historical && open(a.status));
    let generic = a.status != Status::Generic && b.status != Status::Generic;
    let places = match (a.place, b.place) {
        (Some(x), Some(y)) => {
            x == y || country(context, x) == country(context, y) || contained(context, x, y)
        }
        _ => true,
    };
    // What was sold is another thing than what may be sold.
    let settled = |s: Status| matches!(s, Status::Actual | Status::Historical);
    let doubtful =
        |s: Status| matches!(s, Status::Proposed | Status::Hypothetical | Status::Negated);
    let kind = &context.rules.lexicon.types[a.found.kind];
    let dealt = matches!(kind.family.as_str(), "business_economy" | "sport_culture");
    let outcome = !dealt
        || b.definite
        || !(settled(a.status) && doubtful(b.status) || doubtful(a.status) && settled(b.status));
    dates
        && outcome
        && times
        && generic
        && places
        && participants(context, a, b)
        && counts(context, a, b)
        && !told_apart(context, a, b)
}

/// The words say that the later mention is of another happening: "another blast", "the previous
/// round"; or name two in one breath: "riots and demonstrations".
fn told_apart(context: &Context<'_>, a: &EventMention, b: &EventMention) -> bool {
    let tree = context.tree;
    let grammar = &context.rules.grammar;
    let (x, y) = (a.found.token, b.found.token);
    let marked = |token: usize, class: ClassSet| {
        // "a second man died": the count may stand before whom it happened to. But a former
        // minister's words are none of former times.
        let object = context.children(token).iter().copied().filter(|&c| {
            class == grammar.another
                && !context.is_noun(token)
                && matches!(tree.deprel(c), Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj)
        });
        // "a second round of talks"
        let measure = tree.head(token).filter(|&h| context.is(h, grammar.transparent));
        object.chain([token]).chain(measure).any(|t| {
            context.children(t).iter().any(|&c| {
                matches!(tree.deprel(c), Deprel::Amod | Deprel::Det | Deprel::Nummod)
                    && context.is(c, class)
            })
        })
    };
    let joined = (context.is_noun(x) && tree.deprel(y) == Deprel::Conj && tree.head(y) == Some(x)
        || context.is_noun(y) && tree.deprel(x) == Deprel::Conj && tree.head(x) == Some(y))
        && !tree.lemma(x).eq_ignore_ascii_case(tree.lemma(y));
    // "shelled the port in retaliation for the airstrikes": one cannot be the other.
    let event = |wanted: usize| move |token: usize| (token == wanted).then_some(wanted);
    let related = x.abs_diff(y) < REACH
        && context.sentence(x) == context.sentence(y)
        && (connected(context, event(x), y).is_some() || connected(context, event(y), x).is_some());
    joined
        || related
        || !marked(x, grammar.another) && marked(y, grammar.another)
        || marked(x, grammar.former) != marked(y, grammar.former)
}

fn country<'c>(context: &'c Context<'_>, entity: usize) -> Option<&'c str> {
    context.reading.entities[entity].country.as_deref()
}

/// One place may be named more exactly than the other.
fn contained(context: &Context<'_>, a: usize, b: usize) -> bool {
    let broad = |e: usize| context.reading.entities[e].subtype == Some("country");
    (broad(a) || broad(b)) && (country(context, a).is_none() || country(context, b).is_none())
}

/// What an entity counts as in comparison: its country if it stands for a state or its people.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Party {
    Country(String),
    Entity(usize),
}

fn party(context: &Context<'_>, entity: usize) -> Party {
    let fact = &context.reading.entities[entity];
    let collective = matches!(fact.kind, Kind::Group | Kind::Norp | Kind::Place | Kind::Org);
    match &fact.country {
        Some(country) if collective => Party::Country(country.clone()),
        _ => Party::Entity(entity),
    }
}

fn parties(context: &Context<'_>, mention: &EventMention, role: &str) -> BTreeSet<Party> {
    let fillers = mention.roles.iter().filter(|f| f.role == role);
    let entities = fillers.filter_map(|f| match f.filler {
        Filler::Entity(entity) => Some(entity),
        _ => None,
    });
    entities.map(|e| party(context, e)).collect()
}

fn participants(context: &Context<'_>, a: &EventMention, b: &EventMention) -> bool {
    let kind = &context.rules.lexicon.types[a.found.kind];
    kind.roles.iter().filter(|r| !PLACES.contains(r) && **r != "time").all(|role| {
        let (x, y) = (parties(context, a, role), parties(context, b, role));
        if x.is_empty() || y.is_empty() {
            return same_text(context, a, b, role);
        }
        if Some(*role) == kind.symmetric {
            x.is_subset(&y)
                || y.is_subset(&x)
                || (x.len() < 2 || y.len() < 2) && x.intersection(&y).next().is_some()
        } else {
            x.intersection(&y).next().is_some()
        }
    })
}

/// Roles filled by plain words on both sides: what is bought, stolen or played must not differ.
fn same_text(context: &Context<'_>, a: &EventMention, b: &EventMention, role: &str) -> bool {
    if !matches!(role, "item" | "charge" | "disease" | "vehicle" | "position" | "competition") {
        return true;
    }
    let text = |m: &EventMention| {
        m.roles.iter().filter(|f| f.role == role).find_map(|f| match f.filler {
            Filler::Text(head) => Some(head),
            _ => None,
        })
    };
    match (text(a), text(b)) {
        (Some(x), Some(y)) => {
            context.tree.lemma(x).eq_ignore_ascii_case(context.tree.lemma(y))
                || a.found.token == b.found.token
                || a.definite
                || b.definite
        }
        _ => true,
    }
}

fn counts(context: &Context<'_>, a: &EventMention, b: &EventMention) -> bool {
    let count = |m: &EventMention| {
        m.roles.iter().find_map(|f| match f.filler {
            Filler::Quantity(q) => context.reading.quantities[q].value,
            _ => None,
        })
    };
    match (count(a), count(b)) {
        (Some(x), Some(y)) => (x - y).abs() < 0.5,
        _ => true,
    }
}

/// Something ties the two mentions together.
fn tied(context: &Context<'_>, mentions: &[EventMention], earlier: usize, later: usize) -> bool {
    let (a, b) = (&mentions[earlier], &mentions[later]);
    let kind = &context.rules.lexicon.types[a.found.kind];
    let same_word =
        context.tree.lemma(a.found.token).eq_ignore_ascii_case(context.tree.lemma(b.found.token));
    // The first sentence says again what the headline says; the next one what the first says.
    let opening = context.sentence(a.found.token) == 0 && context.sentence(b.found.token) > 0;
    let headline =
        lead(context, b.found.token) && (context.in_title(a.found.token) || opening && same_word);
    let shared = kind.roles.iter().filter(|r| !PLACES.contains(r) && **r != "time").any(|role| {
        let (x, y) = (parties(context, a, role), parties(context, b, role));
        x.intersection(&y).next().is_some()
    });
    if kind.family == "statement" {
        let same_speaker = parties(context, a, "speaker")
            .intersection(&parties(context, b, "speaker"))
            .next()
            .is_some();
        return same_speaker && (kind.name == "statement.say" || headline || b.definite);
    }
    let same_date = match (a.time, b.time) {
        (Some(x), Some(y)) => context.reading.times[x].value == context.reading.times[y].value,
        _ => false,
    };
    if kind.name == "business_economy.figures" || kind.name == "sport_culture.contest" {
        return (shared && (headline || same_date)) || (b.definite && bare(b));
    }
    // Festivals, concerts and weddings are of one type: another noun is another occasion.
    if kind.name == "sport_culture.occasion" && !same_word && !a.found.verbal && !b.found.verbal {
        return false;
    }
    let near = context.sentence(b.found.token).abs_diff(context.sentence(a.found.token)) <= 12;
    headline
        || shared
        || same_date
        || (near && b.definite)
        || (near && !b.found.verbal && bare(b))
        || (near && same_theme(context, a, b))
}

/// The same common noun undergoes both: "withdraw troops", "the troops' withdrawal".
fn same_theme(context: &Context<'_>, a: &EventMention, b: &EventMention) -> bool {
    let theme = |m: &EventMention| {
        let role = |f: &&super::roles::Filled| {
            matches!(
                f.role,
                "theme"
                    | "victim"
                    | "target"
                    | "item"
                    | "vehicle"
                    | "disease"
                    | "content"
                    | "charge"
            )
        };
        m.roles.iter().find(role).map(|f| context.tree.lower_lemma(f.head))
    };
    let force = context.rules.grammar.force;
    match (theme(a), theme(b)) {
        (Some(x), Some(y)) => {
            let words = &context.rules.words;
            x == y || words.of(x).overlaps(force) && words.of(y).overlaps(force)
        }
        _ => false,
    }
}

/// A noun that says nothing of its own.
fn bare(mention: &EventMention) -> bool {
    mention.roles.iter().all(|f| f.role == "place" || f.role == "time")
}

/// The first sentences of the body.
fn lead(context: &Context<'_>, token: usize) -> bool {
    let sentences = context.reading.text.sentences();
    let sentence = context.sentence(token);
    let titles = sentences.iter().take_while(|s| s.zone == dateline_text::ZoneKind::Title).count();
    sentence < titles + 3
}
