//! `dateline batch`: order, rejects, whole files only.

use serde_json::Value;

use crate::{Files, dateline};

const DUMP: &[u8] = b"\
{\"id\": \"a\", \"headline\": \"Rain in Oslo\", \"body\": \"Rain fell in Oslo on Monday.\"}
{\"id\": \"b\", \"text\": 3}

{\"id\": \"c\", \"text\": \"Anna Berg met Tom Lund in Kenya.\"}
{\"id\": \"d\", \"text\": \"cut
{\"id\": \"e\", \"text\": \"\"}
not json
{\"id\": \"f\", \"text\": \"caf\xe9\"}
{\"id\": \"g\", \"text\": \"France signed the accord.\"}
";

fn ids(jsonl: &str) -> Vec<String> {
    let id = |line: &str| serde_json::from_str::<Value>(line).unwrap()["id"].to_string();
    jsonl.lines().map(id).collect()
}

#[test]
fn timings_are_told_apart_from_the_documents() {
    let files = Files::new(&[("dump.jsonl", DUMP)]);
    for timed in [false, true] {
        let mut command = dateline();
        command.arg("batch").arg(files.path("dump.jsonl")).arg("-o").arg(files.path("out.jsonl"));
        command.args(["--force", "--threads", "2"]).args(timed.then_some("--timings"));
        let output = command.assert().code(1).get_output().clone();
        assert!(output.stdout.is_empty());
        let report = files.neutral(&output.stderr);
        for line in ["  zones", "  encoder", "  decoding", "  events", "formatting", "all threads"]
        {
            assert_eq!(report.contains(&format!("\n{line} ")), timed, "{line}: {report}");
        }
        assert_eq!(ids(&files.read("out.jsonl")), ["\"a\"", "\"c\"", "\"e\"", "\"g\""]);
    }
}

#[test]
fn writes_documents_in_order_and_rejects_apart() {
    let files = Files::new(&[("dump.jsonl", DUMP)]);
    let mut command = dateline();
    command.arg("batch").arg(files.path("dump.jsonl")).arg("-o").arg(files.path("out.jsonl"));
    let output = command.assert().code(1).get_output().clone();
    assert!(output.stdout.is_empty());
    let report = files.neutral(&output.stderr);
    assert!(
        report.starts_with("read 8 articles: 4 written to out.jsonl, 4 rejected\n"),
        "{report}"
    );
    assert!(report.contains("rejected lines and reasons: out.jsonl.rejects.jsonl\n"), "{report}");
    assert_eq!(files.names(), ["dump.jsonl", "out.jsonl", "out.jsonl.rejects.jsonl"]);
    assert_eq!(ids(&files.read("out.jsonl")), ["\"a\"", "\"c\"", "\"e\"", "\"g\""]);
    insta::assert_snapshot!("rejects", files.read("out.jsonl.rejects.jsonl"));
}

#[test]
fn same_bytes_for_any_threads_and_budget() {
    let files = Files::new(&[("dump.jsonl", DUMP)]);
    let run = |name: &str, options: &[&str]| {
        let mut command = dateline();
        command.arg("batch").arg(files.path("dump.jsonl")).arg("-o").arg(files.path(name));
        command.args(options).assert().code(1);
        files.read(name)
    };
    let expected = run("one.jsonl", &["--threads", "1"]);
    assert_eq!(run("two.jsonl", &["--threads", "2"]), expected);
    assert_eq!(run("small.jsonl", &["--threads", "2", "--batch-pieces", "1"]), expected);
}

#[test]
fn reads_standard_input_and_several_files() {
    let files = Files::new(&[("b.jsonl", b"{\"id\": \"b\", \"text\": \"Rain.\"}")]);
    let mut command = dateline();
    command.args(["batch", "-"]).arg(files.path("b.jsonl"));
    command.arg("-o").arg(files.path("out.jsonl"));
    command.write_stdin("{\"id\": \"a\", \"text\": \"Sun.\"}").assert().success();
    assert_eq!(ids(&files.read("out.jsonl")), ["\"a\"", "\"b\""]);
    assert_eq!(files.names(), ["b.jsonl", "out.jsonl"]);
}

#[test]
fn refuses_what_would_lose_data() {
    let files = Files::new(&[("in.jsonl", b"{\"text\": \"Rain.\"}\n"), ("out.jsonl", b"old")]);
    let run = |input: &str, output: &str, code: i32| {
        let mut command = dateline();
        command.arg("batch").arg(files.path(input)).arg("-o").arg(files.path(output));
        files.neutral(&command.assert().code(code).get_output().stderr)
    };
    assert_eq!(
        run("in.jsonl", "out.jsonl", 3),
        "error: out.jsonl: exists already; --force replaces it\n"
    );
    assert_eq!(
        run("in.jsonl", "in.jsonl", 3),
        "error: in.jsonl: is both input and output; choose another output\n"
    );
    assert_eq!(run("missing.jsonl", "new.jsonl", 3), "error: missing.jsonl: no such file\n");
    assert_eq!(files.read("out.jsonl"), "old");
    let mut command = dateline();
    command.arg("batch").arg(files.path("in.jsonl")).arg("-o").arg(files.path("out.jsonl"));
    command.arg("--force").assert().success();
    assert_eq!(files.read("out.jsonl").lines().count(), 1);
    assert_eq!(files.names(), ["in.jsonl", "out.jsonl"]);
}
