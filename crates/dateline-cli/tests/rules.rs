//! `dateline rules`: checking and showing rule files.

use std::path::Path;

use crate::{Files, dateline};

/// What the command prints, and what it complains of.
fn run(args: &[&str], code: i32) -> (String, String) {
    let output = dateline().args(args).assert().code(code).get_output().clone();
    (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn shows_what_is_built_in() {
    let (names, _) = run(&["rules", "show"], 0);
    assert!(names.lines().any(|name| name == "events/diplomacy.toml"), "{names}");
    let (text, _) = run(&["rules", "show", "events/diplomacy.toml"], 0);
    assert!(text.contains("\n[talks]\n"));
    let (_, error) = run(&["rules", "show", "events/diplomatie.toml"], 3);
    assert!(error.contains("no built-in rule file"), "{error}");
}

#[test]
fn the_example_is_sound_and_adds_events() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = root.join("examples/rules");
    let folder = folder.to_str().unwrap();
    let (out, error) = run(&["rules", "check", folder], 0);
    assert!(out.ends_with("events/harbour.toml is sound and adds event rules\n"), "{out}");
    assert!(error.is_empty(), "{error}");
    let article = "Ferry back\n\nThe ferry docked in Aarhus on Monday. The mayors of Lund and Aarhus \
                   held a parley in Lund on Tuesday.";
    let kinds = |args: &[&str]| {
        let output = dateline().args(args).write_stdin(article).assert().success();
        let record: serde_json::Value =
            serde_json::from_slice(&output.get_output().stdout).unwrap();
        let events = record["events"].as_array().unwrap().iter();
        events.map(|event| event["type"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let with = kinds(&["extract", "--format=json", "--rules", folder]);
    assert_eq!(with, ["business_economy.port_call", "diplomacy.talks"]);
    assert!(kinds(&["extract", "--format=json"]).is_empty());
}

#[test]
fn own_entries_have_the_last_word() {
    let files = Files::new(&[(
        "mine.toml",
        b"[crime.violence]\nverbs = [ { is = \"shell\", when = { object = \"any\" } } ]\n",
    )]);
    let article = "The rebels shelled the port on Monday.";
    let kind = |args: &[&str]| {
        let output = dateline().args(args).write_stdin(article).assert().success();
        let record: serde_json::Value =
            serde_json::from_slice(&output.get_output().stdout).unwrap();
        record["events"][0]["type"].as_str().unwrap().to_owned()
    };
    let events = files.path("events");
    std::fs::create_dir(&events).unwrap();
    std::fs::rename(files.path("mine.toml"), events.join("mine.toml")).unwrap();
    assert_eq!(kind(&["extract", "--format=json"]), "military.strike");
    let folder = files.path("");
    let own = ["extract", "--format=json", "--rules", folder.to_str().unwrap()];
    assert_eq!(kind(&own), "crime.violence");
}

#[test]
fn faults_have_file_line_and_column() {
    let cases = [
        ("mine.toml", "[military.attack]\nverbs = [ 7 ]\n", "mine.toml:2:11: expected a table"),
        ("mine.toml", "[militair.attack]\n", "mine.toml:1:2: \"militair\" is no family"),
        (
            "mine.toml",
            "[military.attack]\nroles = \"agent\"\n",
            "mine.toml:2:1: \"roles\": military",
        ),
        ("mine.toml", "[military.siege]\nnoun = \"siege\"\n", "has no \"roles\""),
        ("mine.toml", "[military.attack\n", "mine.toml:1:"),
        (
            "mine.toml",
            "[diplomacy.talks]\nnouns = [\n  \"talks\",\n  \"talks\",\n]\n",
            "mine.toml:4:3: \"talks\" stands already",
        ),
        ("units.tsv", "one\n", "units.tsv:1: "),
        ("unit.tsv", "", "no rule file has this name"),
    ];
    for (name, text, problem) in cases {
        let files = Files::new(&[(name, text.as_bytes())]);
        let path = files.path(name);
        let (out, error) = run(&["rules", "check", path.to_str().unwrap()], 3);
        assert!(out.is_empty() && error.contains(problem), "{name} {text:?}: {error}");
    }
    let empty = Files::new(&[]);
    let (_, error) = run(&["rules", "check", empty.path("").to_str().unwrap()], 3);
    assert!(error.contains("no rule file"), "{error}");
}
