//! `dateline explain`

use std::io::{self, IsTerminal as _, Write as _};

use dateline::{Options, Pipeline};
use dateline_io::{Entry, Input};

use crate::args::ExplainArgs;
use crate::exit::{Outcome, complain, one_line};
use crate::setup;
use crate::terminal::explanation;

pub(crate) fn run(args: &ExplainArgs) -> anyhow::Result<Outcome> {
    let pipeline = setup::pipeline(&args.pipeline, |builder| builder)?;
    let mut inputs: Vec<Input> = args.inputs.iter().map(|path| Input::named(path)).collect();
    if inputs.is_empty() {
        if io::stdin().is_terminal() {
            let _ = writeln!(anstream::stderr(), "reading an article from standard input");
        }
        inputs.push(Input::Stdin);
    }
    let mut run = Run { args, pipeline, outcome: Outcome::Complete, shown: 0 };
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
    if let Some(event) = args.event.as_ref().filter(|_| run.shown == 0) {
        run.fail(&anyhow::anyhow!(
            "no article has an event {event:?}; without --event all are shown"
        ));
    }
    Ok(run.outcome)
}

struct Run<'a> {
    args: &'a ExplainArgs,
    pipeline: Pipeline,
    outcome: Outcome,
    /// Events shown.
    shown: usize,
}

impl Run<'_> {
    fn fail(&mut self, error: &anyhow::Error) {
        complain(&one_line(error));
        self.outcome = Outcome::SomeFailed;
    }

    fn entry(&mut self, entry: Entry) -> anyhow::Result<()> {
        let article = match entry.article {
            Ok(article) => article,
            Err(reject) => {
                let origin = &reject.origin;
                self.fail(&anyhow::anyhow!("{}:{}: {}", origin.source, origin.line, reject.reason));
                return Ok(());
            }
        };
        let options = Options { published: self.args.published };
        match self.pipeline.explain(&article, &options) {
            Err(error) => self.fail(&anyhow::Error::new(error)),
            Ok((document, explained)) => {
                let mut out = anstream::stdout().lock();
                let only = self.args.event.as_deref();
                self.shown += explanation::write(&mut out, &document, &explained, only)?;
            }
        }
        Ok(())
    }
}
