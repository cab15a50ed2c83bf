//! What the graph is given: sentences between separators, and what is asked of their words.

mod common;

use std::sync::{Arc, Mutex};

use common::{files, files_with, text};
use dateline_model::backend::{Backend, BackendError, Inputs, Outputs, RtenBackend};
use dateline_model::{BatchOptions, Model};
use dateline_text::{SpecialIds, Subwords};
use ndarray::{Array2, Array3, Axis, Slice};

/// Keeps what it is given and says the same of all words.
struct Recorder {
    classes: [usize; 6],
    seen: Arc<Mutex<Vec<Inputs>>>,
}

impl Backend for Recorder {
    fn run(&self, inputs: &Inputs) -> Result<Outputs, BackendError> {
        self.seen.lock().map_err(|e| BackendError(e.to_string()))?.push(inputs.clone());
        let (rows, words) = inputs.word_sentences.dim();
        let zeros = |classes: usize| Array3::zeros((rows, words, classes));
        let [entity, upos, xpos, lemma, event, rel] = self.classes.map(zeros);
        Ok(Outputs { entity, upos, xpos, lemma, event, arc: zeros(words + 1), rel })
    }
}

/// What a model with that much context gives to its graph for these sentences.
fn recorded(sentences: &[String], context: usize) -> Vec<Inputs> {
    let mut files = files_with(Vec::new());
    let mut config: serde_json::Value = serde_json::from_slice(&files.config).expect("a config");
    config["context_pieces"] = context.into();
    config["max_pieces"] = 128.into();
    let classes = ["entity", "upos", "xpos", "lemma", "event", "deprel"]
        .map(|head| config["labels"][head].as_array().expect("a label set").len());
    files.config = config.to_string().into_bytes().into();
    let seen = Arc::default();
    let backend = Recorder { classes, seen: Arc::clone(&seen) };
    let model = Model::with_backend(files, |_| Ok(Box::new(backend))).expect("a model");
    seen.lock().expect("no panic").clear();
    let sentences: Vec<&str> = sentences.iter().map(String::as_str).collect();
    model.annotate(&[&text(&sentences)], &BatchOptions::default()).expect("annotations");
    seen.lock().expect("no panic").clone()
}

fn special() -> SpecialIds {
    Subwords::from_bytes(&files().tokenizer).expect("a tokenizer").special()
}

/// The length of a row; checks that it is what the graph expects.
fn check_row(inputs: &Inputs, row: usize) -> usize {
    let SpecialIds { cls, sep, pad, .. } = special();
    let [cls, sep, pad] = [cls, sep, pad].map(i64::from);
    let ids = inputs.input_ids.row(row);
    let length = inputs.attention_mask.row(row).iter().take_while(|&&on| on == 1).count();
    assert!(length <= 128);
    assert!(inputs.attention_mask.row(row).iter().skip(length).all(|&on| on == 0));
    assert!(ids.iter().skip(length).all(|&id| id == pad));
    assert_eq!((ids[0], ids[length - 1]), (cls, sep));
    for (&id, &shape) in ids.iter().zip(inputs.shape_ids.row(row)) {
        assert_eq!(shape == 0, [cls, sep, pad].contains(&id));
    }
    let numbers = inputs.word_sentences.row(row);
    let words = numbers.iter().take_while(|&&number| number > 0).count();
    assert!(words > 0);
    let mut last = 0;
    for word in 0..numbers.len() {
        let start = inputs.word_starts[[row, word]] as usize;
        let root = inputs.root_starts[[row, word]] as usize;
        if word >= words {
            assert_eq!((numbers[word], start, root), (0, 0, 0));
            continue;
        }
        assert!(start > last);
        last = start;
        // First pieces have odd shapes.
        assert_eq!(inputs.shape_ids[[row, start]] % 2, 1);
        // The nearest special piece before the word opens its sentence, and counts it.
        let opening = (0..start).rev().find(|&at| [cls, sep].contains(&ids[at]));
        assert_eq!(Some(root), opening);
        let closed = (0..start).filter(|&at| ids[at] == sep).count();
        assert_eq!(numbers[word], closed as i64 + 1);
    }
    length
}

#[test]
fn sequences_are_laid_out_as_the_graph_expects() {
    let sentence =
        |i: usize| ["Unbelievably", "NATO", "ships", "left", "F-16s", "."][..i].join(" ");
    let mut sentences: Vec<String> = (0..60).map(|i| sentence(i * i % 6 + 1)).collect();
    sentences[20] = ["ships"; 200].join(" ");
    let words: usize = sentences.iter().map(|s| s.split(' ').count()).sum();
    for context in [0, 20] {
        let (mut asked, mut asked_of_long, mut first_numbers) = (0, 0, Vec::new());
        for inputs in recorded(&sentences, context) {
            for row in 0..inputs.input_ids.nrows() {
                let length = check_row(&inputs, row);
                assert!(inputs.input_ids.ncols() - length < 8);
                let numbers = inputs.word_sentences.row(row);
                let count = numbers.iter().filter(|&&number| number > 0).count();
                if numbers.iter().all(|&number| number <= 1) {
                    asked_of_long += count;
                } else {
                    first_numbers.push(numbers[0]);
                    asked += count;
                }
            }
        }
        // The long sentence is read in windows that overlap; all others once.
        assert_eq!(asked, words - 200, "context {context}");
        assert!(asked_of_long > 200);
        // Nothing is asked of context on the left.
        assert_eq!(first_numbers.iter().any(|&number| number > 1), context > 0);
    }
}

/// What the graph says of a word does not hang on which other sentences' words are asked for.
#[test]
fn words_of_other_sentences_need_not_be_asked_for() {
    let sentences =
        ["Rui Costa left Lisbon on Friday .", "He denied it .", "NATO ships collided near Porto ."];
    let all = recorded(&sentences.map(str::to_owned), 0).remove(0);
    let asked: Vec<usize> =
        (0..all.word_sentences.ncols()).filter(|&w| all.word_sentences[[0, w]] == 2).collect();
    let (first, count) = (asked[0], asked.len());
    let asked_for = Slice::from(first..first + count);
    let cut = |array: &Array2<i64>| array.slice_axis(Axis(1), asked_for).to_owned();
    let some = Inputs {
        word_starts: cut(&all.word_starts),
        word_sentences: cut(&all.word_sentences),
        root_starts: cut(&all.root_starts),
        ..all.clone()
    };
    let backend = RtenBackend::from_bytes(files().weights.to_vec()).unwrap();
    let (all, some) = (backend.run(&all).unwrap(), backend.run(&some).unwrap());
    let close = |name: &str, of_all: &Array3<f32>, of_some: &Array3<f32>| {
        let of_all = of_all.slice_axis(Axis(1), asked_for);
        assert_eq!(of_all.dim(), of_some.dim());
        for (a, b) in of_all.iter().zip(of_some) {
            assert!((a - b).abs() < 1e-3, "{name}: {a} {b}");
        }
    };
    close("entity", &all.entity, &some.entity);
    close("upos", &all.upos, &some.upos);
    close("xpos", &all.xpos, &some.xpos);
    close("lemma", &all.lemma, &some.lemma);
    close("event", &all.event, &some.event);
    close("rel", &all.rel, &some.rel);
    for word in 0..count {
        let root = (all.arc[[0, first + word, 0]], some.arc[[0, word, 0]]);
        let heads =
            (1..=count).map(|i| (all.arc[[0, first + word, first + i]], some.arc[[0, word, i]]));
        for (a, b) in heads.chain([root]) {
            assert!((a - b).abs() < 1e-3, "arc: {a} {b}");
        }
    }
}
