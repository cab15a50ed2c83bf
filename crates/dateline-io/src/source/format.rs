//! How the records of an input are told apart.

use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use encoding_rs_io::DecodeReaderBytes;

/// How articles stand in an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// The whole input is one article of plain text.
    Text,
    /// One JSON object a line.
    Jsonl,
    /// JSON objects over any number of lines, one after the other or in one array.
    Json,
    /// Comma-separated values under a header line (RFC 4180).
    Csv,
    /// The same with tabs.
    Tsv,
    /// Apache Parquet.
    Parquet,
    /// The whole input is one HTML page.
    Html,
    /// Web archive (ISO 28500).
    Warc,
}

/// Enough to tell a format by.
const HEAD: u64 = 1 << 16;

/// The first bytes of `from`, which are taken from it, and the error that they end with, if any:
/// what stands before a damaged place is to be read.
pub(super) fn head(from: &mut impl BufRead) -> (Vec<u8>, Option<io::Error>) {
    let mut head = Vec::new();
    let read = from.take(HEAD).read_to_end(&mut head);
    (head, read.err())
}

/// Fails with an error that was met before.
pub(super) struct Failed(Option<io::Error>);

impl Failed {
    pub(super) fn with(error: io::Error) -> Failed {
        Failed(Some(error))
    }
}

impl Read for Failed {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// `from` in UTF-8, where a byte order mark says that it is UTF-16.
pub(super) fn unicode(mut from: Box<dyn BufRead + Send>) -> io::Result<Box<dyn BufRead + Send>> {
    Ok(match from.fill_buf() {
        Ok([0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]) => {
            Box::new(BufReader::with_capacity(1 << 16, DecodeReaderBytes::new(from)))
        }
        // Whoever reads on meets an error again.
        _ => from,
    })
}

impl Format {
    /// The format of a file with this name that starts with `head`.
    pub(super) fn of(path: &Path, head: &[u8]) -> Format {
        let mut path = path.to_owned();
        let lower =
            |path: &Path| path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
        while let Some("gz" | "gzip" | "zst" | "zstd" | "bz2" | "xz") = lower(&path).as_deref() {
            path.set_extension("");
        }
        match lower(&path).as_deref() {
            Some("jsonl" | "ndjson" | "jsonlines") => Format::Jsonl,
            Some("json") => json(head),
            Some("csv") => Format::Csv,
            Some("tsv" | "tab") => Format::Tsv,
            Some("parquet" | "pq") => Format::Parquet,
            Some("html" | "htm" | "xhtml") => Format::Html,
            Some("warc") => Format::Warc,
            Some("txt" | "text") => Format::Text,
            _ => by_content(head),
        }
    }

    /// True if UTF-16 is to be made UTF-8 before records are told apart.
    pub(super) fn has_lines(self) -> bool {
        matches!(self, Format::Jsonl | Format::Json | Format::Csv | Format::Tsv)
    }
}

fn by_content(head: &[u8]) -> Format {
    let start = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let starts =
        |with: &[u8]| start.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    match start {
        [b'{', ..] => json(head),
        [b'[', rest @ ..] if rest.trim_ascii_start().starts_with(b"{") => Format::Json,
        [b'P', b'A', b'R', b'1', ..] => Format::Parquet,
        _ if starts(b"WARC/") => Format::Warc,
        _ if starts(b"<!doctype html") || starts(b"<html") => Format::Html,
        _ => Format::Text,
    }
}

/// JSON lines, unless the first line is not a whole value.
fn json(head: &[u8]) -> Format {
    let utf16 = head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF");
    let start = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let mut lines = start.splitn(2, |&byte| byte == b'\n');
    let first = lines.next().unwrap_or_default().trim_ascii_end();
    let goes_on = lines.next().is_some();
    match first {
        [b'[', ..] => Format::Json,
        // Such as `{` on a line of its own.
        [b'{', ..] if goes_on && !first.ends_with(b"}") => Format::Json,
        _ if utf16 => Format::Json,
        _ => Format::Jsonl,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_apart() {
        let cases: [(&str, &[u8], Format); 22] = [
            ("-", b"{\"text\": 1}", Format::Jsonl),
            ("-", b"\xEF\xBB\xBF\n {", Format::Jsonl),
            ("-", b"A title", Format::Text),
            ("-", b"[1]", Format::Text),
            ("-", b"[\n {\"text\": \"a\"}]", Format::Json),
            ("-", b"", Format::Text),
            ("-", b"PAR1\x15", Format::Parquet),
            ("-", b"WARC/1.0\r\n", Format::Warc),
            ("page", b"<!DOCTYPE html>\n<html>", Format::Html),
            ("page.php", b"\n<HTML lang=en>", Format::Html),
            ("a/b.JSONL", b"", Format::Jsonl),
            ("a.json", b"{\"text\": \"a\"}\n{\"text\": \"b\"}\n", Format::Jsonl),
            ("a.json", b"{\n  \"text\": \"a\"\n}\n", Format::Json),
            ("a.json", b"{\"text\": \"a\"}", Format::Jsonl),
            ("a.json", b"[{\"text\": \"a\"}]", Format::Json),
            ("a.csv.gz", b"id,text\n", Format::Csv),
            ("a.tsv.zst", b"", Format::Tsv),
            ("a.parquet", b"", Format::Parquet),
            ("a.htm", b"", Format::Html),
            ("CC-NEWS-1.warc.gz", b"", Format::Warc),
            ("article.txt", b"{\"text\": 1}", Format::Text),
            ("article.txt.xz", b"", Format::Text),
        ];
        for (name, head, format) in cases {
            assert_eq!(Format::of(Path::new(name), head), format, "{name} {head:?}");
        }
    }

    #[test]
    fn utf_16_becomes_utf_8() {
        let text = "{\"text\": \"café 👍\"}\n";
        let words: Vec<u16> = text.encode_utf16().collect();
        let little = words.iter().flat_map(|word| word.to_le_bytes());
        let bytes: Vec<u8> = [0xFF, 0xFE].into_iter().chain(little).collect();
        let mut read = String::new();
        unicode(Box::new(io::Cursor::new(bytes))).unwrap().read_to_string(&mut read).unwrap();
        assert_eq!(read.trim_start_matches('\u{feff}'), text);
    }
}
