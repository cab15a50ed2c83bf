//! Words by which nouns and pronouns are led back to names: `reference.tsv`.

use std::collections::HashMap;

use crate::data::{RuleError, Source};
use crate::entities::lexicon::columns;

const FILE: &str = "reference.tsv";

/// What a word is good for; the file tells what each is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WordClass {
    Reporting,
    Naming,
    Agentive,
    Impersonal,
    Past,
    Another,
    Distinguishing,
}

impl WordClass {
    fn named(name: &str) -> Option<WordClass> {
        Some(match name {
            "reporting" => WordClass::Reporting,
            "naming" => WordClass::Naming,
            "agentive" => WordClass::Agentive,
            "impersonal" => WordClass::Impersonal,
            "past" => WordClass::Past,
            "another" => WordClass::Another,
            "distinguishing" => WordClass::Distinguishing,
            _ => return None,
        })
    }
}

/// The words of the file, lower-cased, with their classes.
#[derive(Debug, Default)]
pub(crate) struct Words {
    classes: HashMap<String, Vec<WordClass>>,
}

impl Words {
    pub(crate) fn load(source: &Source) -> Result<Words, RuleError> {
        let mut words = Words::default();
        for (line, row) in source.rows(FILE)? {
            let [name, word] = columns(FILE, line, &row)?;
            let fault = |problem: String| RuleError::new(FILE, line, problem);
            let class =
                WordClass::named(&name).ok_or_else(|| fault(format!("unknown class {name:?}")))?;
            let known = words.classes.entry(word.to_lowercase()).or_default();
            if known.contains(&class) {
                return Err(fault(format!("{word:?} is listed twice as {name}")));
            }
            known.push(class);
        }
        Ok(words)
    }

    /// True if `word`, whatever its case, is of `class`.
    pub(super) fn is(&self, class: WordClass, word: &str) -> bool {
        self.classes.get(&word.to_lowercase()).is_some_and(|classes| classes.contains(&class))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_classes() {
        let words = Words::load(&Source::builtin()).unwrap();
        for (class, word, expected) in [
            (WordClass::Reporting, "say", true),
            (WordClass::Past, "late", true),
            (WordClass::Distinguishing, "late", true),
            (WordClass::Another, "Deputy", true),
            (WordClass::Agentive, "rain", false),
        ] {
            assert_eq!(words.is(class, word), expected, "{class:?} {word}");
        }
    }

    #[test]
    fn faulty_files_name_their_line() {
        let dir = std::env::temp_dir().join(format!("dateline-reference-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        for (text, problem) in [
            ("# x\nsaying\tsay\n", "reference.tsv:2: unknown class \"saying\""),
            ("past\tlate\npast\tLate\n", "reference.tsv:2: \"Late\" is listed twice as past"),
        ] {
            std::fs::write(dir.join(FILE), text).unwrap();
            let error = Words::load(&Source::overlay(&dir).unwrap()).unwrap_err();
            assert_eq!(error.to_string(), problem);
        }
        std::fs::remove_dir_all(&dir).unwrap();
    }
}
