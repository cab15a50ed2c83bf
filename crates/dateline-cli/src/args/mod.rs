//! What was typed. What it means is decided in [`crate::commands`] and [`crate::setup`].

pub(crate) mod batch;
pub(crate) mod eval;
pub(crate) mod input;
pub(crate) mod model;

use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{Args as ClapArgs, CommandFactory as _, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use dateline::{Date, OffsetUnit};

use self::batch::BatchArgs;
use self::input::InputArgs;
use self::model::ModelArgs;
use crate::format::OutputFormat;

const EXIT_CODES: &str = "\
Exit codes:
  0  everything was read
  1  some input was rejected or failed; the rest was read
  2  the command line is wrong
  3  cannot run: the model, a rule file, the output or an input as a whole is at fault
  4  a batch job was stopped before its end; --resume goes on with it";

/// Reads English news articles: who, where, and what happened.
///
/// Data goes to standard output, everything else to standard error. Where a file is expected,
/// `-` is standard input.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, after_help = EXIT_CODES, max_term_width = 100)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read articles and show what they say
    #[command(after_help = EXIT_CODES)]
    Extract(ExtractArgs),
    /// Read dumps of articles on all cores: JSON lines, tables, Parquet, pages or web archives in,
    /// JSON lines, tables or another format out
    #[command(after_help = EXIT_CODES)]
    Batch(Box<BatchArgs>),
    /// Score the model, or any predictions, against labelled articles
    #[command(after_help = eval::EXIT_CODES)]
    Eval(Box<eval::EvalArgs>),
    /// Show why the events of articles are what they are: the rule that fired, the tree that it
    /// saw, why each role is filled or empty, and which words were passed over
    #[command(after_help = EXIT_CODES)]
    Explain(ExplainArgs),
    /// Look at the rules, or check your own
    Rules {
        #[command(subcommand)]
        command: RulesCommand,
    },
    /// Look at the model
    Model {
        #[command(subcommand)]
        command: ModelCommand,
    },
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page (roff)
    Man,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ExtractArgs {
    /// Articles: plain text with the title on the first line, pages, or dumps; files, folders or
    /// patterns (`dateline batch --help` says which formats) [default: standard input]
    #[arg(value_name = "FILE")]
    pub(crate) inputs: Vec<PathBuf>,
    /// What to print
    #[arg(long, value_enum, default_value_t = OutputFormat::Summary)]
    pub(crate) format: OutputFormat,
    /// The folder to write, for formats with files for each article (brat, timeml), named by its
    /// id; all others go to standard output
    #[arg(short, long, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
    /// Replace files of the same name in DIR
    #[arg(long, requires = "output")]
    pub(crate) force: bool,
    /// Publication date of the articles (YYYY-MM-DD), in place of what they say themselves
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) published: Option<Date>,
    /// Put the text that the offsets refer to into each record (json, jsonl)
    #[arg(long)]
    pub(crate) with_text: bool,
    /// Tell at the end what each stage took (standard error)
    #[arg(long)]
    pub(crate) timings: bool,
    #[command(flatten)]
    pub(crate) pipeline: PipelineArgs,
    // Last: what follows would stand under its heading.
    #[command(flatten)]
    pub(crate) input: InputArgs,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ExplainArgs {
    /// Articles: plain text with the title on the first line, pages, or dumps; files, folders or
    /// patterns (`dateline batch --help` says which formats) [default: standard input]
    #[arg(value_name = "FILE")]
    pub(crate) inputs: Vec<PathBuf>,
    /// Only the event of this id, such as ev1
    #[arg(long, value_name = "ID")]
    pub(crate) event: Option<String>,
    /// Publication date of the articles (YYYY-MM-DD), in place of what they say themselves
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) published: Option<Date>,
    #[command(flatten)]
    pub(crate) pipeline: PipelineArgs,
    // Last: what follows would stand under its heading.
    #[command(flatten)]
    pub(crate) input: InputArgs,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct PipelineArgs {
    /// Unit of all offsets in records [default: codepoint]; other formats have their own
    #[arg(long, value_enum)]
    pub(crate) offsets: Option<Offsets>,
    #[command(flatten)]
    pub(crate) model: ModelArgs,
    /// A folder of rule files. They replace the built-in ones of the same name; other files in its
    /// `events` add event types and triggers (`dateline rules check DIR` checks them)
    #[arg(long, value_name = "DIR")]
    pub(crate) rules: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RulesCommand {
    /// Check rule files of your own; a fault is told with file, line and column
    #[command(after_help = EXIT_CODES)]
    Check {
        /// Folders for --rules, or single files: a file with the name of a built-in one would
        /// replace it, any other adds event types and triggers
        #[arg(value_name = "PATH", required = true)]
        paths: Vec<PathBuf>,
    },
    /// Print a built-in rule file, or the names of all
    Show {
        /// The file, such as events/diplomacy.toml
        name: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum ModelCommand {
    /// Print what the model is and where it comes from
    Info {
        #[command(flatten)]
        model: ModelArgs,
    },
}

impl Args {
    /// What is typed, where its parts fit each other; a usage error ends the process.
    pub(crate) fn typed() -> Args {
        let args = Args::parse();
        if let Err(message) = args.command.check() {
            let mut command = Args::command();
            command.build();
            // The usage line of the subcommand at fault.
            let command = match command.find_subcommand_mut(args.command.name()) {
                Some(subcommand) => subcommand,
                None => &mut command,
            };
            command.error(ErrorKind::ArgumentConflict, message).exit();
        }
        args
    }
}

impl Command {
    fn name(&self) -> &'static str {
        match self {
            Command::Extract(_) => "extract",
            Command::Batch(_) => "batch",
            Command::Eval(_) => "eval",
            Command::Explain(_) => "explain",
            Command::Rules { .. } => "rules",
            Command::Model { .. } => "model",
            Command::Completions { .. } => "completions",
            Command::Man => "man",
        }
    }

    fn check(&self) -> Result<(), String> {
        match self {
            Command::Extract(args) => {
                let format = args.format;
                match (&args.output, format.is_folder()) {
                    (None, true) => Err(format!(
                        "--format {format} writes files for each article: name a folder for them \
                         with --output DIR"
                    )),
                    (Some(_), false) => Err(format!(
                        "--output is for formats with files for each article; {format} goes to \
                         standard output"
                    )),
                    _ => format.check(args.pipeline.offsets, args.with_text),
                }
            }
            Command::Batch(args) => args.format().check(args.pipeline.offsets, args.with_text),
            _ => Ok(()),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Offsets {
    /// Unicode code points, as Python counts
    Codepoint,
    /// UTF-8 bytes
    Byte,
    /// UTF-16 code units, as JavaScript and Java count
    Utf16,
}

impl PipelineArgs {
    pub(crate) fn unit(&self) -> OffsetUnit {
        self.offsets.unwrap_or(Offsets::Codepoint).into()
    }
}

impl From<Offsets> for OffsetUnit {
    fn from(offsets: Offsets) -> OffsetUnit {
        match offsets {
            Offsets::Codepoint => OffsetUnit::Codepoint,
            Offsets::Byte => OffsetUnit::Byte,
            Offsets::Utf16 => OffsetUnit::Utf16,
        }
    }
}

fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "expected a date as YYYY-MM-DD, such as 2024-07-23".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parser_is_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn dates() {
        assert!(date("2024-07-23").is_ok());
        for wrong in ["2024-02-30", "yesterday", "23.07.2024", ""] {
            assert!(date(wrong).is_err(), "{wrong}");
        }
    }
}
