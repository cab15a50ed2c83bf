//! Rule files: where they come from and what is wrong with them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// A fault in a rule file. Shown as `file:line:column: problem`, as far as they are known.
#[derive(Debug)]
pub struct RuleError {
    /// File name.
    pub file: String,
    /// Line number, from 1; 0 if the file as a whole is at fault.
    pub line: usize,
    /// Column in characters, from 1; 0 if the line as a whole is at fault.
    pub column: usize,
    /// What is wrong and how to mend it.
    pub problem: String,
}

impl RuleError {
    pub(crate) fn new(file: &str, line: usize, problem: impl Into<String>) -> Self {
        RuleError { file: file.to_owned(), line, column: 0, problem: problem.into() }
    }
}

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        for place in [self.line, self.column].into_iter().filter(|place| *place > 0) {
            write!(f, ":{place}")?;
        }
        write!(f, ": {}", self.problem)
    }
}

impl std::error::Error for RuleError {}

/// Where rule files are read from: those of the caller by name, the rest is built in.
#[derive(Default)]
pub(crate) struct Source {
    files: BTreeMap<String, PathBuf>,
}

/// The folder of event types and their triggers, which may hold more files than the built-in ones.
const EVENTS: &str = "events/";
/// How the names of rule files end.
const EXTENSIONS: [&str; 3] = ["tsv", "toml", "rules"];

macro_rules! builtin {
    ($($name:literal),* $(,)?) => {
        /// The rule files that come with Dateline, by name.
        const BUILTIN: &[(&str, &str)] = &[$(($name, include_str!(concat!("../data/", $name)))),*];
    };
}

builtin!(
    "aliases.tsv",
    "areas.tsv",
    "cities.tsv",
    "countries.tsv",
    "cues.tsv",
    "features.tsv",
    "gazetteer.tsv",
    "given_names.tsv",
    "groups.tsv",
    "landmarks.tsv",
    "metonymy.tsv",
    "nominals.tsv",
    "organizations.tsv",
    "peoples.tsv",
    "places.tsv",
    "published.tsv",
    "reference.tsv",
    "regions.tsv",
    "salience.tsv",
    "subcategorization.tsv",
    "suffixes.tsv",
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

/// The rule files that come with Dateline: name and text.
pub(crate) fn builtin() -> impl Iterator<Item = (&'static str, &'static str)> {
    BUILTIN.iter().copied()
}

pub(crate) fn is_builtin(name: &str) -> bool {
    BUILTIN.iter().any(|(file, _)| *file == name)
}

impl Source {
    pub(crate) fn builtin() -> Self {
        Source::default()
    }

    /// The rule files of a folder and of its `events`; other files are left alone.
    pub(crate) fn overlay(dir: &Path) -> Result<Self, RuleError> {
        let mut files = BTreeMap::new();
        for (folder, before) in [(dir.to_owned(), ""), (dir.join("events"), EVENTS)] {
            if !before.is_empty() && !folder.is_dir() {
                continue;
            }
            let fault = |error: io::Error| {
                RuleError::new(&folder.display().to_string(), 0, error.to_string())
            };
            for entry in std::fs::read_dir(&folder).map_err(fault)? {
                let path = entry.map_err(fault)?.path();
                let is_rules = path.extension().is_some_and(|e| EXTENSIONS.iter().any(|x| e == *x));
                if let Some(name) = path.file_name().and_then(|name| name.to_str())
                    && is_rules
                    && path.is_file()
                {
                    files.insert(format!("{before}{name}"), path);
                }
            }
        }
        Source { files }.checked()
    }

    /// One rule file, by its name a built-in one's or one of events.
    pub(crate) fn file(path: &Path) -> Result<Self, RuleError> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let of_events = format!("{EVENTS}{name}");
        let name = if is_builtin(&name) { name.into_owned() } else { of_events };
        Source { files: BTreeMap::from([(name, path.to_owned())]) }.checked()
    }

    /// A file that no rule would ever read has a misspelt name.
    fn checked(self) -> Result<Self, RuleError> {
        let unread = |name: &&String| {
            !(is_builtin(name) || name.starts_with(EVENTS) && name.ends_with(".toml"))
        };
        match self.files.keys().find(unread) {
            Some(name) => {
                let problem = "no rule file has this name; event types may stand in any \
                               events/NAME.toml";
                Err(RuleError::new(name, 0, problem))
            }
            None => Ok(self),
        }
    }

    /// The caller's files, and whether each takes the place of a built-in one.
    pub(crate) fn own(&self) -> impl Iterator<Item = (&str, bool)> {
        self.files.keys().map(|name| (name.as_str(), is_builtin(name)))
    }

    /// The text of rule file `name`.
    pub(crate) fn read(&self, name: &str) -> Result<Cow<'static, str>, RuleError> {
        if let Some(path) = self.files.get(name) {
            return std::fs::read_to_string(path)
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
