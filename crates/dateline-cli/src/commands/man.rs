//! `dateline man`

use std::io::Write as _;

use clap::CommandFactory as _;

use crate::args::Args;
use crate::exit::Outcome;

/// One page: the command and, after it, each of its subcommands.
pub(crate) fn run() -> anyhow::Result<Outcome> {
    let mut command = Args::command();
    command.build();
    let mut page = Vec::new();
    let man = clap_mangen::Man::new(command.clone());
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    man.render_subcommands_section(&mut page)?;
    for name in ["extract", "batch"] {
        if let Some(command) = command.find_subcommand(name) {
            let man = clap_mangen::Man::new(command.clone());
            writeln!(page, ".SH DATELINE {}", name.to_uppercase())?;
            man.render_options_section(&mut page)?;
        }
    }
    man.render_extra_section(&mut page)?;
    man.render_version_section(&mut page)?;
    std::io::stdout().write_all(&page)?;
    Ok(Outcome::Complete)
}
