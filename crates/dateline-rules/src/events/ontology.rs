//! The event types: what roles they have, how they are named, what codes they carry elsewhere.

use std::collections::BTreeMap;

use crate::data::{RuleError, Source};
use crate::record::Codes;

use super::filter::Filter;
use super::toml_file::{TomlFile, Value, listed};
use super::words::Words;

/// Every role a type may have.
pub(crate) const ROLES: [&str; 39] = [
    "agent",
    "participant",
    "speaker",
    "authority",
    "visitor",
    "host",
    "mediator",
    "candidate",
    "winner",
    "buyer",
    "plaintiff",
    "target",
    "victim",
    "theme",
    "beneficiary",
    "addressee",
    "defendant",
    "person",
    "organization",
    "loser",
    "seller",
    "item",
    "instrument",
    "vehicle",
    "disease",
    "damage",
    "competition",
    "amount",
    "quantity",
    "value",
    "attribute",
    "change",
    "charge",
    "position",
    "function",
    "topic",
    "content",
    "cause",
    "purpose",
];
/// Roles that stand beside those of [`ROLES`] in every count.
pub(crate) const SETTING: [&str; 5] = ["result", "origin", "destination", "place", "time"];

/// Roles that an event may fill.
pub(crate) const PROPOSITIONAL: [&str; 5] = ["topic", "content", "purpose", "cause", "result"];

/// The names of the slots that are not prepositions.
const SLOTS: [&str; 11] = [
    "subject", "object", "indirect", "owner", "noun", "clause", "purpose", "lone", "governor",
    "time", "victim",
];

/// One way a slot's filler takes a role.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RoleChoice {
    pub(crate) role: &'static str,
    pub(crate) condition: Option<Filter>,
    /// The choice as the rule file has it.
    pub(crate) written: String,
}

/// From slots to roles; a slot mapped to no choice takes no role.
pub(crate) type Slots = BTreeMap<String, Vec<RoleChoice>>;

/// An event type.
#[derive(Debug)]
pub(crate) struct EventType {
    pub(crate) name: String,
    pub(crate) family: String,
    /// Canonical noun of labels.
    pub(crate) noun: String,
    /// Roles whose filler may stand before the noun in a label, best first.
    pub(crate) label: Vec<&'static str>,
    pub(crate) roles: Vec<&'static str>,
    /// Spoken of, such an event is a fact rather than a proposal (an attack, a flood).
    pub(crate) given: bool,
    /// The role of both sides, where the sides are alike.
    pub(crate) symmetric: Option<&'static str>,
    /// The role whose place is also where it happens, unless another is stated.
    pub(crate) scene: Option<&'static str>,
    /// What takes part is on the spot, so that its place is where it happens.
    pub(crate) local: bool,
    pub(crate) slots: Slots,
    pub(crate) codes: Codes,
}

/// The role of this name.
pub(crate) fn role(name: &str) -> Option<&'static str> {
    ROLES.iter().chain(&SETTING).copied().find(|role| *role == name)
}

/// True for the name of a slot, or of a preposition that `words.toml` knows as canonical.
pub(crate) fn is_slot(name: &str, words: &Words) -> bool {
    SLOTS.contains(&name) || words.value("prepositions", name) == Some(name)
}

/// Reads `slots = { subject = "agent", from = "origin", object = ["theme if force", "target"] }`.
pub(crate) fn slots(
    file: &TomlFile<'_>,
    value: &Value<'_>,
    roles: &[&'static str],
    words: &Words,
) -> Result<Slots, RuleError> {
    let mut slots = Slots::new();
    for (names, choices) in file.table(value)? {
        let mut parsed = Vec::new();
        for choice in file.strings(choices)? {
            if choice == "-" {
                continue;
            }
            let (name, condition) = match choice.split_once(" if ") {
                Some((name, condition)) => (name.trim(), Some(condition.trim())),
                None => (choice.trim(), None),
            };
            let fault = |problem: String| file.error(choices.span(), problem);
            let role = role(name).ok_or_else(|| fault(format!("unknown role {name:?}")))?;
            if !roles.contains(&role) {
                return Err(fault(format!("the type has no role {name:?}")));
            }
            let condition =
                condition.map(|c| Filter::parse(c, words)).transpose().map_err(fault)?;
            parsed.push(RoleChoice { role, condition, written: choice.to_owned() });
        }
        for name in listed(names.get_ref()) {
            if !is_slot(name, words) {
                let problem = format!("{name:?} is neither a slot nor a preposition of words.toml");
                return Err(file.error(names.span(), problem));
            }
            slots.insert(name.to_owned(), parsed.clone());
        }
    }
    Ok(slots)
}

/// Reads one type's table, without its triggers.
pub(crate) fn event_type(
    file: &TomlFile<'_>,
    family: &str,
    name: &str,
    value: &Value<'_>,
    words: &Words,
) -> Result<EventType, RuleError> {
    let table = file.table(value)?;
    let name = format!("{family}.{name}");
    let needed = |key: &str| {
        table.get(key).ok_or_else(|| file.error(value.span(), format!("{name} has no {key:?}")))
    };
    let role_list = |value: &Value<'_>| -> Result<Vec<&'static str>, RuleError> {
        let list = file.str(value)?;
        let fault = |n: &str| file.error(value.span(), format!("unknown role {n:?}"));
        listed(list).map(|n| role(n).ok_or_else(|| fault(n))).collect()
    };
    let mut roles = role_list(needed("roles")?)?;
    for shared in ["place", "time"] {
        if !roles.contains(&shared) {
            roles.extend(role(shared));
        }
    }
    let checked =
        |list: Vec<&'static str>, value: &Value<'_>| match list.iter().find(|r| !roles.contains(r))
        {
            Some(role) => Err(file.error(value.span(), format!("the type has no role {role:?}"))),
            None => Ok(list),
        };
    let label = match table.get("label") {
        Some(value) => checked(role_list(value)?, value)?,
        None => Vec::new(),
    };
    let symmetric = match table.get("symmetric") {
        Some(value) => checked(role_list(value)?, value)?.first().copied(),
        None => None,
    };
    let scene = match table.get("scene") {
        Some(value) => checked(role_list(value)?, value)?.first().copied(),
        None => None,
    };
    let slots = match table.get("slots") {
        Some(value) => slots(file, value, &roles, words)?,
        None => Slots::new(),
    };
    let given = table.get("given").map(|value| file.bool(value)).transpose()?.unwrap_or(false);
    let local = table.get("local").map(|value| file.bool(value)).transpose()?.unwrap_or(false);
    let mut codes = Codes::default();
    if let Some(value) = table.get("codes") {
        for (system, code) in file.table(value)? {
            let place = match system.get_ref().as_ref() {
                "plover" => &mut codes.plover,
                "cameo" => &mut codes.cameo,
                "ace" => &mut codes.ace,
                other => return Err(file.error(system.span(), format!("unknown codes {other:?}"))),
            };
            *place = Some(file.str(code)?.to_owned());
        }
    }
    Ok(EventType {
        noun: file.str(needed("noun")?)?.to_owned(),
        family: family.to_owned(),
        name,
        label,
        roles,
        given,
        symmetric,
        scene,
        local,
        slots,
        codes,
    })
}

const SHARED: &str = "events/shared.toml";

/// Reads the slots that all types share.
pub(crate) fn shared(source: &Source, words: &Words) -> Result<Slots, RuleError> {
    let text = source.read(SHARED)?;
    let file = TomlFile::new(SHARED, &text);
    let roles: Vec<&'static str> = ROLES.iter().chain(&SETTING).copied().collect();
    match file.parse()?.get("slots") {
        Some(value) => slots(&file, value, &roles, words),
        None => Ok(Slots::new()),
    }
}
