use std::io::Write as _;

use super::*;
use crate::record::{Kind, Origin};
use crate::{Input, Reading};
use proptest::prelude::*;

const PAGE: &str = "<html><head><title>Crane closes harbour of Velmora</title></head><body><article>\
    <p>The harbour of Velmora was closed on Tuesday after a crane fell onto the northern quay, the \
    port authority said, and ferries to Tarnholm were sent back to sea.</p><p>Nobody was hurt, \
    said Ilse Brandvik, who runs the authority in the caf\u{e9} quarter.</p></article></body></html>";

fn record(kind: &str, fields: &str, block: &[u8]) -> Record {
    let header = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nwarc-target-uri: https://courier.example/crane\r\n\
         WARC-Record-ID: <urn:uuid:0af3>\r\nWARC-Date: 2024-07-24T01:02:03Z\r\n{fields}\
         Content-Length: {}\r\n\r\n",
        block.len()
    );
    let origin = Origin { source: "a.warc".into(), number: 2, line: None, byte_offset: Some(0) };
    let bytes = [header.as_bytes(), block].concat();
    Record { origin, kind: Kind::Warc, bytes, fault: None, taken: 0 }
}

fn response(head: &str, body: &[u8]) -> Record {
    let head = head.replace('\n', "\r\n");
    record("response", "", &[head.as_bytes(), b"\r\n", body].concat())
}

fn article(record: &Record) -> Article {
    match parse(record) {
        Ok(Parsed::Article(found)) => found.article,
        other => panic!("{other:?}"),
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut to = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    to.write_all(bytes).unwrap();
    to.finish().unwrap()
}

fn chunked(bytes: &[u8]) -> Vec<u8> {
    let chunks = bytes
        .chunks(100)
        .flat_map(|chunk| [format!("{:x}\r\n", chunk.len()).as_bytes(), chunk, b"\r\n"].concat());
    chunks.chain(*b"0\r\n\r\n").collect()
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut to = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
    to.write_all(bytes).unwrap();
    to.finish().unwrap()
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut to = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    to.write_all(bytes).unwrap();
    to.finish().unwrap()
}

fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut to = brotli::CompressorWriter::new(Vec::new(), 4096, 5, 20);
    to.write_all(bytes).unwrap();
    to.into_inner()
}

#[test]
fn bodies_are_decoded_or_were_decoded_before() {
    let plain = PAGE.as_bytes();
    let zstd = zstd::encode_all(plain, 3).unwrap();
    let cut = gzip(plain);
    let cut = &cut[..cut.len() - 4];
    let cases: [(&str, &[u8]); 13] = [
        ("", plain),
        ("Transfer-Encoding: chunked\n", &chunked(plain)),
        ("Transfer-Encoding: chunked\n", plain),
        ("content-encoding: gzip\n", &gzip(plain)),
        ("Content-Encoding: gzip\n", plain),
        ("Content-Encoding: gzip\n", cut),
        ("Transfer-Encoding: Chunked\nContent-Encoding: gzip\n", &chunked(&gzip(plain))),
        ("Transfer-Encoding: chunked\nContent-Encoding: gzip\n", plain),
        ("Content-Encoding: deflate\n", &zlib(plain)),
        ("Content-Encoding: deflate\n", &deflate(plain)),
        ("Content-Encoding: br\n", &brotli(plain)),
        ("Content-Encoding: zstd\n", &zstd),
        ("Content-Encoding: br\nX-Bad Name: 1\n", plain),
    ];
    for (headers, body) in cases {
        let head = format!("HTTP/1.1 200 OK\nContent-Type: text/html; charset=UTF-8\n{headers}");
        let article = article(&response(&head, body));
        assert!(article.text.starts_with("The harbour of Velmora"), "{headers} {}", article.text);
        assert!(article.text.ends_with("caf\u{e9} quarter."), "{headers}");
        assert_eq!(article.title.as_deref(), Some("Crane closes harbour of Velmora"));
        assert_eq!(article.url.as_deref(), Some("https://courier.example/crane"));
        assert_eq!(article.id, "0af3");
        // Neither the crawl's date nor the server's.
        assert_eq!(article.published, None);
    }
}

#[test]
fn headers_may_be_missing_or_new() {
    let page = PAGE.as_bytes();
    for head in ["HTTP/1.1 200 OK\n", "HTTP/2 200\nContent-Type: text/html\n", "HTTP/1.0 200\n"] {
        let record = response(head, page);
        assert!(article(&record).text.contains("Velmora"), "{head}");
        // As the reader has it where the length was too long.
        let parted = String::from_utf8(record.bytes.clone()).unwrap() + "\r\n\r\n";
        let parted = parted.replace("Content-Length: ", "Content-Length: 9");
        let bytes = parted.into_bytes();
        assert!(article(&Record { bytes, ..record }).text.contains("Velmora"));
    }
    assert!(article(&record("response", "", page)).text.contains("Velmora"));
    let latin: Vec<u8> = PAGE.chars().map(|c| c as u8).collect();
    let head = "HTTP/1.1 200 OK\nContent-Type: text/html; charset=\"ISO-8859-1\"\n";
    assert!(article(&response(head, &latin)).text.contains("caf\u{e9}"));
}

#[test]
fn other_records_have_no_article() {
    let page = PAGE.as_bytes();
    let cases = [
        (
            response("HTTP/1.1 404 Not Found\nContent-Type: text/html\n", page),
            "HTTP status not 200",
        ),
        (response("HTTP/1.1 301 Moved\n", b""), "HTTP status not 200"),
        (response("HTTP/1.1 200 OK\nContent-Type: image/png\n", page), "not a page"),
        (response("HTTP/1.1 200 OK\n", b"\x89PNG"), "not a page"),
        (record("conversion", "Content-Type: application/pdf\r\n", page), "not a page"),
        (record("request", "", page), "not a page"),
    ];
    for (record, why) in cases {
        assert_eq!(parse(&record), Ok(Parsed::NoArticle(why)));
    }
}

#[test]
fn texts_and_resources_are_read() {
    let text = b"Crane closes harbour\nThe harbour was closed.";
    let wet = article(&record("conversion", "Content-Type: text/plain\r\n", text));
    assert_eq!(wet.text.as_bytes(), text);
    assert_eq!(wet.url.as_deref(), Some("https://courier.example/crane"));
    let page = record("resource", "Content-Type: text/html\r\n", PAGE.as_bytes());
    assert!(article(&page).text.contains("Velmora"));
}

#[test]
fn damage_is_named() {
    let unended = record("response", "", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n");
    let reason = parse(&unended).unwrap_err().to_string();
    assert_eq!(reason, "damaged web archive: the HTTP header does not end");
    let page = response("HTTP/1.1 200 OK\n", PAGE.as_bytes());
    let cut = Record { bytes: page.bytes[..page.bytes.len() - 9].into(), ..page.clone() };
    let longer = Record { bytes: [&page.bytes, &b"more"[..]].concat(), ..page.clone() };
    for record in [cut, longer] {
        assert!(matches!(parse(&record), Err(Reason::Warc { .. })));
    }
    let bomb = gzip(&vec![b' '; 33 << 20]);
    let reason = parse(&response("HTTP/1.1 200 OK\nContent-Encoding: gzip\n", &bomb)).unwrap_err();
    assert!(reason.to_string().starts_with("the page decompresses to more"), "{reason}");
}

#[test]
fn archives_are_read_from_a_file() {
    let head = "HTTP/1.1 200 OK\nContent-Type: text/html\nTransfer-Encoding: chunked\n\
        Content-Encoding: gzip\n";
    let page = response(head, &chunked(&gzip(PAGE.as_bytes())));
    let request = record("request", "", b"GET /crane HTTP/1.1\r\n\r\n");
    let mut file = tempfile::Builder::new().suffix(".warc.gz").tempfile().unwrap();
    for record in [&request, &page, &request, &page] {
        file.write_all(&gzip(&[&record.bytes[..], b"\r\n\r\n"].concat())).unwrap();
    }
    let records = Input::path(file.path()).read(&Reading::default()).unwrap();
    let records: Vec<Record> = records.map(|record| record.unwrap()).collect();
    assert_eq!(records.len(), 2);
    for record in records {
        assert_eq!(record.bytes, page.bytes);
        let Ok(Parsed::Article(found)) = record.parse(&crate::Fields::default()) else { panic!() };
        assert!(found.article.text.contains("Velmora"));
    }
}

proptest! {
    #[test]
    fn never_panics(
        bytes: Vec<u8>,
        head in "(HTTP/[12.]{1,3} (200|20)?)?[A-Za-z:\\r\\n -]{0,40}(\\r?\\n\\r?\\n)?"
    ) {
        let _ = parse(&record("response", "", &[head.as_bytes(), &bytes].concat()));
        let _ = parse(&Record { bytes, ..record("response", "", b"") });
    }
}
