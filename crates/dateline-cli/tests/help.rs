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
fn the_fast_model_is_built_in() {
    let info = stdout(&["model", "info", "--model", "fast"]);
    assert!(info.contains("dateline-en-fast") && info.contains("built in"), "{info}");
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
        &["extract", "--format", "brat"],
        &["extract", "--format", "timeml"],
        &["extract", "--format", "doccano", "--output", "out"],
        &["extract", "--format", "jsonl", "--force"],
        &["batch", "-o", "out.jsonl"],
        &["batch", "in.jsonl", "-o", "out", "--format", "summary"],
        &["batch", "in.jsonl"],
        &["batch", "in.jsonl", "-o", "out.jsonl", "--threads", "0"],
    ];
    for args in cases {
        let output = dateline().args(*args).assert().code(2).get_output().clone();
        assert!(output.stdout.is_empty(), "{args:?}");
        assert!(!output.stderr.is_empty(), "{args:?}");
    }
}

#[test]
fn what_a_format_leaves_no_choice_about_is_refused() {
    let cases = [
        (
            "extract --format brat",
            "--format brat writes files for each article: name a folder for them with --output DIR",
        ),
        (
            "extract --format conll --output x",
            "--output is for formats with files for each article; conll goes to standard output",
        ),
        (
            "extract --format timeml -o x --offsets codepoint",
            "timeml has no offsets: --offsets can't be used with it",
        ),
        (
            "batch x -o x --format doccano --offsets utf16",
            "offsets in doccano are always codepoint, not utf16",
        ),
        (
            "batch x -o x --format label-studio --offsets codepoint",
            "offsets in label-studio are always utf16, not codepoint",
        ),
        (
            "extract --format conllu --with-text",
            "--with-text is for json and jsonl, not for conllu",
        ),
    ];
    for (line, message) in cases {
        let output = dateline().args(line.split(' ')).assert().code(2).get_output().clone();
        assert!(output.stdout.is_empty(), "{line}");
        let found = String::from_utf8(output.stderr).unwrap();
        assert_eq!(found.lines().next().unwrap(), format!("error: {message}"), "{line}");
        let command = line.split(' ').next().unwrap();
        assert!(found.contains(&format!("Usage: dateline {command} ")), "{found}");
    }
}
