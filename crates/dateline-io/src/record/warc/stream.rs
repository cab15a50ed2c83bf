//! The bytes of a web archive, a few of them read ahead.

use std::io::{self, BufRead};

use memchr::memmem;

/// A record's header is never larger than this.
const MAX_HEADER: usize = 64 << 10;
/// Longer than any line that tells where a record begins.
const AHEAD: usize = 64;

/// How a header ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Header {
    Whole,
    Ended,
    TooLarge,
}

pub(super) struct Stream {
    from: Box<dyn BufRead + Send>,
    /// Bytes that were read but are still to be given, from `at` on.
    ahead: Vec<u8>,
    at: usize,
    offset: u64,
}

impl Stream {
    pub(super) fn new(from: Box<dyn BufRead + Send>) -> Self {
        Stream { from, ahead: Vec::new(), at: 0, offset: 0 }
    }

    /// Offset of the next byte.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// At least `count` bytes, fewer only at the end.
    fn peek(&mut self, count: usize) -> io::Result<&[u8]> {
        while self.ahead.len() - self.at < count {
            if self.at > 0 {
                self.ahead.drain(..self.at);
                self.at = 0;
            }
            let buffer = match self.from.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                buffer => buffer?,
            };
            if buffer.is_empty() {
                break;
            }
            let read = buffer.len();
            self.ahead.extend_from_slice(buffer);
            self.from.consume(read);
        }
        Ok(&self.ahead[self.at..])
    }

    fn consume(&mut self, count: usize) {
        self.at += count;
        self.offset += count as u64;
    }

    /// Takes back bytes that were given last.
    pub(super) fn put_back(&mut self, mut bytes: Vec<u8>) {
        self.offset -= bytes.len() as u64;
        bytes.extend_from_slice(&self.ahead[self.at..]);
        (self.ahead, self.at) = (bytes, 0);
    }

    /// Passes over line ends; true if nothing is left.
    pub(super) fn skip_blank(&mut self) -> io::Result<bool> {
        loop {
            let ahead = self.peek(1)?;
            if ahead.is_empty() {
                return Ok(true);
            }
            let blank = ahead.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            if blank == 0 {
                return Ok(false);
            }
            self.consume(blank);
        }
    }

    /// True if a line comes next that begins a record.
    pub(super) fn at_version(&mut self) -> io::Result<bool> {
        Ok(may_be_version(self.peek(AHEAD)?))
    }

    /// True if nothing but line ends comes before the next record or the end. Nothing is passed over.
    pub(super) fn at_boundary(&mut self) -> io::Result<bool> {
        let ahead = self.peek(AHEAD)?;
        let blank = ahead.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let is_end = ahead.len() < AHEAD && blank == ahead.len();
        Ok(is_end || may_be_version(&ahead[blank..]))
    }

    /// Reads lines up to the blank one that ends a header, which is `into`'s last.
    pub(super) fn header(&mut self, into: &mut Vec<u8>) -> io::Result<Header> {
        loop {
            let room = MAX_HEADER - into.len();
            let mut length = AHEAD;
            let line = loop {
                let ahead = self.peek(length)?;
                let seen = &ahead[..ahead.len().min(room)];
                if let Some(end) = memchr::memchr(b'\n', seen) {
                    break end + 1;
                }
                if seen.len() == room {
                    return Ok(Header::TooLarge);
                }
                if ahead.len() < length {
                    let rest = ahead.len();
                    self.take(rest as u64, into)?;
                    return Ok(Header::Ended);
                }
                length = ahead.len() + 1;
            };
            let start = into.len();
            self.take(line as u64, into)?;
            if matches!(&into[start..], b"\n" | b"\r\n") {
                return Ok(Header::Whole);
            }
        }
    }

    /// Reads `count` bytes; false if there are fewer.
    pub(super) fn take(&mut self, count: u64, into: &mut Vec<u8>) -> io::Result<bool> {
        let mut left = count;
        while left > 0 {
            let ahead = self.peek(1)?;
            if ahead.is_empty() {
                return Ok(false);
            }
            let taken = ahead.len().min(usize::try_from(left).unwrap_or(usize::MAX));
            into.extend_from_slice(&ahead[..taken]);
            self.consume(taken);
            left -= taken as u64;
        }
        Ok(true)
    }

    /// Reads `count` bytes, or up to where a record seems to begin; how many. `None` holds nothing.
    pub(super) fn take_guarded(
        &mut self,
        count: u64,
        mut into: Option<&mut Vec<u8>>,
    ) -> io::Result<u64> {
        let mut passed = 0;
        while passed < count {
            let ahead = self.peek(2 * AHEAD)?;
            let left = usize::try_from(count - passed).unwrap_or(usize::MAX);
            let seen = &ahead[..ahead.len().min(left)];
            if seen.is_empty() {
                break;
            }
            let found = record_within(seen);
            // A record may begin in the last bytes, which the next ones will tell.
            let taken = match found {
                Some(at) => at,
                None if seen.len() < 2 * AHEAD || seen.len() == left => seen.len(),
                None => seen.len() - AHEAD,
            };
            if let Some(into) = &mut into {
                into.extend_from_slice(&seen[..taken]);
            }
            self.consume(taken);
            passed += taken as u64;
            if found.is_some() {
                break;
            }
        }
        Ok(passed)
    }

    /// Passes over bytes until a line begins a record; the first ones go to `kept` until that has
    /// `limit` bytes.
    pub(super) fn resynchronize(&mut self, kept: &mut Vec<u8>, limit: usize) -> io::Result<()> {
        let mut is_line_start = true;
        loop {
            let ahead = self.peek(AHEAD)?;
            if ahead.is_empty() || is_line_start && is_version(ahead) {
                return Ok(());
            }
            let end = memchr::memchr(b'\n', ahead);
            let taken = end.map_or(ahead.len(), |end| end + 1);
            let room = limit.saturating_sub(kept.len());
            kept.extend_from_slice(&ahead[..taken.min(room)]);
            is_line_start = end.is_some();
            self.consume(taken);
        }
    }
}

fn is_version(bytes: &[u8]) -> bool {
    bytes.starts_with(b"WARC/1.") || bytes.starts_with(b"WARC/0.")
}

/// Also true of the start of such a line where the input ends in the middle of it.
fn may_be_version(bytes: &[u8]) -> bool {
    is_version(bytes) || !bytes.is_empty() && bytes.len() < 7 && b"WARC/1.".starts_with(bytes)
}

/// Where in a block a record seems to begin: a line with a version and nothing else, and a field of
/// a record's header under it.
pub(super) fn record_within(block: &[u8]) -> Option<usize> {
    memmem::find_iter(block, b"\nWARC/").map(|at| at + 1).find(|&at| {
        let line = &block[at..];
        let Some(end) = memchr::memchr(b'\n', &line[..line.len().min(16)]) else { return false };
        let version = line[..end].trim_ascii_end();
        let rest = version.get(7..).unwrap_or_default();
        let is_version_line = is_version(version) && rest.iter().all(u8::is_ascii_digit);
        let under = &line[end + 1..];
        let starts = |with: &[u8]| {
            under.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with))
        };
        is_version_line && (starts(b"WARC-") || starts(b"Content-"))
    })
}
