//! What each stage took, as a table.

use std::io::{self, Write};
use std::time::Duration;

use dateline::{Stage, Timings};

use super::grouped;

/// The rows: each a name and the stages that it adds up. Those of several have rows of their own.
const ROWS: &[(&str, &[(&str, Stage)])] = &[
    ("reading", &[("", Stage::Reading)]),
    ("text", &[("zones", Stage::Zones), ("sentences, tokens", Stage::Tokens)]),
    (
        "model",
        &[
            ("subwords", Stage::Subwords),
            ("encoder", Stage::Encoder),
            ("decoding", Stage::Decoding),
        ],
    ),
    (
        "rules",
        &[
            ("publication date", Stage::Published),
            ("entities, places", Stage::Entities),
            ("times", Stage::Times),
            ("quantities", Stage::Quantities),
            ("events", Stage::Events),
            ("record", Stage::Record),
        ],
    ),
    ("checking, converting", &[("", Stage::Checking)]),
    ("formatting", &[("", Stage::Formatting)]),
    ("writing", &[("", Stage::Writing)]),
];

/// Writes the table, and how much was read in `seconds`.
pub(crate) fn write(out: &mut impl Write, timings: &Timings, seconds: f64) -> io::Result<()> {
    let sum = |stages: &[(&str, Stage)]| -> Duration {
        stages.iter().map(|(_, stage)| timings.spent(*stage)).sum()
    };
    let all: Duration = Stage::ALL.iter().map(|stage| timings.spent(*stage)).sum();
    let mut row = |name: &str, spent: Duration| {
        let share = 100.0 * spent.as_secs_f64() / all.as_secs_f64().max(1e-9);
        writeln!(out, "{name:<24}{:>10.3} s{share:>8.1} %", spent.as_secs_f64())
    };
    for (name, stages) in ROWS {
        row(name, sum(stages))?;
        for (name, stage) in stages.iter().filter(|(name, _)| !name.is_empty()) {
            row(&format!("  {name}"), timings.spent(*stage))?;
        }
    }
    row("all threads", all)?;
    let rate = |count: u64| grouped((count as f64 / seconds.max(1e-3)).round() as u64);
    let (words, tokens) = (timings.words(), timings.tokens());
    writeln!(
        out,
        "{} words ({} tokens) in {seconds:.1} s: {} words/s, {} tokens/s",
        grouped(words),
        grouped(tokens),
        rate(words),
        rate(tokens)
    )?;
    let context = 100.0 * timings.context();
    let pieces = timings.pieces();
    writeln!(
        out,
        "{} subword pieces read, {context:.1} % more than the articles' own",
        grouped(pieces)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stage_has_its_place_in_order() {
        let shown: Vec<Stage> =
            ROWS.iter().flat_map(|(_, stages)| *stages).map(|(_, stage)| *stage).collect();
        assert_eq!(shown, Stage::ALL);
        let mut out = Vec::new();
        write(&mut out, &Timings::default(), 0.0).unwrap();
        assert!(String::from_utf8(out).unwrap().contains("all threads"));
    }
}
