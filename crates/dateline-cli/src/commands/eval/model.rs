//! Scores the model itself.

use dateline::OffsetUnit;
use dateline_eval::evaluation::Evaluation;
use dateline_eval::gold::Gold;
use dateline_eval::predict::{predict, segmented};
use dateline_eval::sample::Sample;
use dateline_eval::score::Task;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Run;
use crate::args::eval::{EvalArgs, TokenMode};
use crate::exit::complain;
use crate::setup;

/// Articles read in parallel at a time.
const CHUNK: usize = 64;

pub(super) fn run(
    gold: &mut Gold,
    args: &EvalArgs,
    mut evaluation: Evaluation,
) -> anyhow::Result<Run> {
    let rules = args.rules.as_deref();
    let builder = setup::with_rules(setup::with_model(&args.model)?, rules)?;
    let builder = builder.offsets(OffsetUnit::Codepoint);
    let pipeline = setup::build(builder, &args.model.model, rules)?;
    let bar = progress();
    let mut failed = 0;
    let mut given = false;
    loop {
        let golds: Vec<Sample> = gold.take(CHUNK).collect::<Result<_, _>>()?;
        if golds.is_empty() {
            break;
        }
        for (gold, found) in golds.iter().zip(predict(&pipeline, &golds, args.tokens.into())) {
            let found = found.unwrap_or_else(|error| {
                complain(&error.to_string());
                failed += 1;
                Sample { id: gold.id.clone(), ..Sample::default() }
            });
            let raw = evaluation.wants(Task::Segmentation, gold).then(|| segmented(gold));
            let of = |task| match &raw {
                Some(raw) if task == Task::Segmentation => raw,
                _ => &found,
            };
            evaluation.add_with(gold, of)?;
            given |= gold.sentences.is_some();
        }
        bar.inc(golds.len() as u64);
    }
    bar.finish_and_clear();
    let info = pipeline.model();
    let tokens = match args.tokens {
        TokenMode::Given if given => "gold's tokens",
        _ => "raw text",
    };
    let mut messages = Vec::new();
    if failed > 0 {
        messages.push(format!("{failed} articles could not be read, scored as empty"));
    }
    Ok(Run {
        scored: evaluation.finish(),
        predictions: format!("the model {} {} ({tokens})", info.name, info.version),
        messages,
        complete: failed == 0,
    })
}

/// Articles read so far, on a terminal only.
fn progress() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("{spinner} {pos} articles  {elapsed}") {
        bar.set_style(style);
    }
    bar
}
