//! JSON lines: one article a line.

use std::io::BufRead;

use crate::lines::{Line, Lines};
use crate::{Entry, Error, Input, Origin, Reason, Reject, record};

const BOM: &[u8] = b"\xEF\xBB\xBF";

/// Reads the articles of `from`. Blank lines are no records. An article without an id gets the
/// input's name and its line number.
pub(crate) fn read(
    input: Input,
    from: Box<dyn BufRead>,
) -> impl Iterator<Item = Result<Entry, Error>> {
    let name = input.name();
    Lines::new(from).filter_map(move |line| match line {
        Ok(line) => entry(&name, line).map(Ok),
        Err(error) => Some(Err(input.failed(error))),
    })
}

fn entry(name: &str, line: Line) -> Option<Entry> {
    let Line { number, mut offset, bytes, taken } = line;
    let mut bytes = bytes.as_slice();
    if let (1, Some(rest)) = (number, bytes.strip_prefix(BOM)) {
        offset += BOM.len() as u64;
        bytes = rest;
    }
    if bytes.trim_ascii().is_empty() {
        return None;
    }
    let origin = Origin { source: name.to_owned(), line: number, byte_offset: offset };
    let article = match std::str::from_utf8(bytes) {
        Ok(text) => record::parse(text),
        Err(error) => Err(Reason::Utf8 { byte_offset: offset + error.valid_up_to() as u64 }),
    };
    let article = article
        .map(|mut article| {
            if article.id.is_empty() {
                article.id = format!("{name}:{number}");
            }
            article
        })
        .map_err(|reason| {
            let record = String::from_utf8_lossy(bytes).into_owned();
            Reject { origin: origin.clone(), reason, record }
        });
    Some(Entry { origin, article, bytes: taken })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(bytes: &'static [u8]) -> Vec<Entry> {
        read(Input::path("dump.jsonl"), Box::new(bytes)).map(Result::unwrap).collect()
    }

    #[test]
    fn records_know_their_line_and_offset() {
        let entries =
            read_all(b"\xEF\xBB\xBF{\"text\":\"a\"}\r\n\n{\"text\":\"b\",\"id\":7}\n{\"text\"");
        let ids: Vec<_> =
            entries.iter().map(|e| e.article.as_ref().map(|a| a.id.as_str()).ok()).collect();
        assert_eq!(ids, [Some("dump.jsonl:1"), Some("7"), None]);
        let places: Vec<_> =
            entries.iter().map(|e| (e.origin.line, e.origin.byte_offset)).collect();
        assert_eq!(places, [(1, 3), (3, 18), (4, 38)]);
        let reject = entries[2].article.as_ref().unwrap_err();
        assert_eq!(reject.reason, Reason::Truncated);
        assert_eq!(reject.record, "{\"text\"");
    }

    #[test]
    fn an_invalid_byte_is_pointed_at() {
        let entries = read_all(b"{\"text\":\"ok\"}\n{\"text\":\"caf\xe9\"}\n{\"text\":\"ok\"}\n");
        let reasons: Vec<_> =
            entries.iter().map(|e| e.article.as_ref().map_err(|r| &r.reason).err()).collect();
        assert_eq!(reasons, [None, Some(&Reason::Utf8 { byte_offset: 26 }), None]);
    }
}
