//! Help, completions and the manual page.

use crate::dateline;

fn stdout(args: &[&str]) -> String {
    let output = dateline().args(args).assert().success().get_output().clone();
    assert!(output.stderr.is_empty());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn help() {
    insta::assert_snapshot!("help", stdout(&["--help"]));
    insta::assert_snapshot!("help_extract", stdout(&["extract", "--help"]));
    insta::assert_snapshot!("help_batch", stdout(&["batch", "--help"]));
}

#[test]
fn completions_and_man_page() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(stdout(&["completions", shell]).contains("extract"), "{shell}");
    }
    let page = stdout(&["man"]);
    assert!(page.contains(".TH dateline 1"));
    assert!(page.contains("published") && page.contains("Exit codes"), "{page}");
}

#[test]
fn model_info() {
    let info = stdout(&["model", "info"]);
    for key in ["name", "version", "from        built in", "weights", "sha256"] {
        assert!(info.contains(key), "{info}");
    }
}

#[test]
fn usage_errors() {
    let cases: &[&[&str]] = &[
        &[],
        &["extrct"],
        &["extract", "--published", "yesterday"],
        &["extract", "--offsets", "words"],
        &["batch", "-o", "out.jsonl"],
        &["batch", "in.jsonl"],
        &["batch", "in.jsonl", "-o", "out.jsonl", "--threads", "0"],
    ];
    for args in cases {
        let output = dateline().args(*args).assert().code(2).get_output().clone();
        assert!(output.stdout.is_empty(), "{args:?}");
        assert!(!output.stderr.is_empty(), "{args:?}");
    }
}
