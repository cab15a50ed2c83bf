//! How documents are written.

use std::{fmt, io};

use dateline::{Analysis, Article};

/// A form in which documents are written. It is asked for one article after the other, in the
/// order of the output, so what it counts does not depend on threads.
pub trait Encoder: fmt::Debug + Send {
    /// One file for all articles, or files for each.
    fn layout(&self) -> Layout {
        Layout::OneFile(Framing::default())
    }

    /// What is written of an article. In [`Layout::OneFile`] the contents follow each other; in
    /// [`Layout::Folder`] each part is a file.
    fn encode(&mut self, article: &Article, analysis: &Analysis) -> io::Result<Vec<Part>>;

    /// What was encoded last has been accepted. An article that gives no files because of its id
    /// is rejected instead.
    fn accepted(&mut self) {}
}

/// Where the articles of one job stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// One file.
    OneFile(Framing),
    /// A folder, where each article has files of its own.
    Folder,
}

/// What stands around the articles of one file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Framing {
    /// Before the first, and in a file without any.
    pub before: &'static str,
    /// Between two.
    pub between: &'static str,
    /// After the last, and in a file without any.
    pub after: &'static str,
}

/// Something written of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Name of the file; not looked at in [`Layout::OneFile`].
    pub name: String,
    /// The bytes.
    pub content: Vec<u8>,
}

impl Part {
    /// A part of the one file for all articles.
    pub fn record(content: impl Into<Vec<u8>>) -> Part {
        Part { name: String::new(), content: content.into() }
    }
}

/// The documents as JSON lines.
#[derive(Clone, Copy, Debug, Default)]
pub struct JsonLines;

impl Encoder for JsonLines {
    fn encode(&mut self, _: &Article, analysis: &Analysis) -> io::Result<Vec<Part>> {
        let mut line = serde_json::to_vec(&analysis.document)?;
        line.push(b'\n');
        Ok(vec![Part::record(line)])
    }
}

impl<E: Encoder + ?Sized> Encoder for &mut E {
    fn layout(&self) -> Layout {
        (**self).layout()
    }

    fn encode(&mut self, article: &Article, analysis: &Analysis) -> io::Result<Vec<Part>> {
        (**self).encode(article, analysis)
    }

    fn accepted(&mut self) {
        (**self).accepted();
    }
}
