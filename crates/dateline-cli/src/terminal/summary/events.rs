//! What happened.

use std::collections::HashMap;
use std::io::{self, Write};

use dateline::Document;
use dateline::record::{Entity, Event, Factuality, Role};

use super::style::{DIM, NAME, REAL, UNREAL, padded, times};
use super::{heading, visible};

/// Width of the column of row names (`participant`).
const LABEL: usize = 13;

/// Writes the events: the main one first, then foreground and background, each in text order.
pub(super) fn write(out: &mut impl Write, document: &Document) -> io::Result<()> {
    if document.events.is_empty() {
        return Ok(());
    }
    heading(out, "Events")?;
    let names = Names::of(document);
    let mut events: Vec<&Event> = document.events.iter().collect();
    events.sort_by_key(|event| match event.salience.as_str() {
        "main" => 0,
        "foreground" => 1,
        _ => 2,
    });
    for event in events {
        write_event(out, event, &names)?;
    }
    Ok(())
}

/// Look-ups from the record's ids to what a person calls them.
struct Names<'a> {
    entities: HashMap<&'a str, &'a Entity>,
    events: HashMap<&'a str, &'a Event>,
    times: HashMap<&'a str, &'a str>,
    why: Option<&'a str>,
    how: Option<&'a str>,
}

impl<'a> Names<'a> {
    fn of(document: &'a Document) -> Self {
        let times = document.times.iter();
        Names {
            entities: document.entities.iter().map(|e| (e.id.as_str(), e)).collect(),
            events: document.events.iter().map(|e| (e.id.as_str(), e)).collect(),
            times: times.map(|t| (t.id.as_str(), t.location.text.as_str())).collect(),
            why: document.main_event.as_ref().and_then(|main| main.why.as_deref()),
            how: document.main_event.as_ref().and_then(|main| main.how.as_deref()),
        }
    }

    fn entity(&self, id: &str) -> Option<String> {
        self.entities.get(id).map(|entity| visible(&entity.name))
    }

    /// What fills a role: the entity's or event's name, else the words of the article.
    fn filler(&self, role: &Role) -> String {
        let entity = role.entity.as_deref().and_then(|id| self.entity(id));
        let event = role.event.as_deref().and_then(|id| self.events.get(id));
        let words = visible(&role.location.text);
        match (entity, event) {
            (Some(name), _) => name,
            (None, Some(event)) => format!("“{words}” → {}", visible(&event.label)),
            (None, None) => format!("“{words}”"),
        }
    }
}

fn write_event(out: &mut impl Write, event: &Event, names: &Names<'_>) -> io::Result<()> {
    let status = status(&event.factuality);
    let style = if matches!(event.factuality.status.as_str(), "actual" | "ongoing") {
        REAL
    } else {
        UNREAL
    };
    let kind = match &event.mode {
        Some(mode) => format!("{} ({mode})", event.kind),
        None => event.kind.clone(),
    };
    let main = if event.salience == "main" { "  main event" } else { "" };
    writeln!(
        out,
        "  {NAME}{}{NAME:#}  {DIM}{}{DIM:#}  {style}{status}{style:#}{DIM}{main}{}{DIM:#}",
        visible(&event.label),
        visible(&kind),
        times(event.mentions.len()),
    )?;
    for (name, value, inferred) in rows(event, names) {
        let inferred = match inferred {
            Some(from) => format!("  {DIM}(inferred: {}){DIM:#}", visible(&from)),
            None => String::new(),
        };
        writeln!(out, "      {DIM}{}{DIM:#}{value}{inferred}", padded(&name, LABEL))?;
    }
    Ok(())
}

/// Status in words: `proposed, future, denied`.
fn status(factuality: &Factuality) -> String {
    let mut words = vec![factuality.status.as_str()];
    if factuality.certainty != "certain" {
        words.push(&factuality.certainty);
    }
    if factuality.future {
        words.push("future");
    }
    if factuality.polarity == "negative" && factuality.status != "negated" {
        words.push("denied");
    }
    visible(&words.join(", "))
}

type Row = (String, String, Option<String>);

fn rows(event: &Event, names: &Names<'_>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut role_names: Vec<&str> = Vec::new();
    let place = event.place.as_ref().and_then(|place| place.entity.as_ref());
    for role in &event.roles {
        // The row "where" says it already.
        let repeated = role.role == "place" && place.is_some() && role.entity.as_ref() == place;
        if !repeated && !role_names.contains(&role.role.as_str()) {
            role_names.push(&role.role);
        }
    }
    for name in role_names {
        let mut fillers: Vec<String> = Vec::new();
        let mut inferred = None;
        for role in event.roles.iter().filter(|role| role.role == name) {
            let filler = names.filler(role);
            if !fillers.contains(&filler) {
                fillers.push(filler);
            }
            inferred = inferred.or_else(|| role.inferred.clone());
        }
        rows.push((visible(name), fillers.join(", "), inferred));
    }
    if let Some(time) = &event.time {
        let words = time.reference.as_deref().and_then(|id| names.times.get(id));
        let value = match (&time.value, words) {
            (Some(value), Some(words)) if value != words => {
                format!("{} (“{}”)", visible(value), visible(words))
            }
            (Some(value), _) => visible(value),
            (None, Some(words)) => format!("“{}”", visible(words)),
            (None, None) => String::new(),
        };
        if !value.is_empty() {
            rows.push(("when".to_owned(), value, time.inferred.clone()));
        }
    }
    if let Some(place) = &event.place {
        let entity = place.entity.as_deref().and_then(|id| names.entities.get(id));
        let is_country = entity.is_some_and(|e| e.subtype.as_deref() == Some("country"));
        let country = place.country.as_deref().filter(|_| !is_country).map(visible);
        let name = entity.map(|entity| visible(&entity.name));
        let parts: Vec<String> = name.into_iter().chain(country).collect();
        if !parts.is_empty() {
            rows.push(("where".to_owned(), parts.join(", "), place.inferred.clone()));
        }
    }
    if let Some(attribution) = &event.attribution {
        let source = attribution.source.as_deref().and_then(|id| names.entity(id));
        let source = source.unwrap_or_else(|| "unnamed source".to_owned());
        let cue = visible(&attribution.cue.text);
        rows.push(("source".to_owned(), format!("{source} (“{cue}”)"), None));
    }
    if let Some(why) = names.why.filter(|_| event.salience == "main") {
        let label = names.events.get(why).map_or_else(|| visible(why), |e| visible(&e.label));
        rows.push(("why".to_owned(), label, None));
    }
    if let Some(how) = names.how.filter(|_| event.salience == "main") {
        rows.push(("how".to_owned(), visible(how), None));
    }
    rows
}
