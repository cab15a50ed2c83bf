//! Where articles come from.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use crate::{Entry, Error, ErrorKind, jsonl, plain};

/// Where articles are read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// Standard input.
    Stdin,
    /// A file.
    Path(PathBuf),
}

/// How articles stand in an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// The whole input is one article of plain text.
    Text,
    /// One JSON object a line.
    Jsonl,
}

/// An iterator over the records of one input. An `Err` ends it: the input itself failed.
pub(crate) type Entries = Box<dyn Iterator<Item = Result<Entry, Error>>>;

impl Input {
    /// The file at `path`.
    pub fn path(path: impl Into<PathBuf>) -> Input {
        Input::Path(path.into())
    }

    /// The input as a command line names it: `-` is standard input.
    pub fn named(name: &Path) -> Input {
        if name == Path::new("-") { Input::Stdin } else { Input::path(name) }
    }

    /// The name that rejects and article ids carry: the file name, or `-`.
    pub fn name(&self) -> String {
        match self {
            Input::Stdin => "-".to_owned(),
            Input::Path(path) => {
                let name = path.file_name().unwrap_or(path.as_os_str());
                name.to_string_lossy().into_owned()
            }
        }
    }

    /// The path, for messages.
    pub(crate) fn shown(&self) -> &Path {
        match self {
            Input::Stdin => Path::new("-"),
            Input::Path(path) => path,
        }
    }

    /// Checks that the input is there and is no directory; its size where that is known.
    pub(crate) fn check(&self) -> Result<Option<u64>, Error> {
        let Input::Path(path) = self else { return Ok(None) };
        match path.metadata() {
            Ok(found) if found.is_dir() => Err(Error::new(ErrorKind::Directory, path)),
            Ok(found) => Ok(found.is_file().then_some(found.len())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(Error::new(ErrorKind::NotFound, path))
            }
            Err(error) => Err(Error::io(ErrorKind::Read, path, error)),
        }
    }

    fn open(&self) -> Result<Box<dyn BufRead>, Error> {
        self.check()?;
        match self {
            Input::Stdin => Ok(Box::new(BufReader::new(io::stdin()))),
            Input::Path(path) => match File::open(path) {
                Ok(file) => Ok(Box::new(BufReader::with_capacity(1 << 16, file))),
                Err(error) => Err(Error::io(ErrorKind::Read, path, error)),
            },
        }
    }

    /// Reads the input's articles. Without a `format` it is told from the file name (`.jsonl`,
    /// `.ndjson` and `.json` are JSON lines) and, for standard input, from the first character
    /// that is not white space: `{` starts JSON lines.
    pub fn read(
        &self,
        format: Option<Format>,
    ) -> Result<impl Iterator<Item = Result<Entry, Error>> + use<>, Error> {
        self.entries(format)
    }

    pub(crate) fn entries(&self, format: Option<Format>) -> Result<Entries, Error> {
        let mut from = self.open()?;
        let format = match (format, self) {
            (Some(format), _) => format,
            (None, Input::Path(path)) => by_extension(path),
            (None, Input::Stdin) => {
                let (format, head) = sniff(&mut from).map_err(|error| self.failed(error))?;
                from = Box::new(BufReader::new(Cursor::new(head).chain(from)));
                format
            }
        };
        Ok(match format {
            Format::Text => Box::new(plain::read(self.clone(), from)),
            Format::Jsonl => Box::new(jsonl::read(self.clone(), from)),
        })
    }

    pub(crate) fn failed(&self, error: io::Error) -> Error {
        Error::io(ErrorKind::Read, self.shown(), error)
    }
}

fn by_extension(path: &Path) -> Format {
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or("").to_ascii_lowercase();
    match extension.as_str() {
        "jsonl" | "ndjson" | "json" => Format::Jsonl,
        _ => Format::Text,
    }
}

/// Tells the format by the first byte that is not white space; also the bytes consumed for that.
fn sniff(from: &mut impl BufRead) -> io::Result<(Format, Vec<u8>)> {
    let mut head = Vec::new();
    loop {
        let buffer = from.fill_buf()?;
        let blank = |byte: &u8| byte.is_ascii_whitespace() || [0xEF, 0xBB, 0xBF].contains(byte);
        let first = buffer.iter().find(|byte| !blank(byte)).copied();
        let taken = buffer.len();
        if let Some(byte) = first {
            return Ok((if byte == b'{' { Format::Jsonl } else { Format::Text }, head));
        }
        if taken == 0 {
            return Ok((Format::Text, head));
        }
        head.extend_from_slice(buffer);
        from.consume(taken);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_apart() {
        let cases = [
            ("{\"text\": 1}", Format::Jsonl),
            ("\u{feff}\n {", Format::Jsonl),
            ("A title", Format::Text),
            ("[1]", Format::Text),
            ("", Format::Text),
        ];
        for (text, format) in cases {
            let (found, head) = sniff(&mut BufReader::with_capacity(2, text.as_bytes())).unwrap();
            assert_eq!(found, format, "{text}");
            assert!(text.as_bytes().starts_with(&head));
        }
        assert_eq!(by_extension(Path::new("a/b.JSONL")), Format::Jsonl);
        assert_eq!(by_extension(Path::new("article.txt")), Format::Text);
    }
}
