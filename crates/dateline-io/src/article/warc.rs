//! A record of a web archive: a page as a server sent it, or the text of one.
//!
//! The time of the crawl (`WARC-Date`) and the time of the last change are no dates of publication:
//! an article whose page states no date has none.

mod http;

use std::cmp::Ordering;

use dateline::Article;

use super::{Found, Parsed, charset, html};
use crate::{Reason, Record};
use http::Response;

const NOT_A_PAGE: Result<Parsed, Reason> = Ok(Parsed::NoArticle("not a page"));

/// Its id is the record's, without one its address, without that its place.
pub(super) fn parse(record: &Record) -> Result<Parsed, Reason> {
    let (_, block) =
        split(&record.bytes).ok_or_else(|| damaged("the header of the record does not end"))?;
    check_length(record, block)?;
    let url = record.warc_field("WARC-Target-URI").map(|url| unwrapped(&url).to_owned());
    let url = url.filter(|url| !url.is_empty());
    let id = record
        .warc_field("WARC-Record-ID")
        .map(|id| unwrapped(&id).trim_start_matches("urn:uuid:").to_owned())
        .filter(|id| !id.is_empty())
        .or_else(|| url.clone())
        .unwrap_or_else(|| record.origin.place());
    let kind = record.warc_field("WARC-Type").unwrap_or_default().to_ascii_lowercase();
    let media = record.warc_field("Content-Type");
    match kind.as_str() {
        // A response of another protocol than HTTP has its page as it is.
        "response" if block.starts_with(b"HTTP/") => {
            let response = Response::read(block)?;
            if response.status != 200 {
                return Ok(Parsed::NoArticle("HTTP status not 200"));
            }
            content(&response.body, response.media.as_deref(), url, id)
        }
        "response" => content(block, None, url, id),
        "resource" | "conversion" => content(block, media.as_deref(), url, id),
        _ => NOT_A_PAGE,
    }
}

/// A page, or a text.
fn content(
    body: &[u8],
    media: Option<&str>,
    url: Option<String>,
    id: String,
) -> Result<Parsed, Reason> {
    let (media, charset) = match media {
        Some(media) => (media_type(media), parameter(media, "charset")),
        None => (String::new(), None),
    };
    let is_markup = body.trim_ascii_start().starts_with(b"<");
    match media.as_str() {
        "text/html" | "application/xhtml+xml" => {
            html::page(body, charset.as_deref(), url.as_deref(), id)
        }
        "" if is_markup => html::page(body, charset.as_deref(), url.as_deref(), id),
        "text/plain" => {
            let (text, note) = charset::decode(body, charset.as_deref())?;
            let article = Article { url, ..Article::from_text(id, text) };
            Ok(Parsed::Article(Found { notes: note.into_iter().collect(), ..Found::new(article) }))
        }
        _ => NOT_A_PAGE,
    }
}

/// The reader has found wrong lengths before, but a rejects file holds the record without saying
/// so: half a text must not be read from there either.
fn check_length(record: &Record, block: &[u8]) -> Result<(), Reason> {
    let stated = record.warc_field("Content-Length").and_then(|length| length.parse::<u64>().ok());
    let stated = stated.ok_or_else(|| damaged("a record has no valid Content-Length"))?;
    // What parts records stands at the end of a block that the next record cut short: it is whole.
    let is_parted = block.ends_with(b"\n\r\n") || block.ends_with(b"\n\n");
    match (block.len() as u64).cmp(&stated) {
        Ordering::Less if !is_parted => Err(damaged("the record ends before its length")),
        Ordering::Greater => Err(damaged("the record goes on after its length")),
        _ => Ok(()),
    }
}

fn damaged(problem: &str) -> Reason {
    Reason::Warc { problem: problem.to_owned() }
}

/// A header with its blank line, and what follows.
fn split(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', bytes) {
        if matches!(&bytes[start..end], b"" | b"\r") {
            return Some(bytes.split_at(end + 1));
        }
        start = end + 1;
    }
    None
}

/// Addresses stand in angle brackets in the first versions of the format, ids in all.
fn unwrapped(uri: &str) -> &str {
    uri.trim().trim_start_matches('<').trim_end_matches('>')
}

fn media_type(value: &str) -> String {
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn parameter(value: &str, name: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|parameter| {
        let (found, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        found.trim().eq_ignore_ascii_case(name).then(|| value.to_owned())
    })
}

#[cfg(test)]
mod tests;
