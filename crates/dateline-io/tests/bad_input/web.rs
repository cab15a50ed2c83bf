//! Bad pages and web archives.

use crate::Case;
use crate::cases::{case, gzip};

/// Thirty words and more, so that it is an article.
const STORY: &str = "<p>Envoys of Norway and Kenya met in Oslo on Tuesday and said that the talks \
    would go on in Nairobi as soon as both sides had looked at what was proposed.</p><p>A spokesman \
    called the meeting a beginning.</p>";

fn page(body: &str) -> String {
    format!(
        "<html><head><title>Envoys meet</title></head><body><article>{body}</article></body></html>"
    )
}

fn warc(kind: &str, length: Option<&str>, block: &[u8]) -> Vec<u8> {
    let length = length.map(str::to_owned).unwrap_or_else(|| block.len().to_string());
    let header = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: \
         https://news.example/1\r\nContent-Type: application/http\r\nContent-Length: {length}\r\n\r\n"
    );
    [header.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn http(status: &str, kind: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n");
    [head.as_bytes(), body].concat()
}

fn response(body: &str) -> Vec<u8> {
    warc("response", None, &http("200 OK", "text/html; charset=utf-8", body.as_bytes()))
}

pub(crate) fn all() -> Vec<Case> {
    let good = response(&page(STORY));
    let block = http("200 OK", "text/html", page(STORY).as_bytes());
    let wrong = |length: &str| [warc("response", Some(length), &block), good.clone()].concat();
    let latin1: Vec<u8> =
        page(&STORY.replace("Envoys", "L'équipe")).chars().map(|c| c as u8).collect();
    let image = http("200 OK", "image/png", b"\x89PNG");
    let missing = http("404 Not Found", "text/html", page(STORY).as_bytes());
    let mut broken = page(STORY).into_bytes();
    let at = broken.windows(4).position(|w| w == b"Oslo").unwrap();
    broken.splice(at..at, "Zürich, Göteborg, Malmö ".bytes().chain([0xC3]));
    vec![
        case("page", "a page", "a.html", page(STORY)),
        case(
            "menu",
            "a page of links",
            "a.html",
            page(&"<a href=/x>Rain in Oslo today</a> ".repeat(20)),
        ),
        case("short-page", "a page of few words", "a.html", page("<p>Page not found.</p>")),
        case("empty-page", "a page of no bytes", "a.html", ""),
        case(
            "deep-page",
            "100,000 elements in each other",
            "a.html",
            page(&"<div>".repeat(100_000)),
        ),
        case("latin1-page", "a page in Latin-1 that says nothing of it", "a.html", latin1),
        case("damaged-page", "a page in UTF-8 with a broken character", "a.html", broken),
        case(
            "binary-page",
            "an image with the wrong name",
            "a.html",
            [b"\x89PNG\r\n\x1a\n".as_slice(), &[0xFF; 200]].concat(),
        ),
        case(
            "warc",
            "a web archive: information, a page",
            "a.warc",
            [warc("warcinfo", None, b"software: x"), good.clone()].concat(),
        ),
        case(
            "warc-gzip",
            "one gzip member a record",
            "a.warc.gz",
            [gzip(&good), gzip(&good)].concat(),
        ),
        case(
            "warc-others",
            "an image, a page not found, a page",
            "a.warc",
            [warc("response", None, &image), warc("response", None, &missing), good.clone()]
                .concat(),
        ),
        case("warc-short-length", "a stated length that is too short", "a.warc", wrong("60")),
        case(
            "warc-long-length",
            "a stated length that is too long",
            "a.warc",
            wrong(&(block.len() + 300).to_string()),
        ),
        case("warc-no-length", "a length that is no number", "a.warc", wrong("many")),
        case("warc-huge-length", "a length of 20 digits", "a.warc", wrong("99999999999999999999")),
        case(
            "warc-cut",
            "an archive that ends in a page",
            "a.warc",
            [good.clone(), good[..good.len() / 2].to_vec()].concat(),
        ),
        case("warc-cut-gzip", "an archive whose gzip ends early", "a.warc.gz", {
            let all = [gzip(&good), gzip(&good)].concat();
            all[..all.len() - 30].to_vec()
        }),
        case("warc-not", "text with the wrong name", "a.warc", "Rain fell in Oslo.\n"),
        case("warc-empty", "an archive of no bytes", "a.warc", ""),
    ]
}
