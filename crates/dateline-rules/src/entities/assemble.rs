//! Entities from names: kinds agreed, names clustered, attributes gathered, order settled.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::acronyms;
use super::anaphora::Party;
use super::capitals::Capital;
use super::cluster::{self, OtherName, PersonName};
use super::groups::{Group, Who};
use super::lexicon::{Lexicon, Sort, key};
use super::mentions::{Name, is_hyphen};
use super::places;
use super::pronouns::Resolved;
use super::reference::{self, Known, Lists};
use super::titles::{Bearing, Gender};
use crate::reading::{EntityFact, Kind, MentionFact, MentionKind};
use crate::tree::Tree;

/// Entities under construction.
pub(crate) struct Draft {
    entities: Vec<EntityFact>,
    genders: Vec<Option<Gender>>,
    mentions: Vec<MentionFact>,
}

/// The token of a run by which it hangs in the tree.
pub(crate) fn head_of(tree: &Tree<'_>, tokens: &Range<usize>) -> usize {
    let outside = |t: &usize| tree.head(*t).is_none_or(|h| !tokens.contains(&h));
    tokens.clone().find(outside).unwrap_or(tokens.end - 1)
}

fn name_key(tree: &Tree<'_>, name: &Name) -> String {
    key(name.tokens.clone().map(|t| tree.word(t))).to_lowercase()
}

/// One spelling, one kind: the one with most of the model's score over the article. What the
/// lexicon decided stays, and a surname stays a person beside a place of its name.
fn agree(tree: &Tree<'_>, names: &mut [Name], lexicon: &Lexicon) {
    const FREE: [Kind; 5] = [Kind::Person, Kind::Org, Kind::Place, Kind::Event, Kind::Misc];
    let settled = |name: &Name| {
        let listed = name.entries.first().map(|&e| lexicon.entry(e).sort);
        matches!(listed, Some(Sort::Country | Sort::Demonym | Sort::Landmark))
            || name.kind == Kind::Norp
    };
    let mut surnames: HashSet<String> = HashSet::new();
    for name in names.iter().filter(|n| n.kind == Kind::Person && n.tokens.len() > 1) {
        surnames.insert(tree.word(name.tokens.end - 1).to_lowercase());
    }
    let mut votes: HashMap<String, [f32; FREE.len()]> = HashMap::new();
    for name in names.iter().filter(|n| !settled(n)) {
        if let Some(kind) = FREE.iter().position(|k| *k == name.kind) {
            votes.entry(name_key(tree, name)).or_default()[kind] += name.score;
        }
    }
    for name in names.iter_mut().filter(|n| !settled(n)) {
        let spelling = name_key(tree, name);
        let Some(votes) = votes.get(&spelling) else { continue };
        let best = (0..FREE.len()).rev().max_by(|&a, &b| votes[a].total_cmp(&votes[b]));
        let Some(best) = best.map(|b| FREE[b]) else { continue };
        // A surname stays a person's beside a place or company of its name.
        let surname = name.kind == Kind::Person && surnames.contains(&spelling);
        if !surname {
            name.kind = best;
        }
    }
    reclaim(tree, names);
}

/// What ends a person's full name is that person, whatever the model took it for: the surname with
/// its particle always, a single word unless an organization's longer name begins with it.
fn reclaim(tree: &Tree<'_>, names: &mut [Name]) {
    let words = |name: &Name| cluster::person_words(name.tokens.clone().map(|t| tree.word(t)));
    let mut endings: HashSet<String> = HashSet::new();
    let mut begun: HashSet<String> = HashSet::new();
    for name in names.iter().filter(|n| n.tokens.len() > 1) {
        match name.kind {
            Kind::Person => {
                let words = words(name);
                endings.extend((1..words.len()).map(|start| words[start..].join(" ")));
                endings.extend(words.first().cloned());
            }
            Kind::Org => {
                begun.insert(tree.word(name.tokens.start).to_lowercase());
            }
            _ => {}
        }
    }
    for name in names.iter_mut() {
        let free = matches!(name.kind, Kind::Org | Kind::Misc | Kind::Place);
        if !free || !name.entries.is_empty() || name.tokens.len() > 4 {
            continue;
        }
        let words = words(name);
        let single = words.len() == 1 && begun.contains(&words[0]);
        if !single && endings.contains(&words.join(" ")) {
            name.kind = Kind::Person;
        }
    }
}

/// Clusters names into entities.
pub(crate) fn named(
    tree: &Tree<'_>,
    mut names: Vec<Name>,
    bearings: Vec<Bearing>,
    lexicon: &Lexicon,
) -> Draft {
    agree(tree, &mut names, lexicon);
    let places = places::resolve(tree, &names, lexicon);
    let clusters = clusters(tree, &names, &bearings, &places, lexicon);
    let mut draft = Draft { entities: Vec::new(), genders: Vec::new(), mentions: Vec::new() };
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
                .or_else(|| people_before(tree, &names, name, lexicon))
        });
        let entity = entity(tree, &names, members, &bearings, &places, lexicon, inner);
        let gender = members.iter().find_map(|&m| bearings[m].gender);
        draft.entities.push(entity);
        draft.genders.push(gender);
        for &member in members {
            let tokens = names[member].tokens.clone();
            draft.mentions.push(MentionFact {
                entity: cluster,
                head: head_of(tree, &tokens),
                tokens,
                kind: MentionKind::Name,
                score: names[member].score,
            });
        }
    }
    draft
}

/// The people right before an organization's name: "the Russian 14th Army".
fn people_before(tree: &Tree<'_>, names: &[Name], org: &Name, lexicon: &Lexicon) -> Option<String> {
    let at = names.partition_point(|n| n.tokens.start < org.tokens.start).checked_sub(1)?;
    let people = names.get(at).filter(|n| n.kind == Kind::Norp)?;
    let head = head_of(tree, &people.tokens);
    let modifies = tree.head(head).is_some_and(|h| org.tokens.contains(&h));
    let next = people.tokens.end == org.tokens.start && modifies;
    let entry = people.entries.first().filter(|_| next)?;
    lexicon.entry(*entry).country.clone()
}

/// The cluster of each name, numbered by first mention.
fn clusters(
    tree: &Tree<'_>,
    names: &[Name],
    bearings: &[Bearing],
    places: &[places::Place],
    lexicon: &Lexicon,
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
        words: cluster::person_words(words(i)),
        gender: bearings[i].gender,
        elder: cluster::elder(words(i)),
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
        let pairs: Vec<(usize, usize)> = brackets
            .iter()
            .filter_map(|(long, short)| Some((*position.get(long)?, *position.get(short)?)))
            .collect();
        let found = cluster::others(&free.iter().map(other).collect::<Vec<_>>(), &pairs);
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

fn entity(
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
    let name = match listed {
        Some(entry) => entry.name.clone(),
        None => fullest(&surfaces),
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
    EntityFact { kind, subtype, name, aliases: surfaces, titles, country, point }
}

/// Far more spellings than one name has.
const MOST_ALIASES: usize = 64;

/// The words of a name with single spaces, and none around inner hyphens.
fn surface(tree: &Tree<'_>, tokens: &Range<usize>) -> String {
    let surface = tree.text.surface(tree.text.cover(tokens.clone()));
    surface.split_whitespace().collect::<Vec<_>>().join(" ")
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

impl Draft {
    /// Names that can tell who a group is.
    pub(crate) fn who(&self) -> Vec<Who> {
        let mut who: Vec<Who> = self
            .mentions
            .iter()
            .map(|m| Who {
                tokens: m.tokens.clone(),
                country: self.entities[m.entity].country.clone(),
                score: m.score,
            })
            .collect();
        who.sort_by_key(|w| w.tokens.start);
        who
    }

    /// Leads common nouns and pronouns back to the entities.
    pub(crate) fn refer(&mut self, tree: &Tree<'_>, lists: &Lists<'_>) {
        self.mentions.sort_by_key(|m| (m.tokens.start, std::cmp::Reverse(m.tokens.end)));
        let known = |m: &MentionFact| Known {
            entity: m.entity,
            tokens: m.tokens.clone(),
            head: m.head,
            kind: m.kind,
            score: m.score,
        };
        let known: Vec<Known> = self.mentions.iter().map(known).collect();
        let found = reference::resolve(tree, &self.entities, &self.genders, &known, lists);
        self.add_pronouns(found.pronouns);
        self.mentions.extend(found.nominals.into_iter().map(|n| MentionFact {
            entity: n.entity,
            tokens: n.tokens,
            head: n.head,
            kind: MentionKind::Nominal,
            score: n.score,
        }));
    }

    /// States, organizations and peoples that a pronoun may stand for, by their heads.
    pub(crate) fn parties(&self) -> Vec<Party> {
        let mut parties: Vec<Party> = Vec::new();
        for mention in &self.mentions {
            let fact = &self.entities[mention.entity];
            let plural = match fact.kind {
                Kind::Org => false,
                Kind::Place if fact.subtype == Some("country") => false,
                Kind::Norp => true,
                _ => continue,
            };
            let (head, entity, score) = (mention.head, mention.entity, mention.score);
            parties.push(Party { head, entity, plural, score });
        }
        parties.sort_by_key(|p| p.head);
        parties
    }

    /// Capitals spoken of without their name join the city, if the article names it.
    pub(crate) fn add_capitals(
        &mut self,
        capitals: Vec<Capital>,
        tree: &Tree<'_>,
        lexicon: &Lexicon,
    ) {
        let mut unnamed: HashMap<String, usize> = HashMap::new();
        for capital in capitals {
            let name = lexicon.capital(&capital.country).unwrap_or_default();
            let is_city = |e: &EntityFact| e.kind == Kind::Place && e.name == name;
            let named = self.entities.iter().position(is_city);
            let known = named.or_else(|| unnamed.get(&capital.country).copied());
            let entity = known.unwrap_or_else(|| {
                unnamed.insert(capital.country.clone(), self.entities.len());
                self.entities.push(EntityFact {
                    kind: Kind::Place,
                    subtype: Some("city"),
                    name: surface(tree, &capital.tokens),
                    aliases: Vec::new(),
                    titles: Vec::new(),
                    country: Some(capital.country.clone()),
                    point: None,
                });
                self.genders.push(None);
                self.entities.len() - 1
            });
            let kind = MentionKind::Nominal;
            let Capital { tokens, head, score, .. } = capital;
            self.mentions.push(MentionFact { entity, tokens, head, kind, score });
        }
    }

    pub(crate) fn add_groups(&mut self, groups: Vec<Group>) {
        let mut known: HashMap<String, usize> = HashMap::new();
        for group in groups {
            let next = self.entities.len();
            let entity = *known.entry(group.key).or_insert(next);
            if entity == next {
                self.entities.push(EntityFact {
                    kind: Kind::Group,
                    subtype: None,
                    name: group.name,
                    aliases: Vec::new(),
                    titles: Vec::new(),
                    country: group.country,
                    point: None,
                });
                self.genders.push(None);
            } else {
                let fact = &mut self.entities[entity];
                if fact.name != group.name
                    && !fact.aliases.contains(&group.name)
                    && fact.aliases.len() < MOST_ALIASES
                {
                    fact.aliases.push(group.name);
                }
                if fact.country.is_none() {
                    fact.country = group.country;
                }
            }
            self.mentions.push(MentionFact {
                entity,
                tokens: group.tokens,
                head: group.head,
                kind: MentionKind::Nominal,
                score: group.score,
            });
        }
    }

    pub(crate) fn add_pronouns(&mut self, pronouns: Vec<Resolved>) {
        self.mentions.extend(pronouns.into_iter().map(|p| MentionFact {
            entity: p.entity,
            tokens: p.token..p.token + 1,
            head: p.token,
            kind: MentionKind::Pronoun,
            score: p.score,
        }));
    }

    /// Mentions in text order (the longer first), entities in order of first mention.
    pub(crate) fn finish(mut self) -> (Vec<EntityFact>, Vec<MentionFact>) {
        self.mentions.sort_by_key(|m| (m.tokens.start, std::cmp::Reverse(m.tokens.end)));
        let mut number: Vec<Option<usize>> = vec![None; self.entities.len()];
        let mut entities = Vec::with_capacity(self.entities.len());
        for mention in &mut self.mentions {
            let index = *number[mention.entity].get_or_insert_with(|| {
                entities.push(self.entities[mention.entity].clone());
                entities.len() - 1
            });
            mention.entity = index;
        }
        (entities, self.mentions)
    }
}
