//! What the network is given: sentences between separators, and what is asked of their words.

mod common;

use std::sync::{Arc, Mutex};

use common::{files, files_with, text};
use dateline_model::backend::{
    Backend, BackendError, Input, NativeBackend, Output, Precision, RtenBackend,
};
use dateline_model::{BatchOptions, Model};
use dateline_text::{SpecialIds, Subwords};
use ndarray::Array2;

/// Keeps what it is given and says the same of all words.
struct Recorder {
    classes: [usize; 6],
    seen: Arc<Mutex<Vec<Input>>>,
}

impl Backend for Recorder {
    fn run(&self, batch: &[&Input]) -> Result<Vec<Output>, BackendError> {
        let mut seen = self.seen.lock().map_err(|e| BackendError(e.to_string()))?;
        seen.extend(batch.iter().map(|&input| input.clone()));
        let output = |input: &&Input| {
            let words = input.words.len();
            let zeros = |classes: usize| Array2::zeros((words, classes));
            let [entity, upos, xpos, lemma, event, rel] = self.classes.map(zeros);
            Output { entity, upos, xpos, lemma, event, arc: zeros(words + 1), rel }
        };
        Ok(batch.iter().map(output).collect())
    }
}

/// What a model with that much context gives to its network for these sentences.
fn recorded(sentences: &[String], context: usize) -> Vec<Input> {
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

/// Checks that a sequence is what the network expects.
fn check(input: &Input) {
    let SpecialIds { cls, sep, .. } = special();
    let ids = &input.pieces;
    assert!(ids.len() <= 128);
    assert_eq!((ids[0], ids[ids.len() - 1]), (cls, sep));
    assert_eq!(input.shapes.len(), ids.len());
    for (&id, &shape) in ids.iter().zip(&input.shapes) {
        assert_eq!(shape == 0, [cls, sep].contains(&id));
    }
    assert!(!input.words.is_empty());
    let mut last = 0;
    for word in &input.words {
        assert!(word.start > last);
        last = word.start;
        // First pieces have odd shapes.
        assert_eq!(input.shapes[word.start] % 2, 1);
        // The nearest special piece before the word opens its sentence, and counts it.
        let opening = (0..word.start).rev().find(|&at| [cls, sep].contains(&ids[at]));
        assert_eq!(Some(word.root), opening);
        let closed = (0..word.start).filter(|&at| ids[at] == sep).count();
        assert_eq!(word.sentence, closed + 1);
    }
}

#[test]
fn sequences_are_laid_out_as_the_network_expects() {
    let sentence =
        |i: usize| ["Unbelievably", "NATO", "ships", "left", "F-16s", "."][..i].join(" ");
    let mut sentences: Vec<String> = (0..60).map(|i| sentence(i * i % 6 + 1)).collect();
    sentences[20] = ["ships"; 200].join(" ");
    let words: usize = sentences.iter().map(|s| s.split(' ').count()).sum();
    for context in [0, 20] {
        let (mut asked, mut asked_of_long, mut first_numbers) = (0, 0, Vec::new());
        for input in recorded(&sentences, context) {
            check(&input);
            if input.words.iter().all(|word| word.sentence <= 1) {
                asked_of_long += input.words.len();
            } else {
                first_numbers.push(input.words[0].sentence);
                asked += input.words.len();
            }
        }
        // The long sentence is read in windows that overlap; all others once.
        assert_eq!(asked, words - 200, "context {context}");
        assert!(asked_of_long > 200);
        // Nothing is asked of context on the left.
        assert_eq!(first_numbers.iter().any(|&number| number > 1), context > 0);
    }
}

/// What the network says of a word does not hang on which other sentences' words are asked for.
#[test]
fn words_of_other_sentences_need_not_be_asked_for() {
    let sentences =
        ["Rui Costa left Lisbon on Friday .", "He denied it .", "NATO ships collided near Porto ."];
    let all = recorded(&sentences.map(str::to_owned), 0).remove(0);
    let words: Vec<_> = all.words.iter().copied().filter(|word| word.sentence == 2).collect();
    let count = words.len();
    let first = all.words.iter().position(|word| word.sentence == 2).unwrap();
    let some = Input { words, ..all.clone() };
    let onnx = &files().weights;
    let backends: [Box<dyn Backend>; 3] = [
        Box::new(RtenBackend::from_bytes(onnx.to_vec()).unwrap()),
        Box::new(NativeBackend::from_bytes(onnx, 12, Precision::F32).unwrap()),
        Box::new(NativeBackend::from_bytes(onnx, 12, Precision::Int8).unwrap()),
    ];
    for backend in backends {
        let (of_all, of_some) = (backend.run(&[&all]).unwrap(), backend.run(&[&some]).unwrap());
        let (of_all, of_some) = (&of_all[0], &of_some[0]);
        let close = |name: &str, of_all: &Array2<f32>, of_some: &Array2<f32>| {
            assert_eq!(of_some.nrows(), count);
            for (word, row) in of_some.rows().into_iter().enumerate() {
                for (a, b) in of_all.row(first + word).iter().zip(row) {
                    assert!((a - b).abs() < 1e-3, "{name}: {a} {b}");
                }
            }
        };
        close("entity", &of_all.entity, &of_some.entity);
        close("upos", &of_all.upos, &of_some.upos);
        close("xpos", &of_all.xpos, &of_some.xpos);
        close("lemma", &of_all.lemma, &of_some.lemma);
        close("event", &of_all.event, &of_some.event);
        close("rel", &of_all.rel, &of_some.rel);
        for word in 0..count {
            let root = (of_all.arc[[first + word, 0]], of_some.arc[[word, 0]]);
            let heads = (1..=count)
                .map(|i| (of_all.arc[[first + word, first + i]], of_some.arc[[word, i]]));
            for (a, b) in heads.chain([root]) {
                assert!((a - b).abs() < 1e-3, "arc: {a} {b}");
            }
        }
    }
}
