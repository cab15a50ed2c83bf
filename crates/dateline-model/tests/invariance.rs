//! A text's result depends on nothing but the text.

mod common;

use common::{assert_entities_within_sentences, assert_trees, files, model, text};
use dateline_model::backend::{Backend, Inputs, Outputs, RtenBackend};
use dateline_model::{BatchOptions, Model, ModelFiles};
use dateline_text::{Annotations, Deprel, Text};
use ndarray::{Array2, Array3, Axis, concatenate};

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
        let model = Model::from_files(ModelFiles { config, ..files().clone() }).unwrap();
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

/// `rows` sequences of pseudo-random pieces, of which the first `words` are words; row `i` depends
/// on `first + i` only.
fn inputs(first: u64, rows: usize, padded: usize, words: usize) -> Inputs {
    let mut inputs = Inputs {
        input_ids: Array2::zeros((rows, padded)),
        attention_mask: Array2::zeros((rows, padded)),
        shape_ids: Array2::zeros((rows, padded)),
        word_starts: Array2::zeros((rows, words)),
        word_sentences: Array2::zeros((rows, words)),
        root_starts: Array2::zeros((rows, words)),
    };
    for row in 0..rows {
        let mut state = (first + row as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut random = |below: u64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state % below) as i64
        };
        let pieces = padded - 2 - random(padded as u64 / 4) as usize;
        for at in 0..pieces + 2 {
            inputs.input_ids[[row, at]] = random(20_000) + 1_000;
            inputs.attention_mask[[row, at]] = 1;
        }
        for at in 1..=pieces {
            inputs.shape_ids[[row, at]] = 2 * random(8) + 1;
        }
        for word in 0..words.min(pieces - 2) {
            // Sentences of seven words, each opened by the piece before its first.
            inputs.word_starts[[row, word]] = word as i64 + 1;
            inputs.word_sentences[[row, word]] = word as i64 / 7 + 1;
            inputs.root_starts[[row, word]] = word as i64 / 7 * 7;
        }
    }
    inputs
}

fn arrays(outputs: &Outputs) -> [&Array3<f32>; 7] {
    let Outputs { entity, upos, xpos, lemma, event, arc, rel } = outputs;
    [entity, upos, xpos, lemma, event, arc, rel]
}

/// The law the batching rests on, checked on the bits.
#[test]
fn logits_do_not_depend_on_the_batch() {
    let backend = RtenBackend::from_bytes(common::files().weights.to_vec()).unwrap();
    for (padded, words) in [(8, 8), (48, 40), (104, 64), (256, 256)] {
        let one: Vec<Outputs> =
            (0..5).map(|row| backend.run(&inputs(row, 1, padded, words)).unwrap()).collect();
        for (first, rows) in [(0, 2), (2, 3), (0, 5)] {
            let many = backend.run(&inputs(first, rows, padded, words)).unwrap();
            let range = first as usize..first as usize + rows;
            for (output, found) in arrays(&many).into_iter().enumerate() {
                let views: Vec<_> =
                    one[range.clone()].iter().map(|o| arrays(o)[output].view()).collect();
                let expected = concatenate(Axis(0), &views).unwrap();
                let bits = |a: &Array3<f32>| a.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
                assert_eq!(
                    bits(found),
                    bits(&expected),
                    "output {output}, {rows} x {padded} x {words}"
                );
            }
        }
    }
}
