use std::io::Write as _;

use super::*;

/// A record with the length that it has.
fn record(kind: &str, block: &str) -> String {
    sized(kind, block, &block.len().to_string())
}

/// A record that states any length.
fn sized(kind: &str, block: &str, length: &str) -> String {
    let header = format!("WARC/1.0\r\nWARC-Type: {kind}\r\ncontent-length: {length}\r\n\r\n");
    format!("{header}{block}\r\n\r\n")
}

fn read_with(bytes: &[u8], reading: &Reading) -> Vec<Record> {
    let mut file = tempfile::Builder::new().suffix(".warc").tempfile().unwrap();
    file.write_all(bytes).unwrap();
    let records = Input::path(file.path()).read(reading).unwrap();
    records.map(|record| record.unwrap()).collect()
}

fn read(bytes: impl AsRef<[u8]>) -> Vec<Record> {
    read_with(bytes.as_ref(), &Reading::default())
}

/// The block of a record, or its fault.
fn block(record: &Record) -> Result<String, String> {
    match &record.fault {
        Some(reason) => Err(reason.to_string()),
        None => {
            let text = String::from_utf8(record.bytes.clone()).unwrap();
            let end = text.find("\n\r\n").map(|at| at + 3).or(text.find("\n\n").map(|at| at + 2));
            Ok(text[end.unwrap()..].to_owned())
        }
    }
}

fn blocks(records: &[Record]) -> Vec<Result<String, String>> {
    records.iter().map(block).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut to = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    to.write_all(bytes).unwrap();
    to.finish().unwrap()
}

#[test]
fn pages_are_yielded_and_others_passed_over() {
    let parts = [
        record("warcinfo", "software: quill"),
        record("request", "GET / HTTP/1.1\r\n\r\n"),
        record("response", "HTTP/1.1 200 OK\r\n\r\n<p>One"),
        record("metadata", ""),
        record("Resource", "two"),
        record("conversion", ""),
    ];
    let at = |part: usize| parts[..part].iter().map(String::len).sum::<usize>() as u64;
    let whole = parts.concat();
    let members: Vec<u8> = parts.iter().flat_map(|part| gzip(part.as_bytes())).collect();
    for bytes in [whole.as_bytes(), &members, &gzip(whole.as_bytes())] {
        let records = read(bytes);
        let expected = ["HTTP/1.1 200 OK\r\n\r\n<p>One", "two", ""];
        assert_eq!(blocks(&records), expected.map(|block| Ok(block.to_owned())));
        let places: Vec<_> =
            records.iter().map(|r| (r.origin.number, r.origin.byte_offset.unwrap())).collect();
        assert_eq!(places, [(1, at(2)), (2, at(4)), (3, at(5))]);
        assert_eq!(records[1].bytes, parts[4].trim_end().as_bytes());
        let taken: u64 = records.iter().map(|record| record.taken).sum();
        assert_eq!(taken, bytes.len() as u64);
    }
}

#[test]
fn line_ends_may_be_bare_and_blank_lines_any_number() {
    let one = "WARC/0.17\nWARC-Type: response\nContent-Length: 3\n\none\n\n";
    let bytes = format!("\n{one}\n\n\n{}", one.trim_end());
    assert_eq!(blocks(&read(bytes)), [Ok("one".to_owned()), Ok("one".to_owned())]);
    assert_eq!(read("").len(), 0);
    assert_eq!(read("\r\n\n").len(), 0);
}

#[test]
fn a_length_that_is_too_short_costs_one_record() {
    let short = sized("response", "half of it\nand the rest", "4");
    for kind in ["response", "request"] {
        let bytes = short.replace("response", kind) + &record("response", "next");
        let records = read(bytes);
        let fault = "damaged web archive: no record follows where one ends: its length is wrong";
        assert_eq!(blocks(&records), [Err(fault.to_owned()), Ok("next".to_owned())]);
        let kept = String::from_utf8(records[0].bytes.clone()).unwrap();
        assert!(kept.ends_with("half of it\nand the rest\r\n\r\n"), "{kept}");
    }
    let long = sized("response", &"word ".repeat(10_000), "4") + &record("response", "next");
    assert!(read(long)[0].bytes.len() < 2 * KEPT);
}

#[test]
fn a_length_that_is_too_long_swallows_nothing() {
    let next = record("response", "next");
    for length in [4, 30, 2 + next.len(), 900] {
        let bytes = sized("response", "one", &length.to_string()) + &next + &next;
        let records = read(&bytes);
        let found: Vec<_> = blocks(&records).into_iter().map(|block| block.unwrap()).collect();
        assert_eq!(found.iter().map(|b| b.trim_end()).collect::<Vec<_>>(), ["one", "next", "next"]);
        let offset = records[2].origin.byte_offset.unwrap() as usize;
        assert_eq!(&bytes[offset..], next);
    }
}

#[test]
fn many_lengths_that_are_too_long_cost_no_more_time() {
    let many = sized("response", "one", "7000000").repeat(20_000);
    let records = read(many + &record("response", "last"));
    assert_eq!(records.len(), 20_001);
    assert!(records.iter().all(|record| record.fault.is_none()));
}

#[test]
fn an_archive_within_a_page_is_no_record() {
    let inner = record("response", "inner");
    let bytes = record("response", &format!("HTTP/1.1 200\r\n\r\n{inner}")) + &inner;
    assert_eq!(read(bytes).len(), 2);
}

#[test]
fn absurd_lengths_are_found_out() {
    let large = "x".repeat(300_000);
    let reading = Reading::default().max_record_bytes(1000);
    let bytes = [
        record("response", &large),
        sized("response", &large, "18446744073709551615"),
        record("request", &large),
        sized("request", "", "5000000000"),
        record("response", "next"),
        sized("response", "end", "5000000000"),
    ];
    let records = read_with(bytes.concat().as_bytes(), &reading);
    let lie = "damaged web archive: a record has fewer bytes than its header states".to_owned();
    let too_large = Reason::TooLarge { limit: 1000 }.to_string();
    let expected =
        [Err(too_large), Err(lie.clone()), Err(lie.clone()), Ok("next".to_owned()), Err(lie)];
    assert_eq!(blocks(&records), expected);
    assert!(records.iter().all(|record| record.bytes.len() < 100));
}

#[test]
fn lengths_that_are_none_cost_one_record() {
    let none = "WARC/1.0\r\nWARC-Type: response\r\n\r\nlost\r\n\r\n".to_owned();
    let cases = [
        none,
        sized("response", "lost", "-4"),
        sized("response", "lost", "+4"),
        sized("response", "lost", ""),
        sized("response", "lost", "99999999999999999999999"),
    ];
    for case in cases {
        let records = read(case + &record("response", "next"));
        let fault = "damaged web archive: a record has no valid Content-Length".to_owned();
        assert_eq!(blocks(&records), [Err(fault), Ok("next".to_owned())]);
        assert!(String::from_utf8_lossy(&records[0].bytes).contains("lost"));
    }
}

#[test]
fn garbage_between_records_is_one_fault() {
    let next = record("response", "next");
    let records = read(format!("{next}rubbish\r\nWARC is no record\r\n\r\n{next}rubbish"));
    let is_fault: Vec<bool> = records.iter().map(|record| record.fault.is_some()).collect();
    // The first record's length is as wrong as the rubbish is: nobody can tell.
    assert_eq!(is_fault, [true, true]);
    let header = "WARC/1.0\r\nX: ".to_owned() + &"x".repeat(70_000) + "\r\n\r\n";
    let records = read(header + &next);
    assert_eq!(records.len(), 2);
    assert!(records[0].bytes.len() < 70_000);
    assert_eq!(block(&records[1]), Ok("next".to_owned()));
}

#[test]
fn what_ends_early_is_at_fault() {
    let whole = record("response", "first") + &record("response", "a block");
    let first = record("response", "first").len();
    for end in first + 1..whole.len() {
        let records = read(&whole[..end]);
        let fault = records.get(1).and_then(|record| record.fault.as_ref());
        let is_whole = end >= whole.len() - 4;
        assert_eq!((records.len(), fault.is_none()), (2, is_whole), "{end} {fault:?}");
    }
    let compressed = gzip(whole.as_bytes());
    let records = read(&compressed[..compressed.len() - 12]);
    assert!(matches!(records.last().unwrap().fault, Some(Reason::Damaged { .. })));
}

proptest::proptest! {
    #[test]
    fn damage_never_panics_and_ends(
        at in 0usize..400, damage in proptest::collection::vec(proptest::num::u8::ANY, 0..9)
    ) {
        let mut bytes = record("response", "first").repeat(5).into_bytes();
        let end = (at + damage.len()).min(bytes.len());
        bytes.splice(at.min(end)..end, damage);
        let records = read(bytes);
        proptest::prop_assert!((3..8).contains(&records.len()));
    }
}
