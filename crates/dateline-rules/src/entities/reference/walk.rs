//! One walk through the text: each mention is noted, each noun and pronoun led back.

use std::collections::HashMap;

use dateline_text::{Deprel, Upos};

use super::descriptions::note;
use super::discourse::{self, Class, Discourse};
use super::nominals::{self, Nominal, Sense};
use super::pronouns::{self, Form, Pronoun, Resolved};
use super::speech;
use super::{Found, Known, Lists};
use crate::reading::{EntityFact, Kind};
use crate::tree::Tree;

pub(super) struct Walk<'a> {
    pub(super) tree: &'a Tree<'a>,
    pub(super) entities: &'a [EntityFact],
    pub(super) mentions: &'a [Known],
    pub(super) lists: &'a Lists<'a>,
    /// Tokens of mentions that earlier steps found.
    pub(super) covered: Vec<bool>,
    pub(super) discourse: Discourse,
    /// By token: the subject of the verb that reports the words around it.
    pub(super) speakers: Vec<Option<usize>>,
    /// Pronouns for which nobody was in mind.
    pub(super) open: Vec<(usize, Pronoun)>,
    /// Heads of appositions: the mention (index) that each is apposed to.
    pub(super) apposed: HashMap<usize, usize>,
    /// By token: the mentions (indices) that it heads.
    pub(super) heads: Vec<Vec<usize>>,
    /// By token: the longest mention that covers it.
    pub(super) covering: Vec<Option<usize>>,
    pub(super) found: Found,
}

impl<'a> Walk<'a> {
    pub(super) fn new(
        tree: &'a Tree<'a>,
        entities: &'a [EntityFact],
        mentions: &'a [Known],
        lists: &'a Lists<'a>,
    ) -> Walk<'a> {
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
        Walk {
            tree,
            entities,
            mentions,
            lists,
            covered,
            discourse: Discourse::default(),
            speakers: speech::speakers(tree, lists.words),
            open: Vec::new(),
            apposed: HashMap::new(),
            heads,
            covering,
            found: Found::default(),
        }
    }
}

impl Walk<'_> {
    pub(super) fn add_nominal(&mut self, head: usize, entity: usize, score: f32) {
        let mut tokens = nominals::phrase(self.tree, head);
        // A name is in or out as a whole.
        if let Some(name) = self.covering[tokens.start] {
            tokens.start = tokens.start.min(self.mentions[name].tokens.start);
        }
        self.found.nominals.push(Nominal { entity, tokens, head, score });
    }

    pub(super) fn read(&mut self, token: usize) {
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
        if pronoun.form == Form::One && pronouns::is_expletive(tree, token, self.lists.words) {
            return;
        }
        let speaker = self.speakers[token].and_then(|s| self.discourse.at.get(&s).copied());
        let weights = pronouns::weigh(
            tree,
            token,
            pronoun,
            self.lists.words,
            &self.discourse,
            speaker,
            |t| self.speakers[t],
        );
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
        let sense = nominals::sense(tree, token, lists, &self.covered);
        if let Some(sense) = &sense
            && nominals::is_anaphoric(tree, token, lists.words)
            && !self.is_named(token)
        {
            let country = self.country(token);
            let found = nominals::resolve(
                tree,
                token,
                sense,
                country.as_deref(),
                lists.words,
                &self.discourse,
            );
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
        let noun = tree.lower_lemma(token);
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
        let referent = self.discourse.introduce(class, gender, noun);
        let article = nominals::determiner(tree, token).map(|d| tree.lower(d));
        let one = article.is_some_and(|a| matches!(a, "a" | "an" | "another"));
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
    pub(super) fn first_persons(&mut self) {
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
    pub(super) fn ahead(&mut self) {
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
