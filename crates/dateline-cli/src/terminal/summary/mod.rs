//! A document as a person reads it.

mod entities;
mod events;
mod style;

use std::io::{self, Write};

use dateline::Document;

use self::style::{DIM, HEADING, TITLE, WARNING};
use super::visible;

/// Writes the summary of `document`, with colours; the stream strips them where they don't belong.
pub(crate) fn write(out: &mut impl Write, document: &Document) -> io::Result<()> {
    head(out, document)?;
    entities::write(out, document)?;
    times(out, document)?;
    quantities(out, document)?;
    events::write(out, document)?;
    for warning in &document.warnings {
        writeln!(out, "\n{WARNING}warning:{WARNING:#} {}", visible(warning))?;
    }
    Ok(())
}

fn head(out: &mut impl Write, document: &Document) -> io::Result<()> {
    if let Some(title) = &document.title {
        writeln!(out, "{TITLE}{}{TITLE:#}", visible(title))?;
    }
    let id = visible(&document.id);
    match &document.published {
        Some(published) => {
            let (value, source) = (visible(&published.value), visible(&published.source));
            writeln!(out, "{DIM}{id} · published{DIM:#} {value} {DIM}({source}){DIM:#}")
        }
        None => writeln!(out, "{DIM}{id} · publication date unknown{DIM:#}"),
    }
}

fn heading(out: &mut impl Write, name: &str) -> io::Result<()> {
    writeln!(out, "\n{HEADING}{name}{HEADING:#}")
}

fn times(out: &mut impl Write, document: &Document) -> io::Result<()> {
    let rows = document.times.iter().map(|time| {
        let value = time.value.as_deref().unwrap_or("?");
        let modifier = time.modifier.as_deref().map_or(String::new(), |m| format!(" ({m})"));
        (visible(&time.location.text), visible(&format!("{value}{modifier}")))
    });
    values(out, "Times", rows.collect())
}

fn quantities(out: &mut impl Write, document: &Document) -> io::Result<()> {
    let rows = document.quantities.iter().map(|quantity| {
        let value = quantity.value.map_or("?".to_owned(), |value| value.to_string());
        let unit = quantity.unit.as_deref().unwrap_or("");
        let modifier = quantity.modifier.as_deref().map_or(String::new(), |m| format!(" ({m})"));
        (visible(&quantity.location.text), visible(&format!("{value} {unit}{modifier}")))
    });
    values(out, "Quantities", rows.collect())
}

/// Rows of an expression and what it means; equal rows are shown once with their count.
fn values(out: &mut impl Write, name: &str, rows: Vec<(String, String)>) -> io::Result<()> {
    let mut counted: Vec<((String, String), usize)> = Vec::new();
    let mut seen = std::collections::HashMap::new();
    for row in rows {
        let at = *seen.entry(row.clone()).or_insert(counted.len());
        match counted.get_mut(at) {
            Some(found) => found.1 += 1,
            None => counted.push((row, 1)),
        }
    }
    if counted.is_empty() {
        return Ok(());
    }
    heading(out, name)?;
    let width = style::column(counted.iter().map(|((text, _), _)| text.as_str()));
    for ((text, value), count) in counted {
        let times = style::times(count);
        if text == value {
            writeln!(out, "  {text}{DIM}{times}{DIM:#}")?;
            continue;
        }
        writeln!(out, "  {}  {value}{DIM}{times}{DIM:#}", style::padded(&text, width))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
