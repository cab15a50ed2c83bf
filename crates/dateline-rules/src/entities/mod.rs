//! From names found by the model to entities: clusters of mentions with type, titles and country.

mod acronyms;
mod anaphora;
mod assemble;
mod capitals;
mod casing;
mod cluster;
mod containers;
mod cues;
mod gazetteer;
mod groups;
mod joints;
mod lexicon;
mod mentions;
mod places;
mod pronouns;
mod reference;
mod repair;
mod repeats;
mod retype;
mod spans;
#[cfg(test)]
mod tests;
mod titles;
mod toponyms;

use crate::data::{RuleError, Source};
use crate::reading::Reading;

pub(crate) use assemble::head_of;
pub(crate) use lexicon::columns;

/// Lexicons of countries, titles and groups.
#[derive(Debug)]
pub(crate) struct EntityRules {
    lexicon: lexicon::Lexicon,
    titles: titles::Titles,
    groups: groups::GroupNouns,
    nouns: reference::Nouns,
}

impl EntityRules {
    pub(crate) fn load(source: &Source) -> Result<EntityRules, RuleError> {
        Ok(EntityRules {
            lexicon: lexicon::Lexicon::load(source)?,
            titles: titles::Titles::load(source)?,
            groups: groups::GroupNouns::load(source)?,
            nouns: reference::Nouns::load(source)?,
        })
    }
}

/// Finds the entities of an article.
pub(crate) fn find(reading: &mut Reading<'_>, rules: &EntityRules) {
    let tree = &reading.tree;
    let mut names = mentions::collect(tree, &reading.annotations.entities, &rules.lexicon);
    joints::mend(tree, &mut names, &rules.titles, &rules.lexicon);
    repair::widen(tree, &mut names, &rules.lexicon);
    repair::spell_out(tree, &mut names);
    retype::retype(tree, &mut names, &rules.lexicon);
    places::settle(&mut names, &rules.lexicon);
    titles::release(tree, &mut names, &rules.titles, &rules.lexicon);
    repeats::again(tree, &mut names, &rules.titles, &rules.lexicon);
    repeats::short_forms(tree, &mut names, &rules.lexicon);
    let bearings = titles::attach(tree, &names, &rules.titles, &rules.lexicon);
    let chains: Vec<_> = bearings.iter().map(|b| b.chain.clone()).collect();
    let mut draft = assemble::named(tree, names, bearings, &rules.lexicon);
    draft.add_pronouns(anaphora::resolve(tree, &draft.parties()));
    let capitals = capitals::find(tree, &draft.who(), &rules.lexicon);
    draft.add_capitals(capitals, tree, &rules.lexicon);
    draft.add_groups(groups::find(tree, &rules.groups, &draft.who(), &chains));
    draft.refer(tree, &reference::Lists { nouns: &rules.nouns, titles: &rules.titles });
    let (entities, mentions) = draft.finish();
    reading.entities = entities;
    reading.mentions = mentions;
}
