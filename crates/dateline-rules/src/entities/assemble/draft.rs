//! Entities under construction: what groups, capitals, nouns and pronouns add to those of names.

use std::collections::HashMap;

use super::entity::MOST_ALIASES;
use super::surface;
use crate::entities::anaphora::Party;
use crate::entities::capitals::Capital;
use crate::entities::datelines;
use crate::entities::groups::{Group, Who};
use crate::entities::lexicon::Lexicon;
use crate::entities::reference::{self, Known, Lists, Resolved};
use crate::entities::titles::Gender;
use crate::reading::{EntityFact, Kind, MentionFact, MentionKind};
use crate::tree::Tree;

/// Entities under construction.
pub(crate) struct Draft {
    pub(super) entities: Vec<EntityFact>,
    pub(super) genders: Vec<Option<Gender>>,
    pub(super) mentions: Vec<MentionFact>,
    /// Places of datelines, which have no tokens.
    pub(crate) datelines: Vec<datelines::Resolved>,
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
                    affiliations: Vec::new(),
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
                    affiliations: Vec::new(),
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
        for entity in &mut entities {
            entity.affiliations = entity.affiliations.iter().filter_map(|&of| number[of]).collect();
        }
        (entities, self.mentions)
    }
}
