//! Plain text: the whole record is one article.

use dateline::Article;

use super::{Found, Parsed, charset};
use crate::{Reason, Record};

/// Its id is the input's name.
pub(super) fn parse(record: &Record) -> Result<Parsed, Reason> {
    let (text, note) = charset::decode(&record.bytes, None)?;
    let control = |byte: &&u8| matches!(byte, 0..=8 | 14..=26 | 28..=31);
    // A stray byte is no reason to refuse a text; one in ten is no text.
    if text.as_bytes().iter().filter(control).count() * 10 > text.len() {
        return Err(Reason::Binary);
    }
    let article = Article::from_text(&record.origin.source, text);
    Ok(Parsed::Article(Found { notes: note.into_iter().collect(), ..Found::new(article) }))
}
