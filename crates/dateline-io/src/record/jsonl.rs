//! JSON lines: one record a line. The lines of a rejects file are the records that they hold.

use std::io::BufRead;

use super::lines::{Line, Lines};
use super::{Kind, Origin, Record, Records};
use crate::reject;
use crate::source::{Gauge, Opened, Reading};
use crate::{Input, Reason};

const BOM: &[u8] = b"\xEF\xBB\xBF";

/// Blank lines are no records.
pub(super) fn read(opened: Opened, reading: &Reading) -> Records {
    let Opened { input, from, gauge, .. } = opened;
    let limit = reading.max_record_bytes;
    let mut reader = Reader { lines: Lines::new(from, limit), input, gauge, limit, records: 0 };
    let mut ended = false;
    Box::new(std::iter::from_fn(move || {
        while !ended {
            match reader.lines.next() {
                None => ended = true,
                Some(Ok(line)) => match reader.record(line) {
                    Some(record) => return Some(Ok(record)),
                    None => {}
                },
                Some(Err(error)) => {
                    ended = true;
                    let reason = Opened::judge(&reader.input, &reader.gauge, error);
                    return Some(reason.map(|reason| reader.damaged(reason)));
                }
            }
        }
        None
    }))
}

struct Reader<R> {
    lines: Lines<R>,
    input: Input,
    gauge: Gauge,
    limit: u64,
    records: u64,
}

impl<R: BufRead> Reader<R> {
    fn record(&mut self, line: Line) -> Option<Record> {
        let Line { number, mut offset, mut bytes, length } = line;
        if number == 1 && bytes.starts_with(BOM) {
            offset += BOM.len() as u64;
            bytes.drain(..BOM.len());
        }
        let fault = (length > self.limit).then_some(Reason::TooLarge { limit: self.limit });
        if fault.is_none() && bytes.trim_ascii().is_empty() {
            return None;
        }
        let origin = self.origin(number, offset);
        let taken = self.gauge.taken();
        let record = Record { origin, kind: Kind::Json, bytes, fault, taken };
        Some(reject::rejected(&record).unwrap_or(record))
    }

    /// What stands where the input can't be read further.
    fn damaged(&mut self, reason: Reason) -> Record {
        let (number, offset) = self.lines.position();
        Record {
            origin: self.origin(number, offset),
            kind: Kind::Json,
            bytes: Vec::new(),
            fault: Some(reason),
            taken: self.gauge.taken(),
        }
    }

    fn origin(&mut self, line: u64, offset: u64) -> Origin {
        self.records += 1;
        Origin {
            source: self.input.name().to_owned(),
            number: self.records,
            line: Some(line),
            byte_offset: Some(offset),
        }
    }
}
