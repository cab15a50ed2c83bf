//! `dateline batch`

use std::io::Write as _;
use std::time::Instant;

use anyhow::Context as _;
use dateline_io::{BatchJob, Input, Summary};

use super::explained;
use crate::args::BatchArgs;
use crate::exit::Outcome;
use crate::format::Writer;
use crate::setup;
use crate::terminal::{self, grouped, progress::Reporter};

pub(crate) fn run(args: BatchArgs) -> anyhow::Result<Outcome> {
    let threads = args.threads.map_or(0, usize::from);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.context("cannot start the threads asked for")?;
    let inputs = args.inputs.iter().map(|path| Input::named(path)).collect();
    // Before the model is loaded: a mistyped name shows at once.
    let mut writer = Writer::new(args.format.0);
    let job = pool.install(|| BatchJob::new(inputs, &args.output)).replace(args.force);
    let job = job.encoder(&mut writer);
    job.check().map_err(explained)?;
    let pipeline = setup::pipeline(&args.pipeline, |builder| {
        let builder = builder.with_text(args.with_text).timings(args.timings);
        args.batch_pieces.map(|n| n as usize).into_iter().fold(builder, |b, n| b.batch_pieces(n))
    })?;
    let started = Instant::now();
    let mut reporter = Reporter::new();
    let summary = pool.install(|| job.run(&pipeline, &mut reporter));
    reporter.finish();
    let summary = summary.map_err(explained)?;
    let seconds = started.elapsed().as_secs_f64();
    let _ = report(&summary, &args, seconds, pool.current_num_threads());
    if let Some(losses) = writer.losses() {
        let _ = writeln!(anstream::stderr(), "{losses}");
    }
    if let Some(timings) = pipeline.timings() {
        let _ = terminal::timings::write(&mut anstream::stderr(), timings, seconds);
    }
    let complete = summary.rejected == 0;
    Ok(if complete { Outcome::Complete } else { Outcome::SomeFailed })
}

fn report(
    summary: &Summary,
    args: &BatchArgs,
    seconds: f64,
    threads: usize,
) -> std::io::Result<()> {
    let mut err = anstream::stderr().lock();
    let Summary { read, written, rejected, entities, events, .. } = *summary;
    let output = args.output.display();
    writeln!(
        err,
        "read {} articles: {} written to {output}, {} rejected",
        grouped(read),
        grouped(written),
        grouped(rejected)
    )?;
    if let Some(rejects) = &summary.rejects {
        writeln!(err, "rejected lines and reasons: {}", rejects.display())?;
    }
    if written > 0 {
        let mean = |count: u64| count as f64 / written as f64;
        let (entities, events) = (mean(entities), mean(events));
        let rate = read as f64 / seconds.max(1e-3);
        writeln!(
            err,
            "{entities:.1} entities and {events:.1} events an article; {seconds:.1} s, {rate:.1} \
             articles/s on {threads} {}",
            if threads == 1 { "thread" } else { "threads" }
        )?;
    }
    Ok(())
}
