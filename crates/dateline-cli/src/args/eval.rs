//! What was typed behind `dateline eval`.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand, ValueEnum};
use dateline_eval::bootstrap::Resampling;
use dateline_eval::predict::Tokens;
use dateline_eval::read::{self, ReadOptions};
use dateline_eval::score::Task;
use dateline_eval::tags::{Runs, Scheme};

use super::Offsets;
use super::model::ModelArgs;

pub(super) const EXIT_CODES: &str = "\
Exit codes:
  0  everything was scored
  1  scores were printed, but gold and predictions are not of the same articles, or one failed
  2  the command line is wrong
  3  nothing was scored: a labelled file, the map, the model or the output is at fault";

#[derive(Debug, ClapArgs)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct EvalArgs {
    #[command(subcommand)]
    pub(crate) command: Option<EvalCommand>,
    /// Labelled files: dateline/1 records, CoNLL, CoNLL-U, doccano, Label Studio, Prodigy; folders
    /// of brat or TimeML files
    #[arg(value_name = "GOLD", required = true)]
    pub(crate) gold: Vec<PathBuf>,
    /// Score these predictions, in any of the formats; without it, the model reads the articles
    #[arg(long, value_name = "FILE", conflicts_with_all = ["model", "engine"])]
    pub(crate) pred: Option<PathBuf>,
    /// Write a page with scores, confusion matrix and mistakes in their context
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
    /// What to print
    #[arg(long, value_enum, default_value_t = ReportFormat::Terminal)]
    pub(crate) format: ReportFormat,
    /// Which tokens the model reads; segmentation is always scored on its own
    #[arg(long, value_enum, default_value_t = TokenMode::Given, conflicts_with = "pred")]
    pub(crate) tokens: TokenMode,
    #[command(flatten)]
    pub(crate) scoring: ScoringArgs,
    #[command(flatten)]
    pub(crate) model: ModelArgs,
    /// A folder of rule files that replace the built-in ones of the same name
    #[arg(long, value_name = "DIR", conflicts_with = "pred")]
    pub(crate) rules: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum EvalCommand {
    /// Tell whether the predictions of run B are better than those of run A
    #[command(after_help = EXIT_CODES)]
    Compare(CompareArgs),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct CompareArgs {
    /// Predictions of run A
    #[arg(value_name = "A")]
    pub(crate) a: PathBuf,
    /// Predictions of run B
    #[arg(value_name = "B")]
    pub(crate) b: PathBuf,
    /// Labelled files
    #[arg(long, value_name = "GOLD", required = true, num_args = 1..)]
    pub(crate) gold: Vec<PathBuf>,
    /// What to print
    #[arg(long, value_enum, default_value_t = ComparedFormat::Terminal)]
    pub(crate) format: ComparedFormat,
    #[command(flatten)]
    pub(crate) scoring: ScoringArgs,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ScoringArgs {
    /// What to score, separated by commas: entities, events, times, places, clusters, syntax,
    /// segmentation, calibration, zones, salience [default: all that gold has labels for]
    #[arg(long, value_name = "TASK", value_delimiter = ',')]
    pub(crate) task: Vec<Task>,
    /// A file that says which label stands for which
    #[arg(long, value_name = "FILE")]
    pub(crate) map: Option<PathBuf>,
    /// Format of the labelled files: dateline, conll, conllu, doccano, label-studio, prodigy, brat,
    /// timeml [default: told by their content]
    #[arg(long, value_name = "FORMAT")]
    pub(crate) gold_format: Option<read::Format>,
    /// Format of the predictions [default: told by their content]
    #[arg(long, value_name = "FORMAT")]
    pub(crate) pred_format: Option<read::Format>,
    /// Unit of the offsets in the labelled files [default: the format's own]
    #[arg(long, value_enum, value_name = "UNIT")]
    pub(crate) gold_offsets: Option<Offsets>,
    /// Unit of the offsets in the predictions [default: the format's own]
    #[arg(long, value_enum, value_name = "UNIT")]
    pub(crate) pred_offsets: Option<Offsets>,
    /// CoNLL: scheme of the tags, io, iob1, iob2, bioes or bilou [default: told by the tags]
    #[arg(long, value_name = "SCHEME")]
    pub(crate) scheme: Option<Scheme>,
    /// CoNLL: column of the tags, from 1 [default: the last that holds tags]
    #[arg(long, value_name = "N")]
    pub(crate) tag_column: Option<usize>,
    /// CoNLL: what is made of runs of tags that the scheme does not allow
    #[arg(long, value_enum, default_value_t = TagRuns::Lenient)]
    pub(crate) tag_runs: TagRuns,
    /// Resamples of the articles behind each 95 % interval
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(10..=100_000))]
    pub(crate) resamples: u32,
    /// Seed of the resampling
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
}

impl ScoringArgs {
    pub(crate) fn gold(&self) -> ReadOptions {
        self.options(self.gold_format, self.gold_offsets)
    }

    pub(crate) fn predictions(&self) -> ReadOptions {
        self.options(self.pred_format, self.pred_offsets)
    }

    fn options(&self, format: Option<read::Format>, unit: Option<Offsets>) -> ReadOptions {
        ReadOptions {
            format,
            unit: unit.map(Into::into),
            text_optional: false,
            scheme: self.scheme,
            runs: self.tag_runs.into(),
            tag_column: self.tag_column,
        }
    }

    pub(crate) fn resampling(&self) -> Resampling {
        Resampling { resamples: self.resamples as usize, seed: self.seed }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// A table to read
    Terminal,
    /// Every number, and the mistakes that are kept
    Json,
    /// Every number
    Markdown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ComparedFormat {
    /// A table to read
    Terminal,
    /// Every number and the articles that changed most
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TokenMode {
    /// Those of the labelled file, where it has tokens
    Given,
    /// The model's own
    Raw,
}

impl From<TokenMode> for Tokens {
    fn from(mode: TokenMode) -> Tokens {
        match mode {
            TokenMode::Given => Tokens::Given,
            TokenMode::Raw => Tokens::Raw,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TagRuns {
    /// Every run is an entity (conlleval, seqeval)
    Lenient,
    /// Only whole runs are entities (seqeval's strict mode); the others are counted
    Legal,
    /// They are an error
    Strict,
}

impl From<TagRuns> for Runs {
    fn from(runs: TagRuns) -> Runs {
        match runs {
            TagRuns::Lenient => Runs::Lenient,
            TagRuns::Legal => Runs::Legal,
            TagRuns::Strict => Runs::Strict,
        }
    }
}
