//! Lines of bytes with their number and offset.

use std::io::{self, BufRead};

/// One line, without its line end.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// From 1.
    pub(crate) number: u64,
    /// Offset of its first byte.
    pub(crate) offset: u64,
    /// Its bytes; none of a line that is too long.
    pub(crate) bytes: Vec<u8>,
    /// Length with its line end.
    pub(crate) length: u64,
}

/// Reads lines; only the current one is held, and never more than `limit` bytes of it.
pub(crate) struct Lines<R> {
    from: R,
    limit: u64,
    number: u64,
    offset: u64,
}

impl<R: BufRead> Lines<R> {
    pub(crate) fn new(from: R, limit: u64) -> Self {
        Lines { from, limit, number: 0, offset: 0 }
    }

    /// Where the next line begins: its number and its offset.
    pub(crate) fn position(&self) -> (u64, u64) {
        (self.number + 1, self.offset)
    }

    fn read(&mut self, bytes: &mut Vec<u8>) -> io::Result<u64> {
        let mut length = 0;
        loop {
            let buffer = match self.from.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                buffer => buffer?,
            };
            let end = memchr::memchr(b'\n', buffer).map(|at| at + 1);
            let taken = end.unwrap_or(buffer.len());
            length += taken as u64;
            if length <= self.limit {
                bytes.extend_from_slice(&buffer[..taken]);
            } else {
                *bytes = Vec::new();
            }
            self.from.consume(taken);
            if end.is_some() || taken == 0 {
                return Ok(length);
            }
        }
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = io::Result<Line>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut bytes = Vec::new();
        let length = match self.read(&mut bytes) {
            Ok(0) => return None,
            Ok(length) => length,
            Err(error) => return Some(Err(error)),
        };
        if bytes.last() == Some(&b'\n') {
            bytes.pop();
            if bytes.last() == Some(&b'\r') {
                bytes.pop();
            }
        }
        self.number += 1;
        let offset = self.offset;
        self.offset += length;
        Some(Ok(Line { number: self.number, offset, bytes, length }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], limit: u64) -> Vec<(u64, u64, Vec<u8>, u64)> {
        let from = io::BufReader::with_capacity(2, bytes);
        let lines = Lines::new(from, limit).map(|line| line.unwrap());
        lines.map(|l| (l.number, l.offset, l.bytes, l.length)).collect()
    }

    #[test]
    fn lines_know_where_they_stand() {
        let found = read(b"a\r\n\nbc", 99);
        assert_eq!(found, [(1, 0, b"a".into(), 3), (2, 3, b"".into(), 1), (3, 4, b"bc".into(), 2)]);
    }

    #[test]
    fn a_long_line_is_not_held() {
        let found = read(b"abcdef\nab\nabcdefg", 4);
        assert_eq!(found, [(1, 0, vec![], 7), (2, 7, b"ab".into(), 3), (3, 10, vec![], 7)]);
    }
}
