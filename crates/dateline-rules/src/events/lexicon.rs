//! Triggers: the words that name events of a type, and when they do.

use std::collections::HashMap;
use std::sync::Arc;

use crate::data::{RuleError, Source};

use super::filter::Filter;
use super::ontology::{self, EventType, Slots};
use super::toml_file::{TomlFile, Value, listed};
use super::words::{ClassSet, Words};

/// How much context a trigger needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Strength {
    /// Often something else: the context and the model must both speak for it.
    Weak,
    #[default]
    Normal,
    /// Hardly ever anything else.
    Strong,
}

/// One trigger of one type.
#[derive(Debug)]
pub(crate) struct Trigger {
    pub(crate) kind: usize,
    pub(crate) lemma: String,
    pub(crate) particle: Option<String>,
    pub(crate) conditions: Vec<(String, Filter)>,
    /// Classes of which the sentence must hold a word.
    pub(crate) context: ClassSet,
    /// Classes of which two sentences of the article must hold words.
    pub(crate) article: ClassSet,
    /// Classes of which the sentence must hold no word.
    pub(crate) without: ClassSet,
    pub(crate) strength: Strength,
    pub(crate) passive: Option<bool>,
    pub(crate) mode: Option<String>,
    pub(crate) noun: Option<String>,
    pub(crate) slots: Slots,
    pub(crate) origin: Origin,
}

/// Where a rule stands.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    pub(crate) file: Arc<str>,
    pub(crate) line: usize,
    pub(crate) written: Arc<str>,
    /// In a file of the user's own, which has the last word.
    pub(crate) own: bool,
}

impl Trigger {
    /// How much a match says: conditions met beat none.
    pub(crate) fn specificity(&self) -> usize {
        self.conditions.len() * 2
            + usize::from(!self.context.is_empty())
            + usize::from(!self.article.is_empty())
            + usize::from(self.particle.is_some()) * 4
            + usize::from(self.passive.is_some())
    }
}

/// The types and all their triggers.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    pub(crate) types: Vec<EventType>,
    pub(crate) triggers: Vec<Trigger>,
    pub(crate) verbs: HashMap<String, Vec<usize>>,
    pub(crate) nouns: HashMap<String, Vec<usize>>,
}

/// The families, one file each.
const FAMILIES: [&str; 14] = [
    "diplomacy",
    "military",
    "unrest",
    "crime",
    "justice",
    "government",
    "elections_personnel",
    "business_economy",
    "disaster",
    "health_science",
    "life",
    "movement",
    "sport_culture",
    "statement",
];

impl Lexicon {
    pub(crate) fn load(source: &Source, words: &Words) -> Result<Lexicon, RuleError> {
        let mut lexicon = Lexicon::default();
        for family in FAMILIES {
            let name = format!("events/{family}.toml");
            let text = source.read(&name)?;
            let file = TomlFile::new(&name, &text);
            for (kind, value) in &file.parse()? {
                lexicon.kind(&file, family, kind.get_ref(), value, words)?;
            }
        }
        let added = source.own().filter(|(name, builtin)| !builtin && name.starts_with("events/"));
        for (name, _) in added {
            lexicon.add_file(source, name, words)?;
        }
        Ok(lexicon)
    }

    /// Reads a file beside those of the families: types and triggers under the names of families,
    /// `[military.attack]`.
    fn add_file(&mut self, source: &Source, name: &str, words: &Words) -> Result<(), RuleError> {
        let text = source.read(name)?;
        let file = TomlFile::new(name, &text);
        for (key, value) in &file.parse()? {
            let family = FAMILIES.into_iter().find(|family| family == key.get_ref());
            let family = family.ok_or_else(|| {
                let families = FAMILIES.join(", ");
                let problem = format!("{:?} is no family; there are {families}", key.get_ref());
                file.error(key.span(), problem)
            })?;
            for (kind, value) in file.table(value)? {
                self.kind(&file, family, kind.get_ref(), value, words)?;
            }
        }
        Ok(())
    }

    /// Reads a type with its triggers, or more triggers of a type that is known.
    fn kind<'a>(
        &mut self,
        file: &TomlFile<'a>,
        family: &str,
        kind: &str,
        value: &Value<'a>,
        words: &Words,
    ) -> Result<(), RuleError> {
        let name = format!("{family}.{kind}");
        let known = self.types.iter().position(|t| t.name == name);
        let index = match known {
            Some(index) => index,
            None => {
                let mut event = ontology::event_type(file, family, kind, value, words)?;
                event.roles.dedup();
                self.types.push(event);
                self.types.len() - 1
            }
        };
        for (key, value) in file.table(value)? {
            match (key.get_ref().as_ref(), known) {
                ("verbs", _) => self.read(file, index, true, value, words)?,
                ("nouns", _) => self.read(file, index, false, value, words)?,
                (
                    "given" | "local" | "noun" | "label" | "roles" | "symmetric" | "scene"
                    | "slots" | "codes" | "definition",
                    None,
                ) => {}
                (other, None) => {
                    return Err(file.error(key.span(), format!("unknown key {other:?}")));
                }
                (other, Some(_)) => {
                    let problem = format!(
                        "{other:?}: {name} is known already and takes only more verbs and nouns"
                    );
                    return Err(file.error(key.span(), problem));
                }
            }
        }
        Ok(())
    }

    fn read<'a>(
        &mut self,
        file: &TomlFile<'a>,
        kind: usize,
        verbs: bool,
        value: &Value<'a>,
        words: &Words,
    ) -> Result<(), RuleError> {
        let name: Arc<str> = file.name.into();
        for item in file.array(value)? {
            let (list, template) = if item.get_ref().is_str() {
                (file.str(item)?, Template::default())
            } else {
                template(file, item, &self.types[kind], words)?
            };
            let origin = Origin {
                file: name.clone(),
                line: file.line(item.span()),
                written: file.written(item.span()).into(),
                own: !crate::data::is_builtin(file.name),
            };
            for entry in listed(list) {
                let (lemma, particle) = match entry.split_once(' ').filter(|_| verbs) {
                    Some((lemma, particle)) => (lemma, Some(particle)),
                    None => (entry, None),
                };
                let template = template.clone();
                let trigger = Trigger {
                    kind,
                    lemma: lemma.to_lowercase(),
                    particle: particle.map(str::to_owned),
                    conditions: template.conditions,
                    context: template.context,
                    article: template.article,
                    without: template.without,
                    strength: template.strength,
                    passive: template.passive,
                    mode: template.mode,
                    noun: template.noun,
                    slots: template.slots,
                    origin: origin.clone(),
                };
                self.add(file, item, verbs, trigger)?;
            }
        }
        Ok(())
    }

    fn add(
        &mut self,
        file: &TomlFile<'_>,
        item: &Value<'_>,
        verbs: bool,
        trigger: Trigger,
    ) -> Result<(), RuleError> {
        let table = if verbs { &mut self.verbs } else { &mut self.nouns };
        let known = table.entry(trigger.lemma.clone()).or_default();
        for &other in known.iter() {
            let other = &self.triggers[other];
            if other.origin.own == trigger.origin.own
                && other.particle == trigger.particle
                && other.conditions == trigger.conditions
                && other.context == trigger.context
                && other.article == trigger.article
                && other.without == trigger.without
                && other.passive == trigger.passive
            {
                let at = format!("{}:{}", other.origin.file, other.origin.line);
                let problem = format!("{:?} stands already at {at}", trigger.lemma);
                return Err(file.error(item.span(), problem));
            }
        }
        known.push(self.triggers.len());
        self.triggers.push(trigger);
        Ok(())
    }
}

/// What the words of one table entry share.
#[derive(Clone, Default)]
struct Template {
    conditions: Vec<(String, Filter)>,
    context: ClassSet,
    article: ClassSet,
    without: ClassSet,
    strength: Strength,
    passive: Option<bool>,
    mode: Option<String>,
    noun: Option<String>,
    slots: Slots,
}

fn template<'v, 'a>(
    file: &TomlFile<'a>,
    item: &'v Value<'a>,
    event: &EventType,
    words: &Words,
) -> Result<(&'v str, Template), RuleError> {
    let mut list = None;
    let mut template = Template::default();
    for (key, value) in file.table(item)? {
        let filter = |text: &str| {
            Filter::parse(text, words).map_err(|problem| file.error(value.span(), problem))
        };
        match key.get_ref().as_ref() {
            "is" => list = Some(file.str(value)?),
            "context" => template.context = filter(file.str(value)?)?.classes(),
            "article" => template.article = filter(file.str(value)?)?.classes(),
            "without" => template.without = filter(file.str(value)?)?.classes(),
            "passive" => template.passive = Some(file.bool(value)?),
            "mode" => template.mode = Some(file.str(value)?.to_owned()),
            "noun" => template.noun = Some(file.str(value)?.to_owned()),
            "strength" => {
                template.strength = match file.str(value)? {
                    "weak" => Strength::Weak,
                    "normal" => Strength::Normal,
                    "strong" => Strength::Strong,
                    other => {
                        let problem = format!("{other:?} is not weak, normal or strong");
                        return Err(file.error(value.span(), problem));
                    }
                }
            }
            "slots" => template.slots = ontology::slots(file, value, &event.roles, words)?,
            "when" => {
                for (slots, condition) in file.table(value)? {
                    let filter = filter(file.str(condition)?)?;
                    let names = slots.get_ref().trim_start_matches("no_");
                    if let Some(name) = listed(names).find(|n| !ontology::is_slot(n, words)) {
                        let problem = format!("{name:?} is neither a slot nor a preposition");
                        return Err(file.error(slots.span(), problem));
                    }
                    template.conditions.push((slots.get_ref().to_string(), filter));
                }
            }
            other => return Err(file.error(key.span(), format!("unknown key {other:?}"))),
        }
    }
    let list = list.ok_or_else(|| file.error(item.span(), "an entry needs `is = \"words\"`"))?;
    Ok((list, template))
}
