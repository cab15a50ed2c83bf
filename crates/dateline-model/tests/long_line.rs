//! A text without a sentence end costs time in proportion to its length.

mod common;

use common::{assert_trees, files, files_with, text};
use dateline_model::backend::{Backend, BackendError, Inputs, Outputs};
use dateline_model::{BatchOptions, Model};
use ndarray::Array3;

/// Says something different of every word, at no cost.
struct Noise {
    classes: [usize; 6],
}

impl Backend for Noise {
    fn run(&self, inputs: &Inputs) -> Result<Outputs, BackendError> {
        let (rows, words) = inputs.word_mask.dim();
        let make = |seed: i64, classes: usize| {
            Array3::from_shape_fn((rows, words, classes), |(row, word, class)| {
                let start = inputs.word_starts[[row, word]] as usize;
                let piece = inputs.input_ids[[row, start]];
                let mixed = (piece * 31 + seed) * (class as i64 + 7) + word as i64 * 97;
                (mixed % 113) as f32 / 16.0
            })
        };
        let [entity, upos, xpos, lemma, event, rel] = self.classes;
        Ok(Outputs {
            entity: make(1, entity),
            upos: make(2, upos),
            xpos: make(3, xpos),
            lemma: make(4, lemma),
            event: make(5, event),
            arc: make(6, words + 1),
            rel: make(7, rel),
        })
    }
}

#[test]
fn a_long_line_is_read_whole() {
    let config: serde_json::Value = serde_json::from_slice(&files().config).unwrap();
    let classes = ["entity", "upos", "xpos", "lemma", "event", "deprel"]
        .map(|head| config["labels"][head].as_array().unwrap().len());
    let model =
        Model::with_backend(files_with(Vec::new()), |_| Ok(Box::new(Noise { classes }))).unwrap();

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
    for pair in annotations.entities.windows(2) {
        assert!(pair[0].tokens.end <= pair[1].tokens.start);
    }
}
