//! The same results as ONNX Runtime and the Hugging Face tokenizer (`scripts/reference`).

mod common;

use common::{files, model, text};
use dateline_model::backend::{Backend, Inputs, RtenBackend};
use dateline_model::{BatchOptions, Model, ModelFiles};
use ndarray::{Array2, Array3};
use serde::Deserialize;

#[derive(Deserialize)]
struct Reference {
    sha256: String,
    sentences: Vec<Sentence>,
}

#[derive(Deserialize)]
struct Sentence {
    tokens: Vec<String>,
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
    input_ids: Vec<i64>,
    attention_mask: Vec<i64>,
    shape_ids: Vec<i64>,
    word_starts: Vec<i64>,
    word_mask: Vec<i64>,
}

#[derive(Deserialize)]
struct Logits {
    entity: Vec<Vec<f32>>,
    event: Vec<Vec<f32>>,
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

#[test]
fn logits_agree() {
    let reference = reference();
    let backend = RtenBackend::from_bytes(files().weights.to_vec()).unwrap();
    for sentence in &reference.sentences {
        let row = |values: &[i64]| Array2::from_shape_vec((1, values.len()), values.to_vec());
        let raw = &sentence.inputs;
        let outputs = backend
            .run(&Inputs {
                input_ids: row(&raw.input_ids).unwrap(),
                attention_mask: row(&raw.attention_mask).unwrap(),
                shape_ids: row(&raw.shape_ids).unwrap(),
                word_starts: row(&raw.word_starts).unwrap(),
                word_mask: row(&raw.word_mask).unwrap(),
            })
            .unwrap();
        let close = |name: &str, found: &Array3<f32>, expected: &[Vec<f32>]| {
            assert_eq!(found.len(), expected.iter().map(Vec::len).sum::<usize>(), "{name}");
            for (found, expected) in found.iter().zip(expected.iter().flatten()) {
                assert!((found - expected).abs() < 2e-3, "{name}: {found} is not {expected}");
            }
        };
        close("entity", &outputs.entity, &sentence.logits.entity);
        close("event", &outputs.event, &sentence.logits.event);
        close("arc", &outputs.arc, &sentence.logits.arc);
        close("rel", &outputs.rel, &sentence.logits.rel);
    }
}

#[test]
fn annotations_agree() {
    let reference = reference();
    // The reference knows the lemma head alone, not the table that stands before it.
    let model = Model::from_files(ModelFiles { lemmas: None, ..files().clone() }).unwrap();
    for sentence in &reference.sentences {
        let text = text(&[&sentence.tokens.join(" ")]);
        let found = &model.annotate(&[&text], &BatchOptions::default()).unwrap()[0];
        for (index, token) in found.tokens.iter().enumerate() {
            let word = text.word(index);
            assert_eq!(token.upos.as_str(), sentence.upos[index], "{word}");
            assert_eq!(token.xpos.as_str(), sentence.xpos[index], "{word}");
            assert_eq!(token.lemma, sentence.lemma[index], "{word}");
            assert_eq!(token.head.map_or(-1, |head| head as i64), sentence.head[index], "{word}");
            assert_eq!(token.deprel.as_str(), sentence.deprel[index], "{word}");
            assert!((token.event - sentence.event[index]).abs() < 2e-3, "{word}");
        }
        let entities: Vec<(usize, usize, String)> = found
            .entities
            .iter()
            .map(|e| (e.tokens.start, e.tokens.end, e.kind.as_str().to_owned()))
            .collect();
        assert_eq!(entities, sentence.entities);
    }
}
