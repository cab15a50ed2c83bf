//! Records of JSON files: one a line, one after the other, or in one array; one is held at a time.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::lines::Lines;
use super::{Problem, ReadError};

/// Reads records of a JSON file.
pub(crate) struct Records {
    path: PathBuf,
    layout: Layout,
    done: bool,
}

enum Layout {
    /// A record a line.
    Lines(Lines),
    /// Records over several lines, or in an array.
    Stream(Stream),
}

/// One record and where it begins.
pub(crate) struct Record<T> {
    pub(crate) line: u64,
    /// Of the line's first byte; 0 where a record is no line.
    pub(crate) offset: u64,
    pub(crate) value: T,
}

impl Records {
    pub(crate) fn open(path: &Path) -> Result<Records, ReadError> {
        let layout = if has_record_lines(path)? {
            Layout::Lines(Lines::open(path)?)
        } else {
            Layout::Stream(Stream::open(path)?)
        };
        Ok(Records { path: path.to_owned(), layout, done: false })
    }

    /// True if every record is a line of its own.
    pub(crate) fn is_lines(&self) -> bool {
        matches!(self.layout, Layout::Lines(_))
    }

    /// Makes the record of a line the next one.
    pub(crate) fn seek(&mut self, line: u64, offset: u64) -> Result<(), ReadError> {
        match &mut self.layout {
            Layout::Lines(lines) => lines.seek(line, offset),
            Layout::Stream(_) => Ok(()),
        }
    }

    /// The next record. A bad line does not end the file; a fault between records does.
    pub(crate) fn next<T: DeserializeOwned>(&mut self) -> Option<Result<Record<T>, ReadError>> {
        if self.done {
            return None;
        }
        match &mut self.layout {
            Layout::Lines(lines) => loop {
                let (value, blank) = match lines.next() {
                    Ok(None) => return None,
                    Ok(Some(line)) => (serde_json::from_str(line), line.trim().is_empty()),
                    Err(error) => return Some(Err(error)),
                };
                if !blank {
                    let (line, offset) = (lines.number, lines.offset);
                    let record = value.map(|value| Record { line, offset, value });
                    return Some(record.map_err(|error| lines.fault(problem(&error))));
                }
            },
            Layout::Stream(stream) => {
                let record = stream.next();
                self.done = !matches!(record, Ok(Some(_)));
                let fault = |problem| ReadError::new(&self.path, problem).line(stream.from.line);
                record.map_err(fault).transpose()
            }
        }
    }
}

/// True if the first line that is not blank is a whole JSON object.
fn has_record_lines(path: &Path) -> Result<bool, ReadError> {
    let mut lines = Lines::open(path)?;
    while let Some(line) = lines.next()? {
        let line = line.trim();
        if !line.is_empty() {
            // A line that begins like a record is read as one, to name its fault.
            return Ok(line.starts_with('{') && (line.len() > 1 && !is_truncated(line)));
        }
    }
    Ok(true)
}

fn is_truncated(line: &str) -> bool {
    serde_json::from_str::<serde::de::IgnoredAny>(line).is_err_and(|error| error.is_eof())
}

fn problem(error: &serde_json::Error) -> Problem {
    let message = error.to_string();
    let what = message.split(" at line ").next().unwrap_or(&message);
    if what == "invalid unicode code point" {
        return Problem::Utf8(error.column());
    }
    match error.classify() {
        serde_json::error::Category::Data => Problem::Record(what.to_owned()),
        _ => Problem::Json(format!("{what} at column {}", error.column())),
    }
}

/// The first record of a file as it stands, to tell its format by.
pub(crate) fn first(path: &Path) -> Result<Option<Value>, ReadError> {
    Records::open(path)?.next().transpose().map(|record| record.map(|record| record.value))
}

/// An id, which may be a number.
pub(crate) fn id(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(id) if !id.is_empty() => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    }
}

struct Stream {
    from: Counted,
    array: bool,
    started: bool,
}

/// Counts lines while bytes are read.
struct Counted {
    from: BufReader<File>,
    line: u64,
}

impl Read for Counted {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        let count = self.from.read(to)?;
        self.line += to[..count].iter().filter(|&&byte| byte == b'\n').count() as u64;
        Ok(count)
    }
}

impl Counted {
    /// The next byte that is not white space; it stays unread.
    fn peek(&mut self) -> std::io::Result<Option<u8>> {
        loop {
            let Some(&byte) = self.from.fill_buf()?.first() else { return Ok(None) };
            // White space, and the three bytes of a byte order mark.
            if !byte.is_ascii_whitespace() && !matches!(byte, 0xEF | 0xBB | 0xBF) {
                return Ok(Some(byte));
            }
            self.skip();
            self.line += u64::from(byte == b'\n');
        }
    }

    fn skip(&mut self) {
        self.from.consume(1);
    }
}

impl Stream {
    fn open(path: &Path) -> Result<Stream, ReadError> {
        let file = File::open(path).map_err(|error| ReadError::new(path, error))?;
        let from = Counted { from: BufReader::with_capacity(1 << 16, file), line: 1 };
        Ok(Stream { from, array: false, started: false })
    }

    fn next<T: DeserializeOwned>(&mut self) -> Result<Option<Record<T>>, Problem> {
        if !self.started && self.from.peek()? == Some(b'[') {
            self.array = true;
            self.from.skip();
        }
        match (self.from.peek()?, self.array, self.started) {
            (None, false, _) => return Ok(None),
            (None, true, _) => {
                return Err(Problem::Json("the file ends within the array".to_owned()));
            }
            (Some(b']'), true, _) => {
                self.from.skip();
                return match self.from.peek()? {
                    None => Ok(None),
                    Some(_) => Err(Problem::Json("something follows the array".to_owned())),
                };
            }
            (Some(b','), true, true) => self.from.skip(),
            (Some(_), true, true) => {
                return Err(Problem::Json("expected a comma or the array's end".to_owned()));
            }
            _ => {}
        }
        self.started = true;
        match self.from.peek()? {
            // Objects are read to their closing brace and not a byte further, so that the next
            // one can be read from there.
            Some(b'{') => {}
            None => return Err(Problem::Json("the file ends within the array".to_owned())),
            Some(_) => return Err(Problem::Json("expected an object".to_owned())),
        }
        let line = self.from.line;
        let mut from = serde_json::Deserializer::from_reader(&mut self.from);
        let value = T::deserialize(&mut from).map_err(|error| problem(&error))?;
        Ok(Some(Record { line, offset: 0, value }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(content: &str) -> Vec<Result<(u64, Value), String>> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        std::fs::write(&path, content).unwrap();
        let mut records = Records::open(&path).unwrap();
        let next = || {
            let record = records.next::<Value>()?;
            let record = record.map(|record| (record.line, record.value["a"].clone()));
            Some(
                record
                    .map_err(|error| error.to_string().split_once("a.json").unwrap().1.to_owned()),
            )
        };
        std::iter::from_fn(next).collect()
    }

    #[test]
    fn lines_arrays_and_sequences() {
        let expected = |lines: [u64; 2]| -> Vec<Result<(u64, Value), String>> {
            vec![Ok((lines[0], 1.into())), Ok((lines[1], 2.into()))]
        };
        assert_eq!(read("{\"a\":1}\n\n{\"a\":2}\r\n"), expected([1, 3]));
        assert_eq!(read("[{\"a\":1},{\"a\":2}]"), expected([1, 1]));
        assert_eq!(read("\u{feff}[\n{\"a\":\n1} ,\n {\"a\":2}\n]\n"), expected([2, 4]));
        assert_eq!(read("{\n\"a\":1}\n{\n\"a\":2\n}"), expected([1, 3]));
        assert!(read("").is_empty() && read("[]").is_empty());
    }

    #[test]
    fn faults_name_the_line() {
        let last = |content: &str| read(content).pop().unwrap().unwrap_err();
        assert_eq!(last("{\"a\":1}\n{\"a\" 2}"), ":2: not JSON: expected `:` at column 6");
        assert_eq!(
            last("[{\"a\":1}\n{\"a\":2}]"),
            ":2: not JSON: expected a comma or the array's end"
        );
        assert_eq!(last("[{\"a\":1},\n3]"), ":2: not JSON: expected an object");
        assert_eq!(last("[{\"a\":1}\n"), ":2: not JSON: the file ends within the array");
        // A bad line does not hide those after it.
        let found = read("{\"a\":1}\n{\n{\"a\":3}");
        assert!(found[1].is_err() && found[2] == Ok((3, 3.into())));
    }
}
