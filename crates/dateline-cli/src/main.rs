//! The `dateline` binary: command line in, data on standard output, all else on standard error.

mod args;
mod commands;
mod exit;
mod format;
mod setup;
mod terminal;

use std::process::ExitCode;

use dateline::panics;

fn main() -> ExitCode {
    quiet_caught_panics();
    // A usage error ends the process here, with code 2.
    let args = args::Args::typed();
    match commands::run(args.command) {
        Ok(outcome) => outcome.into(),
        Err(error) => exit::report(&error),
    }
}

/// A panic over one record is told as the reason of its rejection; where it happened only who asks for
/// backtraces wants to know.
fn quiet_caught_panics() {
    let told = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !panics::are_caught() || std::env::var_os("RUST_BACKTRACE").is_some() {
            told(panic);
        }
    }));
}
