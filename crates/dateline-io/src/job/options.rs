//! What a batch job is told.

use std::time::Duration;

use serde_json::{Value, json};

use super::Shard;
use crate::{Fields, Reading};

/// What a batch job reads, and what it does about what it finds.
#[derive(Clone, Debug)]
pub struct JobOptions {
    /// How inputs are read.
    pub reading: Reading,
    /// What the fields of their records are called.
    pub fields: Fields,
    /// Only every N-th record.
    pub shard: Option<Shard>,
    /// Only so many records (of the shard).
    pub limit: Option<u64>,
    /// What is done with articles that are not in English.
    pub language: LanguagePolicy,
    /// Marks articles that say the same as one before.
    pub duplicates: bool,
    /// The job stops where more records are rejected.
    pub max_rejects: Option<u64>,
    /// Puts the text into all documents; into those of pages it always is.
    pub with_text: bool,
    /// Replaces an output that exists, and starts a job that was interrupted again.
    pub replace: bool,
    /// Goes on with a job that was interrupted.
    pub resume: bool,
    /// How long work may be lost by an interruption.
    pub commit_every: Duration,
    /// Threads that there is to be work for.
    pub threads: usize,
    /// What else decides about what is written, such as the model: told in the summary, and a job
    /// goes on only where it is the same.
    pub settings: Value,
}

/// What is done with articles that are not in English.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LanguagePolicy {
    /// Read as if they were, with a warning in the document.
    #[default]
    Keep,
    /// Left out, and counted.
    Skip,
    /// Rejected.
    Reject,
}

impl Default for JobOptions {
    fn default() -> Self {
        JobOptions {
            reading: Reading::default(),
            fields: Fields::default(),
            shard: None,
            limit: None,
            language: LanguagePolicy::default(),
            duplicates: false,
            max_rejects: None,
            with_text: false,
            replace: false,
            resume: false,
            commit_every: Duration::from_secs(2),
            threads: rayon::current_num_threads(),
            settings: json!({}),
        }
    }
}

impl LanguagePolicy {
    fn as_str(self) -> &'static str {
        match self {
            LanguagePolicy::Keep => "keep",
            LanguagePolicy::Skip => "skip",
            LanguagePolicy::Reject => "reject",
        }
    }
}

impl JobOptions {
    /// What decides about what is written.
    pub(super) fn settings(&self) -> Value {
        let shard = self.shard.map(|shard| format!("{}/{}", shard.index, shard.of));
        let fields = (self.fields != Fields::default())
            .then(|| self.fields.names().collect::<Vec<_>>().join(" "));
        let mut settings = json!({
            "version": env!("CARGO_PKG_VERSION"),
            "input_format": self.reading.format.map(|format| format!("{format:?}").to_lowercase()),
            "fields": fields,
            "max_bytes": self.reading.max_record_bytes,
            "shard": shard,
            "limit": self.limit,
            "lang_policy": self.language.as_str(),
            "dedup": self.duplicates,
            "with_text": self.with_text,
        });
        if let (Some(all), Some(more)) = (settings.as_object_mut(), self.settings.as_object()) {
            all.extend(more.clone());
        }
        settings
    }
}
