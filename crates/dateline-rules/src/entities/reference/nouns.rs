//! Which common nouns stand for whom: `nominals.tsv` and `given_names.tsv`.

use std::collections::HashMap;

use crate::data::{RuleError, Source};
use crate::entities::lexicon::columns;
use crate::entities::titles::Gender;

/// A set of kinds of organization: bit `i` is the `i`-th kind that the file names.
pub(super) type Kinds = u64;

/// A noun that an organization is spoken of by.
#[derive(Clone, Copy, Debug)]
pub(super) struct OrgNoun {
    pub(super) kinds: Kinds,
    /// Stands only for an organization that is told to be of these kinds.
    pub(super) institution: bool,
}

/// A noun that a person is spoken of by.
#[derive(Clone, Copy, Debug)]
pub(super) struct PersonNoun {
    pub(super) gender: Option<Gender>,
    /// May stand for a person named before; else it introduces someone.
    pub(super) role: bool,
}

/// Common nouns and given names, loaded and checked.
#[derive(Debug, Default)]
pub(crate) struct Nouns {
    /// By words of organizations' names, as written.
    kinds: HashMap<String, Kinds>,
    organizations: HashMap<String, OrgNoun>,
    places: HashMap<String, Vec<&'static str>>,
    persons: HashMap<String, PersonNoun>,
    given_names: HashMap<String, Gender>,
}

const SUBTYPES: [&str; 6] = ["country", "region", "city", "facility", "natural", "other"];

impl Nouns {
    pub(crate) fn load(source: &Source) -> Result<Nouns, RuleError> {
        const FILE: &str = "nominals.tsv";
        let mut nouns = Nouns::default();
        let mut names: Vec<String> = Vec::new();
        for (line, row) in source.rows(FILE)? {
            let [class, of, noun] = columns(FILE, line, &row)?;
            let fault = |problem: String| RuleError::new(FILE, line, problem);
            let gender = || gender(&of).ok_or_else(|| fault(format!("unknown gender {of:?}")));
            let twice = match class.as_str() {
                "kind" => {
                    let kinds = kinds(&mut names, &of)
                        .ok_or_else(|| fault("there are more than 64 kinds".to_owned()))?;
                    *nouns.kinds.entry(noun.clone()).or_default() |= kinds;
                    false
                }
                "noun" | "institution" => {
                    let kinds = kinds(&mut names, &of)
                        .ok_or_else(|| fault("there are more than 64 kinds".to_owned()))?;
                    let institution = class == "institution";
                    let entry = OrgNoun { kinds, institution };
                    nouns.organizations.insert(noun.to_lowercase(), entry).is_some()
                }
                "place" => {
                    let subtype = SUBTYPES.iter().find(|s| **s == of);
                    let subtype =
                        subtype.ok_or_else(|| fault(format!("unknown subtype {of:?}")))?;
                    let known = nouns.places.entry(noun.to_lowercase()).or_default();
                    known.push(subtype);
                    known.iter().filter(|s| *s == subtype).count() > 1
                }
                "role" | "human" => {
                    let entry = PersonNoun { gender: gender()?, role: class == "role" };
                    nouns.persons.insert(noun.to_lowercase(), entry).is_some()
                }
                _ => return Err(fault(format!("unknown class {class:?}"))),
            };
            if twice {
                return Err(fault(format!("{noun:?} is listed twice")));
            }
        }
        nouns.load_given_names(source)?;
        Ok(nouns)
    }

    fn load_given_names(&mut self, source: &Source) -> Result<(), RuleError> {
        const FILE: &str = "given_names.tsv";
        for (line, row) in source.rows(FILE)? {
            let [of, name] = columns(FILE, line, &row)?;
            let Some(Some(gender)) = gender(&of) else {
                return Err(RuleError::new(FILE, line, format!("unknown gender {of:?}")));
            };
            if self.given_names.insert(name.to_lowercase(), gender).is_some() {
                return Err(RuleError::new(FILE, line, format!("{name:?} is listed twice")));
            }
        }
        Ok(())
    }

    /// The kinds that the words of an organization's name tell; 0 where they tell none.
    pub(super) fn kinds_of<'a>(&self, words: impl Iterator<Item = &'a str>) -> Kinds {
        words.filter_map(|w| self.kinds.get(w)).fold(0, |all, kinds| all | kinds)
    }

    pub(super) fn organization(&self, noun: &str) -> Option<OrgNoun> {
        // "glassmaker", "carmaker": whatever is made.
        let maker = || self.organizations.get("maker").filter(|_| noun.ends_with("maker"));
        self.organizations.get(noun).or_else(maker).copied()
    }

    /// Subtypes of the places that `noun` stands for; empty if it stands for none.
    pub(super) fn place(&self, noun: &str) -> &[&'static str] {
        self.places.get(noun).map_or(&[], Vec::as_slice)
    }

    pub(super) fn person(&self, noun: &str) -> Option<PersonNoun> {
        self.persons.get(noun).copied()
    }

    pub(super) fn given_name(&self, name: &str) -> Option<Gender> {
        let name = name.to_lowercase();
        let first = || name.split('-').next().and_then(|first| self.given_names.get(first));
        self.given_names.get(&name).or_else(first).copied()
    }
}

fn gender(text: &str) -> Option<Option<Gender>> {
    match text {
        "m" => Some(Some(Gender::Masculine)),
        "f" => Some(Some(Gender::Feminine)),
        "-" => Some(None),
        _ => None,
    }
}

/// The set of the kinds listed in `text`, each numbered when it is met first.
fn kinds(names: &mut Vec<String>, text: &str) -> Option<Kinds> {
    if text == "*" {
        return Some(Kinds::MAX);
    }
    let mut set = 0;
    for name in text.split(',') {
        let at = names.iter().position(|n| n == name).unwrap_or_else(|| {
            names.push(name.to_owned());
            names.len() - 1
        });
        set |= 1_u64.checked_shl(u32::try_from(at).ok()?)?;
    }
    Some(set)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_kinds_that_nouns_fit() {
        let nouns = Nouns::load(&Source::builtin()).unwrap();
        let kinds = nouns.kinds_of("Delta Air Lines".split(' '));
        for (noun, fits) in [("airline", true), ("company", true), ("ministry", false)] {
            let noun = nouns.organization(noun).unwrap();
            assert_eq!(noun.kinds & kinds != 0, fits);
        }
        assert_eq!(nouns.place("capital"), ["city"]);
        assert_eq!(nouns.given_name("ANNA"), Some(Gender::Feminine));
        assert_eq!(nouns.given_name("Jean-Marc"), None);
    }
}
