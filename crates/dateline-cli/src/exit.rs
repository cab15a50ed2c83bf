//! Exit codes and the one line that explains a failure.

use std::io::{self, Write as _};
use std::process::ExitCode;

/// How a command that ran to its end went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Everything was read.
    Complete,
    /// Some input was rejected or failed; the rest was read.
    SomeFailed,
    /// It was stopped, and can be gone on with.
    Stopped,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        ExitCode::from(match outcome {
            Outcome::Complete => 0,
            Outcome::SomeFailed => 1,
            Outcome::Stopped => 4,
        })
    }
}

const CANNOT_RUN: u8 = 3;

/// Explains `error` in one line and gives its exit code. A closed pipe is success: the reader has
/// seen enough.
pub(crate) fn report(error: &anyhow::Error) -> ExitCode {
    let io = |cause: &(dyn std::error::Error + 'static)| {
        let direct = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        direct.or_else(|| cause.downcast_ref::<serde_json::Error>()?.io_error_kind())
    };
    if error.chain().any(|cause| io(cause) == Some(io::ErrorKind::BrokenPipe)) {
        return ExitCode::SUCCESS;
    }
    complain(&one_line(error));
    ExitCode::from(CANNOT_RUN)
}

/// Writes an error to standard error. Where even that is closed, there is nobody to tell.
pub(crate) fn complain(message: &str) {
    let style = anstyle::AnsiColor::Red.on_default().bold();
    let message = crate::terminal::visible(message);
    let _ = writeln!(anstream::stderr(), "{style}error:{style:#} {message}");
}

/// The error and its causes; a cause that the message before it already tells is left out.
pub(crate) fn one_line(error: &anyhow::Error) -> String {
    let mut line = String::new();
    for cause in error.chain() {
        let cause = cause.to_string();
        if line.is_empty() {
            line = cause;
        } else if !line.contains(&cause) {
            line.push_str(": ");
            line.push_str(&cause);
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn causes_are_told_once() {
        let error = anyhow::anyhow!("no such file").context("cannot read: no such file");
        assert_eq!(one_line(&error), "cannot read: no such file");
        let error = anyhow::anyhow!("disk full").context("out.jsonl: cannot be written");
        assert_eq!(one_line(&error), "out.jsonl: cannot be written: disk full");
    }
}
