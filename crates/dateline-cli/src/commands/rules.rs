//! `dateline rules`

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::bail;
use dateline::Rules;

use crate::exit::{Outcome, complain};
use crate::terminal::visible;

/// Loads each path as the pipeline would and tells of the first fault in it.
pub(crate) fn check(paths: &[PathBuf]) -> anyhow::Result<Outcome> {
    let mut out = anstream::stdout().lock();
    let mut faulty = 0;
    for path in paths {
        let shown = path.display().to_string();
        let rules = if path.is_dir() { Rules::from_dir(path) } else { Rules::from_file(path) };
        match rules {
            Err(error) => {
                faulty += 1;
                complain(&format!("{shown}: {error}"));
            }
            Ok(rules) => {
                let files = rules.own_files();
                if files.is_empty() {
                    faulty += 1;
                    complain(&format!("{shown}: there is no rule file in it"));
                }
                for (name, builtin) in files {
                    let does =
                        if *builtin { "replaces the built-in one" } else { "adds event rules" };
                    writeln!(out, "{}: {name} is sound and {does}", visible(&shown))?;
                }
            }
        }
    }
    match faulty {
        0 => Ok(Outcome::Complete),
        _ => bail!("rules are at fault in {faulty} of {} paths", paths.len()),
    }
}

/// Prints a built-in rule file, or the names of all.
pub(crate) fn show(name: Option<&str>) -> anyhow::Result<Outcome> {
    let mut out = anstream::stdout().lock();
    match name {
        None => {
            for (name, _) in dateline::builtin_files() {
                writeln!(out, "{name}")?;
            }
        }
        Some(name) => {
            let Some((_, text)) = dateline::builtin_files().find(|(file, _)| *file == name) else {
                bail!("{name:?} is no built-in rule file; `dateline rules show` lists them");
            };
            out.write_all(text.as_bytes())?;
        }
    }
    Ok(Outcome::Complete)
}
