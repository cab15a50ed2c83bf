//! Explains events from what the passes left behind.

use std::ops::Range;

use crate::explain::{
    Explained, Explanation, MentionExplanation, Node, PassedOver, RoleExplanation, RuleOrigin,
};
use crate::record::Event;

use super::mention::EventMention;
use super::output::Writer;
use super::roles::{choice, choices, slot};
use super::sentence::Context;
use super::triggers::{self, Found};

/// Words shown on either side of one that was passed over.
const AROUND: usize = 4;

/// `events` are those of the writer's clusters, in their order; `pruned` are triggers left out.
pub(super) fn explain(writer: &Writer<'_, '_>, pruned: &[usize], events: &[Event]) -> Explained {
    let context = writer.context;
    let explain = |(event, members): (&Event, &Vec<usize>)| {
        let inferred = |by: &Option<String>| match by {
            Some(by) => format!(" (inferred: {by})"),
            None => String::new(),
        };
        let time = event.time.as_ref();
        let time =
            time.and_then(|t| Some(format!("{}{}", t.value.as_ref()?, inferred(&t.inferred))));
        let place = event.place.as_ref().map(|place| {
            let name = place.entity.as_ref().and_then(|id| name(context, id));
            let name = name.or(place.country.as_deref()).unwrap_or("?");
            format!("{name}{}", inferred(&place.inferred))
        });
        Explanation {
            event: event.id.clone(),
            label: event.label.clone(),
            kind: event.kind.clone(),
            status: event.factuality.status.clone(),
            time,
            place,
            mentions: members.iter().map(|&m| mention(context, &writer.mentions[m])).collect(),
        }
    };
    let refused = triggers::refused(context).into_iter();
    let refused = refused.map(|(token, refusal)| (token, refusal.to_string()));
    let pruned = pruned.iter().map(|&token| {
        (token, "a habit, or nothing is said of it: no role, time or place".to_owned())
    });
    let mut passed: Vec<(usize, String)> = refused.chain(pruned).collect();
    passed.sort_unstable();
    let passed_over = passed.into_iter().map(|(token, reason)| PassedOver {
        word: context.tree.word(token).to_owned(),
        around: surface(context, around(context, token)),
        reason,
    });
    Explained {
        events: events.iter().zip(writer.clusters).map(explain).collect(),
        passed_over: passed_over.collect(),
    }
}

/// The name of the entity of this id.
fn name<'c>(context: &Context<'c>, id: &str) -> Option<&'c str> {
    let index: usize = id.strip_prefix('e')?.parse().ok()?;
    Some(&context.reading.entities.get(index.checked_sub(1)?)?.name)
}

fn around(context: &Context<'_>, token: usize) -> Range<usize> {
    let sentence = context.tree.sentence(token);
    token.saturating_sub(AROUND).max(sentence.start)..(token + AROUND + 1).min(sentence.end)
}

fn surface(context: &Context<'_>, tokens: Range<usize>) -> String {
    let text = context.reading.text;
    text.surface(text.cover(tokens)).to_owned()
}

fn mention(context: &Context<'_>, mention: &EventMention) -> MentionExplanation {
    let found = &mention.found;
    let origin = &context.rules.lexicon.triggers[found.trigger].origin;
    let sentence = context.tree.sentence(found.token);
    let nodes = sentence.clone().map(|token| Node {
        word: context.tree.word(token).to_owned(),
        upos: context.tree.upos(token).to_string(),
        deprel: context.tree.deprel(token).to_string(),
        head: context.tree.head(token).map_or(0, |head| head - sentence.start + 1),
    });
    let roles = &context.rules.lexicon.types[found.kind].roles;
    MentionExplanation {
        trigger: context.tree.word(found.token).to_owned(),
        token: found.token - sentence.start + 1,
        rule: RuleOrigin {
            file: origin.file.to_string(),
            line: origin.line,
            written: origin.written.to_string(),
        },
        probability: found.probability,
        threshold: found.threshold,
        status: mention.status.as_str().to_owned(),
        stated: mention.stated,
        roles: roles.iter().map(|role| explain_role(context, mention, role)).collect(),
        tree: nodes.collect(),
    }
}

fn explain_role(context: &Context<'_>, mention: &EventMention, role: &str) -> RoleExplanation {
    let tokens = mention.roles.iter().filter(|filled| filled.role == role);
    let mut fillers: Vec<String> =
        tokens.map(|filled| surface(context, filled.tokens.clone())).collect();
    if role == "time" {
        let time = mention.time.map(|time| context.reading.times[time].tokens.clone());
        fillers.extend(time.map(|tokens| surface(context, tokens)));
    }
    let reason = match (role, fillers.is_empty()) {
        ("time", true) => "no date or time of day stands with it".to_owned(),
        ("time", false) => "the expression of time that stands with it".to_owned(),
        ("quantity", false) => "the number of what fills a role".to_owned(),
        (_, empty) => trace(context, &mention.found, role, empty),
    };
    RoleExplanation { role: role.to_owned(), fillers, reason }
}

/// What became of the arguments whose slots may lead to a role.
fn trace(context: &Context<'_>, found: &Found, role: &str, empty: bool) -> String {
    let mut told: Vec<String> = Vec::new();
    for arg in &found.frame.args {
        let slot = slot(context, found, arg);
        let Some(choices) = choices(context, found, slot) else { continue };
        let leading: Vec<&str> =
            choices.iter().filter(|c| c.role == role).map(|c| c.written.as_str()).collect();
        if leading.is_empty() {
            continue;
        }
        let word = context.tree.word(arg.token);
        match choice(context, found, choices, arg.token) {
            Some(chosen) if chosen.role == role && empty => {
                told.push(format!("{slot} “{word}” names nobody and nothing by itself"));
            }
            Some(chosen) if chosen.role == role => {
                told.push(format!("{slot} “{word}”: {}", chosen.written));
            }
            Some(chosen) if empty => {
                told.push(format!("{slot} “{word}” is its {}", chosen.role));
            }
            None if empty => {
                told.push(format!("{slot} “{word}” is not as asked: {}", leading.join(", ")));
            }
            _ => {}
        }
    }
    if !told.is_empty() {
        return told.join("; ");
    }
    if !empty {
        return "another mention or a name beside it".to_owned();
    }
    let slots = leading(context, found, role);
    match slots.is_empty() {
        true => "no slot of this trigger leads to it".to_owned(),
        false => format!("there is no {}", slots.join(", ")),
    }
}

/// The slots that lead to a role.
fn leading(context: &Context<'_>, found: &Found, role: &str) -> Vec<String> {
    let rules = context.rules;
    let own = &rules.lexicon.triggers[found.trigger].slots;
    let kind = &rules.lexicon.types[found.kind].slots;
    let mut names: Vec<&String> =
        own.keys().chain(kind.keys()).chain(rules.shared.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let leads = |name: &&&String| {
        choices(context, found, name).is_some_and(|all| all.iter().any(|c| c.role == role))
    };
    names.iter().filter(leads).map(|name| (*name).clone()).collect()
}
