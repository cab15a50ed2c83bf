//! Word classes: named lists of lemmas that conditions and grammar refer to.

use std::collections::HashMap;

use crate::data::{RuleError, Source};

use super::toml_file::{TomlFile, listed};

/// A set of word classes, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ClassSet([u64; 8]);

impl ClassSet {
    pub(crate) fn overlaps(self, other: ClassSet) -> bool {
        self.0.iter().zip(other.0).any(|(a, b)| a & b != 0)
    }

    pub(crate) fn insert(&mut self, other: ClassSet) {
        self.0.iter_mut().zip(other.0).for_each(|(a, b)| *a |= b);
    }

    /// The classes of both sets.
    pub(crate) fn common(self, other: ClassSet) -> ClassSet {
        let mut both = self;
        both.0.iter_mut().zip(other.0).for_each(|(a, b)| *a &= b);
        both
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == [0; 8]
    }
}

/// All word classes.
#[derive(Debug, Default)]
pub(crate) struct Words {
    classes: HashMap<String, ClassSet>,
    words: HashMap<String, ClassSet>,
    /// Value that some classes give their words (`targeting = "against"`).
    values: HashMap<String, HashMap<String, String>>,
}

const FILE: &str = "events/words.toml";

impl Words {
    pub(crate) fn load(source: &Source) -> Result<Words, RuleError> {
        let text = source.read(FILE)?;
        let file = TomlFile::new(FILE, &text);
        let mut words = Words::default();
        for (section, table) in &file.parse()? {
            let mapped = section.get_ref() != "classes";
            let table = file.table(table)?;
            if !mapped {
                for (name, value) in table {
                    let class = words.class_for(name.get_ref());
                    let class =
                        class.ok_or_else(|| file.error(name.span(), "too many classes (512)"))?;
                    for list in file.strings(value)? {
                        for word in listed(list) {
                            words.words.entry(word.to_lowercase()).or_default().insert(class);
                        }
                    }
                }
                continue;
            }
            for (key, value) in table {
                let value = file.str(value)?;
                for word in listed(key.get_ref()) {
                    let section = words.values.entry(section.get_ref().to_string()).or_default();
                    if section.insert(word.to_owned(), value.to_owned()).is_some() {
                        return Err(file.error(key.span(), format!("{word:?} is given twice")));
                    }
                }
            }
        }
        Ok(words)
    }

    fn class_for(&mut self, name: &str) -> Option<ClassSet> {
        let next = self.classes.len();
        if let Some(&class) = self.classes.get(name) {
            return Some(class);
        }
        let mut class = ClassSet::default();
        *class.0.get_mut(next / 64)? |= 1 << (next % 64);
        self.classes.insert(name.to_owned(), class);
        Some(class)
    }

    /// The class of this name.
    pub(crate) fn class(&self, name: &str) -> Option<ClassSet> {
        self.classes.get(name).copied()
    }

    /// The class of this name, which the grammar cannot do without.
    pub(crate) fn required(&self, name: &str) -> Result<ClassSet, RuleError> {
        self.class(name)
            .ok_or_else(|| RuleError::new(FILE, 0, format!("the class {name:?} is missing")))
    }

    /// The classes `word` (lower case) belongs to.
    pub(crate) fn of(&self, word: &str) -> ClassSet {
        self.words.get(word).copied().unwrap_or_default()
    }

    /// What `section` maps `word` to.
    pub(crate) fn value(&self, section: &str, word: &str) -> Option<&str> {
        self.values.get(section)?.get(word).map(String::as_str)
    }
}

/// Dictionary forms that a regular English form may come from, likeliest first: a safeguard
/// against a model that lemmatizes `convened` as `conven`.
pub(crate) fn stems(word: &str) -> Vec<String> {
    let mut stems = Vec::new();
    for ending in ["ied", "ies", "ed", "ing", "es", "s"] {
        let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.chars().count() > 2) else {
            continue;
        };
        if matches!(ending, "ied" | "ies") {
            stems.push(format!("{stem}y"));
            continue;
        }
        stems.push(stem.to_owned());
        if matches!(ending, "ed" | "ing") {
            stems.push(format!("{stem}e"));
            let mut letters = stem.chars().rev();
            if let (Some(last), Some(before)) = (letters.next(), letters.next())
                && last == before
            {
                stems.push(stem[..stem.len() - last.len_utf8()].to_owned());
            }
        }
    }
    stems
}

#[cfg(test)]
mod tests {
    use super::stems;

    #[test]
    fn regular_forms_have_their_dictionary_form_among_the_stems() {
        for (form, lemma) in [
            ("convened", "convene"),
            ("cancelled", "cancel"),
            ("urging", "urge"),
            ("strikes", "strike"),
            ("carried", "carry"),
            ("attacked", "attack"),
            ("clashes", "clash"),
        ] {
            assert!(stems(form).iter().any(|s| s == lemma), "{form}");
        }
        assert!(stems("is").is_empty());
    }
}
