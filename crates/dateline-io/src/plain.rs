//! Plain text: the whole input is one article.

use std::io::BufRead;

use dateline::Article;

use crate::{Entry, Error, Input, Origin, Reason, Reject};

/// Reads the one article of `from`; its id is the input's name.
pub(crate) fn read(
    input: Input,
    mut from: Box<dyn BufRead>,
) -> impl Iterator<Item = Result<Entry, Error>> {
    std::iter::once_with(move || {
        let mut bytes = Vec::new();
        from.read_to_end(&mut bytes).map_err(|error| input.failed(error))?;
        Ok(entry(&input.name(), bytes))
    })
}

fn entry(name: &str, bytes: Vec<u8>) -> Entry {
    let taken = bytes.len() as u64;
    let origin = Origin { source: name.to_owned(), line: 1, byte_offset: 0 };
    let article = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let line = 1 + bytes[..at].iter().filter(|&&byte| byte == b'\n').count() as u64;
        Reject {
            origin: Origin { line, ..origin.clone() },
            reason: Reason::Utf8 { byte_offset: at as u64 },
            record: String::from_utf8_lossy(bytes).into_owned(),
        }
    });
    Entry { origin, article: article.map(|text| Article::from_text(name, text)), bytes: taken }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_kept_as_it_is() {
        for text in ["", "\u{feff}Title\r\n\r\nText\0 here", "e\u{301} 👩‍👩‍👧 שלום"]
        {
            let entry = entry("a.txt", text.as_bytes().to_vec());
            assert_eq!(entry.article.unwrap(), Article::from_text("a.txt", text));
        }
    }

    #[test]
    fn an_invalid_byte_is_pointed_at() {
        let reject = entry("a.txt", b"Title\n\ncaf\xe9 news".to_vec()).article.unwrap_err();
        assert_eq!(reject.reason, Reason::Utf8 { byte_offset: 10 });
        assert_eq!(reject.origin.line, 3);
    }
}
