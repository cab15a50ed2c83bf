use crate::{Reject, Summary};

/// What a caller hears while a batch job runs. All methods do nothing unless overridden.
pub trait Progress {
    /// The job starts; `bytes` is the size of all inputs, where it is known.
    fn started(&mut self, bytes: Option<u64>) {
        let _ = bytes;
    }

    /// A chunk of articles is done; `summary` holds the counts so far.
    fn advanced(&mut self, summary: &Summary) {
        let _ = summary;
    }

    /// Something that the user should know, such as how a record's fields are read.
    fn noticed(&mut self, message: &str) {
        let _ = message;
    }

    /// A record was rejected.
    fn rejected(&mut self, reject: &Reject) {
        let _ = reject;
    }
}

/// No progress reports.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {}
