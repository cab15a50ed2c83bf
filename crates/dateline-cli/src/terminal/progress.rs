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
    last: Instant,
}

impl Reporter {
    pub(crate) fn new() -> Self {
        Reporter { bar: ProgressBar::hidden(), last: Instant::now() }
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
    }

    fn advanced(&mut self, summary: &Summary) {
        let rejected = match summary.rejected {
            0 => String::new(),
            rejected => format!(", {} rejected", grouped(rejected)),
        };
        let message = format!("{} articles{rejected}", grouped(summary.read));
        if self.bar.is_hidden() && self.last.elapsed() >= EVERY {
            let _ = writeln!(anstream::stderr(), "{message}");
            self.last = Instant::now();
        }
        self.bar.set_position(summary.bytes);
        self.bar.set_message(message);
    }
}
