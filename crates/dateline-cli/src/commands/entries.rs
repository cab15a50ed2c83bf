//! The articles that a command was given, one after the other.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;

use dateline::{Clock, Stage};
use dateline_io::{Entry, Input};

use crate::args::InputFormat;

/// What a command does with what it is given.
pub(crate) trait Reader {
    /// Takes an article, or the reason why a record holds none. An error ends the command.
    fn entry(&mut self, entry: Entry) -> anyhow::Result<()>;

    /// Tells of an input that cannot be read.
    fn fail(&mut self, error: &anyhow::Error);
}

/// The inputs at `paths`, or standard input if there are none.
pub(crate) fn inputs(paths: &[PathBuf]) -> Vec<Input> {
    if !paths.is_empty() {
        return paths.iter().map(|path| Input::named(path)).collect();
    }
    if io::stdin().is_terminal() {
        let _ = writeln!(anstream::stderr(), "reading an article from standard input");
    }
    vec![Input::Stdin]
}

/// Hands all entries of the inputs to `reader`; an input that cannot be read never ends the others.
pub(crate) fn read(
    inputs: Vec<Input>,
    format: InputFormat,
    clock: Clock<'_>,
    reader: &mut impl Reader,
) -> anyhow::Result<()> {
    for input in inputs {
        match input.read(format.format()) {
            Err(error) => reader.fail(&anyhow::Error::new(error)),
            Ok(mut entries) => {
                while let Some(entry) = clock.time(Stage::Reading, || entries.next()) {
                    match entry {
                        Ok(entry) => reader.entry(entry)?,
                        Err(error) => reader.fail(&anyhow::Error::new(error)),
                    }
                }
            }
        }
    }
    Ok(())
}
