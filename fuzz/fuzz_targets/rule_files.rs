//! The parsers of rule files, and rules that were loaded from any file, at work.
//!
//! The first byte, counted from `!`, chooses the file (see `chosen`); the second says whether the
//! rest is added to the built-in file or its stand-in (`+`) or takes its place.
#![no_main]

use std::path::PathBuf;
use std::sync::OnceLock;

use dateline_fuzz::{annotate, check_document, folder};
use dateline_rules::{Options, RuleError, Rules, builtin_files};
use dateline_text::{Annotations, Article, Text, segment};
use libfuzzer_sys::fuzz_target;

/// Loading all built-in files takes a third of a second: these stand for the largest ones.
const TOWNS: &str = "Borlund\tNOR\t03\t51000\t59.91\t10.75\nHalsted\tUSA\tTX\tcounty\n";
/// The first lines of patterns: names, and a few of those that use them.
const PATTERNS: usize = 45;
/// A file of the user's own, which adds types.
const OWN: &str = "events/fuzz.toml";
/// Files of events that hold no types but what types name.
const LEXICONS: [&str; 2] = ["events/words.toml", "events/shared.toml"];

fuzz_target!(|data: &[u8]| {
    let [choice, place, content @ ..] = data else { return };
    let (name, builtin) = chosen(choice.wrapping_sub(b'!'));
    let mut written = Vec::new();
    if *place == b'+' {
        // Large files of types are tried with what is added alone.
        let standing = stand_in(name, builtin);
        written.extend_from_slice(standing.as_bytes());
        if !standing.is_empty() && !standing.ends_with('\n') {
            written.push(b'\n');
        }
    }
    written.extend_from_slice(content);
    let rules = with_file(name, &written);
    match rules {
        Ok(rules) => {
            let (article, text, annotations) = example();
            let date = jiff::civil::date(2024, 2, 29);
            let options = Options { published: Some(date) };
            check_document(&rules.read(article, text, annotations, &options), text);
        }
        Err(error) => check(&error, name, &written),
    }
});

/// A rule file's name and what stands under it while another one is tried.
fn chosen(choice: u8) -> (&'static str, &'static str) {
    static FILES: OnceLock<Vec<(&str, &str)>> = OnceLock::new();
    let files = FILES.get_or_init(|| builtin_files().chain([(OWN, "")]).collect());
    files[usize::from(choice) % files.len()]
}

/// What stands for a built-in file while another one is tried.
fn stand_in(name: &str, builtin: &'static str) -> &'static str {
    let lines = |count: usize| builtin.match_indices('\n').nth(count).map_or(0, |(at, _)| at);
    match name {
        "gazetteer.tsv" => TOWNS,
        "published.tsv" => &builtin[..lines(PATTERNS)],
        // No file names a type of another one.
        _ if name.starts_with("events/") && !LEXICONS.contains(&name) => "",
        _ => builtin,
    }
}

/// Loads the rules with `written` as file `name` in a folder of what stands for the other files.
fn with_file(name: &str, written: &[u8]) -> Result<Rules, RuleError> {
    static RULES: OnceLock<PathBuf> = OnceLock::new();
    let rules = RULES.get_or_init(|| {
        let rules = folder().join("rules");
        std::fs::create_dir_all(rules.join("events")).expect("temporary folders can be made");
        for (name, builtin) in builtin_files() {
            let standing = stand_in(name, builtin);
            if standing != builtin {
                std::fs::write(rules.join(name), standing).expect("files can be written");
            }
        }
        rules
    });
    let file = rules.join(name);
    let before = std::fs::read(&file).ok();
    std::fs::write(&file, written).expect("temporary files can be written");
    let loaded = Rules::from_dir(rules);
    match before {
        Some(before) => std::fs::write(&file, before).expect("temporary files can be written"),
        None => std::fs::remove_file(&file).expect("temporary files can be removed"),
    }
    loaded
}

/// A fault names a file that is there and, where it is in the file at hand, a line of it.
fn check(error: &RuleError, name: &str, written: &[u8]) {
    let message = error.to_string();
    assert!(message.starts_with(&error.file) && !error.problem.is_empty(), "{message}");
    let is_known = error.file == OWN || builtin_files().any(|(name, _)| name == error.file);
    assert!(is_known, "no such file: {message}");
    assert!(error.column == 0 || error.line > 0, "a column without a line: {message}");
    let Ok(text) = std::str::from_utf8(written) else { return };
    if error.file == name {
        // A fault at the end of a file may be on the line after its last.
        let lines = text.split('\n').count() + 1;
        assert!(error.line <= lines, "line {} of {lines}: {message}", error.line);
        // Only what is not there stands on no line.
        let is_of_file = error.problem.ends_with(" is missing");
        assert!(error.line > 0 || is_of_file, "a fault without a line: {message}");
    }
}

/// A text with a little of all that rules read.
fn example() -> &'static (Article, Text, Annotations) {
    static EXAMPLE: OnceLock<(Article, Text, Annotations)> = OnceLock::new();
    EXAMPLE.get_or_init(|| {
        let text = "Ministers of Norvania met protesters on Monday\n\n\
                    BORLUND, Feb. 28, 2024 (XYZ) — Prime Minister Jane Doe met 200 protesters in \
                    Borlund last Monday, two days ago.\n\n\
                    The talks in the early 1990s had cost $3 million, the company said in March \
                    2022. Troops will attack at 10:15 a.m. tomorrow, or at the end of next year.";
        let article = Article::from_text("a", text);
        let text = segment(&article);
        let annotations = annotate(&text, 1);
        (article, text, annotations)
    })
}
