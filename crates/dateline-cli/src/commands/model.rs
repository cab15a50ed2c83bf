//! `dateline model`

use std::io::Write as _;
use std::path::Path;

use crate::exit::Outcome;
use crate::setup;

/// Prints what the model is.
pub(crate) fn info(dir: Option<&Path>) -> anyhow::Result<Outcome> {
    let pipeline = setup::build(setup::with_model(dir)?, dir, None)?;
    let info = pipeline.model();
    let from = dir.map_or("built in".to_owned(), |dir| dir.display().to_string());
    let mut out = anstream::stdout().lock();
    writeln!(out, "name     {}", info.name)?;
    writeln!(out, "version  {}", info.version)?;
    writeln!(out, "from     {from}")?;
    Ok(Outcome::Complete)
}
