//! Comparing a record with gold: events and who says what.

use dateline::record::{Document, Entity, Event, Role};

use crate::check::{holds_one_of, names, show};
use crate::gold::{ExpectEvent, ExpectSpeech};
use crate::report::Check;

/// Roles whose fillers don't take part.
const CIRCUMSTANCES: [&str; 10] = [
    "topic",
    "content",
    "purpose",
    "cause",
    "result",
    "place",
    "origin",
    "destination",
    "time",
    "item",
];

/// Compares with the record's event that fits gold best.
pub(crate) fn event(document: &Document, gold: &ExpectEvent, checks: &mut Vec<Check>) {
    let triggered = |event: &&Event| {
        gold.trigger.as_ref().is_none_or(|trigger| {
            event.mentions.iter().any(|m| holds_one_of(&m.location.text, trigger))
        })
    };
    let candidates =
        document.events.iter().filter(triggered).filter(|e| gold.kinds.contains(&e.kind));
    let best = candidates
        .map(|event| details(document, Some(event), gold))
        .max_by_key(|checks| checks.iter().filter(|c| c.passed).count());
    let detail = match gold.trigger {
        Some(_) => document.events.iter().filter(triggered).map(summary).collect::<Vec<_>>(),
        None => document.events.iter().map(summary).collect(),
    };
    let detail = format!("expected {:?}, got [{}]", gold.kinds, detail.join(", "));
    checks.push(Check::new("event", &gold.key, best.is_some(), detail));
    checks.extend(best.unwrap_or_else(|| details(document, None, gold)));
}

fn summary(event: &Event) -> String {
    let triggers: Vec<&str> = event.mentions.iter().map(|m| m.location.text.as_str()).collect();
    format!("{} {:?} {}", event.kind, triggers, event.factuality.status)
}

fn details(document: &Document, event: Option<&Event>, gold: &ExpectEvent) -> Vec<Check> {
    let mut checks = Vec::new();
    let mut check = |part: &str, wanted: String, result: Option<(bool, String)>| {
        let (passed, got) = result.unwrap_or((false, "no such event".to_owned()));
        let detail = format!("expected {wanted}, got {got}");
        checks.push(Check::new(format!("event.{part}"), &gold.key, passed, detail));
    };
    if let Some(label) = &gold.label {
        let result = event.map(|e| (ends_with(&e.label, label), e.label.clone()));
        check("label", label.clone(), result);
    }
    if !gold.countries.is_empty() {
        let result = event.map(|e| {
            let got = countries(document, e);
            (
                gold.countries.iter().all(|c| got.contains(c)),
                format!("{got:?} in {}", roles(document, e)),
            )
        });
        check("countries", format!("{:?}", gold.countries), result);
    }
    for (role, filler) in &gold.roles {
        let result = event.map(|e| {
            let filled = |r: &Role| role.split('|').any(|name| name == r.role);
            let fits = |r: &Role| filler_names(document, r).iter().any(|n| holds_one_of(n, filler));
            (e.roles.iter().any(|r| filled(r) && fits(r)), roles(document, e))
        });
        check("role", format!("{role}={filler}"), result);
    }
    if let Some(place) = &gold.place {
        let result = event.map(|e| {
            let entity = e.place.as_ref().and_then(|p| entity(document, p.entity.as_deref()));
            let passed = entity.is_some_and(|e| names(e).iter().any(|n| holds_one_of(n, place)));
            (passed, entity.map_or("none".to_owned(), |e| e.name.clone()))
        });
        check("place", place.clone(), result);
    }
    if let Some(time) = &gold.time {
        let result = event.map(|e| {
            let got = show(&e.time.as_ref().and_then(|t| t.value.clone()));
            (time.split('|').any(|wanted| got.starts_with(wanted)), got)
        });
        check("time", time.clone(), result);
    }
    if !gold.status.is_empty() {
        let result = event.map(|e| {
            let status = &e.factuality.status;
            (gold.status.contains(status), format!("{status} ({})", summary(e)))
        });
        check("status", format!("{:?}", gold.status), result);
    }
    checks
}

fn ends_with(label: &str, wanted: &str) -> bool {
    label == wanted || label.strip_suffix(wanted).is_some_and(|rest| rest.ends_with(' '))
}

fn entity<'a>(document: &'a Document, id: Option<&str>) -> Option<&'a Entity> {
    let id = id?;
    document.entities.iter().find(|e| e.id == id)
}

/// Countries of those who take part.
fn countries(document: &Document, event: &Event) -> Vec<String> {
    let doers = event.roles.iter().filter(|r| !CIRCUMSTANCES.contains(&r.role.as_str()));
    let entities = doers.filter_map(|r| entity(document, r.entity.as_deref()));
    let mut countries: Vec<String> = entities.filter_map(|e| e.country.clone()).collect();
    countries.sort();
    countries.dedup();
    countries
}

fn filler_names<'a>(document: &'a Document, role: &'a Role) -> Vec<&'a str> {
    let mut filler = entity(document, role.entity.as_deref()).map_or(Vec::new(), names);
    filler.push(&role.location.text);
    filler
}

fn roles(document: &Document, event: &Event) -> String {
    let show = |role: &Role| {
        let name = entity(document, role.entity.as_deref()).map_or("", |e| e.name.as_str());
        format!("{}={:?}→{:?}", role.role, role.location.text, name)
    };
    event.roles.iter().map(show).collect::<Vec<_>>().join(", ")
}

/// Someone is quoted, or vouches for an event.
pub(crate) fn speech(document: &Document, gold: &ExpectSpeech, checks: &mut Vec<Check>) {
    let is_speaker = |id: &Option<String>| {
        entity(document, id.as_deref())
            .is_some_and(|e| names(e).iter().any(|n| holds_one_of(n, &gold.speaker)))
    };
    let name = |id: &Option<String>| entity(document, id.as_deref()).map_or("nobody", |e| &e.name);
    if let Some(words) = &gold.quote {
        let quotes = document.quotes.iter().filter(|q| q.location.text.contains(words.as_str()));
        let got: Vec<&str> = quotes.clone().map(|q| name(&q.speaker)).collect();
        let passed = quotes.clone().any(|q| is_speaker(&q.speaker));
        let detail = format!("expected {words:?} from them, got {got:?}");
        checks.push(Check::new("quote", &gold.speaker, passed, detail));
    }
    let mut sources = Vec::new();
    let mut passed = false;
    for event in &document.events {
        let wanted =
            |words: &String| event.mentions.iter().any(|m| holds_one_of(&m.location.text, words));
        let says = event.roles.iter().filter(|r| r.role == "speaker" && gold.event.is_none());
        let source = event
            .attribution
            .iter()
            .map(|a| &a.source)
            .filter(|_| gold.event.as_ref().is_none_or(wanted));
        for id in says.map(|r| &r.entity).chain(source) {
            passed |= is_speaker(id);
            sources.push(name(id));
        }
    }
    sources.sort_unstable();
    sources.dedup();
    let about = gold.event.as_deref().unwrap_or("anything");
    let detail = format!("expected to vouch for {about}, got {sources:?}");
    checks.push(Check::new("speech", &gold.speaker, passed, detail));
}
