//! What the names of one cluster tell of their entity: its name, aliases, titles, country.

use super::surface;
use crate::entities::lexicon::Lexicon;
use crate::entities::mentions::{Name, is_hyphen};
use crate::entities::places;
use crate::entities::titles::Bearing;
use crate::reading::{EntityFact, Kind};
use crate::tree::Tree;

/// Far more spellings than one name has.
pub(super) const MOST_ALIASES: usize = 64;

pub(super) fn entity(
    tree: &Tree<'_>,
    names: &[Name],
    members: &[usize],
    bearings: &[Bearing],
    places: &[places::Place],
    lexicon: &Lexicon,
    inner: Option<String>,
) -> EntityFact {
    let first = members[0];
    let kind = names[first].kind;
    let mut surfaces: Vec<String> = Vec::new();
    for &member in members {
        let surface = surface(tree, &names[member].tokens);
        if !surfaces.contains(&surface) && surfaces.len() < MOST_ALIASES {
            surfaces.push(surface);
        }
    }
    let listed = match kind {
        Kind::Place => places[first].entry,
        Kind::Norp => names[first].entries.first().copied(),
        _ => None,
    };
    let listed = listed.map(|e| lexicon.entry(e));
    let canonical = || lexicon.aliases.of_all(&surfaces).filter(|_| kind == Kind::Org);
    let name = match listed {
        Some(entry) => entry.name.clone(),
        None => canonical().map_or_else(|| fullest(&surfaces), str::to_owned),
    };
    let place = members.iter().map(|&m| &places[m]).find(|p| p.country.is_some());
    let place = place.unwrap_or(&places[first]);
    let point = members.iter().find_map(|&m| places[m].point).filter(|_| kind == Kind::Place);
    let mut titles: Vec<String> = Vec::new();
    for title in members.iter().flat_map(|&m| &bearings[m].titles) {
        match titles.iter_mut().find(|t| t.eq_ignore_ascii_case(title)) {
            // Of two spellings the one with capitals.
            Some(known) if *title < *known => known.clone_from(title),
            Some(_) => {}
            None => titles.push(title.clone()),
        }
    }
    let borne = members.iter().find_map(|&m| bearings[m].country.clone());
    let country = match kind {
        Kind::Place => place.country.clone(),
        Kind::Norp => listed.and_then(|e| e.country.clone()),
        Kind::Person => borne,
        _ => inner,
    };
    surfaces.retain(|s| *s != name);
    let subtype = if kind == Kind::Place { place.subtype } else { None };
    let affiliations = Vec::new();
    EntityFact { kind, subtype, name, aliases: surfaces, titles, affiliations, country, point }
}

/// The name with most words, then most letters; not in capitals if there is another.
fn fullest(surfaces: &[String]) -> String {
    let rank = |s: &&String| {
        let words = s.split([' ', '-']).filter(|w| !w.is_empty() && !is_hyphen(w)).count();
        let shouted = words > 1 && !s.chars().any(char::is_lowercase);
        (!shouted, words, s.chars().count())
    };
    surfaces.iter().rev().max_by_key(rank).cloned().unwrap_or_default()
}
