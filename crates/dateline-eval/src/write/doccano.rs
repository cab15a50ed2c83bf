//! doccano's JSON lines: every span in `label`.

use dateline::Document;
use dateline::record::Location;
use serde_json::json;

use super::Layout;
use super::limits::lose;
use crate::notes::Notes;

const HELD: &[&str] =
    &["publication date", "entity mention", "time expression", "event trigger", "event type"];

pub(crate) fn write(document: &Document, layout: &Layout<'_>, losses: &mut Notes) -> String {
    lose(document, HELD, losses);
    let mut labels: Vec<(usize, usize, String)> = Vec::new();
    let mut add = |location: &Location, label: String| match layout.span(location) {
        Some((points, _)) => labels.push((points.start, points.end, label)),
        None => losses.note("span outside the text"),
    };
    for entity in &document.entities {
        entity.mentions.iter().for_each(|mention| add(&mention.location, entity.kind.clone()));
    }
    for time in &document.times {
        add(&time.location, format!("time:{}", time.kind));
    }
    for event in &document.events {
        let label = format!("event:{}", event.kind);
        event.mentions.iter().for_each(|mention| add(&mention.location, label.clone()));
    }
    labels.sort();
    let published = document.published.as_ref().map(|published| &published.value);
    let record = json!({
        "id": document.id,
        "text": layout.source,
        "label": labels,
        "layers": ["entities", "times", "events"],
        "published": published,
    });
    format!("{record}\n")
}
