//! Files that are bad within.

use std::io::Write as _;

use crate::Case;

const GOOD: &str = "{\"id\": \"good\", \"text\": \"Rain fell in Oslo.\"}\n";

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut to = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    to.write_all(bytes).unwrap();
    to.finish().unwrap()
}

pub(crate) fn case(
    name: &'static str,
    what: &'static str,
    file: &'static str,
    bytes: impl Into<Vec<u8>>,
) -> Case {
    Case { name, what, file, bytes: bytes.into() }
}

/// A good line, the bytes, a good line.
fn between(bytes: &[u8]) -> Vec<u8> {
    [GOOD.as_bytes(), bytes, b"\n", GOOD.as_bytes()].concat()
}

pub(crate) fn all() -> Vec<Case> {
    let mut cases = json_lines();
    cases.extend(json());
    cases.extend(tables());
    cases.extend(text());
    cases.extend(compressed());
    cases.extend(crate::web::all());
    cases
}

fn json_lines() -> Vec<Case> {
    let deep = format!("{{\"text\": {}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let long = format!("{{\"text\": \"{}\"}}", "rain ".repeat(300_000));
    vec![
        case("empty-file", "JSON lines: a file of no bytes", "a.jsonl", ""),
        case("blank-lines", "JSON lines: only blank lines", "a.jsonl", "\n\r\n  \n"),
        case("not-json", "a line that is not JSON", "a.jsonl", between(b"not json")),
        case(
            "cut-line",
            "the file ends inside a record",
            "a.jsonl",
            format!("{GOOD}{{\"text\": \"Ra"),
        ),
        case("no-final-line-end", "the last line has no line end", "a.jsonl", GOOD.trim_end()),
        case(
            "mixed-line-ends",
            "`\\n` and `\\r\\n` mixed",
            "a.jsonl",
            GOOD.replace('\n', "\r\n") + GOOD,
        ),
        case(
            "two-on-a-line",
            "two records on one line",
            "a.jsonl",
            between(b"{\"text\": \"a\"} {\"text\": \"b\"}"),
        ),
        case("array-line", "a line that is an array", "a.jsonl", between(b"[{\"text\": \"a\"}]")),
        case("string-line", "a line that is a string", "a.jsonl", between(b"\"Rain\"")),
        case("null-line", "a line that is null", "a.jsonl", between(b"null")),
        case("empty-record", "an object without fields", "a.jsonl", between(b"{}")),
        case(
            "no-text",
            "a record with a title but no text",
            "a.jsonl",
            between(b"{\"title\": \"Rain\"}"),
        ),
        case("null-text", "a text that is null", "a.jsonl", between(b"{\"text\": null}")),
        case("empty-text", "a text of no characters", "a.jsonl", between(b"{\"text\": \"\"}")),
        case("number-text", "a text that is a number", "a.jsonl", between(b"{\"text\": 3}")),
        case(
            "list-text",
            "a text that is a list of paragraphs",
            "a.jsonl",
            between(b"{\"text\": [\"Rain\"]}"),
        ),
        case(
            "number-title",
            "a title that is a number",
            "a.jsonl",
            between(b"{\"title\": 3, \"text\": \"a\"}"),
        ),
        case(
            "number-id",
            "an id that is a number",
            "a.jsonl",
            between(b"{\"id\": 3, \"text\": \"a\"}"),
        ),
        case("no-id", "records without an id", "a.jsonl", "{\"text\": \"a\"}\n{\"text\": \"b\"}\n"),
        case("same-id", "two records with one id", "a.jsonl", GOOD.repeat(2)),
        case(
            "key-twice",
            "a record with two texts",
            "a.jsonl",
            between(b"{\"text\": \"a\", \"text\": \"b\"}"),
        ),
        case(
            "year-as-date",
            "a date that is the number of a year",
            "a.jsonl",
            between(b"{\"text\": \"a\", \"date\": 2024}"),
        ),
        case(
            "unix-date",
            "a date in Unix seconds",
            "a.jsonl",
            between(b"{\"text\": \"a\", \"date\": 1721728800}"),
        ),
        case(
            "odd-date",
            "a date that is none",
            "a.jsonl",
            between(b"{\"text\": \"a\", \"date\": \"soon\"}"),
        ),
        case(
            "future-date",
            "a date in the year 2999",
            "a.jsonl",
            between(b"{\"text\": \"a\", \"date\": \"2999-01-01\"}"),
        ),
        case(
            "lone-surrogate",
            "an escape of half a character",
            "a.jsonl",
            between(b"{\"text\": \"a \\ud83d b\"}"),
        ),
        case(
            "nul-escape",
            "an escape of U+0000",
            "a.jsonl",
            between(b"{\"text\": \"a \\u0000 b\"}"),
        ),
        case(
            "control-character",
            "a line break inside a string",
            "a.jsonl",
            between(b"{\"text\": \"a\tb\"}"),
        ),
        case("deep-json", "100,000 brackets in each other", "a.jsonl", between(deep.as_bytes())),
        case(
            "huge-number",
            "a number of 400 digits",
            "a.jsonl",
            between(format!("{{\"text\": \"a\", \"n\": {}}}", "9".repeat(400)).as_bytes()),
        ),
        case(
            "nan",
            "NaN, as Python writes it",
            "a.jsonl",
            between(b"{\"text\": \"a\", \"n\": NaN}"),
        ),
        case("single-quotes", "Python's quotes", "a.jsonl", between(b"{'text': 'a'}")),
        case("long-line", "a line over the limit", "a.jsonl", between(long.as_bytes())),
        case(
            "latin1-line",
            "a line in Latin-1",
            "a.jsonl",
            between(b"{\"text\": \"Le caf\xe9 a rouvert \xe0 Lyon.\"}"),
        ),
        case(
            "half-character",
            "UTF-8 with half a character",
            "a.jsonl",
            between(b"{\"text\": \"caf\xc3\xa9, th\xc3\xa9, no\xc3l\"}"),
        ),
        case("utf8-bom", "a byte order mark", "a.jsonl", format!("\u{feff}{GOOD}")),
        case("utf16-le", "UTF-16, little end first", "a.jsonl", utf16(GOOD, u16::to_le_bytes)),
        case("utf16-be", "UTF-16, big end first", "a.jsonl", utf16(GOOD, u16::to_be_bytes)),
        case(
            "nul-bytes",
            "a block of NUL bytes, as after a power cut",
            "a.jsonl",
            between(&[0; 4096]),
        ),
        case(
            "binary-as-jsonl",
            "an image with the wrong name",
            "a.jsonl",
            [b"\x89PNG\r\n\x1a\n".as_slice(), &[0xFF; 200]].concat(),
        ),
        case("jsonl-as-json", "JSON lines named .json", "a.json", GOOD.repeat(3)),
    ]
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(bytes).collect()
}

fn json() -> Vec<Case> {
    vec![
        case(
            "pretty-json",
            "one record over many lines",
            "a.json",
            "{\n  \"id\": \"a\",\n  \"text\": \"Rain.\"\n}\n",
        ),
        case(
            "json-array",
            "an array of records",
            "a.json",
            "[\n{\"text\": \"a\"},\n{\"text\": \"b\"}\n]\n",
        ),
        case(
            "cut-array",
            "an array that ends in a record",
            "a.json",
            "[\n{\"text\": \"a\"},\n{\"text\": \"b",
        ),
        case("array-of-strings", "an array of texts", "a.json", "[\"Rain\", \"Sun\"]"),
        case(
            "nested-array",
            "records in a field of an object",
            "a.json",
            "{\n\"articles\": [\n{\"text\": \"a\"}\n]\n}",
        ),
    ]
}

fn tables() -> Vec<Case> {
    let long = format!("id,text\n1,\"{}\"\n2,Sun\n", "rain ".repeat(300_000));
    vec![
        case(
            "csv",
            "a table with a quoted line break",
            "a.csv",
            "id,text\n1,\"Rain\nfell\"\n2,Sun\n",
        ),
        case("csv-header-only", "a table without rows", "a.csv", "id,text\n"),
        case("csv-empty", "a table of no bytes", "a.csv", ""),
        case("csv-no-text", "a table without a column of text", "a.csv", "id,name\n1,Rain\n"),
        case(
            "csv-short-row",
            "a row with fewer fields",
            "a.csv",
            "id,text,date\n1,Rain\n2\n3,Sun,2024-01-02\n",
        ),
        case(
            "csv-long-row",
            "a row with more fields: a comma without quotes",
            "a.csv",
            "id,text\n1,Rain, and wind\n2,Sun\n",
        ),
        case(
            "csv-open-quote",
            "a quote that is never closed",
            "a.csv",
            "id,text\n1,Sun\n2,\"Rain\n3,Wind\n",
        ),
        case("csv-huge-field", "a field over the limit", "a.csv", long),
        case(
            "csv-latin1",
            "a table in Latin-1",
            "a.csv",
            b"id,text\n1,Le caf\xe9 a rouvert \xe0 Lyon\n2,Sun\n",
        ),
        case(
            "csv-crlf-bom",
            "a table as Excel writes it",
            "a.csv",
            "\u{feff}id,text\r\n1,Rain\r\n",
        ),
        case(
            "csv-semicolons",
            "semicolons where commas are expected",
            "a.csv",
            "id;text\n1;Rain\n",
        ),
        case(
            "csv-utf16",
            "a table in UTF-16",
            "a.csv",
            utf16("id,text\n1,Rain\n", u16::to_le_bytes),
        ),
        case("tsv", "tabs", "a.tsv", "id\ttext\n1\tRain, and wind\n"),
    ]
}

fn text() -> Vec<Case> {
    vec![
        case("empty-text-file", "a text file of no bytes", "a.txt", ""),
        case(
            "latin1-text",
            "a text in Latin-1",
            "a.txt",
            b"Lyon\n\nLe caf\xe9 a rouvert \xe0 Lyon.",
        ),
        case(
            "utf16-text",
            "a text in UTF-16",
            "a.txt",
            utf16("Oslo\n\nRain fell.", u16::to_le_bytes),
        ),
        case(
            "binary-text",
            "a program with the wrong name",
            "a.txt",
            [b"\x7fELF\x02\x01\x01".as_slice(), &[0; 600]].concat(),
        ),
        case("long-text", "a text over the limit", "a.txt", "rain ".repeat(300_000)),
        case("no-extension", "a record in a file without extension", "dump", GOOD),
        case("text-as-dump", "a text in a file without extension", "article", "Oslo\n\nRain fell."),
    ]
}

fn compressed() -> Vec<Case> {
    let many = GOOD.repeat(2_000);
    let cut = gzip(many.as_bytes());
    let zstd = zstd::encode_all(many.as_bytes(), 3).unwrap();
    vec![
        case("gzip-wrong-name", "gzip without .gz", "a.jsonl", gzip(GOOD.as_bytes())),
        case("gz-not-gzip", "no gzip although .gz", "a.jsonl.gz", GOOD),
        case("gzip-members", "two gzip members", "a.jsonl.gz", gzip(GOOD.as_bytes()).repeat(2)),
        case("gzip-cut", "gzip that ends early", "a.jsonl.gz", &cut[..cut.len() - 20]),
        case(
            "gzip-garbage",
            "bytes after the gzip",
            "a.jsonl.gz",
            [gzip(GOOD.as_bytes()), b"garbage".to_vec()].concat(),
        ),
        case(
            "gzip-bomb",
            "80 MB of line ends in 80 KB",
            "a.jsonl.gz",
            gzip(&vec![b'\n'; 80 << 20]),
        ),
        case("zstd-cut", "Zstandard that ends early", "a.jsonl.zst", &zstd[..zstd.len() - 9]),
        case("text-gzip-cut", "a compressed text that ends early", "a.txt.gz", {
            let text = gzip("Rain fell in Oslo. ".repeat(50).as_bytes());
            text[..text.len() - 12].to_vec()
        }),
    ]
}
