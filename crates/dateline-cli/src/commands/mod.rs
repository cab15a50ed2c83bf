//! One module a command, and what several share.

mod batch;
mod completions;
mod entries;
mod eval;
mod explain;
mod extract;
mod man;
mod model;
mod rules;

use crate::args::{Command, ModelCommand, RulesCommand};
use crate::exit::Outcome;

/// Runs what was asked for.
pub(crate) fn run(command: Command) -> anyhow::Result<Outcome> {
    match command {
        Command::Extract(args) => extract::run(args),
        Command::Batch(args) => batch::run(&args),
        Command::Eval(args) => eval::run(*args),
        Command::Explain(args) => explain::run(&args),
        Command::Rules { command: RulesCommand::Check { paths } } => rules::check(&paths),
        Command::Rules { command: RulesCommand::Show { name } } => rules::show(name.as_deref()),
        Command::Model { command: ModelCommand::Info { model } } => model::info(&model),
        Command::Completions { shell } => completions::run(shell),
        Command::Man => man::run(),
    }
}

/// Trouble with a file, and the option that would help.
fn explained(error: dateline_io::Error) -> anyhow::Error {
    let help = match error.kind() {
        dateline_io::ErrorKind::Exists => "--force replaces it",
        dateline_io::ErrorKind::Unfinished => {
            "--resume goes on with it, --force starts from the beginning"
        }
        _ => return anyhow::Error::new(error),
    };
    anyhow::anyhow!("{error}; {help}")
}
