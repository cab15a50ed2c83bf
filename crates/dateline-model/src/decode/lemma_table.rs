use std::collections::HashMap;

use dateline_text::Xpos;

/// Lemmas of known word forms by Penn tag (`lemmas.tsv`): what is known need not be guessed.
#[derive(Debug, Default)]
pub(crate) struct LemmaTable {
    rows: HashMap<Box<str>, Vec<(Xpos, Box<str>)>>,
}

impl LemmaTable {
    /// Reads rows of form, tag and lemma; an error names the line.
    pub(crate) fn parse(tsv: &[u8]) -> Result<LemmaTable, (usize, String)> {
        let text = std::str::from_utf8(tsv).map_err(|error| (0, error.to_string()))?;
        let mut rows: HashMap<Box<str>, Vec<(Xpos, Box<str>)>> = HashMap::new();
        for (index, line) in text.lines().enumerate() {
            let mut columns = line.split('\t');
            let (Some(form), Some(tag), Some(lemma), None) =
                (columns.next(), columns.next(), columns.next(), columns.next())
            else {
                return Err((index + 1, "expected form, tag and lemma".to_owned()));
            };
            let tag =
                tag.parse().map_err(|e: dateline_text::UnknownLabel| (index + 1, e.to_string()))?;
            rows.entry(form.into()).or_default().push((tag, lemma.into()));
        }
        Ok(LemmaTable { rows })
    }

    /// The lemma of `word` as a `tag`, if the table knows the form.
    pub(crate) fn get(&self, word: &str, tag: Xpos) -> Option<&str> {
        let lemmas = if word.chars().any(char::is_uppercase) {
            self.rows.get(word.to_lowercase().as_str())?
        } else {
            self.rows.get(word)?
        };
        lemmas.iter().find(|(t, _)| *t == tag).map(|(_, lemma)| &**lemma)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_up_by_form_and_tag() {
        let table = LemmaTable::parse(b"left\tJJ\tleft\nleft\tVBD\tleave\n").unwrap();
        assert_eq!(table.get("Left", Xpos::Vbd), Some("leave"));
        assert_eq!(table.get("left", Xpos::Jj), Some("left"));
        assert_eq!(table.get("left", Xpos::Nn), None);
        assert_eq!(table.get("right", Xpos::Jj), None);
    }

    #[test]
    fn a_fault_has_its_line() {
        assert_eq!(LemmaTable::parse(b"a\tNN\ta\nb\tNN\n").unwrap_err().0, 2);
        assert_eq!(LemmaTable::parse(b"a\tZZ\ta\n").unwrap_err().0, 1);
    }
}
