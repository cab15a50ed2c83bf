//! Lines of bytes with their number and offset.

use std::io::{self, BufRead};

/// One line, without its line end.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// From 1.
    pub(crate) number: u64,
    /// Offset of its first byte.
    pub(crate) offset: u64,
    pub(crate) bytes: Vec<u8>,
    /// Length with its line end.
    pub(crate) taken: u64,
}

/// Reads lines of any length; only the current one is held.
pub(crate) struct Lines<R> {
    from: R,
    number: u64,
    offset: u64,
}

impl<R: BufRead> Lines<R> {
    pub(crate) fn new(from: R) -> Self {
        Lines { from, number: 0, offset: 0 }
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = io::Result<Line>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut bytes = Vec::new();
        let taken = match self.from.read_until(b'\n', &mut bytes) {
            Ok(0) => return None,
            Ok(taken) => taken as u64,
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
        self.offset += taken;
        Some(Ok(Line { number: self.number, offset, bytes, taken }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_know_where_they_stand() {
        let lines: Vec<_> = Lines::new(&b"a\r\n\nbc"[..]).map(|line| line.unwrap()).collect();
        let found: Vec<_> =
            lines.iter().map(|l| (l.number, l.offset, l.bytes.as_slice(), l.taken)).collect();
        assert_eq!(found, [(1, 0, &b"a"[..], 3), (2, 3, b"", 1), (3, 4, b"bc", 2)]);
    }
}
