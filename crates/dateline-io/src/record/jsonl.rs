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
                Some(Ok(line)) => {
                    if let Some(record) = reader.record(line) {
                        return Some(Ok(record));
                    }
                }
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{self, BufReader, Cursor, Read};

    use crate::{Error, ErrorKind, Format};

    const LINES: &[u8] = b"\xEF\xBB\xBF{\"text\": \"a\"}\r\n \n{\"text\"";

    fn read_all(from: impl Read + Send + 'static) -> Vec<Result<Record, Error>> {
        let gauge = Gauge::default();
        let from = Box::new(BufReader::new(gauge.measure(from)));
        let input = Input::path("dump.jsonl");
        let opened = Opened { input, format: Format::Jsonl, from, gauge, is_plain: true };
        read(opened, &Reading::default().max_record_bytes(100)).collect()
    }

    #[test]
    fn records_know_where_they_stand() {
        let records = read_all(Cursor::new(LINES));
        let places: Vec<_> = records
            .iter()
            .map(|record| record.as_ref().unwrap())
            .map(|r| (r.origin.number, r.origin.line, r.origin.byte_offset, r.bytes.as_slice()))
            .collect();
        let expected: [(_, _, _, &[u8]); 2] =
            [(1, Some(1), Some(3), b"{\"text\": \"a\"}"), (2, Some(3), Some(20), b"{\"text\"")];
        assert_eq!(places, expected);
    }

    /// Fails as a disk does.
    struct Failing;

    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is gone"))
        }
    }

    #[test]
    fn a_failing_disk_is_no_damaged_record() {
        let mut records = read_all(Cursor::new(LINES).chain(Failing)).into_iter();
        assert_eq!(records.next().unwrap().unwrap().fault, None);
        assert_eq!(records.next().unwrap().unwrap_err().kind(), ErrorKind::Read);
        assert!(records.next().is_none());
    }
}
