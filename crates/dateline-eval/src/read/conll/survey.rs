//! The first pass over a CoNLL file: what its lines are, and which column holds tags of which
//! scheme.

use std::path::Path;

use crate::read::lines::Lines;
use crate::read::{Problem, ReadError};
use crate::tags::{Census, Tag};

const DOCUMENT: &str = "-DOCSTART-";

/// What a line is.
pub(super) enum Row<'a> {
    Blank,
    /// A document begins, named or not.
    Document(Option<&'a str>),
    Comment,
    Token(Vec<&'a str>),
}

/// Tells what a line is.
pub(super) fn row(line: &str) -> Row<'_> {
    let line = line.trim_end();
    if line.trim_start().is_empty() {
        return Row::Blank;
    }
    if let Some(rest) = line.strip_prefix(DOCUMENT) {
        // `-DOCSTART- (ID)`, as AIDA-CoNLL names its documents.
        let name = rest.trim_start().strip_prefix('(').and_then(|rest| rest.split_once(')'));
        return Row::Document(name.map(|(name, _)| name.trim()).filter(|name| !name.is_empty()));
    }
    if let Some(comment) = line.strip_prefix("# ").filter(|_| is_comment(line)) {
        return match comment.strip_prefix("newdoc") {
            Some(rest) => {
                let name = rest.trim().strip_prefix("id").map(str::trim_start);
                let name = name.and_then(|rest| rest.strip_prefix('=')).map(str::trim);
                Row::Document(name.filter(|name| !name.is_empty()))
            }
            None => Row::Comment,
        };
    }
    Row::Token(match line.contains('\t') {
        true => line.split('\t').collect(),
        false => line.split_whitespace().collect(),
    })
}

/// A line that begins with `# ` is the token `#` only where its last column is a tag and its first
/// one is the mark alone.
fn is_comment(line: &str) -> bool {
    if let Some((first, _)) = line.split_once('\t') {
        return first.trim_end() != "#";
    }
    let mut columns = line.split_whitespace().skip(1);
    let stated = columns.next().is_some_and(|name| name == "newdoc" || name == "newpar");
    stated
        || columns.next() == Some("=")
        || Tag::parse(line.rsplit(' ').next().unwrap_or("")).is_none()
}

/// What the first pass finds out about a file.
#[derive(Default)]
pub(super) struct Survey {
    /// Tags seen in each column (from 0); `None` for a column that holds something else.
    pub(super) columns: Vec<Option<Census>>,
    /// Fewest columns of a row.
    width: usize,
    rows: u64,
    /// The first column counts the tokens of each sentence.
    counted: bool,
    pub(super) documents: bool,
    /// The first last column that is no tag.
    untagged: Option<(u64, usize, String)>,
}

impl Survey {
    pub(super) fn of(path: &Path) -> Result<Survey, ReadError> {
        let mut lines = Lines::open(path)?;
        let mut survey = Survey { counted: true, ..Survey::default() };
        let (mut position, mut number) = (0, 0);
        while let Some(line) = lines.next()? {
            number += 1;
            match row(line) {
                Row::Comment => {}
                Row::Blank => {
                    position = 0;
                    survey.columns.iter_mut().flatten().for_each(Census::end_sentence);
                }
                Row::Document(_) => survey.documents = true,
                Row::Token(columns) => {
                    position += 1;
                    survey.counted &= columns[0].parse() == Ok(position);
                    survey.row(&columns, number);
                }
            }
        }
        Ok(survey)
    }

    fn row(&mut self, columns: &[&str], line: u64) {
        if self.rows == 0 {
            self.columns = vec![Some(Census::default()); columns.len()];
            self.width = columns.len();
        }
        self.rows += 1;
        self.width = self.width.min(columns.len());
        self.columns.truncate(self.width);
        for (census, tag) in self.columns.iter_mut().zip(columns) {
            match (census.as_mut(), Tag::parse(tag)) {
                (Some(census), Some(tag)) => census.count(tag),
                _ => *census = None,
            }
        }
        let last = columns.len() - 1;
        if self.untagged.is_none() && Tag::parse(columns[last]).is_none() {
            self.untagged = Some((line, last, columns[last].to_owned()));
        }
    }

    /// The column of the tokens and that of the tags, from 0. Of `bare` types, which any word may
    /// be, the last column is that of the tags.
    pub(super) fn layout(
        &self,
        path: &Path,
        wanted: Option<usize>,
        bare: bool,
    ) -> Result<(usize, usize), ReadError> {
        let token = usize::from(self.counted && self.width > 2 && wanted != Some(2));
        let fault = |line: u64, column: usize, tag: &str| {
            let tag = tag.to_owned();
            Err(ReadError::new(path, Problem::Tag { tag, column: column + 1 }).line(line))
        };
        match wanted {
            _ if self.rows == 0 => Ok((0, 1)),
            // Its rows are checked as they are read.
            Some(column) => Ok((token, column.saturating_sub(1))),
            None => {
                let found = (token + 1..self.columns.len()).rev();
                match found.into_iter().find(|&column| self.columns[column].is_some()) {
                    Some(column) => Ok((token, column)),
                    None if bare && self.width > token + 1 => Ok((token, self.width - 1)),
                    None => match &self.untagged {
                        Some((line, column, tag)) => fault(*line, *column, tag),
                        None => fault(1, 0, ""),
                    },
                }
            }
        }
    }
}
