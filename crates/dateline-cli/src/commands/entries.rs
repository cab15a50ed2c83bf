//! The articles that a command was given, one after the other.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;

use dateline::{Clock, Stage};
use dateline_io::{Found, Input, Origin, Parsed, Reject, find};

use super::explained;
use crate::args::input::InputArgs;

/// What a command does with what it is given.
pub(crate) trait Reader {
    /// Takes an article. An error ends the command.
    fn article(&mut self, origin: Origin, found: Found) -> anyhow::Result<()>;

    /// Tells of a record that holds none.
    fn reject(&mut self, reject: &Reject);

    /// Tells of an input that cannot be read.
    fn fail(&mut self, error: &anyhow::Error);
}

/// Hands all articles of the files at `paths`, or of standard input if there are none, to
/// `reader`; an input that cannot be read never ends the others.
pub(crate) fn read(
    paths: &[PathBuf],
    args: &InputArgs,
    clock: Clock<'_>,
    reader: &mut impl Reader,
) -> anyhow::Result<()> {
    if paths.is_empty() {
        if io::stdin().is_terminal() {
            let _ = writeln!(anstream::stderr(), "reading an article from standard input");
        }
        return input(&Input::Stdin, args, clock, reader);
    }
    for path in paths {
        match find(std::slice::from_ref(path)) {
            Err(error) => reader.fail(&explained(error)),
            Ok(found) => {
                for found in found.iter() {
                    match found {
                        Err(error) => reader.fail(&explained(error)),
                        Ok(found) => input(&found, args, clock, reader)?,
                    }
                }
            }
        }
    }
    Ok(())
}

fn input(
    input: &Input,
    args: &InputArgs,
    clock: Clock<'_>,
    reader: &mut impl Reader,
) -> anyhow::Result<()> {
    let fields = args.fields();
    let mut records = match input.read(&args.reading()) {
        Ok(records) => records,
        Err(error) => {
            reader.fail(&explained(error));
            return Ok(());
        }
    };
    while let Some(record) = clock.time(Stage::Reading, || records.next()) {
        match record {
            Err(error) => reader.fail(&explained(error)),
            Ok(record) => match clock.time(Stage::Reading, || record.parse(&fields)) {
                Ok(Parsed::Article(found)) => reader.article(record.origin, found)?,
                Ok(_) => {}
                Err(reject) => reader.reject(&reject),
            },
        }
    }
    Ok(())
}
