//! The formats of annotation tools, from `extract` and `batch`.

use crate::{Files, SAMPLES, dateline};

/// Formats that stand in one file, and those with files for each article.
const ONE_FILE: &[&str] = &["conll", "conllu", "doccano", "label-studio"];
const FOLDER: &[&str] = &["brat", "timeml"];

/// What is kept as a snapshot is computed in floats: what 8 bits round to depends on the processor.
const EXACT: [&str; 1] = ["--engine=f32"];

/// Standard output and standard error of `extract` over the samples.
fn extract(files: &Files, options: &[&str]) -> (String, String) {
    let mut command = dateline();
    command.arg("extract").args(EXACT).arg(files.path("in.jsonl")).args(options);
    let output = command.assert().success().get_output().clone();
    (String::from_utf8(output.stdout).unwrap(), files.neutral(&output.stderr))
}

/// Standard error of `batch` over a file, into `output`.
fn batch(files: &Files, input: &str, output: &str, options: &[&str], code: i32) -> String {
    let mut command = dateline();
    command
        .arg("batch")
        .args(EXACT)
        .arg(files.path(input))
        .arg("-o")
        .arg(files.path(output))
        .args(options);
    files.neutral(&command.assert().code(code).get_output().stderr)
}

#[test]
fn extract_and_batch_write_the_same() {
    let files = Files::new(&[("in.jsonl", SAMPLES)]);
    for format in ONE_FILE {
        let (printed, losses) = extract(&files, &["--format", format]);
        insta::assert_snapshot!(*format, format!("{printed}== stderr\n{losses}"));
        for threads in ["1", "2"] {
            let name = format!("{format}.{threads}");
            let options = ["--format", format, "--threads", threads];
            let report = batch(&files, "in.jsonl", &name, &options, 0);
            assert_eq!(files.read(&name), printed);
            assert!(report.ends_with(&losses), "{report}");
        }
    }
    for format in FOLDER {
        let out = files.path(format);
        let (printed, losses) =
            extract(&files, &["--format", format, "--output", out.to_str().unwrap()]);
        assert_eq!(printed, "");
        let written = files.folder(format);
        insta::assert_snapshot!(*format, format!("{written}== stderr\n{losses}"));
        for threads in ["1", "2"] {
            let name = format!("{format}.{threads}");
            let options = ["--format", format, "--threads", threads];
            let report = batch(&files, "in.jsonl", &name, &options, 0);
            assert_eq!(files.folder(&name), written);
            assert!(report.ends_with(&losses), "{report}");
        }
    }
}

#[test]
fn offsets_may_be_asked_for_as_they_are() {
    let files = Files::new(&[("in.jsonl", SAMPLES)]);
    for (format, unit) in [("doccano", "codepoint"), ("label-studio", "utf16")] {
        let (plain, _) = extract(&files, &["--format", format]);
        assert_eq!(extract(&files, &["--format", format, "--offsets", unit]).0, plain);
    }
}

/// The first and the last have one id, and the second cannot be read.
const TWICE: &[u8] = b"\
{\"id\": \"a\", \"text\": \"Anna Berg met Tom Lund in Kenya.\"}
{\"id\": \"b\", \"text\": 3}
{\"id\": \"c\", \"text\": \"France signed the accord.\"}
{\"id\": \"a\", \"text\": \"Rain fell in Oslo on Monday.\"}
";

#[test]
fn the_same_id_twice_is_rejected_where_it_names_files() {
    let files = Files::new(&[("in.jsonl", TWICE)]);
    let reason = "an article before it is written to a.txt: each needs an id of its own where \
                  each is written to its own files";
    for threads in ["1", "2"] {
        // As a shell completes the name of a folder.
        let options = ["--format", "brat", "--threads", threads, "--force"];
        let report = batch(&files, "in.jsonl", "out/", &options, 1);
        let counts = "read 4 records: 2 written to out/, 2 rejected\n\
                      rejected records and reasons: out.rejects.jsonl\n";
        assert!(report.starts_with(counts), "{report}");
        // Of the articles written only: the rejected one would lose the value of an event's time.
        insta::assert_snapshot!("losses", report.lines().last().unwrap());
        let rejects = files.read("out.rejects.jsonl");
        let last = rejects.lines().last().unwrap();
        assert!(last.contains(reason) && last.contains("\"line\":4"), "{rejects}");
        assert_eq!(rejects.lines().count(), 2);
        let written = files.folder("out");
        let names = written.lines().filter_map(|line| line.strip_prefix("== ")?.split(',').next());
        assert_eq!(names.collect::<Vec<_>>(), ["a.ann", "a.txt", "c.ann", "c.txt"]);
        assert!(written.contains("Anna Berg met") && !written.contains("Rain"), "{written}");
        assert_eq!(files.names(), ["in.jsonl", "out", "out.rejects.jsonl", "out.summary.json"]);
    }
    let mut command = dateline();
    command.args(["extract", "--format=timeml", "-o"]).arg(files.path("tml"));
    command.arg(files.path("in.jsonl"));
    let output = command.assert().code(1).get_output().clone();
    let expected = [
        "error: in.jsonl:2: field \"text\" is a number, expected a string".to_owned(),
        format!("error: in.jsonl:4: {}", reason.replace("a.txt", "a.tml")),
    ];
    let errors = files.neutral(&output.stderr);
    assert_eq!(errors.lines().take(2).collect::<Vec<_>>(), expected);
    assert!(files.read("tml/a.tml").contains("Berg"));
    // Where ids name nothing, they may repeat.
    let report = batch(&files, "in.jsonl", "out.doccano", &["--format", "doccano"], 1);
    assert!(report.starts_with("read 4 records: 3 written to out.doccano, 1 rejected\n"));
}

#[test]
fn files_that_exist_are_kept_unless_forced() {
    let files = Files::new(&[
        (
            "in.jsonl",
            b"{\"id\": \"new\", \"text\": \"Rain.\"}\n{\"id\": \"old\", \"text\": \"Sun.\"}",
        ),
        ("new.jsonl", b"{\"id\": \"new\", \"text\": \"Rain.\"}"),
    ]);
    std::fs::create_dir(files.path("out")).unwrap();
    std::fs::write(files.path("out/old.ann"), "corrected").unwrap();
    std::fs::write(files.path("out/annotation.conf"), "theirs").unwrap();
    let before = files.folder("out");
    let extract = |input: &str, options: &[&str], code: i32| {
        let mut command = dateline();
        command.args(["extract", "--format=brat", "-o"]).arg(files.path("out"));
        command.arg(files.path(input)).args(options);
        files.neutral(&command.assert().code(code).get_output().stderr)
    };
    let refused = "error: out/old.ann: exists already; --force replaces it\n";
    assert_eq!(batch(&files, "in.jsonl", "out", &["--format", "brat"], 3), refused);
    assert_eq!(files.folder("out"), before);
    assert_eq!(extract("in.jsonl", &[], 3), refused);
    assert_eq!(files.folder("out"), before);
    // A folder that is there is added to.
    extract("new.jsonl", &[], 0);
    assert_eq!(files.read("out/new.txt"), "Rain.");
    assert_eq!(files.read("out/old.ann"), "corrected");
    std::fs::write(files.path("out/new.txt"), "changed").unwrap();
    extract("in.jsonl", &["--force"], 0);
    assert_eq!(files.read("out/old.txt"), "Sun.");
    assert_eq!(files.read("out/new.txt"), "Rain.");
    assert_ne!(files.read("out/old.ann"), "corrected");
    assert_eq!(files.read("out/annotation.conf"), "theirs");
    assert!(!files.path("out/.partial").exists());
    assert_eq!(files.names(), ["in.jsonl", "new.jsonl", "out"]);
    // A file is no folder, and a folder no file.
    let message = "error: new.jsonl: is a file; name a folder for the files of each article\n";
    assert_eq!(
        batch(&files, "in.jsonl", "new.jsonl", &["--format", "brat", "--force"], 3),
        message
    );
    let message = "error: out: is a directory; name the files in it\n";
    assert_eq!(batch(&files, "in.jsonl", "out", &["--format", "conll", "--force"], 3), message);
}

#[test]
fn an_array_is_whole_without_articles() {
    let files = Files::new(&[("in.jsonl", b"{\"id\": \"b\"}\n")]);
    batch(&files, "in.jsonl", "out.json", &["--format", "label-studio"], 1);
    let tasks: serde_json::Value = serde_json::from_str(&files.read("out.json")).unwrap();
    assert_eq!(tasks, serde_json::json!([]));
    let mut command = dateline();
    command.args(["extract", "--format=label-studio"]).arg(files.path("in.jsonl"));
    let output = command.assert().code(1).get_output().clone();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), files.read("out.json"));
}
