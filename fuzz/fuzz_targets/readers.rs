//! All readers: any bytes as a file of any format, compressed or not, and its rejects read again.
//!
//! The first byte is the format and the second how the file is packed and limited, both counted
//! from `0` (see `FORMATS` and `settings`); the rest is what the file holds.
#![no_main]

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::{Once, OnceLock};

use dateline::panics;
use dateline_fuzz::folder;
use dateline_io::{Fields, Format, Input, Kind, Parsed, Reading, Reason, Record, Reject};
use libfuzzer_sys::fuzz_target;

const FORMATS: [Option<Format>; 9] = [
    Some(Format::Text),
    Some(Format::Jsonl),
    Some(Format::Json),
    Some(Format::Csv),
    Some(Format::Tsv),
    Some(Format::Html),
    Some(Format::Warc),
    Some(Format::Parquet),
    // Told from the content.
    None,
];
/// A few bytes can decompress to any number of records; after so many the next ones show nothing new.
const MAX_RECORDS: usize = 5_000;
/// The file's name, which its records have.
const INPUT: &str = "input";
/// Rejects that are written and read again.
const MAX_REJECTS: usize = 40;
/// A record of a web archive also holds its header and what follows one that is damaged.
const WARC_EXTRA: u64 = (64 << 10) + (4 << 10);

#[derive(Clone, Copy, PartialEq)]
enum Packing {
    AsIs,
    Gzip,
    Zstd,
}

/// Panics of the decoder of Parquet, which its reader catches, are no faults of ours.
fn pass_caught_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let abort = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let is_ours = panic.location().is_none_or(|at| at.file().contains("dateline-"));
            if is_ours || !panics::are_caught() {
                abort(panic);
            }
        }));
    });
}

fuzz_target!(|data: &[u8]| {
    pass_caught_panics();
    let [format, settings_byte, content @ ..] = data else { return };
    let format = FORMATS[usize::from(format.wrapping_sub(b'0')) % FORMATS.len()];
    let (packing, limit) = settings(*settings_byte);
    let file = write(INPUT, &packed(content, packing));
    let reading = Reading::default().format(format).max_record_bytes(limit);
    let records = read(&file, &reading);
    check(&records, &Contents::of(content, packing, format, limit));
    let rejects: Vec<Reject> = records.iter().take(MAX_REJECTS).map(reject).collect();
    check_rejects(&records, &rejects);
});

/// `0` as it is, `1` gzip, `2` zstd; with 3, 6 or 9 more, records may have fewer bytes.
fn settings(byte: u8) -> (Packing, u64) {
    let byte = usize::from(byte.wrapping_sub(b'0'));
    let packing = [Packing::AsIs, Packing::Gzip, Packing::Zstd][byte % 3];
    (packing, [1 << 20, 1000, 100, 10][byte / 3 % 4])
}

fn packed(content: &[u8], packing: Packing) -> Vec<u8> {
    match packing {
        Packing::AsIs => content.to_vec(),
        Packing::Gzip => {
            let mut to = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            to.write_all(content).and_then(|()| to.finish()).expect("memory can be written")
        }
        Packing::Zstd => zstd::encode_all(content, 1).expect("memory can be written"),
    }
}

fn write(name: &str, bytes: &[u8]) -> PathBuf {
    let file = folder().join(name);
    std::fs::write(&file, bytes).expect("temporary files can be written");
    file
}

/// Whatever a file holds, it can be read: what is wrong is said by records.
fn read(file: &PathBuf, reading: &Reading) -> Vec<Record> {
    let records = Input::path(file).read(reading).expect("the file is there");
    records.take(MAX_RECORDS).map(|record| record.expect("the file can be read")).collect()
}

/// What is known of a file beforehand.
struct Contents<'a> {
    bytes: &'a [u8],
    /// Records stand at their offsets: nothing is decompressed or decoded but what was packed here.
    is_plain: bool,
    format: Option<Format>,
    limit: u64,
}

impl<'a> Contents<'a> {
    fn of(bytes: &'a [u8], packing: Packing, format: Option<Format>, limit: u64) -> Self {
        let magic: [&[u8]; 6] =
            [b"\x1F\x8B", b"BZh", b"\xFD7zXZ\0", b"\x28\xB5\x2F\xFD", b"\xFF\xFE", b"\xFE\xFF"];
        let marked = |mark: &&[u8]| bytes.starts_with(mark);
        // Nothing is decompressed twice, but UTF-16 is decoded once it is decompressed.
        let marks = if packing == Packing::AsIs { &magic[..] } else { &magic[4..] };
        Contents { bytes, is_plain: !marks.iter().any(marked), format, limit }
    }
}

fn check(records: &[Record], file: &Contents<'_>) {
    if file.is_plain {
        assert!(records.len() <= file.bytes.len() + 1, "more records than bytes");
    }
    let is_table = matches!(file.format, Some(Format::Csv | Format::Tsv));
    let (mut number, mut before) = (0, 0);
    for record in records {
        number += 1;
        let origin = &record.origin;
        if origin.source != INPUT {
            // A line of a rejects file: the record that it holds stands elsewhere.
            continue;
        }
        assert_eq!(origin.number, number, "records are counted");
        let length = record.bytes.len() as u64;
        let extra = if record.kind == Kind::Warc { WARC_EXTRA } else { 0 };
        // A row becomes an object with the names of its columns.
        assert!(is_table || length <= file.limit + extra, "{length} bytes of {}", file.limit);
        if let Some(offset) = origin.byte_offset {
            assert!(offset >= before, "offset {offset} after {before}");
            before = offset;
            if file.is_plain {
                let offset = usize::try_from(offset).expect("an offset is in memory");
                let rest = file.bytes.get(offset..).expect("an offset is within the file");
                assert!(is_table || rest.starts_with(&record.bytes), "other bytes at {offset}");
            }
        }
    }
}

/// The reject of a record, also of one that is an article.
fn reject(record: &Record) -> Reject {
    static FIELDS: OnceLock<Fields> = OnceLock::new();
    match record.parse(FIELDS.get_or_init(Fields::default)) {
        Ok(parsed) => {
            if let Parsed::Article(found) = parsed {
                assert!(!found.article.id.is_empty(), "an article without an id");
            }
            Reject::new(record, Reason::NoArticle)
        }
        Err(reject) => {
            // A line of a rejects file may say anything.
            let is_ours = record.origin.source == INPUT;
            assert!(!is_ours || !reject.reason.is_empty(), "a reject without a reason");
            *reject
        }
    }
}

/// A file of rejects is an input that gives the rejected records, byte by byte.
fn check_rejects(records: &[Record], rejects: &[Reject]) {
    let mut lines = Vec::new();
    for reject in rejects {
        serde_json::to_writer(&mut lines, reject).expect("a reject is JSON");
        lines.push(b'\n');
    }
    let file = write("rejects", &lines);
    let again = read(&file, &Reading::default().format(Format::Jsonl));
    assert_eq!(again.len(), rejects.len(), "rejects are lost or doubled");
    for ((record, reject), again) in records.iter().zip(rejects).zip(&again) {
        assert_eq!(again.bytes, record.bytes, "a rejected record is another one: {reject:?}");
        assert_eq!((&again.origin, again.kind), (&record.origin, record.kind));
        assert_eq!(again.fault.is_some(), record.bytes.is_empty(), "{reject:?}");
    }
}
