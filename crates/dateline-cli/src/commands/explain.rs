//! `dateline explain`

use dateline::{Options, Pipeline};
use dateline_io::{Found, Origin, Reject};

use super::entries::{self, Reader};
use crate::args::ExplainArgs;
use crate::exit::{Outcome, complain, one_line};
use crate::setup;
use crate::terminal::explanation;

pub(crate) fn run(args: &ExplainArgs) -> anyhow::Result<Outcome> {
    let pipeline = setup::pipeline(&args.pipeline, |builder| builder)?;
    let mut run = Run { args, pipeline: &pipeline, outcome: Outcome::Complete, shown: 0 };
    entries::read(&args.inputs, &args.input, pipeline.clock(), &mut run)?;
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

    fn reject(&mut self, reject: &Reject) {
        self.fail(&anyhow::anyhow!("{}: {}", reject.origin.place(), reject.reason));
    }

    fn article(&mut self, _: Origin, found: Found) -> anyhow::Result<()> {
        let options = Options { published: self.args.published };
        match self.pipeline.explain(&found.article, &options) {
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
