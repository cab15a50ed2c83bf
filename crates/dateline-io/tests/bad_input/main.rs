//! What comes out of bad input: every case of `BAD_INPUT.md`, run.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod cases;
mod files;
mod web;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use dateline_io::{BatchJob, Ending, JobOptions, Nothing, Reading, Silent, find};
use serde_json::Value;

/// Something handed in.
struct Case {
    /// One word.
    name: &'static str,
    /// What is handed in, in words.
    what: &'static str,
    /// The file's name, and its bytes.
    file: &'static str,
    bytes: Vec<u8>,
}

/// What a job over `inputs` comes to, in words.
fn outcome(inputs: &[PathBuf], output: &Path, options: JobOptions) -> String {
    let job = find(inputs).map(|inputs| BatchJob::new(inputs, output).options(options));
    let outcome = match job.and_then(|job| job.run(&Nothing, &mut Silent)) {
        Ok(outcome) => outcome,
        Err(error) => {
            let cause = std::error::Error::source(&error).map(|cause| format!(": {cause}"));
            return format!("the job ends: {error}{}", cause.unwrap_or_default());
        }
    };
    let counts = &outcome.summary;
    assert_eq!(counts.read, counts.written + counts.rejected + counts.passed_over);
    let mut said = match counts.written {
        0 => String::new(),
        1 => "1 document".to_owned(),
        n => format!("{n} documents"),
    };
    let mut say = |what: String| {
        said += if said.is_empty() { "" } else { "; " };
        said += &what;
    };
    let values = |path: &Path| -> Vec<Value> {
        let text = std::fs::read_to_string(path).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let mut warnings: Vec<String> = Vec::new();
    for document in values(output) {
        warnings.extend(document["warnings"].as_array().unwrap().iter().map(Value::to_string));
    }
    warnings.dedup();
    if !warnings.is_empty() {
        say(format!("warning {}", warnings.join(", ")));
    }
    if let Some(rejects) = &outcome.rejects {
        let rejects = values(rejects);
        assert_eq!(rejects.len() as u64, counts.rejected);
        for reject in rejects {
            let line = reject["line"].as_u64().map(|line| format!(", line {line}"));
            let (number, line) = (&reject["number"], line.unwrap_or_default());
            say(format!("record {number}{line} rejected: {}", reject["reason"].as_str().unwrap()));
        }
    }
    if counts.no_article > 0 {
        say(format!("{} passed over as no article", counts.no_article));
    }
    if outcome.ending != Ending::Whole {
        say(format!("the job stops ({:?}) and can be gone on with", outcome.ending));
    }
    if said.is_empty() { "nothing, without complaint".to_owned() } else { said }
}

/// A limit that a case can reach.
const MAX_BYTES: u64 = 1 << 20;

fn options() -> JobOptions {
    JobOptions {
        reading: Reading::default().max_record_bytes(MAX_BYTES),
        replace: true,
        ..JobOptions::default()
    }
}

fn row(table: &mut String, name: &str, what: &str, said: &str, folder: &Path) {
    let said = said.replace(&format!("{}/", folder.display()), "");
    let said = said.replace('|', "\\|").replace('\n', " ");
    writeln!(table, "| {name} | {what} | {said} |").unwrap();
}

#[test]
fn what_comes_out_is_what_the_table_says() {
    let mut table = String::from(HEAD);
    let mut names = Vec::new();
    for case in cases::all() {
        let dir = tempfile::tempdir().unwrap();
        let input = dir.path().join(case.file);
        std::fs::write(&input, &case.bytes).unwrap();
        let said = outcome(&[input], &dir.path().join("out.jsonl"), options());
        row(&mut table, case.name, case.what, &said, dir.path());
        names.push(case.name);
    }
    for (name, what, run) in files::all() {
        let dir = tempfile::tempdir().unwrap();
        let said = run(dir.path());
        row(&mut table, name, what, &said, dir.path());
        names.push(name);
    }
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count, "a name stands twice");
    assert!(count >= 60, "{count} cases");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("BAD_INPUT.md");
    if std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always") {
        std::fs::write(&path, &table).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    for (found, expected) in table.lines().zip(written.lines()) {
        assert_eq!(found, expected);
    }
    assert_eq!(table.lines().count(), written.lines().count());
}

const HEAD: &str = "\
# What comes out of bad input

Every row is run by the test `what_comes_out_is_what_the_table_says` (`tests/bad_input`), which also
checks that the counts add up; its case has the row's name. A *document* is written, a record
*rejected* goes to the rejects file with this reason. Here records may have at most 1,048,576 bytes
(8 MiB unless `--max-bytes` says otherwise), and nothing is extracted: the articles themselves are
read as all others.

| case | handed in | comes out |
|---|---|---|
";
