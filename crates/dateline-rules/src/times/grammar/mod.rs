//! The time grammar of `times.rules`: classes of words, patterns, and the values they make.

mod expression;
mod forms;
mod names;
mod parse;

use std::collections::{HashMap, HashSet};

use super::calendar::Function;

/// A word as the grammar names it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Term {
    /// One of these words, lower-cased and sorted.
    Words(Vec<String>),
    /// A word of a class, captured under a name.
    Class { class: Class, name: String },
}

/// A class of words.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Class {
    Year,
    Day,
    Yy,
    Num,
    Ordinal,
    IsoDate,
    SlashDate,
    Clock,
    Decade,
    /// `mid-2016`, which is one word.
    MidYear,
    MidDecade,
    /// `1430`, before a zone.
    Hhmm,
    /// A class of the file.
    Listed(String),
}

/// One word of a pattern.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) term: Term,
    pub(crate) optional: bool,
    /// Must stand there, but is no part of the expression.
    pub(crate) context: bool,
}

/// An argument of a value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Expr {
    Int(i32),
    Word(String),
    Capture(String),
    Call(Function, Vec<Expr>),
}

/// A condition on a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Guard {
    Capital,
    Lower,
    Noun,
    Adverb,
    Month,
    DayMonth,
    Year,
    Season,
    Length,
    NotOld,
    NotAs,
    Small,
}

/// A pattern and the value it makes.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) kind: &'static str,
    pub(crate) items: Vec<Item>,
    /// Words, sorted, of which one must stand right before the expression, and right behind it.
    pub(crate) before: Option<Vec<String>>,
    pub(crate) after: Option<Vec<String>>,
    pub(crate) value: Expr,
    /// What the pattern says of its value: "the end of the year".
    pub(crate) modifier: Option<&'static str>,
    pub(crate) guard: Option<Guard>,
}

/// The grammar.
#[derive(Debug, Default)]
pub(crate) struct Grammar {
    pub(crate) classes: HashMap<String, HashMap<String, String>>,
    pub(crate) rules: Vec<Rule>,
    /// The words of all classes.
    pub(crate) listed: HashSet<String>,
    /// These, and the words of all patterns.
    vocabulary: HashSet<String>,
    /// Rules whose first word may be this one.
    pub(crate) by_word: HashMap<String, Vec<usize>>,
    /// Rules whose first word may be of a built-in class.
    pub(crate) by_class: Vec<(Class, Vec<usize>)>,
    /// Phrases in front of an expression and the modifier they make, by first word.
    pub(crate) modifiers: Vec<(Vec<String>, &'static str)>,
    pub(crate) future_aux: Vec<String>,
    pub(crate) future_verb: Vec<String>,
    /// Verbs whose present tells of what is set to be: "the inquest opens on Friday".
    pub(crate) future_present: Vec<String>,
}

impl Grammar {
    /// Whether a pattern or a class of the file names the word.
    pub(crate) fn names(&self, word: &str) -> bool {
        self.vocabulary.contains(word)
    }

    pub(super) fn index(&mut self) {
        let mut by_class: Vec<(Class, Vec<usize>)> = Vec::new();
        for (number, rule) in self.rules.iter().enumerate() {
            for item in &rule.items {
                match &item.term {
                    Term::Words(words) => {
                        for word in words {
                            self.by_word.entry(word.clone()).or_default().push(number);
                        }
                    }
                    Term::Class { class: Class::Listed(name), .. } => {
                        let mut words: Vec<&String> = self.classes[name].keys().collect();
                        words.sort();
                        for word in words {
                            self.by_word.entry(word.clone()).or_default().push(number);
                        }
                    }
                    Term::Class { class, .. } => {
                        match by_class.iter_mut().find(|(known, _)| known == class) {
                            Some((_, rules)) => rules.push(number),
                            None => by_class.push((class.clone(), vec![number])),
                        }
                    }
                }
                // Whatever may come first counts: optional words and what follows them.
                if !item.optional {
                    break;
                }
            }
        }
        self.by_class = by_class;
        self.listed = self.classes.values().flat_map(HashMap::keys).cloned().collect();
        let items = self.rules.iter().flat_map(|rule| &rule.items);
        let named = items.filter_map(|item| match &item.term {
            Term::Words(words) => Some(words),
            Term::Class { .. } => None,
        });
        self.vocabulary = named.flatten().chain(&self.listed).cloned().collect();
    }
}
