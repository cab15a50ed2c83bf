use std::fmt;
use std::time::Duration;

use dateline_model::ModelError;
use dateline_rules::RuleError;
use dateline_text::Article;

/// Why a pipeline could not be built or an article not be read.
///
/// [`Error::kind`] says whose fault it is; the message says what, where and how to mend it.
#[derive(Debug)]
pub struct Error(Box<Cause>);

/// What went wrong, for callers that act on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The model is missing, damaged or of an unknown format.
    Model,
    /// A rule file is at fault.
    Rules,
    /// The model failed on this article.
    Inference,
    /// The article took longer than [`PipelineBuilder::max_time`](crate::PipelineBuilder::max_time).
    Time,
    /// A bug in Dateline: one of its own laws does not hold for this article.
    Internal,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Cause {
    #[error("no model was given: name a model folder or hand in its files")]
    NoModel,
    #[error(transparent)]
    Model(#[from] ModelError),
    #[error(transparent)]
    Rules(RuleError),
    #[error("article {article:?}: the model failed")]
    Inference { article: String, source: ModelError },
    #[error("article {article:?}: reading it took more than {limit:?}")]
    Time { article: String, limit: Duration },
    #[error("article {article:?}: internal error, please report it: {problem}")]
    Internal { article: String, problem: String },
}

impl Cause {
    pub(crate) fn time(article: &Article, limit: Duration) -> Cause {
        Cause::Time { article: article.id.clone(), limit }
    }
}

impl Error {
    /// What went wrong.
    pub fn kind(&self) -> ErrorKind {
        match *self.0 {
            Cause::NoModel | Cause::Model(_) => ErrorKind::Model,
            Cause::Rules(_) => ErrorKind::Rules,
            Cause::Inference { .. } => ErrorKind::Inference,
            Cause::Time { .. } => ErrorKind::Time,
            Cause::Internal { .. } => ErrorKind::Internal,
        }
    }

    pub(crate) fn internal(article: &str, problem: impl Into<String>) -> Self {
        Cause::Internal { article: article.to_owned(), problem: problem.into() }.into()
    }
}

impl From<Cause> for Error {
    fn from(cause: Cause) -> Self {
        Error(Box::new(cause))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        std::error::Error::source(&*self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_whose_fault_it_is() {
        assert_eq!(Error::from(Cause::NoModel).kind(), ErrorKind::Model);
        let error = Error::internal("a1", "a location is off");
        assert_eq!(error.kind(), ErrorKind::Internal);
        assert!(error.to_string().starts_with("article \"a1\""), "{error}");
    }
}
