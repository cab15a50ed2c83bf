//! Organizations known by several names wherever they stand: "VW" and "Volkswagen".

use std::collections::HashMap;

use super::lexicon::columns;
use crate::data::{RuleError, Source};

const FILE: &str = "aliases.tsv";

/// The names of `aliases.tsv`.
#[derive(Debug, Default)]
pub(crate) struct Aliases {
    /// The name that records use, by each name as spelled in text.
    canonical: HashMap<String, String>,
}

impl Aliases {
    pub(crate) fn load(source: &Source) -> Result<Aliases, RuleError> {
        let mut aliases = Aliases::default();
        for (line, row) in source.rows(FILE)? {
            let [name, others] = columns(FILE, line, &row)?;
            let others = others.split(';').map(str::trim).filter(|other| !other.is_empty());
            for spelled in std::iter::once(name.as_str()).chain(others) {
                let before = aliases.canonical.insert(spelled.to_owned(), name.clone());
                if before.is_some() {
                    let problem = format!("{spelled:?} is listed twice");
                    return Err(RuleError::new(FILE, line, problem));
                }
            }
        }
        Ok(aliases)
    }

    /// The name that records use for `spelled`.
    pub(crate) fn of(&self, spelled: &str) -> Option<&str> {
        self.canonical.get(spelled).map(String::as_str)
    }

    /// The one for spellings that the article uses of one organization: an acronym may stand for
    /// another than ours where it is spelled out otherwise.
    pub(crate) fn of_all(&self, spellings: &[String]) -> Option<&str> {
        let name = spellings.iter().find_map(|spelled| self.of(spelled))?;
        let fits = |spelled: &String| match self.of(spelled) {
            Some(other) => other == name,
            None => !spelled.contains(' ') || spelled.contains(name),
        };
        spellings.iter().all(fits).then_some(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_for_all() {
        let aliases = Aliases::load(&Source::builtin()).unwrap();
        let of = |spellings: &[&str]| {
            let spellings: Vec<String> = spellings.iter().map(|&s| s.to_owned()).collect();
            aliases.of_all(&spellings).map(str::to_owned)
        };
        assert_eq!(of(&["U.N."]).as_deref(), Some("United Nations"));
        assert_eq!(of(&["ICC"]).as_deref(), Some("International Criminal Court"));
        assert_eq!(of(&["International Cricket Council", "ICC"]), None);
        assert_eq!(of(&["UN", "EU"]), None);
        assert_eq!(of(&["Acme"]), None);
    }

    #[test]
    fn faulty_files_name_their_line() {
        let dir = std::env::temp_dir().join(format!("dateline-aliases-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        std::fs::write(dir.join(FILE), "Acme Group\tAcme; AG\nAgora\tAG\n").unwrap();
        let error = Aliases::load(&Source::overlay(&dir).unwrap()).unwrap_err();
        std::fs::remove_dir_all(&dir).unwrap();
        assert_eq!(error.to_string(), "aliases.tsv:2: \"AG\" is listed twice");
    }
}
