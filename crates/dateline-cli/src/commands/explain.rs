//! `dateline explain`

use dateline::{Options, Pipeline};
use dateline_io::Entry;

use super::entries::{self, Reader};
use crate::args::ExplainArgs;
use crate::exit::{Outcome, complain, one_line};
use crate::setup;
use crate::terminal::explanation;

pub(crate) fn run(args: &ExplainArgs) -> anyhow::Result<Outcome> {
    let pipeline = setup::pipeline(&args.pipeline, |builder| builder)?;
    let inputs = entries::inputs(&args.inputs);
    let mut run = Run { args, pipeline: &pipeline, outcome: Outcome::Complete, shown: 0 };
    entries::read(inputs, args.input_format, pipeline.clock(), &mut run)?;
    if let Some(event) = args.event.as_ref().filter(|_| run.shown == 0) {
        run.fail(&anyhow::anyhow!(
            "no article has an event {event:?}; without --event all are shown"
        ));
    }
    Ok(run.outcome)
}

struct Run<'a> {
    args: &'a ExplainArgs,
    pipeline: &'a Pipeline,
    outcome: Outcome,
    /// Events shown.
    shown: usize,
}

impl Reader for Run<'_> {
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
