//! `dateline model`

use std::io::Write as _;

use crate::args::model::{ModelArgs, ModelChoice};
use crate::exit::Outcome;
use crate::setup;
use crate::terminal::{grouped, visible};

/// Prints what the model is.
pub(crate) fn info(args: &ModelArgs) -> anyhow::Result<Outcome> {
    let pipeline = setup::build(setup::with_model(args)?, &args.model, None)?;
    let info = pipeline.model();
    let from = match &args.model {
        ModelChoice::Folder(dir) => dir.display().to_string(),
        ModelChoice::Full | ModelChoice::Fast => "built in".to_owned(),
    };
    let mut out = anstream::stdout().lock();
    let labels = &info.labels;
    writeln!(out, "name        {}", visible(&info.name))?;
    writeln!(out, "version     {}", visible(&info.version))?;
    writeln!(out, "from        {from}")?;
    if let Some(parameters) = info.parameters {
        writeln!(out, "parameters  {}", grouped(parameters as u64))?;
    }
    writeln!(out, "weights     {} bytes", grouped(info.bytes as u64))?;
    writeln!(out, "sha256      {}", info.sha256)?;
    writeln!(out, "window      {} pieces", info.max_pieces)?;
    writeln!(
        out,
        "labels      {} entity tags, {} UPOS, {} XPOS, {} lemma scripts, {} relations",
        labels.entity, labels.upos, labels.xpos, labels.lemma, labels.deprel
    )?;
    Ok(Outcome::Complete)
}
