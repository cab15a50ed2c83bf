//! JSON objects over any number of lines: one after the other, or the elements of one array.

use std::io::{self, BufRead};

use super::{Kind, Origin, Record, Records};
use crate::source::{Opened, Reading};
use crate::{Error, Reason};

pub(super) fn read(opened: Opened, reading: &Reading) -> Records {
    let mut values = Values {
        from: opened.from,
        limit: reading.max_record_bytes,
        offset: 0,
        line: 1,
        in_array: false,
        ended: false,
    };
    let (input, gauge) = (opened.input, opened.gauge);
    let mut number = 0;
    Box::new(std::iter::from_fn(move || {
        let found = values.next().transpose()?;
        number += 1;
        let origin = |line, offset| Origin {
            source: input.name().to_owned(),
            number,
            line: Some(line),
            byte_offset: Some(offset),
        };
        let record = |found: Value| Record {
            origin: origin(found.line, found.offset),
            kind: Kind::Json,
            bytes: found.bytes,
            fault: found.fault,
            taken: gauge.taken(),
        };
        Some(match found {
            Ok(found) => Ok(record(found)),
            Err(error) => {
                values.ended = true;
                let reason: Result<Reason, Error> = Opened::judge(&input, &gauge, error);
                reason.map(|reason| record(values.at_end(reason)))
            }
        })
    }))
}

/// One value and where it stands.
struct Value {
    line: u64,
    offset: u64,
    bytes: Vec<u8>,
    fault: Option<Reason>,
}

/// Splits bytes into the values of a stream of JSON. Only brackets and strings are looked at: what
/// is between them is the parser's affair.
struct Values<R> {
    from: R,
    limit: u64,
    offset: u64,
    line: u64,
    in_array: bool,
    ended: bool,
}

impl<R: BufRead> Values<R> {
    fn next(&mut self) -> io::Result<Option<Value>> {
        if self.ended {
            return Ok(None);
        }
        // What stands between values: of an array its brackets and commas.
        let first = loop {
            match self.peek()? {
                None => return Ok(None),
                Some(byte) if byte.is_ascii_whitespace() => self.skip(byte),
                // Parts of a byte order mark.
                Some(0xEF | 0xBB | 0xBF) if self.offset < 3 => self.skip(0),
                Some(b'[') if !self.in_array => {
                    self.in_array = true;
                    self.skip(b'[');
                }
                Some(byte @ (b',' | b']')) if self.in_array => {
                    self.in_array = byte == b',';
                    self.skip(byte);
                }
                Some(byte) => break byte,
            }
        };
        let (line, offset) = (self.line, self.offset);
        let (bytes, is_whole) = match first {
            b'{' | b'[' => self.bracketed()?,
            _ => (self.bare()?, true),
        };
        let length = self.offset - offset;
        let fault = if length > self.limit {
            Some(Reason::TooLarge { limit: self.limit })
        } else {
            (!is_whole).then_some(Reason::Truncated)
        };
        Ok(Some(Value { line, offset, bytes, fault }))
    }

    /// An object or array up to its last bracket; also true if there is one.
    fn bracketed(&mut self) -> io::Result<(Vec<u8>, bool)> {
        let (mut bytes, mut length) = (Vec::new(), 0u64);
        let (mut depth, mut in_string, mut escaped) = (0u64, false, false);
        loop {
            let buffer = self.from.fill_buf()?;
            if buffer.is_empty() {
                return Ok((bytes, false));
            }
            let end = buffer.iter().position(|&byte| {
                match byte {
                    _ if escaped => escaped = false,
                    b'\\' if in_string => escaped = true,
                    b'"' => in_string = !in_string,
                    _ if in_string => {}
                    b'{' | b'[' => depth += 1,
                    b'}' | b']' => depth -= 1,
                    _ => {}
                }
                depth == 0
            });
            let taken = end.map_or(buffer.len(), |end| end + 1);
            length += taken as u64;
            if length <= self.limit {
                bytes.extend_from_slice(&buffer[..taken]);
            } else {
                bytes = Vec::new();
            }
            self.line += memchr::memchr_iter(b'\n', &buffer[..taken]).count() as u64;
            self.offset += taken as u64;
            self.from.consume(taken);
            if end.is_some() {
                return Ok((bytes, true));
            }
        }
    }

    /// Anything else, up to the end of its line or the next comma: it is no article.
    fn bare(&mut self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        while let Some(byte) = self.peek()? {
            if matches!(byte, b'\n' | b',' | b']' | b'{') && !bytes.is_empty() {
                break;
            }
            if (bytes.len() as u64) < self.limit {
                bytes.push(byte);
            }
            self.skip(byte);
        }
        Ok(bytes)
    }

    fn peek(&mut self) -> io::Result<Option<u8>> {
        Ok(self.from.fill_buf()?.first().copied())
    }

    fn skip(&mut self, byte: u8) {
        self.from.consume(1);
        self.offset += 1;
        self.line += u64::from(byte == b'\n');
    }

    fn at_end(&self, reason: Reason) -> Value {
        Value { line: self.line, offset: self.offset, bytes: Vec::new(), fault: Some(reason) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn values(text: &str, limit: u64) -> Vec<(u64, u64, String, Option<Reason>)> {
        let from = io::BufReader::with_capacity(3, text.as_bytes());
        let (offset, line) = (0, 1);
        let mut values = Values { from, limit, offset, line, in_array: false, ended: false };
        let next = || values.next().unwrap();
        let plain = |v: Value| (v.line, v.offset, String::from_utf8(v.bytes).unwrap(), v.fault);
        std::iter::from_fn(next).map(plain).collect()
    }

    #[test]
    fn values_know_where_they_stand() {
        let found = values("\u{feff}{\n \"a\": \"}\\\"{\"}\n\n{\"b\": [1, {}]} {}", 99);
        let expected =
            [(1, 3, "{\n \"a\": \"}\\\"{\"}"), (4, 20, "{\"b\": [1, {}]}"), (4, 35, "{}")];
        let expected = expected.map(|(line, offset, text)| (line, offset, text.to_owned(), None));
        assert_eq!(found, expected);
    }

    #[test]
    fn an_array_is_its_elements() {
        let texts = |text| values(text, 99).into_iter().map(|v| v.2).collect::<Vec<_>>();
        assert_eq!(texts("[{\"a\": 1},\n {\"b\": 2}]\n"), ["{\"a\": 1}", "{\"b\": 2}"]);
        assert_eq!(texts("[]"), [""; 0]);
        assert_eq!(texts("[[1], 2, {}]"), ["[1]", "2", "{}"]);
        assert_eq!(texts("not json\n{}"), ["not json", "{}"]);
    }

    #[test]
    fn faults_are_told() {
        let found = values("{\"a\": 1", 99);
        assert_eq!(found, [(1, 0, "{\"a\": 1".to_owned(), Some(Reason::Truncated))]);
        let found = values("{\"a\": 123456789}{}", 8);
        let large = Some(Reason::TooLarge { limit: 8 });
        assert_eq!(found, [(1, 0, String::new(), large), (1, 16, "{}".to_owned(), None)]);
    }

    proptest! {
        #[test]
        fn ends_whatever_it_is_given(text in "[\\[\\]{}\",\\\\ \na:1]{0,60}") {
            let found = values(&text, 20);
            prop_assert!(found.len() <= text.len());
        }
    }
}
