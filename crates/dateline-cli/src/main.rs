//! The `dateline` binary: command line in, data on standard output, all else on standard error.

mod args;
mod commands;
mod exit;
mod format;
mod setup;
mod terminal;

use std::process::ExitCode;

fn main() -> ExitCode {
    // A usage error ends the process here, with code 2.
    let args = args::Args::typed();
    match commands::run(args.command) {
        Ok(outcome) => outcome.into(),
        Err(error) => exit::report(&error),
    }
}
