//! `dateline extract`

use std::io::{self, Write};
use std::time::Instant;

use anstream::AutoStream;
use anstream::stream::{AsLockedWrite, RawStream};
use dateline::{Given, Options, Pipeline, Stage};
use dateline_io::{Encoder as _, Folder, Found, Framing, Layout, Origin, Part, Reason, Reject};

use super::entries::{self, Reader};
use super::explained;
use crate::args::ExtractArgs;
use crate::exit::{Outcome, complain, one_line};
use crate::format::{OutputFormat, Writer};
use crate::setup;
use crate::terminal;

/// Articles read in parallel at a time.
const CHUNK: usize = 64;

pub(crate) fn run(args: ExtractArgs) -> anyhow::Result<Outcome> {
    let writer = Writer::new(args.format);
    if let Some(folder) = &args.output {
        // Before the model is loaded: a mistyped name shows at once.
        Folder::check(folder).map_err(explained)?;
    }
    let pipeline = setup::pipeline(&args.pipeline, |b| b.timings(args.timings))?;
    let started = Instant::now();
    let target = match (&args.output, writer.layout()) {
        (Some(folder), _) => Target::Folder(Folder::create(folder, args.force).map_err(explained)?),
        (None, Layout::OneFile(framing)) => {
            let out = io::stdout().lock();
            let out = match args.format {
                OutputFormat::Summary => AutoStream::auto(out),
                // Data: what an article holds is not to be taken for colours.
                _ => AutoStream::always_ansi(out),
            };
            Target::stream(out, framing)?
        }
        (None, Layout::Folder) => anyhow::bail!("no folder to write to"),
    };
    let mut run = Run {
        pipeline: &pipeline,
        options: Options { published: args.published },
        writer,
        target,
        with_text: args.with_text,
        waiting: Vec::new(),
        outcome: Outcome::Complete,
    };
    entries::read(&args.inputs, &args.input, pipeline.clock(), &mut run)?;
    run.flush()?;
    pipeline.clock().time(Stage::Writing, || run.target.finish())?;
    if let Some(losses) = run.writer.losses() {
        let _ = writeln!(anstream::stderr(), "{losses}");
    }
    if let Some(timings) = pipeline.timings() {
        let seconds = started.elapsed().as_secs_f64();
        let _ = terminal::timings::write(&mut anstream::stderr(), timings, seconds);
    }
    Ok(run.outcome)
}

/// Where articles are written.
enum Target<W: RawStream> {
    Stream { out: AutoStream<W>, framing: Framing, is_empty: bool },
    Folder(Folder),
}

impl<W: RawStream + AsLockedWrite> Target<W> {
    fn stream(mut out: AutoStream<W>, framing: Framing) -> io::Result<Target<W>> {
        out.write_all(framing.before.as_bytes())?;
        Ok(Target::Stream { out, framing, is_empty: true })
    }

    /// Writes what one article gives; the reason where nothing was written of it.
    fn add(&mut self, parts: &[Part]) -> anyhow::Result<Result<(), Reason>> {
        match self {
            Target::Folder(folder) => folder.add(parts).map_err(explained),
            Target::Stream { out, framing, is_empty } => {
                if !std::mem::replace(is_empty, false) {
                    out.write_all(framing.between.as_bytes())?;
                }
                for part in parts {
                    out.write_all(&part.content)?;
                }
                Ok(Ok(()))
            }
        }
    }

    fn finish(self) -> anyhow::Result<()> {
        match self {
            Target::Folder(folder) => folder.finish().map_err(explained),
            Target::Stream { mut out, framing, .. } => {
                out.write_all(framing.after.as_bytes())?;
                Ok(out.flush()?)
            }
        }
    }
}

struct Run<'p, W: RawStream> {
    pipeline: &'p Pipeline,
    options: Options,
    writer: Writer,
    target: Target<W>,
    with_text: bool,
    /// Articles read from the inputs but not yet by the pipeline, with where they stand.
    waiting: Vec<(Origin, Found)>,
    outcome: Outcome,
}

impl<W: RawStream + AsLockedWrite> Reader for Run<'_, W> {
    fn fail(&mut self, error: &anyhow::Error) {
        complain(&one_line(error));
        self.outcome = Outcome::SomeFailed;
    }

    fn reject(&mut self, reject: &Reject) {
        self.refuse(&reject.origin, &reject.reason);
    }

    fn article(&mut self, origin: Origin, found: Found) -> anyhow::Result<()> {
        self.waiting.push((origin, found));
        if self.waiting.len() >= CHUNK { self.flush() } else { Ok(()) }
    }
}

impl<W: RawStream + AsLockedWrite> Run<'_, W> {
    fn refuse(&mut self, origin: &Origin, reason: &str) {
        complain(&format!("{}: {reason}", origin.place()));
        self.outcome = Outcome::SomeFailed;
    }

    fn flush(&mut self) -> anyhow::Result<()> {
        let waiting = std::mem::take(&mut self.waiting);
        let given: Vec<Given<'_>> =
            waiting.iter().map(|(_, found)| (&found.article).into()).collect();
        let analyses = self.pipeline.analyze_many(&given, &self.options);
        for ((origin, found), analysis) in waiting.iter().zip(analyses) {
            match analysis {
                Err(error) => self.fail(&anyhow::Error::new(error)),
                Ok(mut analysis) => {
                    found.tell(&mut analysis.document, self.with_text);
                    let clock = self.pipeline.clock();
                    let encode = || self.writer.encode(&found.article, &analysis);
                    let parts = clock.time(Stage::Formatting, encode)?;
                    match clock.time(Stage::Writing, || self.target.add(&parts))? {
                        Ok(()) => self.writer.accepted(),
                        Err(reason) => self.refuse(origin, &reason.to_string()),
                    }
                }
            }
        }
        Ok(())
    }
}
