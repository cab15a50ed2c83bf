//! What is wrong with a file is said: where, what stands there, and how to mend it.

use std::path::PathBuf;

use super::{Format, Pairs, ReadError, ReadOptions, Reader, open, pair};
use crate::sample::Sample;
use crate::tags::Runs;

struct Files(tempfile::TempDir);

impl Files {
    fn new() -> Files {
        Files(tempfile::tempdir().unwrap())
    }

    fn write(&self, name: &str, content: &str) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }
}

/// The first error of a file, without the folder's name.
fn fault(name: &str, content: &str, options: &ReadOptions) -> String {
    let files = Files::new();
    let path = files.write(name, content);
    let error = match Reader::open(&path, options) {
        Ok(mut reader) => reader.find_map(Result::err).unwrap(),
        Err(error) => error,
    };
    let message = error.to_string();
    message.replace(&format!("{}/", files.0.path().display()), "")
}

#[test]
fn one_shifted_offset() {
    let cases = [
        (
            "gold.jsonl",
            "{\"schema\":\"dateline/1\",\"id\":\"a\",\"text\":\"Ann met Bo.\",\"entities\":[]}\n\
             {\"schema\":\"dateline/1\",\"id\":\"b\",\"text\":\"Ann met Bo.\",\"entities\":[{\"type\":\
             \"PERSON\",\"mentions\":[{\"start\":9,\"end\":11,\"text\":\"Bo\"}]}]}\n",
            "gold.jsonl:2 (document b): entity mention 9..11 of the text is \"o.\", the file says \
             \"Bo\"; offsets shifted by 1?",
        ),
        (
            "tasks.json",
            "[{\"id\":7,\"data\":{\"text\":\"😀 Bo.\"},\n\"annotations\":[{\"result\":[{\"id\":\"x\",\
             \"type\":\"labels\",\"value\":{\"start\":2,\"end\":4,\"text\":\"Bo\",\"labels\":[\"PER\"]}}]}]}]",
            "tasks.json:1 (document 7): entity mention 2..4 of the text is \" B\", the file says \
             \"Bo\"; do the offsets count code points?",
        ),
        (
            "spans.jsonl",
            "{\"text\":\"Ann met Bo.\",\"spans\":[{\"start\":0,\"end\":3,\"label\":\"PER\"}],\
             \"tokens\":[{\"start\":0,\"end\":3,\"text\":\"Ann\"},{\"start\":5,\"end\":8,\"text\":\"met\"}]}",
            "spans.jsonl:1 (document spans.jsonl#1): token 5..8 of the text is \"et \", the file says \
             \"met\"; offsets shifted by 1?",
        ),
        (
            "labels.jsonl",
            "{\"id\":1,\"text\":\"Ann\",\"label\":[[0,4,\"PER\"]]}",
            "labels.jsonl:1 (document 1): entity mention 0..4 does not lie in the text, which has 3 \
             code points",
        ),
    ];
    for (name, content, expected) in cases {
        assert_eq!(fault(name, content, &ReadOptions::default()), expected);
    }
}

#[test]
fn records_of_another_form() {
    let cases = [
        (
            "a.jsonl",
            "{\"text\":\"Ann\",\"label\":[\"PER\"]}",
            "a.jsonl:1 (document a.jsonl#1): label[0] is \"PER\"; expected [start, end, \"LABEL\"] or \
             an object with start_offset, end_offset and label",
        ),
        ("a.jsonl", "{\"id\":1,\"label\":[[0,1,\"X\"]]}", "a.jsonl:1: missing field `text`"),
        (
            "a.jsonl",
            "{\"text\":\"A\",\"label\":[]}\n{\"text\":",
            "a.jsonl:2: not JSON: EOF while parsing a value at column 8",
        ),
        (
            "a.jsonl",
            "{\"schema\":\"dateline/9\",\"text\":\"A\"}",
            "a.jsonl:1 (document a.jsonl#1): its schema is \"dateline/9\", expected \"dateline/1\"",
        ),
        (
            "a.jsonl",
            "{\"schema\":\"dateline/1\",\"id\":\"x\"}",
            "a.jsonl:1 (document x): it has no text; gold needs the text that its offsets count in",
        ),
        (
            "a.json",
            "[{\"id\":1,\"data\":{\"a\":\"x\",\"b\":\"y\"}}]",
            "a.json:1 (document 1): several strings under data and none called text; rename the \
             text's field",
        ),
        (
            "a.dat",
            "Plain text.\n",
            "a.dat: the format cannot be told: neither its extension nor its first lines tell; name it \
             (one of dateline, conll, conllu, doccano, label-studio, prodigy, brat, timeml)",
        ),
    ];
    for (name, content, expected) in cases {
        assert_eq!(fault(name, content, &ReadOptions::default()), expected);
    }
    let missing = open(&PathBuf::from("no/such.conll"), None).unwrap_err().to_string();
    assert_eq!(missing, "no/such.conll: no such file or folder");
    let files = Files::new();
    let path = files.0.path().join("latin1.conll");
    std::fs::write(&path, b"Ann B-PER\nCaf\xe9 O\n").unwrap();
    let message = open(&path, None).unwrap_err().to_string();
    assert!(
        message
            .ends_with("latin1.conll:2: not UTF-8 (byte 4 of the line); convert the file to UTF-8")
    );
}

#[test]
fn an_unclosed_run() {
    let strict = ReadOptions { runs: Runs::Strict, ..ReadOptions::default() };
    assert_eq!(
        fault("gold.conll", "Ann\tB-PER\nLund\tI-PER\nleft\tO\n\nBo\tS-PER\n", &strict),
        "gold.conll:3: O after I-PER is illegal in BIOES: the entity before it is not closed; read \
         leniently, or mend the tags"
    );
}

/// Samples of a file that is read whole, and what was noted.
fn read(name: &str, content: &[u8]) -> (Vec<Sample>, String) {
    let files = Files::new();
    let path = files.0.path().join(name);
    std::fs::write(&path, content).unwrap();
    let mut reader = open(&path, None).unwrap();
    let samples = reader.by_ref().map(Result::unwrap).collect();
    (samples, reader.notes().to_string())
}

#[test]
fn overlapping_spans_are_read_where_the_format_has_them_and_counted() {
    let line = "{\"text\":\"Ann Lund won\",\"label\":[[0,8,\"PER\"],[4,8,\"ORG\"],[2,6,\"X\"],[9,12,\"Y\"],\
                [9,12,\"Y\"]]}";
    let (samples, notes) = read("a.jsonl", line.as_bytes());
    assert_eq!(samples[0].entities.as_ref().unwrap().len(), 5);
    assert_eq!(
        notes,
        "2 × entity mention that overlaps another (first: a.jsonl:1 (document a.jsonl#1): 2..6 \
         \"n Lu\" as X); 1 × entity mention that stands twice (first: a.jsonl:1 (document \
         a.jsonl#1): 9..12 \"won\" as Y)"
    );
}

#[test]
fn files_without_documents() {
    let empty =
        "nothing stands in it but blank lines or comments; give a file that holds documents";
    let none = |format: &str| {
        format!(
            "there is no document in it (read as {format}); give a file that holds some, or name another format"
        )
    };
    let cases = [
        ("a.jsonl", "", empty.to_owned()),
        ("a.json", "[]", empty.to_owned()),
        ("a.dat", "\n\n", empty.to_owned()),
        ("a.conll", "", none("conll")),
        ("a.conll", "-DOCSTART- O\n\n", none("conll")),
        ("a.conllu", "\n", none("conllu")),
        ("a.tml", "", "no TEXT element".to_owned()),
        (
            "a.jsonl",
            "{\"text\":\"A\",\"spans\":[],\"answer\":\"reject\"}",
            "there is no document in it (read as prodigy), only 1 × record with the answer reject, \
             left out; give a file that holds some, or name another format"
                .to_owned(),
        ),
    ];
    for (name, content, expected) in cases {
        assert_eq!(fault(name, content, &ReadOptions::default()), format!("{name}: {expected}"));
    }
    let named = ReadOptions { format: Some(Format::Doccano), ..ReadOptions::default() };
    assert_eq!(fault("a.jsonl", "", &named), format!("a.jsonl: {}", none("doccano")));
    // A system may have found nothing at all: its documents are missing.
    let files = Files::new();
    let path = files.write("pred.conll", "");
    let mut pairs = pair(gold(), &path, &ReadOptions::default()).unwrap();
    assert!(pairs.by_ref().all(|pair| pair.unwrap().1.is_none()));
    assert_eq!(
        pairs.report().messages(),
        ["3 documents of the gold without a prediction, scored as empty: a, b, c"]
    );
}

#[test]
fn ids_that_stand_twice() {
    let word = "1\tA\ta\tX\t_\t_\t0\troot\t_\t_\n\n";
    let ours = "{\"schema\":\"dateline/1\",\"id\":\"x\",\"text\":\"A\",\"entities\":[]}";
    let cases = [
        ("a.conll", "-DOCSTART- (x)\n\nA O\n\n-DOCSTART- (x)\n\nB O\n".to_owned(), (7, 3)),
        ("a.conllu", format!("# newdoc id = x\n{word}# newdoc id = x\n{word}"), (5, 2)),
        ("a.jsonl", format!("{ours}\n\n{ours}\n"), (3, 1)),
        ("a.json", format!("[{ours},\n{ours}]"), (2, 1)),
    ];
    for (name, content, (line, first)) in cases {
        let expected = format!(
            "{name}:{line} (document x): the id \"x\" stands twice, first at line {first}; ids pair \
             gold with predictions and must be unique"
        );
        assert_eq!(fault(name, &content, &ReadOptions::default()), expected);
    }
    let files = Files::new();
    for folder in ["a", "b"] {
        std::fs::create_dir(files.0.path().join(folder)).unwrap();
        files.write(&format!("{folder}/d.txt"), "Ann met Bo.");
        files.write(&format!("{folder}/d.ann"), "T1\tPER 0 3\tAnn\n");
    }
    let error = open(files.0.path(), None).unwrap().find_map(Result::err).unwrap().to_string();
    assert!(error.contains("/b/d.ann (document d): the id \"d\" stands twice; "), "{error}");
    files.write("a/d.ann", "T1\tPER 0 3\tAnn\nT1\tPER 8 10\tBo\n");
    let error = open(files.0.path(), None).unwrap().find_map(Result::err).unwrap().to_string();
    assert!(
        error.ends_with(
            "/a/d.ann: the id \"T1\" stands at two spans; links need ids that are unique in the \
             document"
        ),
        "{error}"
    );
    std::fs::remove_file(files.0.path().join("a/d.txt")).unwrap();
    let error = open(files.0.path(), None).unwrap().find_map(Result::err).unwrap().to_string();
    assert!(error.ends_with("d.txt is missing; put it beside"), "{error}");
}

#[test]
fn references_to_nothing() {
    let record = "{\"schema\":\"dateline/1\",\"id\":\"x\",\"text\":\"Ann left\",\"entities\":[],\"events\":\
        [{\"id\":\"v1\",\"type\":\"T\",\"mentions\":[{\"start\":4,\"end\":8}],\"roles\":[{\"role\":\"agent\",\
        \"entity\":\"e9\",\"start\":0,\"end\":3},{\"role\":\"time\",\"time\":\"t1\",\"start\":0,\"end\":3}]}],\
        \"main_event\":{\"event\":\"v2\"}}";
    // Times are not annotated: what refers to them is not judged.
    assert_eq!(
        read("a.jsonl", record.as_bytes()).1,
        "1 × reference to an entity that is not in the document (first: a.jsonl:1 (document x): e9); \
         1 × reference to an event that is not in the document (first: a.jsonl:1 (document x): v2)"
    );
    let head = "1\tA\ta\tX\t_\t_\t7\tdep\t_\t_\n";
    assert_eq!(
        fault("a.conllu", head, &ReadOptions::default()),
        "a.conllu:1 (document a.conllu#1): the head of token 1 (\"A\") is 7, in a sentence of 1; heads \
         count tokens from 1, 0 is the root"
    );
}

#[test]
fn line_ends_and_byte_order_marks_change_nothing() {
    let ours = "{\"schema\":\"dateline/1\",\"id\":\"x\",\"text\":\"Zoë met Bo.\",\"entities\":[{\"type\":\
                \"PERSON\",\"mentions\":[{\"start\":8,\"end\":10,\"text\":\"Bo\"}]}]}";
    let other = ours.replace("\"x\"", "\"y\"");
    let files = [
        ("a.jsonl", format!("{ours}\n{other}\n")),
        ("a.json", format!("[\n{ours},\n{other}\n]\n")),
        ("a.conll", "-DOCSTART- -X- O\n\nZoë B-PER\nmet O\n\nBo B-PER\n".to_owned()),
        ("a.conllu", "# newdoc id = x\n1\tA\ta\tX\t_\t_\t0\troot\t_\tEntity=B-PER\n\n".to_owned()),
    ];
    for (name, content) in files {
        let plain = read(name, content.as_bytes());
        assert!(plain.0[0].entities.as_ref().is_some_and(|entities| !entities.is_empty()));
        let crlf = content.replace('\n', "\r\n");
        for other in [crlf.clone(), format!("\u{feff}{content}"), format!("\u{feff}{crlf}")] {
            assert_eq!(read(name, other.as_bytes()), plain, "{name}");
        }
    }
}

#[test]
fn other_encodings_are_named_with_their_line() {
    let latin: Vec<u8> = "[{\"text\":\"A\",\"label\":[]},\n{\"text\":\"Zo\u{eb}\",\"label\":[]}]"
        .chars()
        .map(|ch| ch as u32 as u8)
        .collect();
    let wide: Vec<u8> = "{\"text\":\"A\"}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let wide = [&[0xff, 0xfe][..], &wide].concat();
    let cases = [
        ("a.json", latin, "a.json:2: not UTF-8 (byte 12 of the line); convert the file to UTF-8"),
        ("a.jsonl", wide, "a.jsonl:1: not UTF-8 (byte 1 of the line); convert the file to UTF-8"),
        (
            "a.tml",
            b"<TimeML>\n<TEXT>Zo\xeb</TEXT></TimeML>".to_vec(),
            "a.tml:2: not UTF-8 (byte 9 of the line); convert the file to UTF-8",
        ),
    ];
    for (name, content, expected) in cases {
        let files = Files::new();
        let path = files.0.path().join(name);
        std::fs::write(&path, content).unwrap();
        let error = open(&path, None).and_then(|mut reader| match reader.find_map(Result::err) {
            Some(error) => Err(error),
            None => Ok(()),
        });
        let message = error.unwrap_err().to_string();
        assert!(message.ends_with(expected), "{message}");
    }
}

const GOLD: &[(&str, &str)] = &[("a", "Ann met Bo."), ("b", "😀 Cy left."), ("c", "Di 𝒜 won.")];

fn record(id: &str, text: Option<&str>, start: usize) -> String {
    let entity = serde_json::json!({"id": "e1", "type": "PERSON", "mentions": [
        {"field": "text", "start": start, "end": start + 2, "text": ""}]});
    let mut record = serde_json::json!({"schema": "dateline/1", "id": id, "offsets": "utf16", "entities": [entity]});
    if let Some(text) = text {
        record["text"] = text.into();
    }
    record.to_string() + "\n"
}

fn gold() -> Vec<Result<Sample, ReadError>> {
    let sample = |(id, text): &(&str, &str)| Sample {
        id: (*id).to_owned(),
        text: Some((*text).to_owned()),
        ..Sample::default()
    };
    GOLD.iter().map(|item| Ok(sample(item))).collect()
}

type Paired = Pairs<std::vec::IntoIter<Result<Sample, ReadError>>>;

/// Ids with the first mention of the prediction, and the messages; or the first error.
fn run(name: &str, predictions: &str) -> Result<(Vec<String>, Vec<String>), String> {
    let files = Files::new();
    let path = files.write(name, predictions);
    let mut pairs: Paired = pair(gold(), &path, &ReadOptions::default()).unwrap();
    let mut found = Vec::new();
    for pair in pairs.by_ref() {
        let (gold, prediction) =
            pair.map_err(|e| e.to_string().replace(&format!("{}/", files.0.path().display()), ""))?;
        let mention = |p: Sample| p.entities.unwrap()[0].mentions[0].location.text.clone();
        found.push(format!("{} {}", gold.id, prediction.map_or("none".to_owned(), mention)));
    }
    assert_eq!(pairs.report().paired + pairs.report().missing.count, GOLD.len() as u64);
    Ok((found, pairs.report().messages()))
}

#[test]
fn predictions_meet_their_gold_in_any_order() {
    let lines = [record("a", None, 8), record("b", None, 3), record("c", None, 3)];
    // UTF-16 offsets of predictions without text are verified by the gold's.
    let expected = ["a Bo", "b Cy", "c 𝒜"];
    for order in [[0, 1, 2], [2, 1, 0], [0, 2, 1]] {
        let predictions = order.map(|index| lines[index].as_str()).concat();
        let (found, messages) = run("pred.jsonl", &predictions).unwrap();
        assert_eq!((found, messages), (expected.map(str::to_owned).to_vec(), vec![]));
        // The same as an array, which is read on where the order differs.
        let array = format!("[{}]", order.map(|index| lines[index].trim_end()).join(","));
        let (found, messages) = run("pred.json", &array).unwrap();
        assert_eq!((found, messages), (expected.map(str::to_owned).to_vec(), vec![]));
    }
}

#[test]
fn missing_and_extra_documents_are_reported() {
    let lines = [record("x", None, 0), record("b", None, 3), record("a", None, 0)];
    let array = format!("[{}]", lines.each_ref().map(|line| line.trim_end()).join(","));
    for (name, content) in [("pred.jsonl", lines.concat()), ("pred.json", array)] {
        let (found, messages) = run(name, &content).unwrap();
        assert_eq!(found, ["a An", "b Cy", "c none"]);
        assert_eq!(
            messages,
            [
                "1 document of the gold without a prediction, scored as empty: c",
                "1 document of the predictions without gold, not scored: x"
            ]
        );
    }
    let (_, messages) = run("pred.jsonl", &record("a", None, 0)).unwrap();
    assert_eq!(messages, ["2 documents of the gold without a prediction, scored as empty: b, c"]);
}

#[test]
fn duplicates_and_other_texts_are_errors() {
    let twice = [record("b", None, 3), record("a", None, 0), record("b", None, 3)].concat();
    let twice_at_the_end =
        [record("a", None, 0), record("b", None, 3), record("c", None, 3), record("c", None, 3)]
            .concat();
    let other = [record("a", Some("Ann meets Bo."), 0)].concat();
    let outside = record("a", None, 10);
    let cases = [
        (
            twice,
            "pred.jsonl:3 (document b): the id \"b\" stands twice, first at line 1; ids pair gold with \
             predictions and must be unique",
        ),
        (
            twice_at_the_end,
            "pred.jsonl:4 (document c): the id \"c\" stands twice, first at line 3; ids pair gold with \
             predictions and must be unique",
        ),
        (
            other,
            "pred.jsonl:1 (document a): its text differs from the gold's at character 6: \"ets Bo.\" instead of \"t Bo.\"; score predictions over the same text",
        ),
        (
            outside,
            "pred.jsonl:1 (document a): entity mention 10..12 does not lie in the text, which has 11 UTF-16 units",
        ),
    ];
    for (predictions, expected) in cases {
        assert_eq!(run("pred.jsonl", &predictions).unwrap_err(), expected);
    }
    let files = Files::new();
    let path = files.write("pred.jsonl", &record("a", None, 0));
    let doubled = gold().into_iter().chain(gold());
    let error = pair(doubled, &path, &ReadOptions::default()).unwrap().find_map(Result::err);
    assert_eq!(
        error.unwrap().to_string(),
        "gold: the id \"a\" stands twice; ids pair gold with predictions and must be unique"
    );
}

#[test]
fn unnamed_documents_pair_by_position() {
    let files = Files::new();
    let gold = files.write("gold.conll", "Ann B-PER\n\nBo O\n\nCy B-PER\n");
    let pred = files.write("pred.conll", "Ann O\n\nBo B-PER\n\nCy O\n");
    let gold = open(&gold, Some(Format::Conll)).unwrap();
    let mut pairs = pair(gold, &pred, &ReadOptions::default()).unwrap();
    let found: Vec<_> = pairs.by_ref().map(|pair| pair.unwrap().1.unwrap().id).collect();
    assert_eq!(found, ["pred.conll#1", "pred.conll#2", "pred.conll#3"]);
    assert!(pairs.report().messages().is_empty());
}
