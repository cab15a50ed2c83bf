//! Texts of very long sentences, and of very many short ones, cost time in proportion to their length.

mod common;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use common::{assert_entities_within_sentences, assert_trees, files_with, text};
use dateline_model::backend::{Backend, BackendError, Input, Output};
use dateline_model::{BatchOptions, Model};
use ndarray::Array2;

/// Says something different of every word, at no cost.
struct Noise {
    classes: [usize; 6],
    /// Pieces read so far.
    read: Arc<AtomicUsize>,
}

impl Backend for Noise {
    fn run(&self, batch: &[&Input]) -> Result<Vec<Output>, BackendError> {
        let output = |input: &&Input| {
            self.read.fetch_add(input.pieces.len(), Ordering::Relaxed);
            let make = |seed: usize, classes: usize| {
                Array2::from_shape_fn((input.words.len(), classes), |(word, class)| {
                    let piece = input.pieces[input.words[word].start] as usize;
                    let mixed = (piece * 31 + seed) * (class + 7) + word * 97;
                    (mixed % 113) as f32 / 16.0
                })
            };
            let [entity, upos, xpos, lemma, event, rel] = self.classes;
            Output {
                entity: make(1, entity),
                upos: make(2, upos),
                xpos: make(3, xpos),
                lemma: make(4, lemma),
                event: make(5, event),
                arc: make(6, input.words.len() + 1),
                rel: make(7, rel),
            }
        };
        Ok(batch.iter().map(output).collect())
    }
}

/// A model of such noise with that much context, and what it has read.
fn noise(context: usize) -> (Model, Arc<AtomicUsize>) {
    let mut files = files_with(Vec::new());
    let mut config: serde_json::Value = serde_json::from_slice(&files.config).expect("config.json");
    config["context_pieces"] = context.into();
    let classes = ["entity", "upos", "xpos", "lemma", "event", "deprel"]
        .map(|head| config["labels"][head].as_array().expect("a label set").len());
    files.config = config.to_string().into_bytes().into();
    let read = Arc::new(AtomicUsize::new(0));
    let backend = Noise { classes, read: Arc::clone(&read) };
    (Model::with_backend(files, |_| Ok(Box::new(backend))).expect("a model"), read)
}

#[test]
fn a_long_line_is_read_whole() {
    let (model, _) = noise(32);
    let line = "one ship left port and never came back , ".repeat(2_000);
    let text = text(&[line.trim_end()]);
    let annotations = &model.annotate(&[&text], &BatchOptions::default()).unwrap()[0];
    assert_eq!(text.sentences().len(), 1);
    assert!(annotations.windows > 80, "{}", annotations.windows);
    assert!(annotations.windows < 120, "{}", annotations.windows);
    assert_trees(&text, annotations);
    let roots: Vec<_> = annotations.tokens.iter().filter(|token| token.head.is_none()).collect();
    assert_eq!(roots.len(), 1);
    assert_eq!(roots[0].deprel.as_str(), "root");
    assert_entities_within_sentences(&text, annotations);
}

#[test]
fn a_book_of_one_word_sentences_is_read_about_once() {
    let text = text(&["Ship"; 3_000]);
    for (context, most) in [(0, 1.2), (32, 1.5), (64, 2.2)] {
        let (model, read) = noise(context);
        let before = read.load(Ordering::Relaxed);
        let annotations = &model.annotate(&[&text], &BatchOptions::default()).unwrap()[0];
        // Each word is a piece and has a separator.
        let ratio = (read.load(Ordering::Relaxed) - before) as f64 / 6_000.0;
        assert!((1.0..most).contains(&ratio), "context {context}: {ratio}");
        assert_trees(&text, annotations);
        assert!(annotations.tokens.iter().all(|token| token.head.is_none()));
        assert_entities_within_sentences(&text, annotations);
    }
}

/// Long sentences break the run of short ones, and neither loses a word.
#[test]
fn long_and_short_sentences_take_turns() {
    let long = "one ship left port and never came back , ".repeat(40);
    let sentences = ["Anna left .", long.trim_end(), "So did Tom .", "Why ?", long.trim_end()];
    let text = text(&sentences.repeat(3));
    for context in [0, 64] {
        let (model, _) = noise(context);
        let annotations = &model.annotate(&[&text], &BatchOptions::default()).unwrap()[0];
        assert_trees(&text, annotations);
        assert_entities_within_sentences(&text, annotations);
        // Six long sentences of two windows each, and what stands before, between and after.
        assert_eq!(annotations.windows, 6 * 2 + 6);
    }
}
