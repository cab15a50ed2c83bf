//! `dateline eval`

mod compare;
mod model;

use std::io::Write as _;
use std::path::Path;

use anyhow::Context as _;
use dateline_eval::evaluation::{Evaluation, Scored};
use dateline_eval::gold::Gold;
use dateline_eval::mapping::Maps;
use dateline_eval::notes::Notes;
use dateline_eval::read::{ReadOptions, pair};
use dateline_eval::report::{Options, Report};
use dateline_eval::sample::Sample;

use crate::args::eval::{EvalArgs, EvalCommand, ReportFormat, ScoringArgs};
use crate::exit::Outcome;

pub(crate) fn run(args: EvalArgs) -> anyhow::Result<Outcome> {
    match args.command {
        Some(EvalCommand::Compare(args)) => compare::run(&args),
        None => evaluate(&args),
    }
}

/// Scores of some predictions, and what has to be said of them.
struct Run {
    scored: Scored,
    /// What was scored, with what it was read as.
    predictions: String,
    messages: Vec<String>,
    /// False if articles were missing, extra or failed.
    complete: bool,
}

fn evaluate(args: &EvalArgs) -> anyhow::Result<Outcome> {
    let scoring = &args.scoring;
    let mut gold = Gold::open(&args.gold, &scoring.gold())?;
    let maps = maps(scoring)?;
    // Before the work: a page that can't be written shows at once.
    let page =
        args.html.as_deref().map(|path| create(path).map(|file| (path, file))).transpose()?;
    let evaluation = Evaluation::new(&scoring.task, maps);
    let mut run = match &args.pred {
        Some(path) => file(&mut gold, path, &scoring.predictions(), evaluation)?,
        None => model::run(&mut gold, args, evaluation)?,
    };
    run.messages.extend(met("gold", &gold.notes()));
    anyhow::ensure!(!run.scored.articles.is_empty(), "{}: no articles", gold.read_as().join(", "));
    let report = Report::new(
        &run.scored,
        Options {
            gold: gold.read_as().to_vec(),
            predictions: run.predictions,
            map: scoring.map.as_ref().map(|path| path.display().to_string()),
            messages: run.messages,
            resampling: scoring.resampling(),
        },
    );
    if let Some((path, mut file)) = page {
        let html = report.html()?;
        file.write_all(html.as_bytes())
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    let mut out = anstream::stdout().lock();
    match args.format {
        ReportFormat::Terminal => out.write_all(report.terminal().as_bytes())?,
        ReportFormat::Markdown => out.write_all(report.markdown().as_bytes())?,
        ReportFormat::Json => writeln!(out, "{}", report.json()?)?,
    }
    out.flush()?;
    Ok(if run.complete { Outcome::Complete } else { Outcome::SomeFailed })
}

/// Scores the predictions of a file.
fn file(
    gold: &mut Gold,
    path: &Path,
    options: &ReadOptions,
    mut evaluation: Evaluation,
) -> anyhow::Result<Run> {
    let mut pairs = pair(gold, path, options)?;
    let predictions = format!("{} ({})", path.display(), pairs.detected());
    for pair in pairs.by_ref() {
        let (gold, predicted) = pair?;
        let missing = Sample { id: gold.id.clone(), ..Sample::default() };
        evaluation.add(&gold, predicted.as_ref().unwrap_or(&missing))?;
    }
    let mut messages = pairs.report().messages();
    let complete = messages.is_empty();
    messages.extend(met("predictions", pairs.notes()));
    Ok(Run { scored: evaluation.finish(), predictions, messages, complete })
}

fn maps(scoring: &ScoringArgs) -> anyhow::Result<Maps> {
    Ok(scoring.map.as_deref().map(Maps::read).transpose()?.unwrap_or_default())
}

fn create(path: &Path) -> anyhow::Result<std::fs::File> {
    std::fs::File::create(path).with_context(|| format!("cannot write {}", path.display()))
}

fn met(what: &str, notes: &Notes) -> Option<String> {
    (!notes.is_empty()).then(|| format!("met in the {what}: {notes}"))
}
