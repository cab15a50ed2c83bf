//! `dateline eval`

mod compare;
mod model;
mod page;

use std::io::Write as _;
use std::path::{Path, PathBuf};

use dateline_eval::evaluation::{Evaluation, Scored};
use dateline_eval::gold::Gold;
use dateline_eval::mapping::Maps;
use dateline_eval::notes::Notes;
use dateline_eval::read::{ReadOptions, pair};
use dateline_eval::report::{Options, Report};
use dateline_eval::sample::Sample;

use self::page::Page;
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
    let read: Vec<&Path> =
        args.gold.iter().chain(&args.pred).chain(&scoring.map).map(PathBuf::as_path).collect();
    let page = args.html.as_deref().map(|path| Page::open(path, &read)).transpose()?;
    let evaluation = Evaluation::new(&scoring.task, maps);
    let mut run = match &args.pred {
        Some(path) => file(&mut gold, path, &scoring.predictions(), evaluation)?,
        None => model::run(&mut gold, args, evaluation)?,
    };
    run.messages.extend(noted("gold", &gold.notes()));
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
    if let Some(page) = page {
        page.write(&report.html()?)?;
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
    messages.extend(noted("predictions", pairs.notes()));
    Ok(Run { scored: evaluation.finish(), predictions, messages, complete })
}

fn maps(scoring: &ScoringArgs) -> anyhow::Result<Maps> {
    Ok(scoring.map.as_deref().map(Maps::read).transpose()?.unwrap_or_default())
}

fn noted(what: &str, notes: &Notes) -> Option<String> {
    (!notes.is_empty()).then(|| format!("noted in the {what}: {notes}"))
}
