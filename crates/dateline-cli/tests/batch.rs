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
        assert_eq!(ids(&files.read("out.jsonl")), ["\"a\"", "\"c\"", "\"e\"", "\"f\"", "\"g\""]);
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
    assert!(report.contains("read 8 records: 5 written to out.jsonl, 3 rejected\n"), "{report}");
    assert!(report.contains("rejected records and reasons: out.jsonl.rejects.jsonl\n"), "{report}");
    assert!(report.contains("dump.jsonl: reading headline as title, body as text\n"), "{report}");
    let names = ["dump.jsonl", "out.jsonl", "out.jsonl.rejects.jsonl", "out.jsonl.summary.json"];
    assert_eq!(files.names(), names);
    assert_eq!(ids(&files.read("out.jsonl")), ["\"a\"", "\"c\"", "\"e\"", "\"f\"", "\"g\""]);
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
    assert_eq!(files.names(), ["b.jsonl", "out.jsonl", "out.jsonl.summary.json"]);
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
    assert_eq!(files.names(), ["in.jsonl", "out.jsonl", "out.jsonl.summary.json"]);
}

#[test]
fn a_stopped_job_goes_on() {
    let lines: String = (0..2_000)
        .map(|n| format!("{{\"id\": \"a{n}\", \"text\": \"Rain fell in Oslo on day {n}.\"}}\n"))
        .collect();
    let lines = lines + "not json\n";
    let files = Files::new(&[("in.jsonl", lines.as_bytes())]);
    let command = |output: &str, more: &[&str]| {
        let mut command = dateline();
        command.arg("batch").arg(files.path("in.jsonl")).arg("-o").arg(files.path(output));
        command.args(["--no-extraction", "--commit-every", "0"]).args(more);
        command
    };
    command("whole.jsonl.zst", &[]).assert().code(1);
    command("out.jsonl.zst", &["--max-rejects", "0"]).assert().code(4);
    assert!(!files.path("out.jsonl.zst").exists());
    let refused = command("out.jsonl.zst", &[]).assert().code(3).get_output().clone();
    assert_eq!(
        files.neutral(&refused.stderr),
        "error: out.jsonl.zst.partial: an earlier job was not finished; --resume goes on with it, \
         --force starts from the beginning\n"
    );
    let other = command("out.jsonl.zst", &["--resume", "--lang-policy=skip"]).assert().code(3);
    let message = files.neutral(&other.get_output().stderr);
    assert!(message.contains("lang_policy was \"keep\", now \"skip\""), "{message}");
    command("out.jsonl.zst", &["--resume", "--threads", "1"]).assert().code(1);
    assert!(!files.path("out.jsonl.zst.partial").exists());
    for suffix in ["", ".rejects.jsonl", ".summary.json"] {
        let read = |name: &str| std::fs::read(files.path(&format!("{name}{suffix}"))).unwrap();
        assert_eq!(read("whole.jsonl.zst"), read("out.jsonl.zst"), "{suffix}");
    }
}

/// The short form of `scripts/check-kills`.
#[cfg(unix)]
#[test]
fn a_killed_job_loses_nothing() {
    use std::process::{Command, Stdio};
    let text = "Rain fell in Oslo on Monday, and the talks went on. ".repeat(40);
    let lines: String = (0..6_000)
        .map(|n| match n % 100 {
            99 => "{\"text\": \n".to_owned(),
            _ => format!("{{\"id\": \"a{n}\", \"text\": \"{text}\"}}\n"),
        })
        .collect();
    let files = Files::new(&[("in.jsonl", lines.as_bytes())]);
    let command = |output: &str| {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("dateline"));
        command.arg("batch").arg(files.path("in.jsonl")).arg("-o").arg(files.path(output));
        command.args(["--no-extraction", "--commit-every", "0", "--with-text", "--resume"]);
        command.stderr(Stdio::null());
        command
    };
    command("whole.jsonl").status().unwrap();
    let mut killed = 0;
    for delay in (0..40).map(|n| std::time::Duration::from_millis(5 * n % 97)) {
        let mut job = command("out.jsonl").spawn().unwrap();
        std::thread::sleep(delay);
        job.kill().unwrap();
        killed += u32::from(!job.wait().unwrap().success());
        if files.path("out.jsonl").exists() {
            break;
        }
    }
    assert!(killed > 0);
    assert_eq!(command("out.jsonl").status().unwrap().code(), Some(1));
    for suffix in ["", ".rejects.jsonl", ".summary.json"] {
        let read = |name: &str| std::fs::read(files.path(&format!("{name}{suffix}"))).unwrap();
        assert!(read("whole.jsonl") == read("out.jsonl"), "{suffix}");
    }
}

#[test]
fn shards_and_limits_share_a_dump() {
    let lines: String =
        (0..10).map(|n| format!("{{\"id\": {n}, \"text\": \"Rain.\"}}\n")).collect();
    let files = Files::new(&[("in.jsonl", lines.as_bytes())]);
    let run = |more: &[&str]| {
        let mut command = dateline();
        command.arg("batch").arg(files.path("in.jsonl")).arg("-o").arg(files.path("out.jsonl"));
        command.args(["--no-extraction", "--force"]).args(more).assert().success();
        ids(&files.read("out.jsonl")).join(" ").replace('"', "")
    };
    assert_eq!(run(&["--shard", "1/3"]), "0 3 6 9");
    assert_eq!(run(&["--shard", "3/3"]), "2 5 8");
    assert_eq!(run(&["--limit", "2"]), "0 1");
    assert_eq!(run(&["--shard", "2/3", "--limit", "2"]), "1 4");
}

#[test]
fn languages_and_copies_are_told() {
    let german = "Die Außenministerin traf am Dienstag Gesandte aus Kenia in Oslo. Sie sagte, die \
                  Gespräche würden in Nairobi fortgesetzt, sobald beide Seiten ihre Vorschläge \
                  geprüft hätten. Ein Sprecher wollte sich dazu nicht äußern, nannte das Treffen aber \
                  einen Anfang.";
    let english = "The foreign minister met envoys of Kenya in Oslo on Tuesday and said that the \
                   talks would go on in Nairobi as soon as both sides had looked at the proposals.";
    let lines: String = [("de", german), ("en", english), ("copy", &english.to_uppercase())]
        .iter()
        .map(|(id, text)| format!("{{\"id\": \"{id}\", \"text\": \"{text}\"}}\n"))
        .collect();
    let files = Files::new(&[("in.jsonl", lines.as_bytes())]);
    let run = |more: &[&str], code: i32| {
        let mut command = dateline();
        command.arg("batch").arg(files.path("in.jsonl")).arg("-o").arg(files.path("out.jsonl"));
        let output = command.args(["--force"]).args(more).assert().code(code).get_output().clone();
        (files.neutral(&output.stderr), files.read("out.jsonl"))
    };
    let (report, out) = run(&["--dedup"], 0);
    assert!(report.contains("1 articles seem not to be in English"), "{report}");
    assert!(report.contains("1 articles say the same as one before them"), "{report}");
    assert!(out.lines().next().unwrap().contains("\"language\":\"de\""), "{out}");
    assert!(out.contains("\"duplicate_of\":{\"id\":\"en\",\"similarity\":1.0}"), "{out}");
    let (report, out) = run(&["--lang-policy", "skip"], 0);
    assert!(report.contains("1 not in English and left out"), "{report}");
    assert_eq!(ids(&out), ["\"en\"", "\"copy\""]);
    let (_, out) = run(&["--lang-policy", "reject"], 1);
    assert_eq!(ids(&out), ["\"en\"", "\"copy\""]);
    assert!(files.read("out.jsonl.rejects.jsonl").contains("not in English but in de"));
}

#[test]
fn dumps_of_all_kinds_are_read() {
    let files = Files::new(&[
        ("a.csv", b"id,headline,body\nc1,Rain in Oslo,Rain fell in Oslo.\n"),
        ("b.json", b"[\n{\"id\": \"j1\", \"text\": \"Sun.\"}\n]"),
        ("c.txt", b"Wind in Lyon\n\nWind blew in Lyon."),
    ]);
    let mut command = dateline();
    command.arg("batch").arg(files.path(".")).arg("-o").arg(files.path("out.jsonl"));
    let output = command.arg("--no-extraction").assert().success().get_output().clone();
    assert_eq!(ids(&files.read("out.jsonl")), ["\"c1\"", "\"j1\"", "\"c.txt\""]);
    let report = files.neutral(&output.stderr);
    assert!(report.contains("a.csv: reading headline as title, body as text\n"), "{report}");
}

/// A length below zero, over which the decoder panics.
#[test]
fn a_panic_over_damage_is_told_as_a_reason_alone() {
    let seed: &[u8] = include_bytes!("../../../fuzz/seeds/readers/parquet-negative-length");
    let files = Files::new(&[("a.parquet", &seed[2..])]);
    let mut command = dateline();
    command.arg("batch").arg(files.path("a.parquet")).arg("-o").arg(files.path("out.jsonl"));
    command.arg("--no-extraction").env_remove("RUST_BACKTRACE");
    let output = command.assert().code(1).get_output().clone();
    let report = files.neutral(&output.stderr);
    assert!(!report.contains("panicked"), "{report}");
    assert!(files.read("out.jsonl.rejects.jsonl").contains("should not be negative"), "{report}");
}

/// What the kernel fails to read, as it does a broken disk.
#[cfg(target_os = "linux")]
#[test]
fn an_input_that_fails_stops_a_job_that_can_go_on() {
    let files =
        Files::new(&[("a.jsonl", "{\"id\": \"a\", \"text\": \"Rain.\"}\n".repeat(100).as_bytes())]);
    let run = |second: &std::path::Path| {
        let mut command = dateline();
        command.arg("batch").arg(files.path("a.jsonl")).arg(second);
        command.arg("-o").arg(files.path("out.jsonl"));
        command.args(["--no-extraction", "--input-format", "jsonl", "--resume"]).assert()
    };
    std::os::unix::fs::symlink("/proc/self/mem", files.path("b.jsonl")).unwrap();
    let failed = run(&files.path("b.jsonl")).code(3).get_output().clone();
    let message = files.neutral(&failed.stderr);
    assert!(message.contains("error: b.jsonl: cannot be read: "), "{message}");
    assert!(message.contains("--resume goes on"), "{message}");
    assert_eq!(files.names(), ["a.jsonl", "b.jsonl", "out.jsonl.partial"]);
    std::fs::remove_file(files.path("b.jsonl")).unwrap();
    std::fs::write(files.path("b.jsonl"), "").unwrap();
    run(&files.path("b.jsonl")).success();
    assert_eq!(ids(&files.read("out.jsonl")), ["\"a\""; 100]);
}

#[test]
fn tables_are_written() {
    let files = Files::new(&[("a.txt", crate::ARTICLE.as_bytes())]);
    let run = |output: &str, more: &[&str]| {
        let mut command = dateline();
        command.arg("batch").arg(files.path("a.txt")).arg("-o").arg(files.path(output));
        command.args(more).assert()
    };
    run("csv", &["--format", "csv-tables", "--offsets", "byte"]).success();
    let table = |name: &str| files.read(&format!("csv/{name}.csv"));
    assert!(table("entities").contains("Ingrid Solheim"), "{}", table("entities"));
    assert!(table("articles").starts_with("article,article_id,title,"), "{}", table("articles"));
    let again = run("csv", &["--format", "csv-tables"]).code(3).get_output().clone();
    let message = files.neutral(&again.stderr);
    assert_eq!(message, "error: csv/articles.csv: exists already; --force replaces it\n");
    run("out.parquet", &[]).success();
    run("tables", &["--format", "parquet-tables"]).success();
    // A table that was written is read again: it has the fields id and title, and no text.
    let mut command = dateline();
    command.arg("batch").arg(files.path("out.parquet")).arg("-o").arg(files.path("back.jsonl"));
    command.args(["--no-extraction", "--text-field", "title"]).assert().success();
    assert_eq!(ids(&files.read("back.jsonl")), ["\"a.txt\""]);
    let names: Vec<_> = std::fs::read_dir(files.path("tables")).unwrap().collect();
    assert_eq!(names.len(), 6);
}
