//! Readers of article dumps, and the batch job: articles in, documents and rejects out.
//!
//! A reader is an iterator of [`Entry`]: an article, or a [`Reject`] that says which line of which
//! input could not be read and why. One bad record never ends an input.
//!
//! Documents are written as JSON lines unless the job is given another [`Encoder`].
//!
//! ```no_run
//! use dateline_io::{BatchJob, Input, Silent};
//!
//! let pipeline = dateline::Pipeline::builder().model_dir("models/dateline-en").build()?;
//! let job = BatchJob::new(vec![Input::path("dump.jsonl")], "out.jsonl");
//! let summary = job.run(&pipeline, &mut Silent)?;
//! assert_eq!(summary.read, summary.written + summary.rejected);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![warn(missing_docs)]

mod batch;
mod destination;
mod encoder;
mod entry;
mod error;
mod folder;
mod input;
mod jsonl;
mod lines;
mod output;
mod plain;
mod progress;
mod record;

pub use batch::{BatchJob, Summary};
pub use encoder::{Encoder, Framing, JsonLines, Layout, Part};
pub use entry::{Entry, Origin, Reason, Reject};
pub use error::{Error, ErrorKind};
pub use folder::Folder;
pub use input::{Format, Input};
pub use progress::{Progress, Silent};
