//! `dateline batch`

use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, anyhow};
use dateline::Pipeline;
use dateline_io::{BatchJob, Ending, ErrorKind, Extractor, Inputs, JobOptions, Nothing, find};
use serde_json::{Value, json};

use super::explained;
use crate::args::batch::BatchArgs;
use crate::exit::{Outcome, one_line};
use crate::format::{BatchFormat, Writer};
use crate::setup;
use crate::terminal::{self, progress::Reporter, report};

pub(crate) fn run(args: &BatchArgs) -> anyhow::Result<Outcome> {
    let threads = args.threads.map_or(0, usize::from);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.context("cannot start the threads asked for")?;
    let threads = pool.current_num_threads();
    let inputs = find(&args.inputs).map_err(explained)?;
    // Before the model is loaded: a mistyped name shows at once.
    let mut writer = match args.format() {
        BatchFormat::Documents(format) => Some(Writer::new(format)),
        BatchFormat::Tables(_) => None,
    };
    let job = job(args, inputs, &mut writer, options(args, threads, json!({})));
    job.check().map_err(explained)?;
    let pipeline = match args.no_extraction {
        true => None,
        false => Some(setup::pipeline(&args.pipeline, |builder| {
            // The job puts in the text that is asked for.
            let builder = builder.timings(args.timings);
            let builder = builder.max_time(Duration::from_secs(args.max_seconds));
            let pieces = args.batch_pieces.map(|n| n as usize).into_iter();
            pieces.fold(builder, |builder, n| builder.batch_pieces(n))
        })?),
    };
    let extractor: &dyn Extractor = match &pipeline {
        Some(pipeline) => pipeline,
        None => &Nothing,
    };
    let options = options(args, threads, settings(args, pipeline.as_ref()));
    let job = job.options(options).stop(interruption()?);
    let folder = job.folder();
    let started = Instant::now();
    let mut reporter = Reporter::new();
    let outcome = pool.install(|| job.run(extractor, &mut reporter));
    reporter.finish();
    let outcome = outcome.map_err(|error| {
        let failed = matches!(error.kind(), ErrorKind::Read | ErrorKind::List | ErrorKind::Write);
        let error = explained(error);
        match failed && folder.is_dir() {
            true => anyhow!("{}; what was done is kept: --resume goes on", one_line(&error)),
            false => error,
        }
    })?;
    let seconds = started.elapsed().as_secs_f64();
    let mut err = anstream::stderr().lock();
    let _ = report::write(&mut err, &outcome, &args.output, seconds, threads);
    if let Some(losses) = writer.as_ref().and_then(Writer::losses) {
        let _ = writeln!(err, "{losses}");
    }
    if let Some(timings) = pipeline.as_ref().and_then(Pipeline::timings) {
        let _ = terminal::timings::write(&mut err, timings, seconds);
    }
    Ok(match outcome.ending {
        Ending::Whole if outcome.summary.rejected == 0 => Outcome::Complete,
        Ending::Whole => Outcome::SomeFailed,
        _ => Outcome::Stopped,
    })
}

fn job<'w>(
    args: &BatchArgs,
    inputs: Inputs,
    writer: &'w mut Option<Writer>,
    options: JobOptions,
) -> BatchJob<'w> {
    let job = BatchJob::new(inputs, &args.output).options(options);
    match (writer, args.format()) {
        (Some(writer), _) => job.encoder(writer),
        (None, BatchFormat::Tables(format)) => job.tables(format),
        (None, BatchFormat::Documents(_)) => job,
    }
}

fn options(args: &BatchArgs, threads: usize, settings: Value) -> JobOptions {
    JobOptions {
        reading: args.input.reading(),
        fields: args.input.fields(),
        shard: args.shard,
        limit: args.limit,
        language: args.lang_policy.into(),
        duplicates: args.dedup,
        max_rejects: args.max_rejects,
        with_text: args.with_text,
        replace: args.force,
        resume: args.resume,
        commit_every: Duration::try_from_secs_f64(args.commit_every).unwrap_or_default(),
        threads,
        settings,
    }
}

/// What decides about the documents beside what is read.
fn settings(args: &BatchArgs, pipeline: Option<&Pipeline>) -> Value {
    let model = pipeline.map(|pipeline| {
        let info = pipeline.model();
        json!({"name": info.name, "version": info.version, "sha256": info.sha256})
    });
    let engine = format!("{:?}", args.pipeline.model.engine).to_lowercase();
    let rules = args.pipeline.rules.as_ref().map(|rules| rules.display().to_string());
    json!({
        "format": args.format().as_str(),
        "offsets": format!("{:?}", args.pipeline.unit()).to_lowercase(),
        "model": model,
        "engine": engine,
        "rules": rules,
    })
}

/// Is set by Ctrl-C or a request to end; the second one ends the process at once.
fn interruption() -> anyhow::Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let set = Arc::clone(&stop);
    let handler = move || {
        if set.swap(true, Ordering::Relaxed) {
            std::process::abort();
        }
        let _ = writeln!(anstream::stderr(), "finishing what is in flight; once more ends at once");
    };
    ctrlc::set_handler(handler).context("cannot listen for Ctrl-C")?;
    Ok(stop)
}
