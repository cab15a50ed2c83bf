//! How a batch job is getting on: a bar on a terminal, a line now and then elsewhere.

use std::io::Write as _;
use std::time::{Duration, Instant};

use dateline_io::{Progress, Summary};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::grouped;

const EVERY: Duration = Duration::from_secs(30);

pub(crate) struct Reporter {
    /// Hidden where standard error is no terminal.
    bar: ProgressBar,
    started: Instant,
    last: Instant,
    /// What an earlier run had done: records and bytes.
    before: Option<(u64, u64)>,
}

impl Reporter {
    pub(crate) fn new() -> Self {
        let now = Instant::now();
        Reporter { bar: ProgressBar::hidden(), started: now, last: now, before: None }
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

impl Progress for Reporter {
    fn noticed(&mut self, message: &str) {
        let message = super::visible(message);
        self.bar.suspend(|| {
            let _ = writeln!(anstream::stderr(), "{message}");
        });
    }

    fn started(&mut self, bytes: Option<u64>) {
        self.bar = ProgressBar::with_draw_target(bytes, ProgressDrawTarget::stderr());
        let template = match bytes {
            Some(_) => "{bar:30} {percent:>3} %  {msg}  {eta} left",
            None => "{spinner} {msg}  {elapsed}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.bar.set_style(style);
        }
        self.bar.set_message("0 articles");
        self.bar.enable_steady_tick(Duration::from_millis(200));
        self.started = Instant::now();
    }

    fn advanced(&mut self, summary: &Summary) {
        let Some((records, bytes)) = self.before else {
            // A job that goes on starts where it was; its rates are those of this run.
            self.before = Some((summary.read, summary.bytes));
            self.bar.set_position(summary.bytes);
            self.bar.reset_eta();
            return;
        };
        let message = message(summary, records, bytes, self.started.elapsed());
        if self.bar.is_hidden() && self.last.elapsed() >= EVERY {
            let _ = writeln!(anstream::stderr(), "{message}");
            self.last = Instant::now();
        }
        self.bar.set_position(summary.bytes);
        self.bar.set_message(message);
    }
}

fn message(summary: &Summary, records: u64, bytes: u64, time: Duration) -> String {
    let seconds = time.as_secs_f64().max(1e-3);
    let rate = (summary.read - records) as f64 / seconds;
    let megabytes = (summary.bytes - bytes) as f64 / 1e6 / seconds;
    let rejected = match summary.rejected {
        0 => String::new(),
        rejected => format!(", {} rejected", grouped(rejected)),
    };
    let articles = grouped(summary.read);
    format!("{articles} articles, {rate:.1}/s, {megabytes:.2} MB/s{rejected}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_of_this_run() {
        let mut summary = Summary::default();
        (summary.read, summary.bytes, summary.rejected) = (12_100, 5_000_000, 3);
        let said = message(&summary, 100, 1_000_000, Duration::from_secs(10));
        assert_eq!(said, "12,100 articles, 1200.0/s, 0.40 MB/s, 3 rejected");
    }
}
