//! Web archives (ISO 28500): each record is a header and a block whose length the header states.
//!
//! The `warc` crate is not used: it holds headers and blocks of any size and ends at the first
//! wrong length.
//!
//! A stated length is right where a record or the end follows the block. Where neither does:
//! - If a record begins inside the block, which is told by a version line with a header field
//!   under it, the length was too long: the block ends there, whole, and reading goes on there.
//!   Only then: a page may well quote an archive, and an archive may hold another.
//! - Else the length was too short, the block is cut, and the record is at fault. What follows is
//!   passed over until a line starts a record.
//!
//! A block that is too large to be held can't be looked at again. It ends where a record seems to
//! begin, even at the cost of an archive inside an archive, so that one absurd length does not
//! swallow the rest of the input. The same holds for every block once many lengths were too long:
//! reading each block again from its middle would take time without end.

mod stream;

use std::io;

use super::{Kind, Origin, Record, Records};
use crate::source::{Gauge, Opened, Reading};
use crate::{Error, Input, Reason};
use stream::{Header, Stream};

/// What is kept of bytes that belong to no record.
const KEPT: usize = 4 << 10;
/// After this many lengths that were too long, none is believed.
const MAX_TOO_LONG: u32 = 16;

/// Only records of pages are yielded, and what is damaged.
pub(super) fn read(opened: Opened, reading: &Reading) -> Records {
    let Opened { input, from, gauge, .. } = opened;
    let limit = reading.max_record_bytes;
    let mut reader = Reader {
        stream: Stream::new(from),
        input,
        gauge,
        limit,
        records: 0,
        too_long: 0,
        ended: false,
    };
    Box::new(std::iter::from_fn(move || reader.next().transpose()))
}

struct Reader {
    stream: Stream,
    input: Input,
    gauge: Gauge,
    limit: u64,
    records: u64,
    too_long: u32,
    ended: bool,
}

/// What was found of a record before its input failed or ended.
#[derive(Default)]
struct Draft {
    offset: u64,
    bytes: Vec<u8>,
    fault: Option<Reason>,
}

impl Reader {
    fn next(&mut self) -> Result<Option<Record>, Error> {
        while !self.ended {
            let mut draft = Draft::default();
            match self.draft(&mut draft) {
                Ok(true) => return Ok(Some(self.record(draft))),
                Ok(false) => {}
                Err(error) => {
                    self.ended = true;
                    draft.fault = Some(Opened::judge(&self.input, &self.gauge, error)?);
                    return Ok(Some(self.record(draft)));
                }
            }
        }
        Ok(None)
    }

    /// Reads one record; true if it is to be yielded.
    fn draft(&mut self, draft: &mut Draft) -> io::Result<bool> {
        let is_end = self.stream.skip_blank()?;
        draft.offset = self.stream.offset();
        if is_end {
            self.ended = true;
            return Ok(false);
        }
        if !self.stream.at_version()? {
            draft.fault = Some(warc("no record begins where one should"));
            self.stream.resynchronize(&mut draft.bytes, KEPT)?;
            return Ok(true);
        }
        let problem = match self.stream.header(&mut draft.bytes)? {
            Header::Whole => None,
            Header::Ended => Some("it ends inside the header of a record"),
            Header::TooLarge => Some("the header of a record is too large"),
        };
        let problem = match (problem, length(&draft.bytes)) {
            (None, Some(length)) => return self.block(draft, length),
            (None, None) => "a record has no valid Content-Length",
            (Some(problem), _) => problem,
        };
        draft.fault = Some(warc(problem));
        let kept = draft.bytes.len() + KEPT;
        self.stream.resynchronize(&mut draft.bytes, kept)?;
        Ok(true)
    }

    /// Reads a block; true if its record is to be yielded.
    fn block(&mut self, draft: &mut Draft, length: u64) -> io::Result<bool> {
        let kind = field(&draft.bytes, "WARC-Type").unwrap_or_default();
        let is_page = ["response", "resource", "conversion"]
            .iter()
            .any(|page| kind.eq_ignore_ascii_case(page));
        let held = draft.bytes.len();
        if length > self.limit {
            return self.large_block(draft, length, is_page);
        }
        let is_whole = if self.too_long < MAX_TOO_LONG {
            self.stream.take(length, &mut draft.bytes)?
        } else {
            let taken = self.stream.take_guarded(length, Some(&mut draft.bytes))?;
            // What was cut short by a record is whole.
            taken == length || self.stream.at_version()?
        };
        if is_whole && self.stream.at_boundary()? {
            return Ok(is_page);
        }
        if let Some(end) = stream::record_within(&draft.bytes[held..]) {
            self.too_long += 1;
            self.stream.put_back(draft.bytes.split_off(held + end));
            return Ok(is_page);
        }
        if !is_whole {
            self.ended = true;
            draft.fault = Some(warc("it ends inside a record, or the record's length is wrong"));
            return Ok(true);
        }
        draft.fault = Some(warc("no record follows where one ends: its length is wrong"));
        let kept = draft.bytes.len() + KEPT;
        self.stream.resynchronize(&mut draft.bytes, kept)?;
        Ok(true)
    }

    /// Passes over a block that is too large to be held.
    fn large_block(&mut self, draft: &mut Draft, length: u64, is_page: bool) -> io::Result<bool> {
        draft.bytes = Vec::new();
        let passed = self.stream.take_guarded(length, None)?;
        let is_whole = passed == length;
        draft.fault = Some(if is_whole {
            Reason::TooLarge { limit: self.limit }
        } else {
            warc("a record has fewer bytes than its header states")
        });
        Ok(is_page || !is_whole)
    }

    fn record(&mut self, draft: Draft) -> Record {
        self.records += 1;
        let origin = Origin {
            source: self.input.name().to_owned(),
            number: self.records,
            line: None,
            byte_offset: Some(draft.offset),
        };
        let Draft { bytes, fault, .. } = draft;
        Record { origin, kind: Kind::Warc, bytes, fault, taken: self.gauge.taken() }
    }
}

fn warc(problem: &str) -> Reason {
    Reason::Warc { problem: problem.to_owned() }
}

fn length(header: &[u8]) -> Option<u64> {
    let length = field(header, "Content-Length")?;
    // `+5` would parse.
    length.bytes().all(|byte| byte.is_ascii_digit()).then_some(())?;
    length.parse().ok()
}

impl Record {
    /// The value of a field of a web archive's header, its name in any case.
    pub(crate) fn warc_field(&self, name: &str) -> Option<String> {
        field(&self.bytes, name)
    }
}

fn field(header: &[u8], name: &str) -> Option<String> {
    let lines = header.split(|&byte| byte == b'\n');
    lines.skip(1).take_while(|line| !line.trim_ascii().is_empty()).find_map(|line| {
        let colon = memchr::memchr(b':', line)?;
        let (found, value) = (&line[..colon], &line[colon + 1..]);
        let is_it = found.trim_ascii().eq_ignore_ascii_case(name.as_bytes());
        is_it.then(|| String::from_utf8_lossy(value.trim_ascii()).into_owned())
    })
}

#[cfg(test)]
mod tests;
