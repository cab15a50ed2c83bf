//! Bad input: a clear line on standard error, the right exit code, and the rest is read.

use crate::{ARTICLE, Files, dateline};

/// Standard error and the exit code of `extract` over one file of these bytes.
fn extract(name: &str, bytes: &[u8]) -> (String, String) {
    let files = Files::new(&[(name, bytes)]);
    let mut command = dateline();
    let output = command.args(["extract", "--format=jsonl"]).arg(files.path(name)).output();
    let output = output.unwrap();
    let code = output.status.code().unwrap();
    let records = output.stdout.iter().filter(|&&byte| byte == b'\n').count();
    (format!("exit {code}, {records} records"), files.neutral(&output.stderr))
}

#[test]
fn what_is_wrong_is_said_in_one_line() {
    let cases: &[(&str, &[u8], &str, &str)] = &[
        (
            "damaged.txt",
            b"Th\xc3\xa9 au caf\xc3\xa9, no\xc3l in Lyon.",
            "exit 1, 0 records",
            "error: damaged.txt:1: not UTF-8: invalid byte at offset 17 of the record, which is UTF-8 \
             before or after; it is damaged\n",
        ),
        (
            "cut.jsonl",
            b"{\"text\": \"Rain fell.\"}\n{\"text\": \"Rain fe",
            "exit 1, 1 records",
            "error: cut.jsonl:2: truncated JSON: it ends inside the record\n",
        ),
        (
            "no_text.jsonl",
            b"{\"title\": \"Rain\"}\n{\"text\": \"Rain fell.\"}\n",
            "exit 1, 1 records",
            "error: no_text.jsonl:1: no text: the record has none of the fields text, body, \
             maintext, content, article, document, story, full_text\n",
        ),
        (
            "type.jsonl",
            b"{\"text\": [\"Rain\"]}\n",
            "exit 1, 0 records",
            "error: type.jsonl:1: field \"text\" is an array, expected a string\n",
        ),
    ];
    for (name, bytes, outcome, message) in cases {
        let found = extract(name, bytes);
        assert_eq!((found.0.as_str(), found.1.as_str()), (*outcome, *message), "{name}");
    }
}

#[test]
fn odd_articles_are_read() {
    let cases: &[(&str, Vec<u8>)] = &[
        ("empty.txt", Vec::new()),
        ("nul.txt", b"Title\0\n\nAnna\0 met Tom.".to_vec()),
        ("bom.txt", [b"\xEF\xBB\xBF", ARTICLE.as_bytes()].concat()),
        ("crlf.txt", ARTICLE.replace('\n', "\r\n").into_bytes()),
        ("furniture.txt", b"Copyright 2024 Example News. All rights reserved.\n".to_vec()),
        ("emoji.txt", "Fans 👩‍👩‍👧 cheer\n\nThe cafe\u{301} in Lyon 👍🏽 opened.".into()),
        ("rtl.txt", "שלום עולם\n\nقال الرئيس إن المحادثات بدأت.".into()),
        ("word.txt", vec![b'x'; 300_000]),
    ];
    let files: Vec<(&str, &[u8])> = cases.iter().map(|(n, b)| (*n, b.as_slice())).collect();
    let files = Files::new(&files);
    let mut command = dateline();
    command.args(["extract", "--format=jsonl"]);
    command.args(cases.iter().map(|(name, _)| files.path(name)));
    let output = command.assert().success().get_output().clone();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    let records = String::from_utf8(output.stdout).unwrap();
    assert_eq!(records.lines().count(), cases.len());
    assert!(records.lines().next().unwrap().contains("the article has no text"));
}

#[test]
fn missing_files_spare_the_others() {
    let files = Files::new(&[("a.txt", ARTICLE.as_bytes())]);
    let mut command = dateline();
    command.args(["extract", "--format=jsonl"]);
    command.args([files.path("missing.txt"), files.path("."), files.path("*.html")]);
    let output = command.assert().code(1).get_output().clone();
    assert_eq!(output.stdout.iter().filter(|&&byte| byte == b'\n').count(), 1);
    assert_eq!(
        files.neutral(&output.stderr),
        "error: missing.txt: no such file\nerror: *.html: no such file\n"
    );
}

#[test]
fn a_model_that_cannot_be_used_is_code_3() {
    let files = Files::new(&[
        ("config.json", b"{\"format\": 1"),
        ("tokenizer.json", b"{}"),
        ("model.onnx", b"not a graph"),
    ]);
    for model in [files.path("."), files.path("nowhere"), files.path("config.json")] {
        let mut command = dateline();
        command.args(["extract", "--model"]).arg(&model);
        let output = command.write_stdin(ARTICLE).assert().code(3).get_output().clone();
        assert!(output.stdout.is_empty());
        let message = files.neutral(&output.stderr);
        assert!(message.starts_with("error: ") && message.lines().count() == 1, "{message}");
    }
}

#[test]
fn damaged_weights_are_found() {
    let models = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/dateline-en");
    let read = |name: &str| std::fs::read(models.join(name)).unwrap();
    let weights = read("model.onnx");
    let (config, tokenizer) = (read("config.json"), read("tokenizer.json"));
    let files = Files::new(&[
        ("config.json", &config),
        ("tokenizer.json", &tokenizer),
        ("model.onnx", &weights[..weights.len() / 2]),
    ]);
    let mut command = dateline();
    command.args(["model", "info", "--model"]).arg(files.path("."));
    let output = command.assert().code(3).get_output().clone();
    let message = files.neutral(&output.stderr);
    assert!(message.starts_with("error: cannot load the model in .: "), "{message}");
    assert_eq!(message.lines().count(), 1, "{message}");
}
