//! What `dateline batch` is told.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};
use dateline_io::{LanguagePolicy, Shard};

use super::PipelineArgs;
use super::input::InputArgs;
use crate::format::BatchFormat;

#[derive(Debug, ClapArgs)]
pub(crate) struct BatchArgs {
    /// Dumps of articles: files, folders (all files in them) or patterns such as 'news/*.jsonl.gz';
    /// JSON lines, JSON, CSV, TSV, Parquet, WARC, HTML or text, also compressed by gzip, Zstandard,
    /// bzip2 or xz. The rejects file of an earlier job is one too
    #[arg(value_name = "IN", required = true)]
    pub(crate) inputs: Vec<PathBuf>,
    /// The file to write, in input order; compressed where its name ends in .gz or .zst. For tables,
    /// the folder of their files; for brat and timeml, that of the files of each article, named by
    /// its id; a folder that exists is added to. It appears when it is whole, with OUT.summary.json and, where there are
    /// rejects, OUT.rejects.jsonl
    #[arg(short, long, value_name = "OUT")]
    pub(crate) output: PathBuf,
    /// What to write [default: parquet where OUT ends in .parquet, else jsonl]
    #[arg(long, value_enum)]
    pub(crate) format: Option<BatchFormat>,
    /// Replace OUT if it exists; of a folder, the files of the same name
    #[arg(long)]
    pub(crate) force: bool,
    /// Go on with a job that was stopped, failed or was killed; one that was not begun is begun
    #[arg(long, conflicts_with = "force")]
    pub(crate) resume: bool,
    /// Only every N-th record, from the I-th on: N machines share a dump
    #[arg(long, value_name = "I/N", value_parser = shard)]
    pub(crate) shard: Option<Shard>,
    /// Only the first N records (of the shard)
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<u64>,
    /// What to do with articles that are not in English
    #[arg(long, value_enum, default_value_t)]
    pub(crate) lang_policy: LangPolicy,
    /// Mark articles that say the same as one of the 100,000 before (duplicate_of)
    #[arg(long)]
    pub(crate) dedup: bool,
    /// Stop where more than N records are rejected
    #[arg(long, value_name = "N")]
    pub(crate) max_rejects: Option<u64>,
    /// The most seconds that one article may take; a slower one is rejected
    #[arg(long, value_name = "N", default_value_t = 600)]
    pub(crate) max_seconds: u64,
    /// Threads to use [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
    /// Subword pieces the model reads in one run; a matter of speed and memory only
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(crate) batch_pieces: Option<u32>,
    /// Put the text that the offsets refer to into each record (jsonl, tables); of pages it always
    /// is
    #[arg(long)]
    pub(crate) with_text: bool,
    /// Tell at the end what each stage took (standard error)
    #[arg(long)]
    pub(crate) timings: bool,
    /// Read and write but extract nothing: for tests and benchmarks of the job itself
    #[arg(long, hide = true)]
    pub(crate) no_extraction: bool,
    /// Seconds of work that an interruption may cost
    #[arg(long, value_name = "SECONDS", default_value_t = 2.0, hide = true)]
    pub(crate) commit_every: f64,
    #[command(flatten)]
    pub(crate) pipeline: PipelineArgs,
    // Last: what follows would stand under its heading.
    #[command(flatten)]
    pub(crate) input: InputArgs,
}

impl BatchArgs {
    pub(crate) fn format(&self) -> BatchFormat {
        self.format.unwrap_or_else(|| BatchFormat::by_name(&self.output))
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum LangPolicy {
    /// Read them as English, with a warning in the record
    #[default]
    Keep,
    /// Leave them out and count them
    Skip,
    /// Reject them
    Reject,
}

impl From<LangPolicy> for LanguagePolicy {
    fn from(policy: LangPolicy) -> LanguagePolicy {
        match policy {
            LangPolicy::Keep => LanguagePolicy::Keep,
            LangPolicy::Skip => LanguagePolicy::Skip,
            LangPolicy::Reject => LanguagePolicy::Reject,
        }
    }
}

fn shard(text: &str) -> Result<Shard, String> {
    let parts = text
        .split_once('/')
        .and_then(|(index, of)| Some(Shard { index: index.parse().ok()?, of: of.parse().ok()? }));
    let fits = |shard: &Shard| (1..=shard.of).contains(&shard.index);
    parts.filter(fits).ok_or_else(|| "expected I/N with I from 1 to N, such as 2/8".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards() {
        assert_eq!(shard("2/8"), Ok(Shard { index: 2, of: 8 }));
        for wrong in ["0/3", "4/3", "1/0", "3", "a/b", ""] {
            assert!(shard(wrong).is_err(), "{wrong}");
        }
    }
}
