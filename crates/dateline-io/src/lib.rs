//! Readers of article dumps, and the batch job: articles in, documents and rejects out.
#![warn(missing_docs)]

mod article;
mod error;
mod record;
mod reject;
mod source;
// Nothing writes tables yet.
#[allow(dead_code, unused_imports)]
mod tables;

pub use article::{Fields, Found, Parsed};
pub use error::{Error, ErrorKind};
pub use record::{Kind, Origin, Record};
pub use reject::{Reason, Reject};
pub use source::{Format, Input, Reading, Unreadable, find};
