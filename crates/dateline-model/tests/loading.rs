//! Damaged and missing files give clear errors and never a panic.

mod common;

use std::borrow::Cow;

use common::{files, files_with, folder, text};
use dateline_model::{BatchOptions, Engine, Model, ModelError, ModelFiles};
use serde_json::json;

fn with_config(edit: impl FnOnce(&mut serde_json::Value)) -> Result<Model, ModelError> {
    let mut config = serde_json::from_slice(&files().config).expect("a config");
    edit(&mut config);
    let config = Cow::Owned(config.to_string().into_bytes());
    Model::from_files(ModelFiles { config, ..files().clone() }, Engine::default())
}

#[test]
fn a_good_folder_loads() {
    let model = Model::load(&folder(), Engine::default()).unwrap();
    let info = model.info();
    assert_eq!(info.bytes, files().weights.len());
    assert_eq!(info.labels.upos, 17);
    assert_eq!(info.sha256.len(), 64);
    let hash = info.sha256.clone();
    assert!(with_config(|config| config["weights_sha256"] = hash.into()).is_ok());
}

#[test]
fn missing_files_are_named() {
    let empty = tempfile::tempdir().unwrap();
    for name in ["config.json", "tokenizer.json", "model.onnx"] {
        match Model::load(empty.path(), Engine::default()) {
            Err(ModelError::File { path, .. }) => assert_eq!(path, empty.path().join(name)),
            other => panic!("{other:?}"),
        }
        std::fs::write(empty.path().join(name), "").unwrap();
    }
}

#[test]
fn label_sets_must_fit_the_graph() {
    let short = with_config(|config| {
        config["labels"]["xpos"].as_array_mut().unwrap().pop();
    });
    assert!(matches!(short, Err(ModelError::Labels { output: "xpos", .. })), "{short:?}");
    let long = with_config(|config| {
        config["labels"]["lemma"].as_array_mut().unwrap().push("keep|9|".into());
    });
    assert!(matches!(long, Err(ModelError::Labels { output: "lemma", .. })), "{long:?}");
}

#[test]
fn the_event_head_must_fit_the_graph() {
    let other = with_config(|config| {
        let labels = config["labels"]["event"].as_array_mut().unwrap();
        match labels.len() {
            2 => labels.push("AGENT".into()),
            _ => labels.truncate(2),
        }
    });
    assert!(matches!(other, Err(ModelError::Labels { output: "event", .. })), "{other:?}");
}

#[test]
fn networks_of_other_architectures_run_as_graphs() {
    let other = with_config(|config| {
        config.as_object_mut().unwrap().remove("attention_heads");
    });
    assert!(other.unwrap().info().parameters > with_config(|_| ()).unwrap().info().parameters);
    let wrong = with_config(|config| config["attention_heads"] = 7.into());
    assert!(matches!(wrong, Err(ModelError::Weights(_))), "{wrong:?}");
}

#[test]
fn a_folder_of_another_format_is_refused() {
    match with_config(|config| config["format"] = 1.into()) {
        Err(ModelError::Config { field, .. }) => assert_eq!(field, "format"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn scores_of_entities_are_calibrated() {
    let text = text(&["Rui Costa left Lisbon for Porto on Friday ."]);
    let scores = |line: Option<(f64, f64)>| -> Vec<f32> {
        let model = with_config(|config| {
            let config = config.as_object_mut().unwrap();
            config.remove("calibration");
            if let Some((a, b)) = line {
                config.insert("calibration".into(), json!({"entity": {"*": [a, b]}}));
            }
        });
        let found = model.unwrap().annotate(&[&text], &BatchOptions::default()).unwrap();
        found[0].entities.iter().map(|entity| entity.score).collect()
    };
    let plain = scores(None);
    assert!(!plain.is_empty());
    assert_eq!(scores(Some((1.0, 0.0))), plain);
    for (lower, plain) in scores(Some((1.0, -3.0))).into_iter().zip(plain) {
        let p = f64::from(plain.min(0.9995));
        let expected = 1.0 / (1.0 + ((1.0 - p) / p) * 3.0_f64.exp());
        // What `plain` was before rounding is not known.
        let slack = if plain < 0.99 { 0.01 } else { 0.2 };
        assert!((f64::from(lower) - expected).abs() < slack, "{plain} {lower}");
    }
}

#[test]
fn a_stated_hash_is_checked() {
    let wrong = with_config(|config| config["weights_sha256"] = "00".into());
    assert!(matches!(wrong, Err(ModelError::Weights(_))), "{wrong:?}");
}

#[test]
fn broken_tokenizers_are_errors() {
    for tokenizer in [&b""[..], b"{}", &files().tokenizer[..1000]] {
        let broken = ModelFiles { tokenizer: Cow::Borrowed(tokenizer), ..files().clone() };
        let result = Model::from_files(broken, Engine::default());
        assert!(matches!(result, Err(ModelError::Tokenizer(_))), "{result:?}");
    }
}

const ENGINES: [Engine; 2] = [Engine::Int8, Engine::Onnx];

fn with_weights(weights: Vec<u8>, engine: Engine) -> Result<Model, ModelError> {
    Model::from_files(files_with(weights), engine)
}

#[test]
fn a_stated_hash_tells_any_change() {
    let mut weights = files().weights.to_vec();
    let at = weights.len() / 2;
    weights[at] ^= 1;
    let files = ModelFiles { weights: weights.into(), ..files().clone() };
    let result = Model::from_files(files, Engine::default());
    assert!(matches!(result, Err(ModelError::Weights(_))), "{result:?}");
}

#[test]
fn truncated_weights_are_errors() {
    let whole = &files().weights;
    let ends = [0, 1, 7, 100, 5_000, 60_000, whole.len() / 2, whole.len() - 400, whole.len() - 1];
    for (end, engine) in ends.into_iter().flat_map(|end| ENGINES.map(|engine| (end, engine))) {
        let result = with_weights(whole[..end].to_vec(), engine);
        assert!(matches!(result, Err(ModelError::Weights(_))), "{end}: {result:?}");
    }
}

/// A flipped bit may hit a number, which only a stated hash can tell; it must never be a panic.
#[test]
fn flipped_bits_never_panic() {
    let whole = &files().weights;
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    for round in 0..24 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let mut weights = whole.to_vec();
        // The graph's structure is at the head of the file, but some is everywhere.
        let range = if round % 3 == 0 { weights.len() } else { 60_000 };
        let at = state as usize % range;
        weights[at] ^= 1 << (state >> 61);
        if let Err(error) = with_weights(weights, ENGINES[round % 2]) {
            let expected = matches!(error, ModelError::Weights(_) | ModelError::Labels { .. });
            assert!(expected, "byte {at}: {error}");
        }
    }
}
