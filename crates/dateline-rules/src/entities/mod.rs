//! From names found by the model to entities: clusters of mentions with type, titles and country.

mod acronyms;
mod aliases;
mod anaphora;
mod assemble;
mod capitals;
mod casing;
mod cluster;
mod containers;
mod cues;
mod datelines;
mod gazetteer;
mod groups;
mod joints;
mod lexicon;
mod mentions;
mod places;
mod reference;
mod repair;
mod repeats;
mod retype;
mod salience;
mod seats;
mod spans;
mod suffixes;
#[cfg(test)]
mod tests;
mod titles;
mod toponyms;

use crate::data::{RuleError, Source};
use crate::reading::Reading;

pub(crate) use datelines::Unread;
pub(crate) use lexicon::columns;
pub(crate) use salience::Salience;

/// Lexicons of countries, titles and groups.
#[derive(Debug)]
pub(crate) struct EntityRules {
    lexicon: lexicon::Lexicon,
    titles: titles::Titles,
    suffixes: suffixes::Suffixes,
    groups: groups::GroupNouns,
    nouns: reference::Nouns,
    words: reference::Words,
    pub(crate) salience: salience::Salience,
}

impl EntityRules {
    pub(crate) fn load(source: &Source) -> Result<EntityRules, RuleError> {
        Ok(EntityRules {
            lexicon: lexicon::Lexicon::load(source)?,
            titles: titles::Titles::load(source)?,
            suffixes: suffixes::Suffixes::load(source)?,
            groups: groups::GroupNouns::load(source)?,
            nouns: reference::Nouns::load(source)?,
            words: reference::Words::load(source)?,
            salience: salience::Salience::load(source)?,
        })
    }
}

/// Finds the entities of an article.
pub(crate) fn find(reading: &mut Reading<'_>, rules: &EntityRules) {
    let tree = &reading.tree;
    let mut names = mentions::collect(tree, &reading.annotations.entities, &rules.lexicon);
    joints::mend(tree, &mut names, &rules.titles, &rules.lexicon);
    repair::settle_possessives(tree, &mut names);
    repair::widen(tree, &mut names, &rules.lexicon);
    repair::spell_out(tree, &mut names);
    retype::retype(tree, &mut names, &rules.lexicon, &rules.suffixes);
    places::settle(&mut names, &rules.lexicon);
    titles::release(tree, &mut names, &rules.titles, &rules.lexicon);
    repeats::again(tree, &mut names, &rules.titles, &rules.lexicon);
    repeats::short_forms(tree, &mut names, &rules.lexicon);
    let bearings = titles::attach(tree, &names, &rules.titles, &rules.lexicon);
    let chains: Vec<_> = bearings.iter().map(|b| b.chain.clone()).collect();
    let mut draft = assemble::named(tree, names, bearings, &rules.lexicon, &rules.suffixes);
    draft.add_pronouns(anaphora::resolve(tree, &draft.parties()));
    let capitals = capitals::find(tree, &draft.who(), &rules.lexicon);
    draft.add_capitals(capitals, tree, &rules.lexicon);
    draft.add_groups(groups::find(tree, &rules.groups, &draft.who(), &chains));
    draft.refer(
        tree,
        &reference::Lists { nouns: &rules.nouns, titles: &rules.titles, words: &rules.words },
    );
    let datelines = std::mem::take(&mut draft.datelines);
    let (mut entities, mut mentions) = draft.finish();
    reading.unread = datelines::add(reading.text, datelines, &mut entities, &mut mentions);
    reading.entities = entities;
    reading.mentions = mentions;
}
