//! Every reader holds one article at a time: peak memory over a hundred thousand.
#![allow(clippy::print_stdout)]

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use dateline_eval::read::{Format, ReadOptions, open, pair};
use dateline_eval::sample::Sample;

/// Sentences of an article: some 1.5 KB.
const SENTENCES: usize = 24;
const WORDS: [&str; 10] =
    ["Ann", "Lund", "met", "the", "envoy", "of", "Norway", "in", "Oslo", "yesterday"];

fn text() -> String {
    let sentence = WORDS.join(" ") + " .";
    vec![sentence.as_str(); SENTENCES].join("\n")
}

/// Starts of the sentences' first two words.
fn spans() -> impl Iterator<Item = (usize, usize)> {
    let length = WORDS.join(" ").len() + 3;
    (0..SENTENCES).map(move |sentence| (sentence * length, sentence * length + 8))
}

/// Writes the articles with these numbers.
fn write(path: &Path, format: Format, numbers: &mut dyn Iterator<Item = usize>) {
    let text = text();
    let json = serde_json::to_string(&text).expect("a string");
    if format == Format::Brat {
        std::fs::create_dir_all(path).expect("a folder");
        let lines: String = spans()
            .enumerate()
            .map(|(index, (start, end))| format!("T{index}\tPER {start} {end}\tAnn Lund\n"))
            .collect();
        for number in numbers {
            std::fs::write(path.join(format!("{number}.txt")), &text).expect("written");
            std::fs::write(path.join(format!("{number}.ann")), &lines).expect("written");
        }
        return;
    }
    let list = |of: &dyn Fn(usize, usize) -> String| {
        spans().map(|(start, end)| of(start, end)).collect::<Vec<_>>().join(",")
    };
    let mut out = BufWriter::new(File::create(path).expect("a file"));
    let mut put = |part: &str| out.write_all(part.as_bytes()).expect("written");
    let words = |row: &dyn Fn(usize, &str) -> String| {
        let sentence: String =
            WORDS.iter().enumerate().map(|(index, word)| row(index, word)).collect();
        [sentence, row(10, "."), "\n".to_owned()].concat().repeat(SENTENCES)
    };
    let body = match format {
        Format::Dateline => {
            let entities = list(&|start, end| {
                format!(
                    r#"{{"type":"PER","mentions":[{{"start":{start},"end":{end},"text":"Ann Lund"}}]}}"#
                )
            });
            format!(r#""schema":"dateline/1","text":{json},"entities":[{entities}]}}"#)
        }
        Format::Doccano => {
            let labels = list(&|start, end| format!(r#"[{start},{end},"PER"]"#));
            format!(r#""text":{json},"label":[{labels}]}}"#)
        }
        Format::Prodigy => {
            let labels =
                list(&|start, end| format!(r#"{{"start":{start},"end":{end},"label":"PER"}}"#));
            format!(r#""text":{json},"spans":[{labels}]}}"#)
        }
        Format::LabelStudio => {
            let regions = list(&|start, end| {
                format!(
                    r#"{{"id":"{start}","type":"labels","value":{{"start":{start},"end":{end},"text":"Ann Lund","labels":["PER"]}}}}"#
                )
            });
            format!(r#""data":{{"text":{json}}},"annotations":[{{"result":[{regions}]}}]}}"#)
        }
        Format::Conll => words(&|index, word| {
            let tag = ["B-PER", "I-PER"].get(index).unwrap_or(&"O");
            format!("{word} {tag}\n")
        }),
        Format::Conllu => words(&|index, word| {
            let (number, head) = (index + 1, usize::from(index != 2) * 3);
            format!("{number}\t{word}\t{word}\tX\t_\t_\t{head}\tdep\t_\t_\n")
        }),
        Format::Brat | Format::Timeml => unreachable!("a file per document"),
    };
    let array = path.extension().is_some_and(|extension| extension == "json");
    put(if array { "[" } else { "" });
    for (index, number) in numbers.enumerate() {
        let head = match format {
            Format::Conll => format!("-DOCSTART- ({number})\tO\n\n"),
            Format::Conllu => format!("# newdoc id = {number}\n"),
            _ if array && index > 0 => format!(",{{\"id\":\"{number}\","),
            _ => format!("{{\"id\":\"{number}\","),
        };
        put(&head);
        put(&body);
        put("\n");
    }
    put(if array { "]" } else { "" });
}

/// Peak resident memory in KiB since it was last reset; `None` where the system does not say.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

fn measured(name: &str, limit: u64, run: impl FnOnce() -> usize) {
    let reset = std::fs::write("/proc/self/clear_refs", "5").is_ok();
    let (before, start) = (peak(), std::time::Instant::now());
    let documents = run();
    let (Some(before), Some(after)) = (before.filter(|_| reset), peak()) else { return };
    println!(
        "{name}: {documents} documents, peak {} MB ({} MB before) in {:?}",
        after / 1024,
        before / 1024,
        start.elapsed()
    );
    assert!(after < limit * 1024, "{name}: {} MB", after / 1024);
}

fn check(count: usize, limit: u64) {
    let folder = tempfile::tempdir().expect("a folder");
    let files = [
        ("gold.jsonl", Format::Dateline),
        ("gold.json", Format::Dateline),
        ("doccano.jsonl", Format::Doccano),
        ("prodigy.jsonl", Format::Prodigy),
        ("tasks.json", Format::LabelStudio),
        ("gold.conll", Format::Conll),
        ("gold.conllu", Format::Conllu),
        ("brat", Format::Brat),
    ];
    for (name, format) in files {
        let path = folder.path().join(name);
        write(&path, format, &mut (0..count));
        measured(&format!("{format} {name}"), limit, || {
            let reader = open(&path, Some(format)).expect("opened");
            let samples = reader.map(|sample| sample.expect("read"));
            let mentions = |sample: Sample| sample.entities.map_or(0, |entities| entities.len());
            let found = samples.map(mentions).collect::<Vec<_>>();
            let expected = if format == Format::Conllu { 0 } else { SENTENCES };
            assert!(found.iter().all(|mentions| *mentions == expected));
            assert_eq!(found.len(), count);
            found.len()
        });
        if format != Format::Dateline {
            let _ = std::fs::remove_file(&path).or_else(|_| std::fs::remove_dir_all(&path));
        }
    }
    // The first document is missing among the predictions; then, the order is another.
    let orders: [(&str, Format, Box<dyn Iterator<Item = usize>>); 3] = [
        ("pred.jsonl", Format::Dateline, Box::new((1..count).rev())),
        ("pred.json", Format::Dateline, Box::new(1..count)),
        ("pred.conll", Format::Conll, Box::new(1..count)),
    ];
    for (name, format, mut numbers) in orders {
        let path = folder.path().join(name);
        write(&path, format, &mut numbers);
        measured(&format!("gold.jsonl with {name}"), limit, || {
            let gold = open(&folder.path().join("gold.jsonl"), None).expect("opened");
            let mut pairs = pair(gold, &path, &ReadOptions::default()).expect("opened");
            let found = pairs.by_ref().filter(|pair| matches!(pair, Ok((_, Some(_))))).count();
            assert_eq!((found, pairs.report().missing.count), (count - 1, 1));
            found
        });
        let _ = std::fs::remove_file(&path);
    }
}

#[test]
fn a_few_articles() {
    check(200, 300);
}

/// Prints what it took: cargo test -p dateline-eval --test memory -- --ignored --nocapture
#[test]
#[ignore = "writes and reads gigabytes"]
fn a_hundred_thousand_articles() {
    check(100_000, 300);
}
