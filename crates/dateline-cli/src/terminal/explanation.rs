//! Explanations of events for people.

use std::io::{self, Write};

use dateline::Document;
use dateline::explain::{Explained, Explanation, MentionExplanation};

use super::visible;

/// Writes why the events of an article are what they are; how many were shown. With `only`, that
/// event alone.
pub(crate) fn write(
    out: &mut impl Write,
    document: &Document,
    explained: &Explained,
    only: Option<&str>,
) -> io::Result<usize> {
    let title = document.title.as_deref().unwrap_or(&document.id);
    let events: Vec<&Explanation> = { explained.events.iter() }
        .filter(|event| only.is_none_or(|only| event.event == only))
        .collect();
    if only.is_some() && events.is_empty() {
        return Ok(0);
    }
    writeln!(out, "{}", visible(title))?;
    for event in &events {
        write_event(out, event)?;
    }
    if only.is_none() && !explained.passed_over.is_empty() {
        writeln!(out, "\nPassed over")?;
        for passed in &explained.passed_over {
            let (word, around) = (visible(&passed.word), visible(&passed.around));
            writeln!(out, "  {word}  “{around}”: {}", passed.reason)?;
        }
    }
    writeln!(out)?;
    Ok(events.len())
}

fn write_event(out: &mut impl Write, event: &Explanation) -> io::Result<()> {
    let label = visible(&event.label);
    writeln!(out, "\n{}  {label}  {}  {}", event.event, event.kind, event.status)?;
    for (name, value) in [("when", &event.time), ("where", &event.place)] {
        if let Some(value) = value {
            writeln!(out, "  {name:<5}  {}", visible(value))?;
        }
    }
    event.mentions.iter().try_for_each(|mention| write_mention(out, mention))
}

fn write_mention(out: &mut impl Write, mention: &MentionExplanation) -> io::Result<()> {
    let MentionExplanation { rule, probability, threshold, .. } = mention;
    writeln!(out, "  “{}”", visible(&mention.trigger))?;
    let stated = if mention.stated { "stated" } else { "presumed" };
    let rows = [
        ("rule", format!("{}:{}  {}", rule.file, rule.line, rule.written)),
        ("model", format!("{probability:.2}, needed {threshold:.2}")),
        ("status", format!("{} ({stated})", mention.status)),
    ];
    let roles = mention.roles.iter().map(|role| {
        let filler = match role.fillers.is_empty() {
            true => "–".to_owned(),
            false => role.fillers.join(", "),
        };
        (role.role.as_str(), format!("{filler}  ({})", role.reason))
    });
    let rows: Vec<(&str, String)> = rows.into_iter().chain(roles).collect();
    let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    for (name, text) in rows {
        writeln!(out, "    {name:<width$}  {}", visible(&text))?;
    }
    write_tree(out, mention)
}

/// The dependency tree, one word a line: number, word, part of speech, relation, head.
fn write_tree(out: &mut impl Write, mention: &MentionExplanation) -> io::Result<()> {
    writeln!(out, "    tree")?;
    let tree = &mention.tree;
    let width = tree.iter().map(|node| node.word.chars().count()).max().unwrap_or(0);
    let relation = tree.iter().map(|node| node.deprel.len()).max().unwrap_or(0);
    for (index, node) in tree.iter().enumerate() {
        let mark = if index + 1 == mention.token { '>' } else { ' ' };
        let head = match node.head.checked_sub(1).and_then(|head| tree.get(head)) {
            Some(head) => format!("{} {}", node.head, head.word),
            None => "–".to_owned(),
        };
        writeln!(
            out,
            "    {mark}{:>3}  {:<width$}  {:<5}  {:<relation$}  {}",
            index + 1,
            visible(&node.word),
            node.upos,
            node.deprel,
            visible(&head)
        )?;
    }
    Ok(())
}
