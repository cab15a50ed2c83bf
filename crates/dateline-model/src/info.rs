//! What is known of a model before it reads anything.

use sha2::{Digest, Sha256};

use crate::ModelError;
use crate::backend::{Input, Output};
use crate::config::Config;

/// How many labels each of a model's heads tells apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct LabelCounts {
    /// BIO tags of entities.
    pub entity: usize,
    /// Universal parts of speech.
    pub upos: usize,
    /// Penn Treebank tags.
    pub xpos: usize,
    /// Lemma scripts.
    pub lemma: usize,
    /// Dependency relations.
    pub deprel: usize,
    /// What a word may be to an event.
    pub event: usize,
}

/// What there is to know about a model.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ModelInfo {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Longest sequence it reads at once, in pieces.
    pub max_pieces: usize,
    /// Most pieces of context on each side of what it says something of.
    pub context_pieces: usize,
    /// Sizes of its label sets.
    pub labels: LabelCounts,
    /// Size of the weights file.
    pub bytes: usize,
    /// Parameters of the graph, if the backend tells.
    pub parameters: Option<usize>,
    /// SHA-256 of the weights file, in hexadecimal.
    pub sha256: String,
}

impl ModelInfo {
    pub(crate) fn new(
        config: &Config,
        bytes: usize,
        parameters: Option<usize>,
        sha256: String,
    ) -> ModelInfo {
        ModelInfo {
            name: config.name.clone(),
            version: config.version.clone(),
            max_pieces: config.max_pieces,
            context_pieces: config.context_pieces,
            labels: label_counts(config),
            bytes,
            parameters,
            sha256,
        }
    }
}

fn label_counts(config: &Config) -> LabelCounts {
    LabelCounts {
        entity: config.tags.len(),
        upos: config.upos.len(),
        xpos: config.xpos.len(),
        lemma: config.lemma.len(),
        deprel: config.deprel.len(),
        event: config.events,
    }
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Checks that an output is as large as the input and the label sets ask.
pub(crate) fn check_shapes(
    config: &Config,
    input: &Input,
    output: &Output,
) -> Result<(), ModelError> {
    let words = input.words.len();
    let labels = label_counts(config);
    let expected = [
        ("entity", &output.entity, labels.entity),
        ("upos", &output.upos, labels.upos),
        ("xpos", &output.xpos, labels.xpos),
        ("lemma", &output.lemma, labels.lemma),
        ("event", &output.event, labels.event),
        ("arc", &output.arc, words + 1),
        ("rel", &output.rel, labels.deprel),
    ];
    for (output, array, config) in expected {
        let (rows, graph) = array.dim();
        if rows != words || (output == "arc" && graph != config) {
            let problem = format!("output {output:?} has shape {:?}", array.shape());
            return Err(ModelError::Weights(problem));
        }
        if graph != config {
            return Err(ModelError::Labels { output, config, graph });
        }
    }
    Ok(())
}
