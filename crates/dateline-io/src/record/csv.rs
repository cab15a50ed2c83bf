//! Tables of text: one record a row, named by the header line. A row is made the JSON object that
//! it would be in JSON lines, so that all that holds for those holds for it.

use std::io::{self, BufRead, Read};

use csv::{ByteRecord, ReaderBuilder};
use serde_json::Value;

use super::{Kind, Origin, Record, Records};
use crate::article::charset;
use crate::source::{Gauge, Opened, Reading};
use crate::{Error, Input, Reason};

pub(super) fn read(opened: Opened, delimiter: u8, reading: &Reading) -> Records {
    let Opened { input, mut from, gauge, .. } = opened;
    let limit = reading.max_record_bytes;
    // Whoever reads on meets an error again.
    let delimiter = match (delimiter, from.fill_buf()) {
        (b',', Ok(head)) => likeliest(head),
        (delimiter, _) => delimiter,
    };
    let from = Bounded { from, left: limit, quotes: 0 };
    let reader = ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(from);
    let (header, next, ended) = (None, None, false);
    let mut reader = Reader { reader, input, gauge, limit, header, next, records: 0, ended };
    Box::new(std::iter::from_fn(move || reader.next().transpose()))
}

/// What parts the columns of a table: in some languages the comma parts decimals, and tables have
/// semicolons.
fn likeliest(head: &[u8]) -> u8 {
    let line = head.split(|&byte| byte == b'\n').next().unwrap_or(head);
    let count = |delimiter| memchr::memchr_iter(delimiter, line).count();
    // Of equally many, the comma.
    [b'|', b'\t', b';', b','].into_iter().max_by_key(|&delimiter| count(delimiter)).unwrap_or(b',')
}

struct Reader {
    reader: csv::Reader<Bounded<Box<dyn BufRead + Send>>>,
    input: Input,
    gauge: Gauge,
    limit: u64,
    header: Option<Vec<String>>,
    /// Read but not handed out: only with the row after it, or the end, it is known to be whole.
    next: Option<Record>,
    records: u64,
    ended: bool,
}

impl Reader {
    fn next(&mut self) -> Result<Option<Record>, Error> {
        while !self.ended {
            let row = self.row()?;
            let before = self.next.take();
            match row {
                None => {
                    self.ended = true;
                    let open = self.reader.get_ref().quotes % 2 == 1;
                    return Ok(before.map(|mut record| {
                        if open {
                            record.fault.get_or_insert(Reason::OpenQuote);
                        }
                        record
                    }));
                }
                Some(row) => {
                    self.next = Some(row);
                    if before.is_some() {
                        return Ok(before);
                    }
                }
            }
        }
        Ok(self.next.take())
    }

    /// The next row; the last one where the table can't be read further.
    fn row(&mut self) -> Result<Option<Record>, Error> {
        self.reader.get_mut().left = self.limit;
        if self.header.is_none() {
            let header = match self.reader.byte_headers() {
                Ok(header) => header.clone(),
                Err(error) => return self.damaged(error).map(Some),
            };
            let name = |name: &[u8]| String::from_utf8_lossy(name).trim().to_owned();
            self.header = Some(header.iter().map(name).collect());
        }
        let mut row = ByteRecord::new();
        self.reader.get_mut().left = self.limit;
        match self.reader.read_byte_record(&mut row) {
            Ok(true) => Ok(Some(self.record(&row))),
            Ok(false) => Ok(None),
            Err(error) => self.damaged(error).map(Some),
        }
    }

    fn record(&mut self, row: &ByteRecord) -> Record {
        let place = row.position();
        let origin = self.origin(place.map(|p| (p.line(), p.byte())));
        let header = self.header.as_deref().unwrap_or_default();
        let (found, expected) = (row.len(), header.len());
        let mut fault = (found > expected).then_some(Reason::Fields { found, expected });
        let fields = row.iter().map(|field| {
            let text = text(field);
            Value::String(text.unwrap_or_else(|reason| {
                fault.get_or_insert(reason);
                String::from_utf8_lossy(field).into_owned()
            }))
        });
        let fields: Vec<Value> = fields.collect();
        let value = if fault.is_some() {
            // No article, also where the rejects are read again.
            Value::Array(fields)
        } else {
            let named = header.iter().cloned().zip(fields);
            // An empty field says nothing, except that there is no text.
            Value::Object(named.filter(|(_, value)| value != "").collect())
        };
        Record {
            origin,
            kind: Kind::Json,
            bytes: value.to_string().into_bytes(),
            fault,
            taken: self.gauge.taken(),
        }
    }

    fn damaged(&mut self, error: csv::Error) -> Result<Record, Error> {
        self.ended = true;
        let place = error.position().map(|place| (place.line(), place.byte()));
        let error = match error.into_kind() {
            csv::ErrorKind::Io(error) => error,
            kind => io::Error::new(io::ErrorKind::InvalidData, format!("{kind:?}")),
        };
        let reason = match error.kind() {
            io::ErrorKind::FileTooLarge => Reason::Damaged {
                problem: format!(
                    "a row has more than {} bytes, the most that is read (--max-bytes); is a quote \
                     not closed?",
                    self.limit
                ),
            },
            _ => Opened::judge(&self.input, &self.gauge, error)?,
        };
        let place = place.or_else(|| {
            let place = self.reader.position();
            Some((place.line(), place.byte()))
        });
        Ok(Record {
            origin: self.origin(place),
            kind: Kind::Json,
            bytes: Vec::new(),
            fault: Some(reason),
            taken: self.gauge.taken(),
        })
    }

    fn origin(&mut self, place: Option<(u64, u64)>) -> Origin {
        self.records += 1;
        Origin {
            source: self.input.name().to_owned(),
            number: self.records,
            line: place.map(|(line, _)| line),
            byte_offset: place.map(|(_, offset)| offset),
        }
    }
}

/// A field as text. Old encodings are told from the field alone: a row has many.
fn text(field: &[u8]) -> Result<String, Reason> {
    match std::str::from_utf8(field) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => charset::decode(field, None).map(|(text, _)| text),
    }
}

/// Fails where a row goes on and on, as it does where a quote is not closed.
struct Bounded<R> {
    from: R,
    left: u64,
    /// Quotes read: an odd number at the end of a table leaves one open.
    quotes: usize,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let read = self.from.read(into)?;
        self.left = self.left.saturating_sub(read as u64);
        self.quotes += memchr::memchr_iter(b'"', &into[..read]).count();
        Ok(read)
    }
}
