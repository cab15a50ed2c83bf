//! `dateline eval`: every format, what is wrong said in one line, comparisons.

use serde_json::Value;

use crate::{Files, dateline};

/// Two articles; the types are not Dateline's.
const GOLD: &str = r#"{"schema": "dateline/1", "id": "a", "text": "Ann Lund met Tom in Oslo.", "entities": [{"type": "PER", "mentions": [{"start": 0, "end": 8, "text": "Ann Lund"}]}, {"type": "PER", "mentions": [{"start": 13, "end": 16, "text": "Tom"}]}, {"type": "LOC", "mentions": [{"start": 20, "end": 24, "text": "Oslo"}]}]}
{"schema": "dateline/1", "id": "b", "text": "Zoë left.", "entities": [{"type": "PER", "mentions": [{"start": 0, "end": 3, "text": "Zoë"}]}]}
"#;
/// Finds two of the four.
const PREDICTIONS: &str = r#"{"schema": "dateline/1", "id": "a", "entities": [{"type": "PER", "mentions": [{"start": 0, "end": 8, "text": "Ann Lund"}]}, {"type": "ORG", "mentions": [{"start": 13, "end": 16, "text": "Tom"}]}]}
{"schema": "dateline/1", "id": "b", "entities": [{"type": "PER", "mentions": [{"start": 0, "end": 3, "text": "Zoë"}]}]}
"#;

/// What a run of `eval` ends with.
#[derive(Debug)]
struct Run {
    code: i32,
    out: String,
    err: String,
}

/// Runs `eval` in the folder of the files, so that messages name them as they were typed.
fn eval(files: &Files, args: &[&str]) -> Run {
    let mut command = dateline();
    command.current_dir(files.path(".")).arg("eval").args(args);
    let output = command.output().unwrap();
    Run {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Precision, recall, gold and predicted items of a metric.
fn numbers(report: &str, task: &str, metric: &str) -> (f64, f64, f64, f64) {
    let report: Value = serde_json::from_str(report).unwrap();
    let sections = report["sections"].as_array().unwrap();
    let section = sections.iter().find(|section| section["task"] == task).unwrap();
    let mut rows = section["rows"].as_array().unwrap().iter();
    let row = rows.find(|row| row["metric"] == metric && row["group"] == "all").unwrap();
    let of = |key: &str| row[key].as_f64().unwrap();
    (of("precision"), of("recall"), of("gold"), of("predicted"))
}

#[test]
fn every_format_is_gold_and_predictions() {
    let conll = |last: &str| format!("Ann B-PER\nLund I-PER\nmet O\nTom {last}\n");
    let conllu = |relation: &str| {
        format!(
            "# newdoc id = a\n# sent_id = 1\n# text = Ann left\n\
             1\tAnn\tAnn\tPROPN\tNNP\t_\t2\t{relation}\t_\t_\n\
             2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_\n\n"
        )
    };
    let doccano = |last: &str| {
        format!(
            r#"{{"id": 1, "text": "Ann Lund met Tom", "label": [[0, 8, "PER"], [13, 16, "{last}"]]}}"#
        )
    };
    let prodigy = |last: &str| {
        format!(
            r#"{{"text": "Ann Lund met Tom", "spans": [{{"start": 0, "end": 8, "label": "PER"}}, {{"start": 13, "end": 16, "label": "{last}"}}]}}"#
        )
    };
    let region = |start: usize, end: usize, words: &str, label: &str| {
        format!(
            r#"{{"from_name": "label", "to_name": "text", "type": "labels", "id": "r{start}", "value": {{"start": {start}, "end": {end}, "text": "{words}", "labels": ["{label}"]}}}}"#
        )
    };
    let label_studio = |last: &str| {
        format!(
            r#"[{{"id": 7, "data": {{"text": "Ann Lund met Tom"}}, "annotations": [{{"result": [{}, {}]}}]}}]"#,
            region(0, 8, "Ann Lund", "PER"),
            region(13, 16, "Tom", last)
        )
    };
    let ours = |last: &str| {
        format!(
            r#"{{"schema": "dateline/1", "id": "a", "text": "Ann Lund met Tom", "entities": [{{"type": "PER", "mentions": [{{"start": 0, "end": 8}}]}}, {{"type": "{last}", "mentions": [{{"start": 13, "end": 16}}]}}]}}"#
        )
    };
    let half = (0.5, 0.5, 2.0, 2.0);
    let cases = [
        ("dateline", "jsonl", ours("PER"), ours("ORG"), ("entities", "strict")),
        (
            "conll, tags IOB2 (detected)",
            "conll",
            conll("B-PER"),
            conll("B-ORG"),
            ("entities", "strict"),
        ),
        ("conllu", "conllu", conllu("nsubj"), conllu("obj"), ("syntax", "LAS")),
        ("doccano", "jsonl", doccano("PER"), doccano("ORG"), ("entities", "strict")),
        ("prodigy", "jsonl", prodigy("PER"), prodigy("ORG"), ("entities", "strict")),
        ("label-studio", "json", label_studio("PER"), label_studio("ORG"), ("entities", "strict")),
    ];
    for (format, ending, gold, predictions, (task, metric)) in cases {
        let (gold_name, name) = (format!("gold.{ending}"), format!("predictions.{ending}"));
        let files = Files::new(&[(&gold_name, gold.as_bytes()), (&name, predictions.as_bytes())]);
        let run = eval(&files, &[&gold_name, "--pred", &name, "--format", "json"]);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{format}");
        assert_eq!(numbers(&run.out, task, metric), half, "{format}");
        let report: Value = serde_json::from_str(&run.out).unwrap();
        let named = |of: &str| report[of].as_str().map(str::to_owned).unwrap();
        assert!(named("predictions").starts_with(&format!("{name} ({format}")), "{format}");
        let read_as = report["gold"][0].as_str().unwrap();
        assert!(read_as.starts_with(&format!("{gold_name} ({format}")), "{read_as}");
    }
}

#[test]
fn folders_are_gold_and_predictions() {
    let text = "Ann Lund met Tom";
    let brat = |last: &str| format!("T1\tPER 0 8\tAnn Lund\nT2\t{last} 13 16\tTom\n");
    let timeml = |value: &str| {
        format!(
            "<?xml version=\"1.0\" ?>\n<TimeML><DOCID>a</DOCID><DCT><TIMEX3 tid=\"t0\" type=\"DATE\" \
             value=\"2024-03-12\" functionInDocument=\"CREATION_TIME\">2024-03-12</TIMEX3></DCT>\
             <TEXT>They met on <TIMEX3 tid=\"t1\" type=\"DATE\" value=\"2024-03-11\">Monday</TIMEX3> and \
             left <TIMEX3 tid=\"t2\" type=\"DATE\" value=\"{value}\">today</TIMEX3>.</TEXT></TimeML>\n"
        )
    };
    let files = Files::new(&[]);
    for folder in ["gold", "pred", "gold.tml", "pred.tml"] {
        std::fs::create_dir(files.path(folder)).unwrap();
    }
    let write = |name: &str, content: &str| std::fs::write(files.path(name), content).unwrap();
    for (folder, last, value) in [("gold", "PER", "2024-03-12"), ("pred", "ORG", "2024-03-13")] {
        write(&format!("{folder}/a.txt"), text);
        write(&format!("{folder}/a.ann"), &brat(last));
        write(&format!("{folder}.tml/a.tml"), &timeml(value));
    }
    let run = eval(&files, &["gold", "--pred", "pred", "--format", "json"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert_eq!(numbers(&run.out, "entities", "strict"), (0.5, 0.5, 2.0, 2.0));
    let run = eval(&files, &["gold.tml", "--pred", "pred.tml", "--format", "json"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert_eq!(numbers(&run.out, "times", "value"), (0.5, 0.5, 2.0, 2.0));
}

/// Files to go wrong with.
fn faulty() -> Files {
    let first = GOLD.lines().next().unwrap();
    let twice = format!("{GOLD}{first}\n");
    let shifted = GOLD.replace("\"start\": 20, \"end\": 24", "\"start\": 21, \"end\": 25");
    let text = GOLD.replace("Zoë left.", "Zoë leaves.");
    let plain = "Ann B-PER\nLund I-PER\nmet O\nTom I-PER\n";
    let open = "Ann B-PER\nLund I-PER\nmet O\nTom S-LOC\n";
    Files::new(&[
        ("gold.jsonl", GOLD.as_bytes()),
        ("pred.jsonl", PREDICTIONS.as_bytes()),
        ("one.jsonl", PREDICTIONS.lines().next().unwrap().as_bytes()),
        ("twice.jsonl", twice.as_bytes()),
        ("shifted.jsonl", shifted.as_bytes()),
        ("text.jsonl", text.as_bytes()),
        ("empty.jsonl", b""),
        ("plain.conll", plain.as_bytes()),
        ("open.conll", open.as_bytes()),
        ("some.toml", b"[entities]\nPER = \"PERSON\"\n"),
        ("syntax.toml", b"[entities]\nPER = \"PERSON\n"),
        ("all.toml", b"[entities]\nPER = \"PERSON\"\nLOC = \"\"\n[predictions]\nPER = \"PERSON\"\nORG = \"ORG\"\n"),
    ])
}

#[test]
fn what_is_wrong_is_said_in_one_line() {
    let files = faulty();
    let pred = ["--pred", "pred.jsonl"];
    let cases: &[(&[&str], &str)] = &[
        (
            &["shifted.jsonl"],
            "shifted.jsonl:1 (document a): entity mention 21..25 of the text is \"slo.\", the file \
             says \"Oslo\"; offsets shifted by 1?",
        ),
        (
            &["gold.jsonl", "--map", "some.toml"],
            "gold entity label \"LOC\" of article \"a\" (characters 20 to 24) is not in the map: add it \
             to [entities], as one of ours or as \"\" to leave it out",
        ),
        (
            &["gold.jsonl", "--map", "syntax.toml"],
            "syntax.toml:2:14: invalid basic string, expected `\"`",
        ),
        (&["gold.jsonl", "--map", "none.toml"], "none.toml: "),
        (&["none.jsonl"], "none.jsonl: no such file or folder"),
        (
            &["twice.jsonl"],
            "twice.jsonl:3 (document a): the id \"a\" stands twice, first at line 1; ids pair gold with \
             predictions and must be unique",
        ),
        (&["gold.jsonl", "gold.jsonl"], "gold.jsonl"),
        (
            &["empty.jsonl"],
            "empty.jsonl: nothing stands in it but blank lines or comments; give a file that holds \
             documents",
        ),
        (&["gold.jsonl", "--html", "none/page.html"], "cannot write none/page.html: "),
        (&["gold.jsonl", "--html", "."], "cannot write .: "),
        (
            &["gold.jsonl", "--html", "pred.jsonl"],
            "pred.jsonl: is both input and page; choose another page",
        ),
        (&["gold.jsonl", "--gold-format", "conll"], "gold.jsonl:1: "),
    ];
    for (args, message) in cases {
        let args = [*args, &pred].concat();
        let run = eval(&files, &args);
        assert_eq!((run.code, run.out.as_str()), (3, ""), "{args:?}: {run:?}");
        assert!(run.err.starts_with(&format!("error: {message}")), "{args:?}: {run:?}");
        assert_eq!(run.err.lines().count(), 1, "{args:?}: {run:?}");
    }
    assert_eq!(files.read("pred.jsonl"), PREDICTIONS);
}

#[test]
fn what_is_wrong_with_predictions_is_said_in_one_line() {
    let files = faulty();
    let cases = [
        (
            "shifted.jsonl",
            "shifted.jsonl:1 (document a): entity mention 21..25 of the text is \"slo.\"",
        ),
        ("twice.jsonl", "twice.jsonl:3 (document a): the id \"a\" stands twice"),
        (
            "text.jsonl",
            "text.jsonl:2 (document b): its text differs from the gold's at character 6",
        ),
        ("empty.jsonl", "empty.jsonl: nothing stands in it"),
        ("none.jsonl", "none.jsonl: no such file or folder"),
    ];
    for (name, message) in cases {
        let run = eval(&files, &["gold.jsonl", "--pred", name, "--html", "page.html"]);
        assert_eq!((run.code, run.out.as_str()), (3, ""), "{name}: {run:?}");
        assert!(run.err.starts_with(&format!("error: {message}")), "{name}: {run:?}");
        assert_eq!(run.err.lines().count(), 1, "{name}: {run:?}");
        assert!(!files.path("page.html").exists(), "{name} left an empty page");
    }
    // A page of before outlives a run that scores nothing.
    std::fs::write(files.path("page.html"), "old").unwrap();
    eval(&files, &["gold.jsonl", "--pred", "none.jsonl", "--html", "page.html"]);
    assert_eq!(files.read("page.html"), "old");
}

#[test]
fn usage_errors() {
    let files = faulty();
    let cases: &[&[&str]] = &[
        &[],
        &["gold.jsonl", "--task", "verbs"],
        &["gold.jsonl", "--pred", "pred.jsonl", "--model", "."],
        &["gold.jsonl", "--gold-format", "docx"],
        &["gold.jsonl", "--resamples", "1"],
        &["compare", "pred.jsonl", "pred.jsonl"],
        &["compare", "pred.jsonl", "--gold", "gold.jsonl"],
    ];
    for args in cases {
        let run = eval(&files, args);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{args:?}");
        assert!(run.err.starts_with("error: "), "{args:?}: {run:?}");
    }
}

#[test]
fn runs_of_tags_that_the_scheme_does_not_allow() {
    let files = faulty();
    let run = |name: &str, runs: &str| {
        let scheme = if name == "plain.conll" { "iob2" } else { "bioes" };
        let args =
            [name, "--pred", name, "--format", "json", "--scheme", scheme, "--tag-runs", runs];
        eval(&files, &args)
    };
    // Illegal runs are counted, whatever is made of them.
    let note = |name: &str, runs: &str| match (name, runs) {
        ("plain.conll", "lenient") => {
            "1 × tag illegal in IOB2, read leniently (first: plain.conll:4: I-PER after O: an entity \
             begins with B-)"
        }
        ("plain.conll", _) => "1 × tag of a run illegal in IOB2, left out",
        (_, "lenient") => {
            "1 × tag illegal in BIOES, read leniently (first: open.conll:3: O after I-PER: the entity \
             before it is not closed)"
        }
        _ => "2 × tag of a run illegal in BIOES, left out",
    };
    for name in ["plain.conll", "open.conll"] {
        for (runs, items) in [("lenient", 2.0), ("legal", 1.0)] {
            let found = run(name, runs);
            assert_eq!((found.code, found.err.as_str()), (0, ""), "{name} {runs}");
            assert_eq!(numbers(&found.out, "entities", "strict"), (1.0, 1.0, items, items));
            let report: Value = serde_json::from_str(&found.out).unwrap();
            let noted = |side: &str| format!("noted in the {side}: {}", note(name, runs));
            assert_eq!(
                report["messages"],
                serde_json::json!([noted("predictions"), noted("gold")])
            );
        }
    }
    let strict = run("plain.conll", "strict");
    assert_eq!((strict.code, strict.out.as_str()), (3, ""));
    assert_eq!(
        strict.err,
        "error: plain.conll:4: I-PER after O is illegal in IOB2: an entity begins with B-; read \
         leniently, or mend the tags\n"
    );
    let strict = run("open.conll", "strict");
    assert_eq!((strict.code, strict.out.as_str()), (3, ""));
    assert_eq!(
        strict.err,
        "error: open.conll:3: O after I-PER is illegal in BIOES: the entity before it is not closed; \
         read leniently, or mend the tags\n"
    );
}

#[test]
fn missing_and_extra_articles_are_named() {
    let files = faulty();
    let run = eval(&files, &["gold.jsonl", "--pred", "one.jsonl", "--format", "json"]);
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    // What is missing counts as not found.
    assert_eq!(numbers(&run.out, "entities", "strict"), (0.5, 0.25, 4.0, 2.0));
    let note = "1 document of the gold without a prediction, scored as empty: b";
    assert!(run.out.contains(note), "{run:?}");
    for format in ["terminal", "markdown"] {
        let run = eval(&files, &["gold.jsonl", "--pred", "one.jsonl", "--format", format]);
        assert_eq!(run.code, 1);
        assert!(run.out.contains(note), "{run:?}");
    }
    let gold = GOLD.lines().nth(1).unwrap();
    let files = Files::new(&[("b.jsonl", gold.as_bytes()), ("pred.jsonl", PREDICTIONS.as_bytes())]);
    let run = eval(&files, &["b.jsonl", "--pred", "pred.jsonl", "--format", "json"]);
    assert_eq!(run.code, 1);
    assert_eq!(numbers(&run.out, "entities", "strict"), (1.0, 1.0, 1.0, 1.0));
    assert!(
        run.out.contains("1 document of the predictions without gold, not scored: a"),
        "{run:?}"
    );
}

#[test]
fn overlapping_and_repeated_spans_are_counted() {
    let spans =
        r#"{"text": "Ann Lund met Tom.", "label": [[0, 8, "PER"], [4, 8, "LOC"], [0, 8, "PER"]]}"#;
    let files = Files::new(&[("spans.jsonl", spans.as_bytes())]);
    let run = eval(&files, &["spans.jsonl", "--pred", "spans.jsonl"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    for line in [
        "    all            1.0000  1.0000   1.0000  –                     2       2\n",
        "         1  entities gold: repeats another item: PER\n",
        "         1  entities predicted: repeats another item: PER\n",
        "note: noted in the gold: 1 × entity mention that overlaps another",
        "note: noted in the predictions: 1 × entity mention that overlaps another",
    ] {
        assert!(run.out.contains(line), "{line:?} not in {}", run.out);
    }
}

#[test]
fn what_a_map_leaves_out_is_counted() {
    let files = faulty();
    let run = eval(&files, &["gold.jsonl", "--pred", "pred.jsonl", "--map", "all.toml"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    insta::assert_snapshot!("eval_terminal", run.out);
    let page = eval(&files, &["gold.jsonl", "--pred", "pred.jsonl", "--html", "page.html"]);
    assert_eq!(page.code, 0);
    let html = files.read("page.html");
    assert!(html.starts_with("<!doctype html>") && html.ends_with("</html>"), "{html}");
}

#[test]
fn a_task_without_labels_is_said() {
    let files = faulty();
    let run = eval(&files, &["gold.jsonl", "--pred", "pred.jsonl", "--task", "times,entities"]);
    assert_eq!(run.code, 0);
    assert!(run.out.contains("note: no article has gold labels for the task times\n"), "{run:?}");
}

#[test]
fn two_runs_are_compared() {
    let files = faulty();
    let run = eval(&files, &["compare", "pred.jsonl", "gold.jsonl", "--gold", "gold.jsonl"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    insta::assert_snapshot!("eval_compare", run.out);
    let run = eval(
        &files,
        &["compare", "pred.jsonl", "pred.jsonl", "--gold", "gold.jsonl", "--format", "json"],
    );
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let report: Value = serde_json::from_str(&run.out).unwrap();
    let rows = report["rows"].as_array().unwrap();
    assert!(!rows.is_empty());
    assert!(
        rows.iter().all(|row| row["difference"] == 0.0 && row["verdict"] == "no difference shown")
    );
    // Both are scored on all of gold.
    let run = eval(&files, &["compare", "pred.jsonl", "one.jsonl", "--gold", "gold.jsonl"]);
    assert_eq!(run.code, 1);
    let message = "B: 1 document of the gold without a prediction, scored as empty: b\n";
    assert_eq!(run.err, message);
    let run = eval(&files, &["compare", "pred.jsonl", "shifted.jsonl", "--gold", "gold.jsonl"]);
    assert_eq!((run.code, run.out.as_str()), (3, ""));
    assert_eq!(run.err.lines().count(), 1, "{run:?}");
}

#[test]
fn the_model_is_scored() {
    let map = "[entities]\nPER = \"PERSON\"\nLOC = \"PLACE\"\n";
    let files = Files::new(&[("gold.jsonl", GOLD.as_bytes()), ("map.toml", map.as_bytes())]);
    let args = ["gold.jsonl", "--map", "map.toml", "--task", "entities", "--format", "json"];
    let run = eval(&files, &args);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let (precision, recall, gold, _) = numbers(&run.out, "entities", "strict");
    assert_eq!(gold, 4.0);
    assert!(precision >= 0.5 && recall >= 0.5, "{}", run.out);
    assert!(run.out.contains("\"predictions\": \"the model dateline-en "), "{}", run.out);
    assert_eq!(eval(&files, &args).out, run.out);
    // What cannot be loaded is one line.
    let run = eval(&files, &["gold.jsonl", "--model", "none"]);
    assert_eq!((run.code, run.out.as_str(), run.err.lines().count()), (3, "", 1), "{run:?}");
}

#[test]
fn help() {
    let files = Files::new(&[]);
    insta::assert_snapshot!("help_eval", eval(&files, &["--help"]).out);
    insta::assert_snapshot!("help_eval_compare", eval(&files, &["compare", "--help"]).out);
}
