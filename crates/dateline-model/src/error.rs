use std::path::PathBuf;

use crate::backend::BackendError;

/// Why a model could not be loaded or run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// A file of the model folder is not there or cannot be read.
    #[error("cannot read the model file {}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The configuration says something this version cannot use.
    #[error("model config: {field}: {problem}")]
    Config {
        /// Path of the field within `config.json`, such as `labels.xpos[3]`.
        field: String,
        /// What is wrong with it.
        problem: String,
    },
    /// The tokenizer cannot be used.
    #[error("model tokenizer: {0}")]
    Tokenizer(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The configuration's label sets are not those the graph was made for.
    #[error("the graph's output {output:?} has {graph} classes, the config lists {config}")]
    Labels {
        /// Name of the output.
        output: &'static str,
        /// Classes the configuration lists.
        config: usize,
        /// Classes the graph computes.
        graph: usize,
    },
    /// The weights are damaged, or not a graph of the expected form.
    #[error("the model's weights are damaged or not a Dateline model: {0}")]
    Weights(String),
    /// The deadline of [`BatchOptions`](crate::BatchOptions) has passed.
    #[error("the time for it is over")]
    Deadline,
    /// The backend failed on a batch.
    #[error("the model could not be run: {0}")]
    Backend(#[from] BackendError),
}

impl ModelError {
    pub(crate) fn config(field: impl Into<String>, problem: impl ToString) -> Self {
        ModelError::Config { field: field.into(), problem: problem.to_string() }
    }
}
