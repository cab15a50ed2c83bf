//! `dateline extract`

use std::io::{self, IsTerminal as _, Write};

use dateline::{Analysis, Article, Document, Given, Options, Pipeline, conllu};
use dateline_io::{Entry, Input};

use crate::args::{ExtractArgs, OutputFormat};
use crate::exit::{Outcome, complain, one_line};
use crate::{setup, terminal};

/// Articles read in parallel at a time.
const CHUNK: usize = 64;

pub(crate) fn run(args: ExtractArgs) -> anyhow::Result<Outcome> {
    let pipeline = setup::pipeline(&args.pipeline, |b| b.with_text(args.with_text))?;
    let mut inputs: Vec<Input> = args.inputs.iter().map(|path| Input::named(path)).collect();
    if inputs.is_empty() {
        if io::stdin().is_terminal() {
            let _ = writeln!(anstream::stderr(), "reading an article from standard input");
        }
        inputs.push(Input::Stdin);
    }
    let mut run = Run {
        pipeline,
        options: Options { published: args.published },
        format: args.format,
        out: anstream::AutoStream::auto(io::stdout().lock()),
        waiting: Vec::new(),
        printed: 0,
        outcome: Outcome::Complete,
    };
    for input in inputs {
        match input.read(args.input_format.format()) {
            Err(error) => run.fail(&anyhow::Error::new(error)),
            Ok(entries) => {
                for entry in entries {
                    match entry {
                        Ok(entry) => run.entry(entry)?,
                        Err(error) => run.fail(&anyhow::Error::new(error)),
                    }
                }
            }
        }
    }
    run.flush()?;
    run.out.flush()?;
    Ok(run.outcome)
}

struct Run<W: anstream::stream::RawStream> {
    pipeline: Pipeline,
    options: Options,
    format: OutputFormat,
    out: anstream::AutoStream<W>,
    /// Articles read from the inputs but not yet by the pipeline.
    waiting: Vec<Article>,
    printed: usize,
    outcome: Outcome,
}

impl<W: anstream::stream::RawStream + anstream::stream::AsLockedWrite> Run<W> {
    fn fail(&mut self, error: &anyhow::Error) {
        complain(&one_line(error));
        self.outcome = Outcome::SomeFailed;
    }

    fn entry(&mut self, entry: Entry) -> anyhow::Result<()> {
        match entry.article {
            Ok(article) => self.waiting.push(article),
            Err(reject) => {
                let (source, line) = (&reject.origin.source, reject.origin.line);
                complain(&format!("{source}:{line}: {}", reject.reason));
                self.outcome = Outcome::SomeFailed;
            }
        }
        if self.waiting.len() >= CHUNK { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> anyhow::Result<()> {
        let articles = std::mem::take(&mut self.waiting);
        if self.format == OutputFormat::Conllu {
            let given: Vec<Given<'_>> = articles.iter().map(Given::from).collect();
            for (article, analysis) in
                articles.iter().zip(self.pipeline.analyze_many(&given, &self.options))
            {
                match analysis {
                    Ok(Analysis { text, annotations, .. }) => {
                        let trees = conllu::write(&text, &annotations);
                        let id = terminal::visible(&article.id);
                        write!(self.out, "# newdoc id = {id}\n{trees}")?;
                    }
                    Err(error) => self.fail(&anyhow::Error::new(error)),
                }
            }
            return Ok(());
        }
        for document in self.pipeline.read_many_with(&articles, &self.options) {
            match document {
                Ok(document) => self.print(&document)?,
                Err(error) => self.fail(&anyhow::Error::new(error)),
            }
        }
        Ok(())
    }

    fn print(&mut self, document: &Document) -> anyhow::Result<()> {
        match self.format {
            OutputFormat::Jsonl => {
                serde_json::to_writer(&mut self.out, document)?;
                writeln!(self.out)?;
            }
            OutputFormat::Json => {
                serde_json::to_writer_pretty(&mut self.out, document)?;
                writeln!(self.out)?;
            }
            OutputFormat::Summary | OutputFormat::Conllu => {
                if self.printed > 0 {
                    writeln!(self.out, "\n{}\n", "─".repeat(60))?;
                }
                terminal::summary::write(&mut self.out, document)?;
            }
        }
        self.printed += 1;
        Ok(())
    }
}
