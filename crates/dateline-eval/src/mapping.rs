//! Maps between label sets: which of our types a label of a file stands for.
//!
//! ```toml
//! mention_kinds = ["name"] # gold holds names only: predicted nominals, pronouns are not compared
//! foreign_roles = true     # no role of gold stands for one of ours: arguments are not compared
//! participants = true      # of these only who takes part is compared, not in which role
//! [entities]
//! PER = "PERSON"
//! GPE = ["PLACE", "ORG"]   # either is right
//! TITLE = ""               # not compared: gold is counted as dropped
//! [predictions]            # the same for the labels of the predicted entities
//! [events]
//! [predicted_events]
//! [roles]
//! [predicted_roles]
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

/// A map file that can't be read.
#[derive(Debug, thiserror::Error)]
pub enum MapError {
    /// The file is not there, or not text.
    #[error("{}: {source}", path.display())]
    File {
        /// The map file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// Not a map.
    #[error("{}:{line}:{column}: {problem}", path.display())]
    Syntax {
        /// The map file.
        path: PathBuf,
        /// 1-based line.
        line: usize,
        /// 1-based column, in characters.
        column: usize,
        /// What is wrong.
        problem: String,
    },
}

/// The maps of one evaluation. A table that is missing leaves labels as they are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Maps {
    /// The kinds of mentions that gold holds (`name`, `nominal`, `pronoun`); all where absent.
    pub mention_kinds: Option<Vec<String>>,
    /// True if the roles of gold stand for none of ours: arguments are not compared.
    pub foreign_roles: bool,
    /// True if, all the same, who takes part is compared: gold's fillers are entities.
    pub participants: bool,
    /// Gold entity types.
    pub entities: Option<Table>,
    /// Predicted entity types.
    pub predictions: Option<Table>,
    /// Gold event types.
    pub events: Option<Table>,
    /// Predicted event types.
    pub predicted_events: Option<Table>,
    /// Gold roles.
    pub roles: Option<Table>,
    /// Predicted roles.
    pub predicted_roles: Option<Table>,
}

/// Labels of a file and what they stand for: any one of the listed; none if the list is empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    labels: BTreeMap<String, Vec<String>>,
    targets: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Target {
    One(String),
    Any(Vec<String>),
}

/// Kinds of mentions that `mention_kinds` may list.
const MENTION_KINDS: [&str; 3] = ["name", "nominal", "pronoun"];

type Entries = BTreeMap<String, Spanned<Target>>;

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct File {
    mention_kinds: Option<Spanned<Vec<String>>>,
    foreign_roles: bool,
    participants: bool,
    entities: Option<Entries>,
    predictions: Option<Entries>,
    events: Option<Entries>,
    predicted_events: Option<Entries>,
    roles: Option<Entries>,
    predicted_roles: Option<Entries>,
}

impl Maps {
    /// True if predicted mentions of this kind are compared; of unknown kind they always are.
    pub fn compares(&self, kind: Option<&str>) -> bool {
        match (&self.mention_kinds, kind) {
            (Some(kinds), Some(kind)) => kinds.iter().any(|known| known == kind),
            _ => true,
        }
    }

    /// Reads a map file.
    pub fn read(path: &Path) -> Result<Maps, MapError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| MapError::File { path: path.into(), source })?;
        Maps::parse(&text, path)
    }

    /// Reads the text of a map file; the path is for messages.
    pub fn parse(text: &str, path: &Path) -> Result<Maps, MapError> {
        let fail = |range: Option<Range<usize>>, problem: String| {
            let before = &text[..text.floor_char_boundary(range.map_or(0, |range| range.start))];
            let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
            MapError::Syntax {
                path: path.into(),
                line: before.matches('\n').count() + 1,
                column: before[line_start..].chars().count() + 1,
                problem,
            }
        };
        let file: File = toml::from_str(text)
            .map_err(|error| fail(error.span(), error.message().trim_end().to_string()))?;
        let table = |entries: Option<Entries>| {
            entries
                .map(|entries| Table::of(entries).map_err(|(at, problem)| fail(Some(at), problem)))
                .transpose()
        };
        let mention_kinds = match file.mention_kinds {
            Some(kinds) => {
                let at = kinds.span();
                let known = |kind: &&String| !MENTION_KINDS.contains(&kind.as_str());
                if let Some(unknown) = kinds.get_ref().iter().find(known) {
                    let problem = format!("{unknown:?} is none of name, nominal, pronoun");
                    return Err(fail(Some(at), problem));
                }
                Some(kinds.into_inner())
            }
            None => None,
        };
        Ok(Maps {
            mention_kinds,
            foreign_roles: file.foreign_roles,
            participants: file.participants,
            entities: table(file.entities)?,
            predictions: table(file.predictions)?,
            events: table(file.events)?,
            predicted_events: table(file.predicted_events)?,
            roles: table(file.roles)?,
            predicted_roles: table(file.predicted_roles)?,
        })
    }
}

impl Table {
    fn of(entries: Entries) -> Result<Table, (Range<usize>, String)> {
        let mut table = Table::default();
        for (label, target) in entries {
            let at = target.span();
            let targets = match target.into_inner() {
                Target::One(target) if target.is_empty() => Vec::new(),
                Target::One(target) => vec![target],
                Target::Any(targets) if targets.is_empty() => {
                    let problem = format!(
                        "{label:?} has an empty list; \"\" says that a label maps to nothing"
                    );
                    return Err((at, problem));
                }
                Target::Any(targets) => targets,
            };
            let distinct: BTreeSet<&String> = targets.iter().collect();
            if distinct.len() < targets.len() || targets.iter().any(String::is_empty) {
                return Err((
                    at,
                    format!("the list of {label:?} holds an empty or repeated label"),
                ));
            }
            table.targets.extend(targets.iter().cloned());
            table.labels.insert(label, targets);
        }
        Ok(table)
    }

    /// A table of these labels, for tests and defaults.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a [&'a str])>) -> Table {
        let mut table = Table::default();
        for (label, targets) in pairs {
            let targets: Vec<String> = targets.iter().map(|target| target.to_string()).collect();
            table.targets.extend(targets.iter().cloned());
            table.labels.insert(label.to_string(), targets);
        }
        table
    }

    /// What a label stands for; `None` if the table does not name it.
    pub fn get(&self, label: &str) -> Option<&[String]> {
        self.labels.get(label).map(Vec::as_slice)
    }

    /// True if some label stands for this one.
    pub fn has_target(&self, target: &str) -> bool {
        self.targets.contains(target)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Maps, String> {
        Maps::parse(text, Path::new("map.toml")).map_err(|error| error.to_string())
    }

    #[test]
    fn one_several_or_none() {
        let maps =
            parse("[entities]\nPER = \"PERSON\"\nGPE = [\"PLACE\", \"ORG\"]\n\"geo x\" = \"\"\n")
                .expect("map");
        let table = maps.entities.expect("entities");
        assert_eq!(table.get("PER"), Some(&["PERSON".to_string()][..]));
        assert_eq!(table.get("GPE").map(<[String]>::len), Some(2));
        assert_eq!(table.get("geo x"), Some(&[][..]));
        assert_eq!(table.get("MISC"), None);
        assert!(table.has_target("ORG") && !table.has_target("GPE"));
        assert_eq!(maps.events, None);
    }

    #[test]
    fn kinds_of_mentions() {
        let maps = parse("mention_kinds = [\"name\"]\n").expect("map");
        assert!(maps.compares(Some("name")) && maps.compares(None));
        assert!(!maps.compares(Some("pronoun")) && Maps::default().compares(Some("pronoun")));
        let wrong = parse("mention_kinds = [\"names\"]\n").expect_err("error");
        assert!(wrong.starts_with("map.toml:1:17: \"names\" is none of"), "{wrong}");
    }

    #[test]
    fn errors_name_line_and_column() {
        let of = |text: &str| parse(text).expect_err("error");
        assert!(
            of("[entities]\nPER = \"PERSON\"\nPER = \"ORG\"\n").starts_with("map.toml:3:1: "),
            "{}",
            of("[entities]\nPER = \"PERSON\"\nPER = \"ORG\"\n")
        );
        assert!(
            of("[entities]\n\"Ä\" = []\n").starts_with("map.toml:2:7: \"Ä\" has an empty list")
        );
        assert!(
            of("[entities]\nPER = [\"A\", \"A\"]\n")
                .starts_with("map.toml:2:7: the list of \"PER\"")
        );
        let unknown = of("[entitys]\nPER = \"A\"\n");
        assert!(unknown.starts_with("map.toml:1:2: ") && unknown.contains("entitys"), "{unknown}");
        assert!(of("[roles]\nA = 3\n").starts_with("map.toml:2:5: "));
    }
}
