//! Readers of article dumps, and the batch job: articles in, documents and rejects out.
//!
//! A reader is an iterator of [`Record`]: where it stands and its bytes. [`Record::parse`] finds
//! the article in it, or a [`Reject`] that says what is wrong. One bad record never ends an input.
//!
//! Documents are written as JSON lines unless the job is given another [`Encoder`].
//!
//! ```no_run
//! use dateline_io::{BatchJob, Ending, Input, Inputs, Silent};
//!
//! let pipeline = dateline::Pipeline::builder().model_dir("models/dateline-en").build()?;
//! let job = BatchJob::new(Inputs::of([Input::path("dump.jsonl.gz")])?, "out.jsonl.zst");
//! let outcome = job.run(&pipeline, &mut Silent)?;
//! assert_eq!(outcome.ending, Ending::Whole);
//! let counts = outcome.summary;
//! assert_eq!(counts.read, counts.written + counts.rejected + counts.passed_over);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Order of modules
//! `source` finds and opens files, `record` cuts them into records, `article` reads those, `job`
//! has them extracted in parallel and keeps account, `output` writes.
#![warn(missing_docs)]

mod article;
mod error;
mod job;
mod memory;
mod output;
mod record;
mod reject;
mod source;
mod tables;

pub use article::{Fields, Found, Parsed};
pub use error::{Error, ErrorKind};
pub use job::{
    BatchJob, Ending, Extractor, JobOptions, LanguagePolicy, Nothing, Outcome, Progress, Shard,
    Silent, Summary, TableFormat,
};
pub use output::{Compression, Encoder, Folder, Framing, JsonLines, Layout, Part};
pub use record::{Kind, Origin, Record};
pub use reject::{Reason, Reject};
pub use source::{Format, Input, Inputs, Reading, find};
