//! Rule files: where they come from and what is wrong with them.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// A fault in a rule file.
#[derive(Debug, thiserror::Error)]
#[error("{file}:{line}: {problem}")]
pub struct RuleError {
    /// File name.
    pub file: String,
    /// Line number, from 1; 0 if the file as a whole is at fault.
    pub line: usize,
    /// What is wrong and how to mend it.
    pub problem: String,
}

impl RuleError {
    pub(crate) fn new(file: &str, line: usize, problem: impl Into<String>) -> Self {
        RuleError { file: file.to_owned(), line, problem: problem.into() }
    }
}

/// Where rule files are read from.
pub(crate) struct Source {
    overlay: Option<PathBuf>,
}

macro_rules! builtin {
    ($($name:literal),* $(,)?) => {
        /// The rule files that come with Dateline, by name.
        const BUILTIN: &[(&str, &str)] = &[$(($name, include_str!(concat!("../data/", $name)))),*];
    };
}

builtin!(
    "areas.tsv",
    "cities.tsv",
    "countries.tsv",
    "cues.tsv",
    "features.tsv",
    "gazetteer.tsv",
    "given_names.tsv",
    "groups.tsv",
    "landmarks.tsv",
    "nominals.tsv",
    "organizations.tsv",
    "peoples.tsv",
    "places.tsv",
    "published.tsv",
    "regions.tsv",
    "times.rules",
    "titles.tsv",
    "units.tsv",
    "events/words.toml",
    "events/shared.toml",
    "events/diplomacy.toml",
    "events/military.toml",
    "events/unrest.toml",
    "events/crime.toml",
    "events/justice.toml",
    "events/government.toml",
    "events/elections_personnel.toml",
    "events/business_economy.toml",
    "events/disaster.toml",
    "events/health_science.toml",
    "events/life.toml",
    "events/movement.toml",
    "events/sport_culture.toml",
    "events/statement.toml",
);

impl Source {
    pub(crate) fn builtin() -> Self {
        Source { overlay: None }
    }

    pub(crate) fn overlay(dir: &Path) -> Self {
        Source { overlay: Some(dir.to_owned()) }
    }

    /// The text of rule file `name`.
    pub(crate) fn read(&self, name: &str) -> Result<Cow<'static, str>, RuleError> {
        if let Some(path) = self.overlay.as_ref().map(|dir| dir.join(name)).filter(|p| p.exists()) {
            return std::fs::read_to_string(&path)
                .map(Cow::Owned)
                .map_err(|error| RuleError::new(name, 0, error.to_string()));
        }
        let builtin = BUILTIN.iter().find(|(file, _)| *file == name);
        builtin
            .map(|(_, text)| Cow::Borrowed(*text))
            .ok_or_else(|| RuleError::new(name, 0, "there is no rule file of this name"))
    }

    /// Rows of a tab-separated rule file with their line numbers; `#` starts a comment line.
    pub(crate) fn rows(&self, name: &str) -> Result<Vec<(usize, Vec<String>)>, RuleError> {
        let text = self.read(name)?;
        let lines = text.lines().enumerate().map(|(index, line)| (index + 1, line.trim_end()));
        let rows = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        Ok(rows.map(|(at, line)| (at, line.split('\t').map(str::to_owned).collect())).collect())
    }
}
