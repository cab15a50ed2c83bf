//! What a batch job came to, in words.

use std::io::{self, Write};
use std::path::Path;

use dateline_io::{Ending, Outcome};

use super::grouped;

pub(crate) fn write(
    err: &mut impl Write,
    outcome: &Outcome,
    output: &Path,
    seconds: f64,
    threads: usize,
) -> io::Result<()> {
    let counts = &outcome.summary;
    let mut parts = vec![format!("{} written to {}", grouped(counts.written), output.display())];
    parts.push(format!("{} rejected", grouped(counts.rejected)));
    for (count, what) in [
        (counts.skipped_language, "not in English and left out"),
        (counts.no_article, "no articles (images, pages not found)"),
    ] {
        if count > 0 {
            parts.push(format!("{} {what}", grouped(count)));
        }
    }
    writeln!(err, "read {} records: {}", grouped(counts.read), parts.join(", "))?;
    for (count, what) in [
        (counts.not_english, "seem not to be in English; their records say so"),
        (counts.duplicates, "say the same as one before them (duplicate_of)"),
    ] {
        if count > 0 {
            writeln!(err, "{} articles {what}", grouped(count))?;
        }
    }
    if let Some(rejects) = &outcome.rejects {
        writeln!(err, "rejected records and reasons: {}", rejects.display())?;
    }
    if counts.written > 0 {
        let mean = |count: u64| count as f64 / counts.written as f64;
        let (entities, events) = (mean(counts.entities), mean(counts.events));
        let rate = (counts.read - outcome.resumed) as f64 / seconds.max(1e-3);
        writeln!(
            err,
            "{entities:.1} entities and {events:.1} events an article; {seconds:.1} s, {rate:.1} \
             articles/s on {threads} {}",
            if threads == 1 { "thread" } else { "threads" }
        )?;
    }
    match outcome.ending {
        Ending::Stopped => writeln!(err, "stopped; the same command with --resume goes on"),
        Ending::TooManyRejects => writeln!(
            err,
            "stopped: more records are rejected than --max-rejects allows (see {}.partial/rejects); \
             the same command with --resume and a higher number goes on",
            output.display()
        ),
        _ => Ok(()),
    }
}
