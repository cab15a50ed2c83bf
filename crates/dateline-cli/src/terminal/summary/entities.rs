//! Who and where.

use std::io::{self, Write};

use dateline::Document;
use dateline::record::Entity;

use super::style::{DIM, NAME, column, padded};
use super::{heading, visible};

/// Headings and the entity types under each.
const SECTIONS: &[(&str, &[&str])] = &[
    ("People", &["PERSON"]),
    ("Organizations", &["ORG"]),
    ("Places", &["PLACE"]),
    ("Peoples and groups", &["NORP", "GROUP"]),
    ("Named events", &["EVENT"]),
    ("Other names", &["MISC"]),
];

/// Writes the entities under their headings, the most salient first.
pub(super) fn write(out: &mut impl Write, document: &Document) -> io::Result<()> {
    for (name, kinds) in SECTIONS {
        let mut entities: Vec<&Entity> =
            document.entities.iter().filter(|e| kinds.contains(&e.kind.as_str())).collect();
        if entities.is_empty() {
            continue;
        }
        heading(out, name)?;
        entities.sort_by(|a, b| b.salience.total_cmp(&a.salience));
        let names: Vec<String> = entities.iter().map(|entity| visible(&entity.name)).collect();
        let width = column(names.iter().map(String::as_str));
        for (entity, name) in entities.into_iter().zip(names) {
            row(out, document, entity, &name, width)?;
        }
    }
    Ok(())
}

fn row(
    out: &mut impl Write,
    document: &Document,
    entity: &Entity,
    name: &str,
    width: usize,
) -> io::Result<()> {
    let mut facts: Vec<String> = entity.titles.iter().map(|title| visible(title)).collect();
    // Whose minister someone is, the country tells.
    let organization = |id: &String| {
        let mut all = document.entities.iter();
        all.find(|other| other.id == *id && other.kind == "ORG").map(|org| visible(&org.name))
    };
    facts.extend(entity.affiliations.iter().filter_map(organization));
    let subtype = entity.subtype.as_deref().filter(|&subtype| subtype != "other");
    facts.extend(subtype.map(visible));
    facts.extend(entity.country.as_deref().map(visible));
    let mut columns = Vec::new();
    if !facts.is_empty() {
        columns.push(facts.join(" · "));
    }
    if entity.mentions.len() > 1 {
        columns.push(format!("{DIM}×{}{DIM:#}", entity.mentions.len()));
    }
    let aliases: Vec<String> = entity.aliases.iter().map(|alias| visible(alias)).collect();
    if !aliases.is_empty() {
        columns.push(format!("{DIM}also: {}{DIM:#}", aliases.join(", ")));
    }
    let name = if columns.is_empty() { name.to_owned() } else { padded(name, width) };
    columns.insert(0, format!("{NAME}{name}{NAME:#}"));
    writeln!(out, "  {}", columns.join("  "))
}
