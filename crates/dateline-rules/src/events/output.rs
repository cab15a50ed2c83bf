//! From clusters of mentions to the record's events.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::ops::Range;

use crate::document::rounded;
use crate::record::{
    Attribution, Event, EventMention as MentionRecord, EventPlace, EventTime, Location, Quote, Role,
};

use super::factuality::{self, Status};
use super::label;
use super::mention::EventMention;
use super::quotes::Attributions;
use super::roles::{Filled, Filler};
use super::sentence::Context;

/// Everything the writer of records needs.
pub(crate) struct Writer<'c, 'r> {
    pub(crate) context: &'c Context<'r>,
    pub(crate) mentions: &'c [EventMention],
    pub(crate) clusters: &'c [Vec<usize>],
    /// Cluster of each mention.
    pub(crate) cluster_of: Vec<usize>,
    pub(crate) attributions: &'c Attributions,
    /// Roles of each cluster once somebody asked: many events may be about one.
    pub(crate) united: Vec<OnceCell<Vec<Filled>>>,
}

pub(crate) fn event_id(cluster: usize) -> String {
    format!("ev{}", cluster + 1)
}

impl Writer<'_, '_> {
    pub(crate) fn location(&self, tokens: Range<usize>) -> Location {
        let text = self.context.reading.text;
        Location::of(text, text.cover(tokens))
    }

    fn of(&self, cluster: usize) -> Vec<&EventMention> {
        self.clusters[cluster].iter().map(|&m| &self.mentions[m]).collect()
    }

    /// Roles of all mentions, each filler once a role; the body's words before the headline's.
    pub(crate) fn roles(&self, cluster: usize) -> &[Filled] {
        self.united[cluster].get_or_init(|| self.unite(cluster))
    }

    fn unite(&self, cluster: usize) -> Vec<Filled> {
        let mut united: Vec<Filled> = Vec::new();
        let mut seen: BTreeSet<(&'static str, u8, usize)> = BTreeSet::new();
        // Which mentions name a filler of each role.
        let mut named: BTreeSet<(&'static str, usize)> = BTreeSet::new();
        let kind = self.mentions[self.clusters[cluster][0]].found.kind;
        let order = &self.context.rules.lexicon.types[kind].roles;
        let mut tellers: Vec<usize> = Vec::new();
        for (teller, mention) in self.of(cluster).into_iter().enumerate() {
            for filled in &mention.roles {
                let key = match filled.filler {
                    Filler::Entity(e) => (filled.role, 0, e),
                    Filler::Event(m) => (filled.role, 1, self.cluster_of[m]),
                    Filler::Quantity(q) => (filled.role, 2, q),
                    Filler::Text(head) => (filled.role, 3, head),
                };
                let itself = key.1 == 1 && key.2 == cluster;
                if !itself && seen.insert(key) {
                    united.push(filled.clone());
                    tellers.push(teller);
                }
                if key.1 != 3 {
                    named.insert((filled.role, teller));
                }
            }
        }
        // Plain words add nothing where another mention names who or what it was, nor beside a name
        // in its own, unless both sides take the role ("Interpol met the inspectors").
        let symmetric = self.context.rules.lexicon.types[kind].symmetric;
        let mut tellers = tellers.into_iter();
        united.retain(|f| {
            let teller = tellers.next();
            let both = symmetric == Some(f.role);
            let names = |n: &(&str, usize)| n.0 == f.role && !(both && Some(n.1) == teller);
            !matches!(f.filler, Filler::Text(_)) || !named.iter().any(names)
        });
        let mut texts: BTreeSet<(&'static str, &str)> = BTreeSet::new();
        let lemma = |f: &Filled| self.context.tree.lower_lemma(f.head);
        united.retain(|f| !matches!(f.filler, Filler::Text(_)) || texts.insert((f.role, lemma(f))));
        united.sort_by_key(|f| order.iter().position(|r| *r == f.role));
        united
    }

    fn role(&self, filled: &Filled) -> Role {
        let mut role = Role {
            role: filled.role.to_owned(),
            entity: None,
            event: None,
            time: None,
            quantity: None,
            location: self.location(filled.tokens.clone()),
            inferred: None,
        };
        match filled.filler {
            Filler::Entity(e) => role.entity = Some(format!("e{}", e + 1)),
            Filler::Event(m) => role.event = Some(event_id(self.cluster_of[m])),
            Filler::Quantity(q) => role.quantity = Some(format!("q{}", q + 1)),
            Filler::Text(_) => {}
        }
        role
    }

    /// The label, with that of the event it is about before it.
    fn label(&self, cluster: usize, roles: &[Filled]) -> String {
        let topic = roles.iter().find_map(|f| match f.filler {
            Filler::Event(m) if matches!(f.role, "topic" | "content") => Some(self.cluster_of[m]),
            _ => None,
        });
        let kind =
            &self.context.rules.lexicon.types[self.mentions[self.clusters[cluster][0]].found.kind];
        // A statement is named for its speaker: what it says is an event of its own.
        let topic = topic.filter(|_| kind.name != "statement.say");
        let topic = topic.map(|t| label::compose(self.context, &self.of(t), self.roles(t), None));
        label::compose(self.context, &self.of(cluster), roles, topic.as_deref())
    }

    /// One event of the record. Time and place are those that a mention states.
    pub(crate) fn event(&self, cluster: usize) -> Event {
        let rules = self.context.rules;
        let mentions = self.of(cluster);
        let first = mentions[0];
        let kind = &rules.lexicon.types[first.found.kind];
        let roles = self.roles(cluster);
        let status = factuality::overall(mentions.iter().map(|m| (m.status, m.stated)));
        let score = mentions.iter().map(|m| m.found.probability).fold(0.0, f32::max);
        let mode =
            mentions.iter().find_map(|m| rules.lexicon.triggers[m.found.trigger].mode.clone());
        Event {
            id: event_id(cluster),
            kind: kind.name.clone(),
            family: kind.family.clone(),
            mode,
            label: self.label(cluster, roles),
            score: rounded(score),
            salience: String::new(),
            mentions: mentions
                .iter()
                .map(|m| MentionRecord {
                    location: self.location(m.found.token..m.found.token + 1),
                    factuality: m.status.record(),
                })
                .collect(),
            time: mentions.iter().find_map(|m| m.time).map(|t| self.time(t, None)),
            place: mentions.iter().find_map(|m| m.place).map(|p| self.place(p, None)),
            roles: roles.iter().map(|f| self.role(f)).collect(),
            factuality: status.record(),
            attribution: self.attribution(&mentions),
            codes: kind.codes.clone(),
        }
    }

    pub(crate) fn time(&self, time: usize, inferred: Option<String>) -> EventTime {
        let value = self.context.reading.times[time].value.clone();
        EventTime { value, reference: Some(format!("t{}", time + 1)), inferred }
    }

    pub(crate) fn place(&self, entity: usize, inferred: Option<String>) -> EventPlace {
        let country = self.context.reading.entities[entity].country.clone();
        EventPlace { entity: Some(format!("e{}", entity + 1)), country, inferred }
    }

    /// The source of an event that the article nowhere states in its own voice.
    fn attribution(&self, mentions: &[&EventMention]) -> Option<Attribution> {
        if mentions.iter().any(|m| m.source.is_none()) {
            return None;
        }
        let (index, quoted) = mentions[0].source?;
        let source = &self.attributions.sources[index];
        let cue = source.cue;
        let fixed = self.context.tree.word(cue).eq_ignore_ascii_case("according");
        let next = cue + 1 < self.context.tree.len()
            && self.context.tree.word(cue + 1).eq_ignore_ascii_case("to");
        let tokens = if fixed && next { cue..cue + 2 } else { cue..cue + 1 };
        Some(Attribution {
            source: source.speaker.map(|e| format!("e{}", e + 1)),
            cue: self.location(tokens),
            kind: if quoted { "direct" } else { "indirect" }.to_owned(),
        })
    }

    pub(crate) fn quotes(&self) -> Vec<Quote> {
        let quotes = self.attributions.quotes.iter().map(|quote| Quote {
            location: Location::of(self.context.reading.text, quote.span),
            kind: if quote.direct { "direct" } else { "partial" }.to_owned(),
            speaker: quote
                .source
                .and_then(|s| self.attributions.sources[s].speaker)
                .map(|e| format!("e{}", e + 1)),
        });
        quotes.collect()
    }

    pub(crate) fn status(&self, cluster: usize) -> Status {
        factuality::overall(self.of(cluster).into_iter().map(|m| (m.status, m.stated)))
    }
}
