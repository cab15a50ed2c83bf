//! A text's result depends on nothing but the text.

mod common;

use common::{assert_entities_within_sentences, assert_trees, files, model, text};
use dateline_model::backend::{
    Backend, Input, NativeBackend, Output, Precision, RtenBackend, Word,
};
use dateline_model::{BatchOptions, Engine, Model, ModelFiles};
use dateline_text::{Annotations, Deprel, Text};
use ndarray::Array2;

const WORDS: [&str; 24] = [
    "The",
    "mayor",
    "of",
    "Lisbon",
    "said",
    "on",
    "Friday",
    "that",
    "three",
    "ships",
    "had",
    "collided",
    "near",
    "Porto",
    ",",
    "killing",
    "Rui",
    "Costa",
    ";",
    "NATO",
    "denied",
    "F-16",
    "unbelievably",
    ".",
];

fn sentence(length: usize) -> String {
    let word = |i: usize| WORDS[(i * 7 + i * i + length) % WORDS.len()];
    (0..length).map(word).collect::<Vec<_>>().join(" ")
}

/// Sentences of many lengths, made of the same words in an order of its own each.
const LENGTHS: [usize; 12] = [1, 5, 9, 13, 14, 15, 22, 31, 44, 75, 140, 560];

/// Texts of one sentence each, and some of many: what is read together is of many lengths.
fn texts() -> Vec<Text> {
    let mut texts: Vec<Text> = LENGTHS.iter().map(|&l| text(&[&sentence(l)])).collect();
    for (first, step) in [(0, 1), (3, 2), (1, 3)] {
        let sentences: Vec<String> =
            LENGTHS.iter().skip(first).step_by(step).map(|&l| sentence(l + 1)).collect();
        texts.push(text(&sentences.iter().map(String::as_str).collect::<Vec<_>>()));
    }
    texts
}

#[test]
fn results_do_not_depend_on_the_batch() {
    let texts = texts();
    let all: Vec<&Text> = texts.iter().collect();
    let options = BatchOptions::default();
    let together = model().annotate(&all, &options).unwrap();
    let alone: Vec<Annotations> = all
        .iter()
        .flat_map(|text| model().annotate(&[text], &options.clone().with_pieces(1)).unwrap())
        .collect();
    assert_eq!(together, alone);
    for (text, annotations) in texts.iter().zip(&together) {
        assert_trees(text, annotations);
    }
    assert_eq!(together[0].windows, 1);
    // One sentence of 560 words; the same after eleven others, some of which are read together.
    assert!((3..=5).contains(&together[11].windows), "{}", together[11].windows);
    assert!((4..=12).contains(&together[12].windows), "{}", together[12].windows);

    for threads in [1, 3] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let options = BatchOptions::default().with_pieces(300 * threads);
        let reversed: Vec<&Text> = all.iter().rev().copied().collect();
        let mut found = pool.install(|| model().annotate(&reversed, &options)).unwrap();
        found.reverse();
        assert_eq!(found, together, "{threads} threads");
    }
}

#[test]
fn sentences_of_one_text_are_read_together() {
    let parts = ["Rui Costa left Lisbon .", "He said NATO denied that three ships had collided ."];
    let text = text(&parts);
    let options = BatchOptions::default();
    let found = &model().annotate(&[&text], &options).unwrap()[0];
    assert_eq!(found.windows, 1);
    assert_trees(&text, found);
    for token in &found.tokens {
        assert_eq!(token.head.is_none(), token.deprel == Deprel::Root);
    }
    assert_entities_within_sentences(&text, found);
    assert_eq!(model().annotate(&[], &options).unwrap(), []);
}

#[test]
fn texts_are_read_with_any_context() {
    let sentences: Vec<String> = (3..40).map(sentence).collect();
    let text = text(&sentences.iter().map(String::as_str).collect::<Vec<_>>());
    let read = |context: usize| {
        let mut config: serde_json::Value = serde_json::from_slice(&files().config).unwrap();
        config["context_pieces"] = context.into();
        let config = config.to_string().into_bytes().into();
        let files = ModelFiles { config, ..files().clone() };
        let model = Model::from_files(files, Engine::default()).unwrap();
        assert_eq!(model.info().context_pieces, context);
        model.annotate(&[&text], &BatchOptions::default()).unwrap().remove(0)
    };
    let (none, some) = (read(0), read(48));
    for found in [&none, &some] {
        assert_trees(&text, found);
        assert_entities_within_sentences(&text, found);
    }
    assert!(none.windows < some.windows, "{} {}", none.windows, some.windows);
    assert_eq!(none.tokens.len(), some.tokens.len());
    assert_ne!(none, some);
}

/// A sequence of that many pseudo-random pieces, most of which are words.
fn input(seed: u64, pieces: usize) -> Input {
    let mut state = (seed + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mut random = |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    };
    let mut input = Input::default();
    for at in 0..pieces {
        input.pieces.push(random(20_000) as u32 + 1_000);
        input.shapes.push(if at == 0 { 0 } else { 2 * random(8) as u8 + 1 });
        // Sentences of seven words, each opened by the piece before its first.
        if at > 0 && at < pieces - pieces / 8 {
            let word = at - 1;
            input.words.push(Word { start: at, root: word / 7 * 7, sentence: word / 7 + 1 });
        }
    }
    input
}

fn bits(output: &Output) -> Vec<Vec<u32>> {
    let Output { entity, upos, xpos, lemma, event, arc, rel } = output;
    let bits = |a: &Array2<f32>| a.iter().map(|x| x.to_bits()).collect();
    [entity, upos, xpos, lemma, event, arc, rel].map(bits).to_vec()
}

/// The law the batching rests on, checked on the bits.
#[test]
fn logits_do_not_depend_on_the_batch() {
    let onnx = &files().weights;
    let backends: [(&str, Box<dyn Backend>); 3] = [
        ("int8", Box::new(NativeBackend::from_bytes(onnx, 12, Precision::Int8).unwrap())),
        ("f32", Box::new(NativeBackend::from_bytes(onnx, 12, Precision::F32).unwrap())),
        ("rten", Box::new(RtenBackend::from_bytes(onnx.to_vec()).unwrap())),
    ];
    let lengths = [3, 256, 9, 130, 61, 100, 5];
    let inputs: Vec<Input> = (0..).zip(lengths).map(|(seed, len)| input(seed, len)).collect();
    for (name, backend) in backends {
        let alone: Vec<Output> =
            inputs.iter().map(|input| backend.run(&[input]).unwrap().remove(0)).collect();
        for batch in [&[0, 1, 2, 3, 4, 5, 6][..], &[6, 3, 1], &[5, 4, 0, 0]] {
            let chosen: Vec<&Input> = batch.iter().map(|&index| &inputs[index]).collect();
            for threads in [1, 3] {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
                let found = pool.install(|| backend.run(&chosen)).unwrap();
                for (&index, found) in batch.iter().zip(&found) {
                    assert!(bits(found) == bits(&alone[index]), "{name} {batch:?} {index}");
                }
            }
        }
    }
}

/// What int8 rounds away is little: the likeliest classes are the same nearly always.
#[test]
fn int8_says_what_f32_says() {
    let texts = texts();
    let all: Vec<&Text> = texts.iter().collect();
    let of = |engine: Engine| {
        let model = Model::from_files(files().clone(), engine).unwrap();
        model.annotate(&all, &BatchOptions::default()).unwrap()
    };
    let (int8, f32, onnx) = (of(Engine::Int8), of(Engine::F32), of(Engine::Onnx));
    let differing = |a: &[Annotations], b: &[Annotations]| {
        let tokens = |all: &[Annotations]| -> Vec<_> {
            let tokens = all.iter().flat_map(|annotations| annotations.tokens.clone());
            tokens.map(|token| (token.upos, token.xpos, token.lemma)).collect()
        };
        let (a, b) = (tokens(a), tokens(b));
        a.iter().zip(&b).filter(|(a, b)| a != b).count() as f64 / a.len() as f64
    };
    assert!(differing(&f32, &onnx) < 0.001, "{}", differing(&f32, &onnx));
    assert!(differing(&int8, &f32) < 0.03, "{}", differing(&int8, &f32));
}
