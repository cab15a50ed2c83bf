//! The same results as ONNX Runtime and the Hugging Face tokenizer (`scripts/reference`).

mod common;

use common::{files, model, text};
use dateline_model::backend::{Backend, Input, NativeBackend, Precision, RtenBackend, Word};
use dateline_model::{BatchOptions, Engine, Model, ModelFiles};
use ndarray::Array2;
use serde::Deserialize;

#[derive(Deserialize)]
struct Reference {
    sha256: String,
    sequences: Vec<Sequence>,
}

/// A paragraph, read as one sequence.
#[derive(Deserialize)]
struct Sequence {
    sentences: Vec<Vec<String>>,
    inputs: RawInputs,
    logits: Logits,
    upos: Vec<String>,
    xpos: Vec<String>,
    lemma: Vec<String>,
    head: Vec<i64>,
    deprel: Vec<String>,
    entities: Vec<(usize, usize, String)>,
    event: Vec<f32>,
}

#[derive(Deserialize)]
struct RawInputs {
    input_ids: Vec<u32>,
    shape_ids: Vec<u8>,
    word_starts: Vec<usize>,
    word_sentences: Vec<usize>,
    root_starts: Vec<usize>,
}

impl RawInputs {
    fn input(&self) -> Input {
        let words = self.word_starts.iter().zip(&self.root_starts).zip(&self.word_sentences);
        let word = |((&start, &root), &sentence)| Word { start, root, sentence };
        let (pieces, shapes) = (self.input_ids.clone(), self.shape_ids.clone());
        Input { pieces, shapes, words: words.map(word).collect() }
    }
}

#[derive(Deserialize)]
struct Logits {
    entity: Vec<Vec<f32>>,
    event: Vec<Vec<f32>>,
    /// Of each word: the root and the words of its sentence.
    arc: Vec<Vec<f32>>,
    rel: Vec<Vec<f32>>,
}

/// The stored outputs, of the very weights that are in the tree.
fn reference() -> Reference {
    let json = include_bytes!("data/reference.json");
    let reference: Reference = serde_json::from_slice(json).expect("tests/data/reference.json");
    assert_eq!(
        reference.sha256,
        model().info().sha256,
        "the model has changed: run scripts/reference/model_outputs.py"
    );
    reference
}

fn assert_close<'a>(
    name: &str,
    found: impl Iterator<Item = &'a f32>,
    expected: impl Iterator<Item = &'a f32>,
) {
    let (found, expected): (Vec<_>, Vec<_>) = (found.collect(), expected.collect());
    assert_eq!(found.len(), expected.len(), "{name}");
    for (found, expected) in found.into_iter().zip(expected) {
        assert!((found - expected).abs() < 2e-3, "{name}: {found} is not {expected}");
    }
}

fn check_logits(backend: &dyn Backend) {
    for sequence in &reference().sequences {
        let output = &backend.run(&[&sequence.inputs.input()]).expect("an output")[0];
        let close = |name: &str, found: &Array2<f32>, expected: &[Vec<f32>]| {
            assert_close(name, found.iter(), expected.iter().flatten());
        };
        close("entity", &output.entity, &sequence.logits.entity);
        close("event", &output.event, &sequence.logits.event);
        close("rel", &output.rel, &sequence.logits.rel);
        for (word, expected) in sequence.logits.arc.iter().enumerate() {
            let numbers = &sequence.inputs.word_sentences;
            let is_own = |&column: &usize| column == 0 || numbers[column - 1] == numbers[word];
            let (own, others): (Vec<usize>, Vec<usize>) =
                (0..=numbers.len()).partition(|column| is_own(column));
            let score = |&column: &usize| &output.arc[[word, column]];
            assert_close("arc", own.iter().map(score), expected.iter());
            assert!(others.iter().map(score).all(|&score| score == -1e4));
        }
    }
}

#[test]
fn logits_of_the_graph_agree() {
    check_logits(&RtenBackend::from_bytes(files().weights.to_vec()).unwrap());
}

#[test]
fn logits_of_the_native_engine_agree() {
    check_logits(&NativeBackend::from_bytes(&files().weights, 12, Precision::F32).unwrap());
}

#[test]
fn annotations_agree() {
    let reference = reference();
    // The reference knows the lemma head alone, not the table that stands before it.
    let files = ModelFiles { lemmas: None, ..files().clone() };
    let models =
        [Engine::F32, Engine::Onnx].map(|engine| Model::from_files(files.clone(), engine).unwrap());
    let cases = models.iter().flat_map(|m| reference.sequences.iter().map(move |s| (m, s)));
    for (model, sequence) in cases {
        let sentences: Vec<String> = sequence.sentences.iter().map(|s| s.join(" ")).collect();
        let sentences: Vec<&str> = sentences.iter().map(String::as_str).collect();
        let text = text(&sentences);
        let found = &model.annotate(&[&text], &BatchOptions::default()).unwrap()[0];
        assert_eq!(found.windows, 1);
        assert_eq!(found.tokens.len(), sequence.upos.len());
        for (index, token) in found.tokens.iter().enumerate() {
            let word = text.word(index);
            assert_eq!(token.upos.as_str(), sequence.upos[index], "{word}");
            assert_eq!(token.xpos.as_str(), sequence.xpos[index], "{word}");
            assert_eq!(token.lemma, sequence.lemma[index], "{word}");
            assert_eq!(token.head.map_or(-1, |head| head as i64), sequence.head[index], "{word}");
            assert_eq!(token.deprel.as_str(), sequence.deprel[index], "{word}");
            assert!((token.event - sequence.event[index]).abs() < 2e-3, "{word}");
        }
        let entities: Vec<(usize, usize, String)> = found
            .entities
            .iter()
            .map(|e| (e.tokens.start, e.tokens.end, e.kind.as_str().to_owned()))
            .collect();
        assert_eq!(entities, sequence.entities);
    }
}
