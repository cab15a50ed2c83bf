use std::str::FromStr;

/// How to get from a word to its dictionary form: `lower|4|` makes `running` into `run`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LemmaScript {
    /// Whether to lower-case the form first.
    lower: bool,
    /// Characters to remove from the end.
    cut: usize,
    /// What to append then.
    suffix: String,
}

impl FromStr for LemmaScript {
    type Err = String;

    fn from_str(script: &str) -> Result<Self, String> {
        let mut parts = script.splitn(3, '|');
        let (Some(case), Some(cut), Some(suffix)) = (parts.next(), parts.next(), parts.next())
        else {
            return Err(format!("{script:?} is not of the form case|cut|suffix"));
        };
        let lower = match case {
            "lower" => true,
            "keep" => false,
            _ => return Err(format!("{script:?} has an unknown case {case:?}")),
        };
        let cut = cut.parse().map_err(|e| format!("{script:?}: {e}"))?;
        Ok(LemmaScript { lower, cut, suffix: suffix.to_owned() })
    }
}

impl LemmaScript {
    /// The lemma of `word`. Where the script does not fit the word: its lower-cased form.
    pub(crate) fn apply(&self, word: &str) -> String {
        let form = if self.lower { word.to_lowercase() } else { word.to_owned() };
        let Some(end) = end_without(&form, self.cut) else {
            return word.to_lowercase();
        };
        let mut lemma = form;
        lemma.truncate(end);
        lemma.push_str(&self.suffix);
        // Cutting everything and adding nothing is no lemma.
        if lemma.is_empty() { word.to_lowercase() } else { lemma }
    }
}

/// Where `form` ends once its last `cut` characters are gone, if it has as many.
fn end_without(form: &str, cut: usize) -> Option<usize> {
    match cut {
        0 => Some(form.len()),
        _ => form.char_indices().rev().nth(cut - 1).map(|(at, _)| at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts() {
        let table = [
            ("running", "lower|4|", "run"),
            ("Iraq", "keep|0|", "Iraq"),
            ("The", "lower|0|", "the"),
            ("was", "lower|3|be", "be"),
            ("Countries", "lower|3|y", "country"),
            ("Americans", "keep|1|", "American"),
            ("ca", "lower|0|n", "can"),
            ("go", "lower|3|be", "go"),
            ("GO", "keep|3|", "go"),
            ("is", "lower|2|", "is"),
            ("Éclairs", "lower|1|", "éclair"),
            ("a|b", "lower|1||", "a||"),
        ];
        for (word, script, lemma) in table {
            assert_eq!(script.parse::<LemmaScript>().unwrap().apply(word), lemma, "{word}");
        }
    }

    #[test]
    fn malformed_scripts() {
        for script in ["", "lower", "lower|0", "Lower|0|", "keep|x|", "keep|-1|"] {
            assert!(script.parse::<LemmaScript>().is_err(), "{script}");
        }
    }
}
