//! What stands behind a name and is no part of it: "Jr", "III", "Inc." (`suffixes.tsv`).

use std::collections::HashMap;

use super::lexicon::columns;
use crate::data::{RuleError, Source};

const FILE: &str = "suffixes.tsv";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Elder,
    Younger,
    Generation,
    Company,
}

/// Suffixes by their lower-cased spelling.
#[derive(Debug, Default)]
pub(crate) struct Suffixes {
    classes: HashMap<String, Class>,
}

impl Suffixes {
    pub(crate) fn load(source: &Source) -> Result<Suffixes, RuleError> {
        let mut suffixes = Suffixes::default();
        for (line, row) in source.rows(FILE)? {
            let [class, suffix] = columns(FILE, line, &row)?;
            let class = match class.as_str() {
                "elder" => Class::Elder,
                "younger" => Class::Younger,
                "generation" => Class::Generation,
                "company" => Class::Company,
                _ => return Err(RuleError::new(FILE, line, format!("unknown class {class:?}"))),
            };
            if suffixes.classes.insert(suffix.to_lowercase(), class).is_some() {
                return Err(RuleError::new(FILE, line, format!("{suffix:?} is listed twice")));
            }
        }
        Ok(suffixes)
    }

    fn class(&self, word: &str) -> Option<Class> {
        self.classes.get(&word.to_lowercase()).copied()
    }

    /// True for what stands behind a person's name: `Jr`.
    pub(crate) fn is_of_person(&self, word: &str) -> bool {
        self.class(word).is_some_and(|class| class != Class::Company)
    }

    /// True for the legal form of a company: `Inc.`
    pub(crate) fn is_of_company(&self, word: &str) -> bool {
        self.class(word) == Some(Class::Company)
    }

    /// True for the elder, false for the younger of two of one name, if the words tell.
    pub(crate) fn elder<'a>(&self, words: impl IntoIterator<Item = &'a str>) -> Option<bool> {
        match self.class(words.into_iter().last()?)? {
            Class::Elder => Some(true),
            Class::Younger => Some(false),
            Class::Generation | Class::Company => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suffixes_of_persons_and_companies() {
        let suffixes = Suffixes::load(&Source::builtin()).unwrap();
        for (word, person, company) in [
            ("Jr.", true, false),
            ("SR", true, false),
            ("III", true, false),
            ("plc", false, true),
            ("Doe", false, false),
        ] {
            assert_eq!(suffixes.is_of_person(word), person, "{word}");
            assert_eq!(suffixes.is_of_company(word), company, "{word}");
        }
        assert_eq!(suffixes.elder("Pat Doe Sr.".split(' ')), Some(true));
        assert_eq!(suffixes.elder("Pat Doe III".split(' ')), None);
    }

    #[test]
    fn faulty_files_name_their_line() {
        let dir = std::env::temp_dir().join(format!("dateline-suffixes-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        for (text, problem) in [
            ("# x\nfirm\tInc\n", "suffixes.tsv:2: unknown class \"firm\""),
            ("elder\tSr\nyounger\tsr\n", "suffixes.tsv:2: \"sr\" is listed twice"),
        ] {
            std::fs::write(dir.join(FILE), text).unwrap();
            let error = Suffixes::load(&Source::overlay(&dir).unwrap()).unwrap_err();
            assert_eq!(error.to_string(), problem);
        }
        std::fs::remove_dir_all(&dir).unwrap();
    }
}
