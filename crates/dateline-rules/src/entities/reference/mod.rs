//! Common nouns and pronouns led back to the names they stand for, reading from left to right.
//!
//! What is in mind is weighed by how lately and how prominently it was spoken of; a noun or pronoun
//! is led back to the one that clearly outweighs all others that fit, else to none.

mod discourse;
mod nominals;
mod nouns;
mod offices;
mod pronouns;
mod speech;

use std::collections::HashMap;
use std::ops::Range;

use dateline_text::{Deprel, Upos};

use super::pronouns::Resolved;
use super::titles::{Gender, Titles};
use crate::reading::{EntityFact, Kind, MentionKind};
use crate::tree::Tree;
use discourse::{Class, Discourse, Referent};
pub(crate) use nominals::Nominal;
use nominals::Sense;
pub(crate) use nouns::Nouns;
use offices::Office;
use pronouns::{Form, Pronoun};

/// A mention that earlier steps found.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub(crate) entity: usize,
    pub(crate) tokens: Range<usize>,
    pub(crate) head: usize,
    pub(crate) kind: MentionKind,
    pub(crate) score: f32,
}

/// What was led back.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) pronouns: Vec<Resolved>,
    pub(crate) nominals: Vec<Nominal>,
}

/// Word lists that decide.
pub(crate) struct Lists<'a> {
    pub(crate) nouns: &'a Nouns,
    pub(crate) titles: &'a Titles,
}

/// Leads nouns and pronouns back to `entities`, whose `genders` titles told; `mentions` stand in
/// text order.
pub(crate) fn resolve(
    tree: &Tree<'_>,
    entities: &[EntityFact],
    genders: &[Option<Gender>],
    mentions: &[Known],
    lists: &Lists<'_>,
) -> Found {
    let mut covered = vec![false; tree.len()];
    let mut heads: Vec<Vec<usize>> = vec![Vec::new(); tree.len()];
    let mut covering: Vec<Option<usize>> = vec![None; tree.len()];
    for (index, mention) in mentions.iter().enumerate() {
        covered[mention.tokens.clone()].fill(true);
        for token in mention.tokens.clone() {
            covering[token].get_or_insert(index);
        }
        heads[mention.head].push(index);
    }
    let mut walk = Walk {
        tree,
        entities,
        mentions,
        lists,
        covered,
        discourse: Discourse::default(),
        speakers: speech::speakers(tree),
        open: Vec::new(),
        apposed: HashMap::new(),
        heads,
        covering,
        found: Found::default(),
    };
    walk.introduce(genders);
    for token in 0..tree.len() {
        walk.read(token);
    }
    walk.first_persons();
    walk.ahead();
    walk.found
}

struct Walk<'a> {
    tree: &'a Tree<'a>,
    entities: &'a [EntityFact],
    mentions: &'a [Known],
    lists: &'a Lists<'a>,
    /// Tokens of mentions that earlier steps found.
    covered: Vec<bool>,
    discourse: Discourse,
    /// By token: the subject of the verb that reports the words around it.
    speakers: Vec<Option<usize>>,
    /// Pronouns for which nobody was in mind.
    open: Vec<(usize, Pronoun)>,
    /// Heads of appositions: the mention (index) that each is apposed to.
    apposed: HashMap<usize, usize>,
    /// By token: the mentions (indices) that it heads.
    heads: Vec<Vec<usize>>,
    /// By token: the longest mention that covers it.
    covering: Vec<Option<usize>>,
    found: Found,
}

impl Walk<'_> {
    /// One referent for each entity, of the same index, with what the article says of it anywhere.
    fn introduce(&mut self, genders: &[Option<Gender>]) {
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
            referent.offices = entity.titles.iter().map(|t| Office::read(t)).collect();
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
            said.extend(offices::predicates(tree, mention.head));
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
            note(&mut referent.nouns, front().map(|t| tree.lemma(t).to_lowercase()));
        }
        if class == Class::Place {
            note(&mut referent.nouns, mention.tokens.clone().map(|t| tree.word(t).to_lowercase()));
        }
        for noun in said {
            let Some(sense) = nominals::sense(tree, noun, lists.nouns, lists.titles, &self.covered)
            else {
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

    fn add_nominal(&mut self, head: usize, entity: usize, score: f32) {
        let mut tokens = nominals::phrase(self.tree, head);
        // A name is in or out as a whole.
        if let Some(name) = self.covering[tokens.start] {
            tokens.start = tokens.start.min(self.mentions[name].tokens.start);
        }
        self.found.nominals.push(Nominal { entity, tokens, head, score });
    }

    fn read(&mut self, token: usize) {
        let tree = self.tree;
        if let Some(&first) = self.heads[token].first() {
            let mention = &self.mentions[first];
            self.discourse.mention(tree, token, mention.entity, mention.score);
            for inner in mention.tokens.clone() {
                self.discourse.at.entry(inner).or_insert(mention.entity);
            }
            return;
        }
        // Within a group's words only a pronoun stands for someone else.
        if self.covered[token] && tree.upos(token) != Upos::Pron {
            return;
        }
        if let Some(pronoun) = pronouns::read(tree, token) {
            self.pronoun(token, pronoun);
        } else if let Some(&name) = self.apposed.get(&token) {
            let name = &self.mentions[name];
            self.discourse.mention(tree, token, name.entity, name.score);
        } else {
            self.noun(token);
        }
    }

    fn pronoun(&mut self, token: usize, pronoun: Pronoun) {
        let tree = self.tree;
        if matches!(pronoun.form, Form::Speaker | Form::Speakers) {
            return;
        }
        if pronoun.form == Form::One && pronouns::is_expletive(tree, token) {
            return;
        }
        let speaker = self.speakers[token].and_then(|s| self.discourse.at.get(&s).copied());
        let weights =
            pronouns::weigh(tree, token, pronoun, &self.discourse, speaker, |t| self.speakers[t]);
        if weights.is_empty() {
            self.open.push((token, pronoun));
            return;
        }
        let Some(referent) = Discourse::clear(&weights) else { return };
        let score = self.discourse.score(referent);
        self.discourse.mention(tree, token, referent, score);
        if let Form::Person(gender) = pronoun.form {
            self.discourse.referents[referent].gender.get_or_insert(gender);
        }
        if let Some(entity) = self.discourse.referents[referent].entity {
            self.found.pronouns.push(Resolved { token, entity, score });
        }
    }

    fn noun(&mut self, token: usize) {
        let tree = self.tree;
        let lists = self.lists;
        let sense = nominals::sense(tree, token, lists.nouns, lists.titles, &self.covered);
        if let Some(sense) = &sense
            && nominals::is_anaphoric(tree, token)
            && !self.is_named(token)
        {
            let country = self.country(token);
            let found = nominals::resolve(tree, token, sense, country.as_deref(), &self.discourse);
            if let Some(referent) = found
                && let Some(entity) = self.discourse.referents[referent].entity
            {
                let score = self.discourse.score(referent);
                self.discourse.mention(tree, token, referent, score);
                self.add_nominal(token, entity, score);
                let nouns = &mut self.discourse.referents[referent].nouns;
                note(nouns, std::iter::once(sense.noun.clone()));
                return;
            }
        }
        self.stranger(token, sense.as_ref());
    }

    /// A common noun that stands for no name: it may be what a pronoun stands for.
    fn stranger(&mut self, token: usize, sense: Option<&Sense>) {
        let tree = self.tree;
        if !matches!(tree.upos(token), Upos::Noun | Upos::Propn) && sense.is_none() {
            return;
        }
        let relation = discourse::relation(tree, token).0.base();
        let noun = tree.lemma(token).to_lowercase();
        let core = matches!(relation, Deprel::Nsubj | Deprel::Obj | Deprel::Root | Deprel::Iobj);
        let predicate = tree.with(token, Deprel::Cop).next().is_some();
        if predicate {
            return;
        }
        let person = sense.filter(|s| s.is_person() && tree.upos(token) != Upos::Adj);
        let (class, gender) = match person {
            _ if tree.xpos(token).is_plural() => (Class::Many, None),
            Some(sense) => (Class::Person, sense.person.and_then(|p| p.0)),
            None if sense.is_some_and(|s| s.organization.is_some()) => (Class::Org, None),
            None => (Class::Thing, None),
        };
        let modifies = matches!(tree.deprel(token).base(), Deprel::Compound | Deprel::Amod);
        if modifies || (class == Class::Thing && !core) {
            return;
        }
        let referent = self.discourse.introduce(class, gender, &noun);
        let article = nominals::determiner(tree, token).map(|d| tree.word(d).to_lowercase());
        let one = article.is_some_and(|a| matches!(a.as_str(), "a" | "an" | "another"));
        self.discourse.referents[referent].indefinite |= one;
        self.discourse.mention(tree, token, referent, 0.0);
    }

    /// True if a name in front of the noun tells which it is: "the Zed party".
    fn is_named(&self, head: usize) -> bool {
        let mut inside = nominals::phrase(self.tree, head).flat_map(|t| &self.heads[t]);
        inside.any(|&m| {
            let kind = self.entities[self.mentions[m].entity].kind;
            !matches!(kind, Kind::Place | Kind::Norp | Kind::Group)
        })
    }

    /// The country told in front of a noun: "the **Hungarian** carrier".
    fn country(&self, head: usize) -> Option<String> {
        let mut inside = nominals::phrase(self.tree, head).flat_map(|t| &self.heads[t]);
        inside.find_map(|&m| self.entities[self.mentions[m].entity].country.clone())
    }

    /// *I* within quotation marks is who says so; *we* is the organization that does.
    fn first_persons(&mut self) {
        for token in 0..self.tree.len() {
            let Some(pronoun) = pronouns::read(self.tree, token) else { continue };
            let class = match pronoun.form {
                Form::Speaker => Class::Person,
                Form::Speakers => Class::Org,
                _ => continue,
            };
            let speaker = self.speakers[token].and_then(|s| self.discourse.at.get(&s).copied());
            let Some(referent) = speaker.map(|s| &self.discourse.referents[s]) else { continue };
            if let Some(entity) = referent.entity.filter(|_| referent.class == class) {
                let score = self.discourse.score(speaker.unwrap_or_default());
                self.found.pronouns.push(Resolved { token, entity, score });
            }
        }
    }

    /// "In **her** first speech, Ms Marsh": a pronoun in a phrase in front of the clause's subject,
    /// where nobody else was in mind.
    fn ahead(&mut self) {
        for (token, pronoun) in std::mem::take(&mut self.open) {
            let mut below = token;
            let mut found = None;
            for at in self.tree.ancestors(token).take(8) {
                let fronted = below < at
                    && matches!(self.tree.deprel(below).base(), Deprel::Obl | Deprel::Advcl);
                let subject =
                    self.tree.children(at).iter().copied().find(|&c| {
                        fronted && c > below && self.tree.deprel(c).base() == Deprel::Nsubj
                    });
                if let Some(subject) = subject {
                    found = self.discourse.at.get(&subject).copied();
                    break;
                }
                below = at;
            }
            let Some(referent) = found else { continue };
            let one = &self.discourse.referents[referent];
            let fits = match (pronoun.form, one.class) {
                (Form::Person(gender), Class::Person) => one.gender.is_none_or(|g| g == gender),
                (Form::One, Class::Org | Class::Place) | (Form::Several, Class::Many) => true,
                _ => false,
            };
            if let Some(entity) = one.entity.filter(|_| fits) {
                let score = self.discourse.score(referent);
                self.found.pronouns.push(Resolved { token, entity, score });
            }
        }
    }
}

/// More nouns than this are not remembered of one referent.
const MOST_NOUNS: usize = 64;

fn note(known: &mut Vec<String>, nouns: impl Iterator<Item = String>) {
    for noun in nouns {
        if known.len() < MOST_NOUNS && !known.contains(&noun) {
            known.push(noun);
        }
    }
}
