//! An HTTP response as an archive holds it.
//!
//! Crawlers often store a body decoded but keep the headers that say how it was encoded, so that a
//! body which does not decode is taken as it is.

use std::borrow::Cow;
use std::io::{self, Read};

use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use httparse::{EMPTY_HEADER, ParserConfig, Status};

use super::{damaged, split};
use crate::Reason;

/// The most that a body may have once decompressed.
const MAX_BODY: u64 = 32 << 20;
const MAX_HEADERS: usize = 256;

#[derive(Debug)]
pub(super) struct Response<'a> {
    pub(super) status: u16,
    /// The content type.
    pub(super) media: Option<String>,
    pub(super) body: Cow<'a, [u8]>,
}

impl<'a> Response<'a> {
    pub(super) fn read(message: &'a [u8]) -> Result<Response<'a>, Reason> {
        let line_end = memchr::memchr(b'\n', message).map_or(message.len(), |end| end + 1);
        let (line, rest) = message.split_at(line_end);
        let status = status(line).ok_or_else(|| damaged("the HTTP response has no status"))?;
        let (head, body) = match rest {
            // No header at all.
            [b'\n', body @ ..] | [b'\r', b'\n', body @ ..] => (&b""[..], body),
            _ => split(rest).ok_or_else(|| damaged("the HTTP header does not end"))?,
        };
        let headers = Headers::read(head)?;
        let mut body = Cow::Borrowed(body);
        if headers
            .get("Transfer-Encoding")
            .is_some_and(|v| v.to_ascii_lowercase().contains("chunked"))
            && let Some(joined) = dechunked(&body)
        {
            body = Cow::Owned(joined);
        }
        // The last one was applied last.
        let encodings = headers.get("Content-Encoding").unwrap_or_default().to_ascii_lowercase();
        for encoding in encodings.rsplit(',') {
            if let Some(decoded) = decompressed(&body, encoding.trim())? {
                body = Cow::Owned(decoded);
            }
        }
        let media = headers.get("Content-Type").map(str::to_owned);
        Ok(Response { status, media, body })
    }
}

/// The status of any version of HTTP; `httparse` takes only that of version 1.
fn status(line: &[u8]) -> Option<u16> {
    std::str::from_utf8(
        line.split(|&byte| byte == b' ')
            .find(|part| part.len() >= 3 && part.first().is_some_and(u8::is_ascii_digit))?,
    )
    .ok()?
    .trim()
    .parse()
    .ok()
}

struct Headers(Vec<(String, String)>);

impl Headers {
    fn read(head: &[u8]) -> Result<Headers, Reason> {
        let end: &[u8] = if head.is_empty() { b"\r\n" } else { b"" };
        let message = [b"HTTP/1.1 200 OK\r\n", head, end].concat();
        let mut headers = [EMPTY_HEADER; MAX_HEADERS];
        let mut response = httparse::Response::new(&mut headers);
        let mut config = ParserConfig::default();
        config
            .ignore_invalid_headers_in_responses(true)
            .allow_spaces_after_header_name_in_responses(true)
            .allow_obsolete_multiline_headers_in_responses(true);
        match config.parse_response(&mut response, &message) {
            Ok(Status::Complete(_)) => {}
            Ok(Status::Partial) => return Err(damaged("the HTTP header does not end")),
            Err(error) => return Err(damaged(&format!("the HTTP header: {error}"))),
        }
        let owned = |header: &httparse::Header<'_>| {
            (header.name.to_owned(), String::from_utf8_lossy(header.value).into_owned())
        };
        Ok(Headers(response.headers.iter().map(owned).collect()))
    }

    fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(found, _)| found.eq_ignore_ascii_case(name))?;
        Some(found.1.trim())
    }
}

/// The chunks of a body joined; `None` if it is not chunked. What is there of a body that was cut
/// is kept, as browsers do.
fn dechunked(body: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::new();
    let mut rest = body;
    loop {
        let Ok(Status::Complete((start, size))) = httparse::parse_chunk_size(rest) else {
            // After a whole chunk, this is the end of what was stored.
            return (rest.is_empty() && !joined.is_empty()).then_some(joined);
        };
        if size == 0 {
            return Some(joined);
        }
        let chunk = &rest[start..];
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        if chunk.len() <= size {
            joined.extend_from_slice(chunk);
            return Some(joined);
        }
        joined.extend_from_slice(&chunk[..size]);
        rest = chunk[size..].strip_prefix(b"\r\n").or(chunk[size..].strip_prefix(b"\n"))?;
    }
}

/// A body decompressed; `None` if it is not compressed like that.
fn decompressed(body: &[u8], encoding: &str) -> Result<Option<Vec<u8>>, Reason> {
    let decoded = match encoding {
        "gzip" | "x-gzip" => all(MultiGzDecoder::new(body), true),
        // Servers disagree on what the name means.
        "deflate" => {
            all(ZlibDecoder::new(body), true).or_else(|_| all(DeflateDecoder::new(body), false))
        }
        "br" => all(brotli::Decompressor::new(body, 4096), false),
        "zstd" => zstd::Decoder::with_buffer(body).and_then(|decoder| all(decoder, true)),
        _ => return Ok(None),
    };
    match decoded {
        Ok(Some(decoded)) => Ok(Some(decoded)),
        Ok(None) => Err(Reason::Failed {
            problem: format!("the page decompresses to more than {MAX_BODY} bytes"),
        }),
        Err(_) => Ok(None),
    }
}

/// All that a decoder gives; `None` if that is too much. Where the body ends early or rubbish
/// follows it, what came before is kept if the format has a signature: without one, any bytes
/// start as if they were compressed.
fn all(decoder: impl Read, has_signature: bool) -> io::Result<Option<Vec<u8>>> {
    let mut decoded = Vec::new();
    let result = decoder.take(MAX_BODY + 1).read_to_end(&mut decoded);
    match result {
        Err(error) if decoded.is_empty() || !has_signature => Err(error),
        _ if decoded.len() as u64 > MAX_BODY => Ok(None),
        _ => Ok(Some(decoded)),
    }
}
