//! `dateline extract`: formats, inputs, options.

use serde_json::Value;

use crate::{ARTICLE, Files, dateline};

fn records(output: &[u8]) -> Vec<Value> {
    let text = std::str::from_utf8(output).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn reads_standard_input_and_files() {
    let files = Files::new(&[
        ("a.txt", ARTICLE.as_bytes()),
        (
            "b.jsonl",
            b"{\"id\": \"b1\", \"text\": \"Anna Berg met Tom.\"}\n{\"body\": \"Rain fell.\"}\n",
        ),
    ]);
    let mut command = dateline();
    command.args(["extract", "--format", "jsonl"]);
    command.args([files.path("a.txt"), "-".into(), files.path("b.jsonl")]);
    let output = command.write_stdin("A title\n\nSome text.").assert().success();
    let ids: Vec<String> =
        records(&output.get_output().stdout).iter().map(|r| r["id"].to_string()).collect();
    assert_eq!(ids, ["\"a.txt\"", "\"-\"", "\"b1\"", "\"b.jsonl:2\""]);
    assert!(output.get_output().stderr.is_empty());
}

#[test]
fn standard_input_is_sniffed() {
    let output = dateline()
        .args(["extract", "--format=jsonl"])
        .write_stdin("\n{\"id\": 5, \"text\": \"Rain fell in Oslo.\"}\n")
        .assert()
        .success();
    assert_eq!(records(&output.get_output().stdout)[0]["id"], "5");
    let output = dateline()
        .args(["extract", "--format=jsonl", "--input-format=text"])
        .write_stdin("{Rain} fell in Oslo.")
        .assert()
        .success();
    assert_eq!(records(&output.get_output().stdout)[0]["id"], "-");
}

#[test]
fn options_reach_the_record() {
    let output = dateline()
        .args(["extract", "--format=json", "--published=2024-03-13", "--with-text"])
        .args(["--offsets=utf16"])
        .write_stdin(ARTICLE)
        .assert()
        .success();
    let record: Value = serde_json::from_slice(&output.get_output().stdout).unwrap();
    assert_eq!(record["published"]["value"], "2024-03-13");
    assert_eq!(record["published"]["source"], "argument");
    assert_eq!(record["offsets"], "utf16");
    assert_eq!(record["text"], ARTICLE);
    assert_eq!(record["schema"], "dateline/1");
}

#[test]
fn conllu_has_ten_columns() {
    let output =
        dateline().args(["extract", "--format=conllu"]).write_stdin(ARTICLE).assert().success();
    let text = String::from_utf8(output.get_output().stdout.clone()).unwrap();
    assert!(text.starts_with("# newdoc id = -\n"), "{text}");
    let tokens = text.lines().filter(|l| !l.is_empty() && !l.starts_with('#'));
    assert!(tokens.clone().count() > 20);
    assert!(tokens.clone().all(|line| line.split('\t').count() == 10), "{text}");
}

#[test]
fn a_closed_pipe_is_success() {
    use std::process::{Command, Stdio};
    let files = Files::new(&[("a.txt", ARTICLE.repeat(100).as_bytes())]);
    let mut child = Command::new(dateline().get_program())
        .args(["extract", "--format=json"])
        .arg(files.path("a.txt"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty());
}

#[test]
fn colours_only_where_asked_for() {
    let plain = dateline().arg("extract").write_stdin(ARTICLE).assert().success();
    assert!(!plain.get_output().stdout.contains(&0x1b));
    let mut command = dateline();
    command.env("CLICOLOR_FORCE", "1").arg("extract");
    let coloured = command.write_stdin(ARTICLE).assert().success();
    assert!(coloured.get_output().stdout.contains(&0x1b));
}

/// Both models and all engines find the people of a plain sentence.
#[test]
fn every_model_and_engine_reads() {
    let text = "Talks in Oslo\n\nNorwegian President Anna Berg met Tom Hill in Oslo on Monday.";
    for arguments in [
        &["--model=fast"][..],
        &["--model=fast", "--engine=f32"],
        &["--engine=f32"],
        &["--engine=onnx"],
    ] {
        let mut command = dateline();
        command.args(["extract", "--format=jsonl"]).args(arguments);
        let output = command.write_stdin(text).assert().success();
        let record = &records(&output.get_output().stdout)[0];
        let entities = record["entities"].as_array().unwrap();
        let names: Vec<&str> = entities.iter().map(|e| e["name"].as_str().unwrap()).collect();
        assert!(["Anna Berg", "Tom Hill", "Oslo"].iter().all(|n| names.contains(n)), "{names:?}");
    }
    let none = dateline().args(["extract", "--model=no/such/folder"]).write_stdin(text).assert();
    let error = String::from_utf8(none.failure().code(3).get_output().stderr.clone()).unwrap();
    assert!(error.contains("no such model folder"), "{error}");
}
