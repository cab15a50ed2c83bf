//! `dateline eval compare`

use std::io::Write as _;
use std::path::Path;

use dateline_eval::evaluation::Evaluation;
use dateline_eval::gold::Gold;
use dateline_eval::report::Compared;

use super::{Run, file, maps, noted};
use crate::args::eval::{CompareArgs, ComparedFormat};
use crate::exit::Outcome;

pub(super) fn run(args: &CompareArgs) -> anyhow::Result<Outcome> {
    let maps = maps(&args.scoring)?;
    let mut of_gold = None;
    let mut score = |path: &Path| -> anyhow::Result<Run> {
        let mut gold = Gold::open(&args.gold, &args.scoring.gold())?;
        let evaluation = Evaluation::new(&args.scoring.task, maps.clone());
        let run = file(&mut gold, path, &args.scoring.predictions(), evaluation)?;
        of_gold = noted("gold", &gold.notes());
        Ok(run)
    };
    let (a, b) = (score(&args.a)?, score(&args.b)?);
    let compared = Compared::new(
        (&a.predictions, &a.scored),
        (&b.predictions, &b.scored),
        args.scoring.resampling(),
    )?;
    let mut out = anstream::stdout().lock();
    match args.format {
        ComparedFormat::Terminal => out.write_all(compared.terminal().as_bytes())?,
        ComparedFormat::Json => writeln!(out, "{}", compared.json()?)?,
    }
    out.flush()?;
    let mut err = anstream::stderr().lock();
    if let Some(message) = of_gold {
        writeln!(err, "{message}")?;
    }
    for (name, run) in [("A", &a), ("B", &b)] {
        for message in &run.messages {
            writeln!(err, "{name}: {message}")?;
        }
    }
    Ok(if a.complete && b.complete { Outcome::Complete } else { Outcome::SomeFailed })
}
