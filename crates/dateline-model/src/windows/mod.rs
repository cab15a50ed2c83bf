//! What the encoder reads at once: some sentences with their neighbours, or a part of a long one.

mod sentences;
mod words;

pub(crate) use self::sentences::{Limits, Window, plan};
pub(crate) use self::words::{Window as WordWindow, windows as word_windows};
