//! Triggers: the words that name events of a type, and when they do.

use std::collections::HashMap;

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
    /// Classes of which the sentence must hold no word.
    pub(crate) without: ClassSet,
    pub(crate) strength: Strength,
    pub(crate) passive: Option<bool>,
    pub(crate) mode: Option<String>,
    pub(crate) noun: Option<String>,
    pub(crate) slots: Slots,
    file: &'static str,
    line: usize,
}

impl Trigger {
    /// How much a match says: conditions met beat none.
    pub(crate) fn specificity(&self) -> usize {
        self.conditions.len() * 2
            + usize::from(!self.context.is_empty())
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
            let parsed = file.parse()?;
            for (kind, value) in &parsed {
                let mut event = ontology::event_type(&file, family, kind.get_ref(), value, words)?;
                let index = lexicon.types.len();
                for (key, value) in file.table(value)? {
                    match key.get_ref().as_ref() {
                        "verbs" => {
                            lexicon.read(&file, family, index, &event, true, value, words)?
                        }
                        "nouns" => {
                            lexicon.read(&file, family, index, &event, false, value, words)?
                        }
                        "given" | "noun" | "label" | "roles" | "symmetric" | "scene" | "slots"
                        | "codes" | "definition" => {}
                        other => {
                            return Err(file.error(key.span(), format!("unknown key {other:?}")));
                        }
                    }
                }
                event.roles.dedup();
                lexicon.types.push(event);
            }
        }
        Ok(lexicon)
    }

    #[allow(clippy::too_many_arguments, reason = "the parts of one place in a rule file")]
    fn read<'a>(
        &mut self,
        file: &TomlFile<'a>,
        family: &'static str,
        kind: usize,
        event: &EventType,
        verbs: bool,
        value: &Value<'a>,
        words: &Words,
    ) -> Result<(), RuleError> {
        for item in file.array(value)? {
            let (list, template) = if item.get_ref().is_str() {
                (file.str(item)?, Template::default())
            } else {
                template(file, item, event, words)?
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
                    without: template.without,
                    strength: template.strength,
                    passive: template.passive,
                    mode: template.mode,
                    noun: template.noun,
                    slots: template.slots,
                    file: family,
                    line: file.line(item.span()),
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
            if other.particle == trigger.particle
                && other.conditions == trigger.conditions
                && other.context == trigger.context
                && other.without == trigger.without
                && other.passive == trigger.passive
            {
                let at = format!("events/{}.toml:{}", other.file, other.line);
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
