//! What verbs govern: `subcategorization.tsv`.

use std::collections::HashSet;

use crate::data::{RuleError, Source};
use crate::entities::columns;

const FILE: &str = "subcategorization.tsv";

/// Verbs by what they govern.
#[derive(Debug, Default)]
pub(crate) struct Subcategorization {
    /// Lower-cased lemmas.
    infinitive: HashSet<String>,
}

impl Subcategorization {
    pub(crate) fn load(source: &Source) -> Result<Subcategorization, RuleError> {
        let mut verbs = Subcategorization::default();
        for (line, row) in source.rows(FILE)? {
            let [class, lemma] = columns(FILE, line, &row)?;
            let fault = |problem: String| RuleError::new(FILE, line, problem);
            let new = match class.as_str() {
                "infinitive" => verbs.infinitive.insert(lemma.to_lowercase()),
                _ => return Err(fault(format!("unknown class {class:?}"))),
            };
            if !new {
                return Err(fault(format!("{lemma:?} is listed twice")));
            }
        }
        Ok(verbs)
    }

    /// True if the verb's *to*-infinitive is its complement, not a purpose.
    pub(crate) fn takes_infinitive(&self, lemma: &str) -> bool {
        self.infinitive.contains(&lemma.to_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_by_lemma() {
        let verbs = Subcategorization::load(&Source::builtin()).unwrap();
        for (lemma, expected) in [("agree", true), ("Refuse", true), ("arrive", false)] {
            assert_eq!(verbs.takes_infinitive(lemma), expected, "{lemma}");
        }
    }

    #[test]
    fn faulty_files_name_their_line() {
        let dir = std::env::temp_dir().join(format!("dateline-verbs-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        for (text, problem) in [
            ("# x\ngerund\tenjoy\n", "subcategorization.tsv:2: unknown class \"gerund\""),
            (
                "infinitive\tagree\ninfinitive\tAgree\n",
                "subcategorization.tsv:2: \"Agree\" is listed twice",
            ),
        ] {
            std::fs::write(dir.join(FILE), text).unwrap();
            let error = Subcategorization::load(&Source::overlay(&dir).unwrap()).unwrap_err();
            assert_eq!(error.to_string(), problem);
        }
        std::fs::remove_dir_all(&dir).unwrap();
    }
}
