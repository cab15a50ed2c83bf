//! Which names are of one entity: persons and others by their words, places and peoples by what
//! they are listed as.

use std::collections::{HashMap, HashSet};

use super::surface;
use crate::entities::acronyms;
use crate::entities::cluster::{self, OtherName, PersonName};
use crate::entities::lexicon::Lexicon;
use crate::entities::mentions::Name;
use crate::entities::places;
use crate::entities::suffixes::Suffixes;
use crate::entities::titles::Bearing;
use crate::reading::Kind;
use crate::tree::Tree;

/// The cluster of each name, numbered by first mention.
pub(super) fn clusters(
    tree: &Tree<'_>,
    names: &[Name],
    bearings: &[Bearing],
    places: &[places::Place],
    lexicon: &Lexicon,
    suffixes: &Suffixes,
) -> Vec<usize> {
    /// Clusters are told apart by how they were made.
    #[derive(PartialEq, Eq, Hash)]
    enum Made {
        Person(usize),
        Other(Kind, usize),
        Listed(Kind, String, Option<String>),
        /// Name, country and division of a town.
        Town(String, Option<String>, Option<String>),
    }
    let words =
        |index: usize| -> Vec<&str> { names[index].tokens.clone().map(|t| tree.word(t)).collect() };
    let of_kind = |kind: Kind| -> Vec<usize> {
        (0..names.len()).filter(|&i| names[i].kind == kind).collect()
    };
    let mut made: Vec<Option<Made>> = names.iter().map(|_| None).collect();
    let persons = of_kind(Kind::Person);
    let person = |&i: &usize| PersonName {
        words: cluster::person_words(words(i), suffixes),
        gender: bearings[i].gender,
        elder: suffixes.elder(words(i)),
    };
    let found = cluster::persons(&persons.iter().map(person).collect::<Vec<_>>());
    for (&index, group) in persons.iter().zip(found) {
        made[index] = Some(Made::Person(group));
    }
    let brackets = acronyms::bracketed(tree, names);
    for kind in [Kind::Org, Kind::Place, Kind::Norp, Kind::Event, Kind::Misc] {
        let mut free = Vec::new();
        for index in of_kind(kind) {
            let name = &names[index];
            let place = &places[index];
            let town = place.name.clone().filter(|_| kind == Kind::Place && place.entry.is_none());
            if let Some(town) = town {
                let (country, division) = (place.country.clone(), place.division.clone());
                made[index] = Some(Made::Town(town, country, division));
                continue;
            }
            let entry = match kind {
                Kind::Place => place.entry,
                Kind::Norp => name.entries.first().copied(),
                _ => None,
            };
            match entry.map(|e| lexicon.entry(e)) {
                Some(e) => {
                    made[index] = Some(Made::Listed(kind, e.name.clone(), e.country.clone()));
                }
                None => free.push(index),
            }
        }
        let other = |&i: &usize| OtherName {
            words: words(i).iter().flat_map(|w| w.split('-')).map(str::to_owned).collect(),
            general: !names[i].entries.is_empty() || matches!(kind, Kind::Place | Kind::Norp),
        };
        let position: HashMap<usize, usize> =
            free.iter().enumerate().map(|(p, &i)| (i, p)).collect();
        let mut pairs: Vec<(usize, usize)> = brackets
            .iter()
            .filter_map(|(long, short)| Some((*position.get(long)?, *position.get(short)?)))
            .collect();
        let known = brackets.iter().flat_map(|(long, short)| [long, short]).copied();
        let known: HashSet<usize> = known.collect();
        let mut first: HashMap<&str, usize> = HashMap::new();
        for (at, &index) in free.iter().enumerate().filter(|_| kind == Kind::Org) {
            let spelled = surface(tree, &names[index].tokens);
            if let Some(name) = lexicon.aliases.of(&spelled).filter(|_| !known.contains(&index)) {
                pairs.push((*first.entry(name).or_insert(at), at));
            }
        }
        let found = cluster::others(&free.iter().map(other).collect::<Vec<_>>(), &pairs, suffixes);
        for (&index, group) in free.iter().zip(found) {
            made[index] = Some(Made::Other(kind, group));
        }
    }
    let mut numbers: HashMap<Option<Made>, usize> = HashMap::new();
    made.into_iter()
        .map(|made| {
            let next = numbers.len();
            *numbers.entry(made).or_insert(next)
        })
        .collect()
}
