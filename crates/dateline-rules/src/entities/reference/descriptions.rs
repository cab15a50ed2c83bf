//! What the article says of its entities anywhere: genders, offices, kinds and the nouns beside names.

use dateline_text::{Deprel, Upos};

use super::discourse::{Class, Referent};
use super::offices::{self, Office};
use super::walk::Walk;
use super::{Known, nominals, nouns};
use crate::entities::titles::Gender;
use crate::reading::{Kind, MentionKind};

impl Walk<'_> {
    /// One referent for each entity, of the same index, with what the article says of it anywhere.
    pub(super) fn introduce(&mut self, genders: &[Option<Gender>]) {
        for (index, entity) in self.entities.iter().enumerate() {
            let class = match entity.kind {
                Kind::Person => Class::Person,
                Kind::Org => Class::Org,
                Kind::Place => Class::Place,
                Kind::Group | Kind::Norp => Class::Many,
                Kind::Event | Kind::Misc => Class::Thing,
            };
            let mut referent = Referent::new(Some(index), class);
            referent.gender = genders[index];
            referent.subtype = entity.subtype;
            referent.country.clone_from(&entity.country);
            referent.offices =
                entity.titles.iter().map(|t| Office::read(t, self.lists.words)).collect();
            self.discourse.referents.push(referent);
        }
        for (index, mention) in self.mentions.iter().enumerate() {
            if mention.kind == MentionKind::Name {
                self.describe(index, mention);
            }
        }
        for referent in &mut self.discourse.referents {
            let entity = referent.entity.map(|e| &self.entities[e]);
            let first = entity.and_then(|e| e.name.split(' ').next());
            let named = first.filter(|_| referent.class == Class::Person);
            let named = named.and_then(|name| self.lists.nouns.given_name(name));
            referent.gender = referent.gender.or(named);
        }
    }

    /// What a name and the nouns beside it tell of its bearer.
    fn describe(&mut self, index: usize, mention: &Known) {
        let (tree, lists) = (self.tree, self.lists);
        let mut beside: Vec<usize> = Vec::new();
        for token in mention.tokens.clone() {
            let outside = |c: &usize| !self.covered[*c];
            beside.extend(tree.with(token, Deprel::Appos).filter(outside));
            let explains = tree.deprel(token) == Deprel::Appos;
            beside.extend(tree.head(token).filter(|h| explains && outside(h)));
        }
        let class = self.discourse.referents[mention.entity].class;
        let mut said: Vec<usize> = beside.clone();
        if class == Class::Person {
            said.extend(offices::predicates(tree, mention.head, lists.words));
        }
        let front = || {
            (mention.tokens.start.saturating_sub(1)..mention.tokens.start)
                .filter(|&t| tree.upos(t) == Upos::Noun)
        };
        let referent = &mut self.discourse.referents[mention.entity];
        if class == Class::Org {
            let words: Vec<&str> = mention.tokens.clone().map(|t| tree.word(t)).collect();
            referent.kinds |= lists.nouns.kinds_of(words.iter().copied());
            referent.kinds |= lists.nouns.kinds_of(
                words
                    .windows(2)
                    .map(|w| w.join(" "))
                    .collect::<Vec<_>>()
                    .iter()
                    .map(String::as_str),
            );
            note(&mut referent.nouns, words.iter().map(|w| w.to_lowercase()));
            note(&mut referent.nouns, front().map(|t| tree.lower_lemma(t).to_owned()));
        }
        if class == Class::Place {
            let words = mention.tokens.clone().map(|t| tree.lower(t).to_owned());
            note(&mut referent.nouns, words);
        }
        for noun in said {
            let Some(sense) = nominals::sense(tree, noun, lists, &self.covered) else {
                continue;
            };
            let referent = &mut self.discourse.referents[mention.entity];
            let fits = match class {
                Class::Person => sense.is_person(),
                Class::Org => sense.organization.is_some(),
                Class::Place => !sense.places.is_empty(),
                Class::Many | Class::Thing => false,
            };
            if !fits {
                continue;
            }
            referent.gender = referent.gender.or(sense.person.and_then(|p| p.0));
            if let Some(kinds) = sense.organization.map(|o| o.0).filter(|k| *k != nouns::Kinds::MAX)
            {
                referent.kinds |= kinds;
            }
            note(&mut referent.nouns, std::iter::once(sense.noun));
            if let Some(office) = sense.office.filter(|o| !referent.offices.contains(o)) {
                referent.offices.push(office);
            }
            // "the carmaker Zed" is one mention, "Zed, the carmaker," two.
            let apart = {
                let (from, to) = (noun.min(mention.tokens.start), noun.max(mention.tokens.start));
                (from..to).any(|t| !mention.tokens.contains(&t) && tree.upos(t) == Upos::Punct)
            };
            let free = !self.apposed.contains_key(&noun) && !self.covered[noun];
            if beside.contains(&noun) && apart && free {
                self.apposed.insert(noun, index);
                self.add_nominal(noun, mention.entity, mention.score);
            }
        }
    }
}

/// More nouns than this are not remembered of one referent.
const MOST_NOUNS: usize = 64;

pub(super) fn note(known: &mut Vec<String>, nouns: impl Iterator<Item = String>) {
    for noun in nouns {
        if known.len() < MOST_NOUNS && !known.contains(&noun) {
            known.push(noun);
        }
    }
}
