#![allow(dead_code, reason = "each test crate uses a part")]

use std::path::PathBuf;
use std::sync::OnceLock;

use dateline_model::{Engine, Model, ModelFiles};
use dateline_text::{Annotations, Article, Sentence, Span, Text, Token, Zone, ZoneKind};

/// The model folder of the repository.
pub(crate) fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../models/dateline-en")
}

pub(crate) fn files() -> &'static ModelFiles<'static> {
    static FILES: OnceLock<ModelFiles<'static>> = OnceLock::new();
    FILES.get_or_init(|| ModelFiles::read(&folder()).expect("models/dateline-en"))
}

/// The same with other weights, and no hash that would give them away before the runtime sees them.
pub(crate) fn files_with(weights: Vec<u8>) -> ModelFiles<'static> {
    let mut config: serde_json::Value =
        serde_json::from_slice(&files().config).expect("config.json");
    config.as_object_mut().expect("an object").remove("weights_sha256");
    let config = config.to_string().into_bytes();
    ModelFiles { config: config.into(), weights: weights.into(), ..files().clone() }
}

/// The model, loaded once.
pub(crate) fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| {
        Model::from_files(files().clone(), Engine::default()).expect("models/dateline-en")
    })
}

/// A text of ready-made sentences, words set apart by spaces.
pub(crate) fn text(sentences: &[&str]) -> Text {
    let source = sentences.join("\n\n");
    let mut tokens = Vec::new();
    let mut cut = Vec::new();
    let mut at = 0;
    for (index, sentence) in sentences.iter().enumerate() {
        let first = tokens.len();
        let mut start = at;
        for word in sentence.split(' ') {
            tokens.push(Token { span: Span::new(start, start + word.len()), sentence: index });
            start += word.len() + 1;
        }
        let span = Span::new(at, at + sentence.len());
        let zone = ZoneKind::Body;
        cut.push(Sentence { span, tokens: first..tokens.len(), zone, paragraph: index });
        at = span.end + 2;
    }
    let zone = Zone { kind: ZoneKind::Body, span: Span::new(0, source.len()) };
    Text::new(&Article::from_text("test", source), vec![zone], cut, tokens).expect("a lawful text")
}

/// Every sentence has one root, and every word leads to it.
pub(crate) fn assert_trees(text: &Text, annotations: &Annotations) {
    assert_eq!(annotations.tokens.len(), text.tokens().len());
    for sentence in text.sentences() {
        let mut steps = vec![0_u8; sentence.tokens.len()];
        let mut roots = 0;
        for word in sentence.tokens.clone() {
            roots += usize::from(annotations.tokens[word].head.is_none());
            let mut path = Vec::new();
            let mut at = Some(word);
            while let Some(word) = at {
                let index = word - sentence.tokens.start;
                match steps[index] {
                    0 => steps[index] = 1,
                    1 => panic!("cycle at {word}"),
                    _ => break,
                }
                path.push(index);
                at = annotations.tokens[word].head;
            }
            path.into_iter().for_each(|index| steps[index] = 2);
        }
        assert_eq!(roots, 1);
    }
}

/// Entities stand in order, apart, and each in one sentence.
pub(crate) fn assert_entities_within_sentences(text: &Text, annotations: &Annotations) {
    for pair in annotations.entities.windows(2) {
        assert!(pair[0].tokens.end <= pair[1].tokens.start);
    }
    for entity in &annotations.entities {
        let sentence = text.tokens()[entity.tokens.start].sentence;
        assert!(!entity.tokens.is_empty());
        assert_eq!(text.tokens()[entity.tokens.end - 1].sentence, sentence, "{entity:?}");
    }
}
