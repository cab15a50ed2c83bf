//! Entities from names: kinds agreed, names clustered, attributes gathered, order settled.

mod agreement;
mod clusters;
mod draft;
mod entity;

use std::ops::Range;

use super::lexicon::Lexicon;
use super::mentions::Name;
use super::places;
use super::seats;
use super::suffixes::Suffixes;
use super::titles::Bearing;
use crate::reading::{Kind, MentionFact, MentionKind};
use crate::tree::Tree;
use agreement::agree;
use clusters::clusters;
use draft::Draft;
use entity::entity;

/// Clusters names into entities.
pub(crate) fn named(
    tree: &Tree<'_>,
    mut names: Vec<Name>,
    bearings: Vec<Bearing>,
    lexicon: &Lexicon,
    suffixes: &Suffixes,
) -> Draft {
    agree(tree, &mut names, lexicon, suffixes);
    let (places, datelines) = places::resolve(tree, &names, lexicon);
    let clusters = clusters(tree, &names, &bearings, &places, lexicon, suffixes);
    let mut draft =
        Draft { entities: Vec::new(), genders: Vec::new(), mentions: Vec::new(), datelines };
    let mut members: Vec<Vec<usize>> = Vec::new();
    for (index, &cluster) in clusters.iter().enumerate() {
        if cluster == members.len() {
            members.push(Vec::new());
        }
        members[cluster].push(index);
    }
    for (cluster, members) in members.iter().enumerate() {
        let orgs = members.iter().copied().filter(|&m| names[m].kind == Kind::Org);
        let inner = { orgs }.find_map(|m| {
            let name = &names[m];
            (places[m].country.clone())
                .or_else(|| places::contained_country(tree, &name.tokens, lexicon))
                .or_else(|| seats::country(tree, &names, m, &places, lexicon))
        });
        let mut entity = entity(tree, &names, members, &bearings, &places, lexicon, inner);
        for of in members.iter().flat_map(|&m| &bearings[m].of).map(|&name| clusters[name]) {
            if !entity.affiliations.contains(&of) {
                entity.affiliations.push(of);
            }
        }
        let gender = members.iter().find_map(|&m| bearings[m].gender);
        draft.entities.push(entity);
        draft.genders.push(gender);
        for &member in members {
            let tokens = names[member].tokens.clone();
            draft.mentions.push(MentionFact {
                entity: cluster,
                head: tree.head_of(&tokens),
                tokens,
                kind: MentionKind::Name,
                score: names[member].score,
            });
        }
    }
    draft
}

/// The words of a name with single spaces, and none around inner hyphens.
fn surface(tree: &Tree<'_>, tokens: &Range<usize>) -> String {
    let surface = tree.text.surface(tree.text.cover(tokens.clone()));
    surface.split_whitespace().collect::<Vec<_>>().join(" ")
}
