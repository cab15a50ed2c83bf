//! A sentence's result depends on nothing but the sentence.

mod common;

use common::{assert_trees, model, text};
use dateline_model::BatchOptions;
use dateline_model::backend::{Backend, Inputs, Outputs, RtenBackend};
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

/// Sentences of many lengths, made of the same words in an order of its own each.
fn sentences() -> Vec<String> {
    let lengths = [1, 5, 9, 13, 14, 15, 22, 31, 44, 75, 140, 560];
    let word = |i: usize, length: usize| WORDS[(i * 7 + i * i + length) % WORDS.len()];
    lengths
        .iter()
        .map(|&length| (0..length).map(|i| word(i, length)).collect::<Vec<_>>().join(" "))
        .collect()
}

#[test]
fn results_do_not_depend_on_the_batch() {
    let sentences = sentences();
    let texts: Vec<Text> = sentences.iter().map(|sentence| text(&[sentence])).collect();
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
    assert!(together.last().unwrap().windows >= 3);

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
fn sentences_of_one_text_are_read_apart() {
    let parts = ["Rui Costa left Lisbon .", "Ships collided near Porto on Friday ."];
    let options = BatchOptions::default();
    let both = &model().annotate(&[&text(&parts)], &options).unwrap()[0];
    let first = &model().annotate(&[&text(&parts[..1])], &options).unwrap()[0];
    let second = &model().annotate(&[&text(&parts[1..])], &options).unwrap()[0];
    let offset = first.tokens.len();
    assert_eq!(both.tokens[..offset], first.tokens);
    for (token, alone) in both.tokens[offset..].iter().zip(&second.tokens) {
        assert_eq!(token.head, alone.head.map(|head| head + offset));
        assert_eq!(token.head.is_none(), token.deprel == Deprel::Root);
    }
    assert_eq!(both.entities.len(), first.entities.len() + second.entities.len());
    assert_eq!(both.windows, 2);
    assert_eq!(model().annotate(&[], &options).unwrap(), []);
}

/// `rows` sequences of pseudo-random pieces; row `i` depends on `first + i` only.
fn inputs(first: u64, rows: usize, padded: usize) -> Inputs {
    let mut inputs = Inputs {
        input_ids: Array2::zeros((rows, padded)),
        attention_mask: Array2::zeros((rows, padded)),
        shape_ids: Array2::zeros((rows, padded)),
        word_starts: Array2::zeros((rows, padded)),
        word_mask: Array2::zeros((rows, padded)),
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
        for word in 0..pieces - 2 {
            inputs.word_starts[[row, word]] = word as i64 + 1;
            inputs.word_mask[[row, word]] = 1;
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
    for padded in [16, 48, 96] {
        let one: Vec<Outputs> =
            (0..7).map(|row| backend.run(&inputs(row, 1, padded)).unwrap()).collect();
        for (first, rows) in [(0, 2), (2, 3), (0, 7)] {
            let many = backend.run(&inputs(first, rows, padded)).unwrap();
            let range = first as usize..first as usize + rows;
            for (output, found) in arrays(&many).into_iter().enumerate() {
                let views: Vec<_> =
                    one[range.clone()].iter().map(|o| arrays(o)[output].view()).collect();
                let expected = concatenate(Axis(0), &views).unwrap();
                let bits = |a: &Array3<f32>| a.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
                assert_eq!(bits(found), bits(&expected), "output {output}, {rows} x {padded}");
            }
        }
    }
}
