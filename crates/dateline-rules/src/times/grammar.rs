//! The time grammar: reading `times.rules` and saying what is wrong with it.

use std::collections::HashMap;

use super::calendar::Function;
use crate::data::{RuleError, Source};

const FILE: &str = "times.rules";

/// A word as the grammar names it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Term {
    /// One of these words, lower-cased.
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
    /// Words of which one must stand right before the expression, and right behind it.
    pub(crate) before: Option<Vec<String>>,
    pub(crate) after: Option<Vec<String>>,
    pub(crate) value: Expr,
    /// What the pattern says of its value: "the end of the year".
    pub(crate) modifier: Option<&'static str>,
    pub(crate) guard: Option<Guard>,
}

/// A pattern that others hold under a name, and the value it lends them.
#[derive(Debug)]
struct Form<'a> {
    name: &'a str,
    pattern: &'a str,
    value: &'a str,
}

/// The grammar.
#[derive(Debug, Default)]
pub(crate) struct Grammar {
    pub(crate) classes: HashMap<String, HashMap<String, String>>,
    pub(crate) rules: Vec<Rule>,
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

const KINDS: &[&str] = &["DATE", "TIME", "DURATION", "SET"];
const MODIFIERS: &[&str] = &[
    "START",
    "MID",
    "END",
    "APPROX",
    "MORE_THAN",
    "LESS_THAN",
    "EQUAL_OR_MORE",
    "EQUAL_OR_LESS",
    "BEFORE",
    "AFTER",
];

impl Grammar {
    pub(crate) fn load(source: &Source) -> Result<Grammar, RuleError> {
        let text = source.read(FILE)?;
        Grammar::parse(&text)
    }

    pub(crate) fn parse(text: &str) -> Result<Grammar, RuleError> {
        let mut grammar = Grammar::default();
        let (mut lines, mut forms) = (Vec::new(), Vec::new());
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let fault = |problem: String| RuleError::new(FILE, index + 1, problem);
            let (head, rest) = line.split_once(' ').unwrap_or((line, ""));
            match head {
                "class" => grammar.class(rest).map_err(fault)?,
                "mod" => grammar.modifier(rest).map_err(fault)?,
                "future-aux" => {
                    grammar.future_aux.extend(rest.split_whitespace().map(str::to_owned))
                }
                "future-verb" => {
                    grammar.future_verb.extend(rest.split_whitespace().map(str::to_owned))
                }
                "future-present" => {
                    grammar.future_present.extend(rest.split_whitespace().map(str::to_owned))
                }
                "form" => forms.push(form(rest).map_err(fault)?),
                // Rules may use classes and forms that stand below them.
                _ => lines.push((index + 1, line)),
            }
        }
        for (number, line) in lines {
            let fault = |problem: String| RuleError::new(FILE, number, problem);
            for line in expand(line, &forms).map_err(fault)? {
                grammar.rule(&line).map_err(fault)?;
            }
        }
        grammar.index();
        Ok(grammar)
    }

    fn class(&mut self, rest: &str) -> Result<(), String> {
        let (name, words) = rest.split_once(' ').ok_or("a class needs a name and words")?;
        if builtin(name).is_some() {
            return Err(format!("{name} is a built-in class"));
        }
        if !is_class_name(name) {
            return Err(format!("class names are upper case, unlike {name:?}"));
        }
        let class = self.classes.entry(name.to_owned()).or_default();
        for word in words.split_whitespace() {
            let (word, value) = word.split_once('=').unwrap_or((word, word));
            if value.is_empty() || word.is_empty() {
                return Err(format!("{word:?} has no value; write word=value"));
            }
            if class.insert(word.to_owned(), value.to_owned()).is_some() {
                return Err(format!("{word:?} is twice in class {name}"));
            }
        }
        Ok(())
    }

    fn modifier(&mut self, rest: &str) -> Result<(), String> {
        let (name, phrases) = rest.split_once(' ').ok_or("a modifier needs phrases")?;
        let name = modifier_named(name)?;
        for phrase in phrases.split('|') {
            self.modifiers.push((phrase.split_whitespace().map(str::to_owned).collect(), name));
        }
        self.modifiers.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        Ok(())
    }

    fn rule(&mut self, line: &str) -> Result<(), String> {
        let (left, right) = line.split_once(" -> ").ok_or("a rule needs -> and a value")?;
        let (kind, pattern) = left.split_once(' ').ok_or("a rule needs a pattern")?;
        let known = KINDS.iter().find(|k| **k == kind);
        let kind = known.ok_or_else(|| format!("unknown kind {kind:?}; one of {KINDS:?}"))?;
        let (value, guard) = match right.split_once(" if ") {
            Some((value, guard)) => (value, Some(guard_named(guard.trim())?)),
            None => (right, None),
        };
        let (value, modifier) = match value.split_once(" mod ") {
            Some((value, modifier)) => (value, Some(modifier_named(modifier.trim())?)),
            None => (value, None),
        };
        let mut items: Vec<Item> =
            pattern.split_whitespace().map(|w| self.item(w)).collect::<Result<_, _>>()?;
        let before = items.first().and_then(context);
        if before.is_some() {
            items.remove(0);
        }
        let after = items.last().and_then(context);
        if after.is_some() {
            items.pop();
        }
        if items.iter().any(|i| i.context) {
            return Err("[words] may stand only at the ends of a pattern".to_owned());
        }
        if items.iter().all(|i| i.optional) {
            return Err("the pattern may match nothing".to_owned());
        }
        let captures: Vec<&str> = items
            .iter()
            .filter_map(|i| match &i.term {
                Term::Class { name, .. } => Some(name.as_str()),
                Term::Words(_) => None,
            })
            .collect();
        let mut rest = value.trim();
        let value = expression(&mut rest, &captures)?;
        if !rest.is_empty() {
            return Err(format!("{rest:?} is left over behind the value"));
        }
        if !matches!(value, Expr::Call(..)) {
            return Err("the value must be a call".to_owned());
        }
        self.rules.push(Rule { kind, items, before, after, value, modifier, guard });
        Ok(())
    }

    fn item(&self, word: &str) -> Result<Item, String> {
        let (word, optional) = match word.strip_suffix('?') {
            Some(rest) if !rest.is_empty() => (rest, true),
            _ => (word, false),
        };
        let inner = word.strip_prefix('[').and_then(|w| w.strip_suffix(']'));
        let (word, context) = (inner.unwrap_or(word), inner.is_some());
        if word.is_empty() {
            return Err("an empty word in the pattern".to_owned());
        }
        let (name, class) = match word.split_once(':') {
            Some((name, class)) if is_class_name(class) => (name, class),
            _ => (word, word),
        };
        if is_class_name(class) {
            let class = match builtin(class) {
                Some(class) => class,
                None if self.classes.contains_key(class) => Class::Listed(class.to_owned()),
                None => return self.alternatives(word, optional, context),
            };
            return Ok(Item {
                term: Term::Class { class, name: name.to_owned() },
                optional,
                context,
            });
        }
        self.alternatives(word, optional, context)
    }

    /// `last|past`, or classes whose value is not asked for: `WEEKDAY|MONTH`.
    fn alternatives(&self, word: &str, optional: bool, context: bool) -> Result<Item, String> {
        let mut words = Vec::new();
        for part in word.split('|').filter(|p| !p.is_empty()) {
            if is_class_name(part) {
                let class =
                    self.classes.get(part).ok_or_else(|| format!("unknown class {part}"))?;
                let mut listed: Vec<String> = class.keys().cloned().collect();
                listed.sort();
                words.extend(listed);
            } else if part.chars().any(char::is_uppercase) {
                return Err(format!("words are lower case, unlike {part:?}"));
            } else {
                words.push(part.to_owned());
            }
        }
        Ok(Item { term: Term::Words(words), optional, context })
    }

    fn index(&mut self) {
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
    }
}

/// `NAME pattern -> value`.
fn form(line: &str) -> Result<Form<'_>, String> {
    let (left, value) = line.split_once(" -> ").ok_or("a form needs -> and a value")?;
    let (name, pattern) = left.split_once(' ').ok_or("a form needs a name and a pattern")?;
    if !is_class_name(name) {
        return Err(format!("form names are upper case, unlike {name:?}"));
    }
    Ok(Form { name, pattern, value })
}

/// How deep forms may hold forms.
const DEPTH: usize = 4;

/// A rule for each form that it names (`@NAME` in its pattern and in its value); itself without.
fn expand(line: &str, forms: &[Form<'_>]) -> Result<Vec<String>, String> {
    let mut lines = vec![line.to_owned()];
    for _ in 0..DEPTH {
        if lines.iter().all(|line| !line.contains('@')) {
            return Ok(lines);
        }
        let once: Result<Vec<_>, String> =
            lines.iter().map(|line| expand_once(line, forms)).collect();
        lines = once?.concat();
    }
    Err("its forms hold one another too deep".to_owned())
}

fn expand_once(line: &str, forms: &[Form<'_>]) -> Result<Vec<String>, String> {
    let Some((_, rest)) = line.split_once('@') else { return Ok(vec![line.to_owned()]) };
    let end = rest.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(rest.len());
    let (name, named) = (&rest[..end], format!("@{}", &rest[..end]));
    let (left, right) = line.split_once(" -> ").ok_or("a rule needs -> and a value")?;
    let put = |form: &Form<'_>| {
        let (left, right) = (left.replace(&named, form.pattern), right.replace(&named, form.value));
        format!("{left} -> {right}")
    };
    let lines: Vec<String> = forms.iter().filter(|f| f.name == name).map(put).collect();
    if lines.is_empty() { Err(format!("unknown form {named}")) } else { Ok(lines) }
}

fn modifier_named(name: &str) -> Result<&'static str, String> {
    let known = MODIFIERS.iter().find(|m| **m == name);
    known.copied().ok_or_else(|| format!("unknown modifier {name:?}"))
}

fn context(item: &Item) -> Option<Vec<String>> {
    match &item.term {
        Term::Words(words) if item.context => Some(words.clone()),
        _ => None,
    }
}

fn is_class_name(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(|c| c.is_ascii_uppercase())
        && chars.all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
}

fn builtin(name: &str) -> Option<Class> {
    Some(match name {
        "YEAR" => Class::Year,
        "DAY" => Class::Day,
        "YY" => Class::Yy,
        "NUM" => Class::Num,
        "ORDINAL" => Class::Ordinal,
        "ISODATE" => Class::IsoDate,
        "SLASHDATE" => Class::SlashDate,
        "CLOCK" => Class::Clock,
        "DECADE" => Class::Decade,
        "MIDYEAR" => Class::MidYear,
        "MIDDECADE" => Class::MidDecade,
        "HHMM" => Class::Hhmm,
        _ => return None,
    })
}

fn guard_named(name: &str) -> Result<Guard, String> {
    Ok(match name {
        "capital" => Guard::Capital,
        "lower" => Guard::Lower,
        "noun" => Guard::Noun,
        "adverb" => Guard::Adverb,
        "month" => Guard::Month,
        "day_month" => Guard::DayMonth,
        "year" => Guard::Year,
        "season" => Guard::Season,
        "length" => Guard::Length,
        "not_old" => Guard::NotOld,
        "not_as" => Guard::NotAs,
        "small" => Guard::Small,
        _ => return Err(format!("unknown guard {name:?}")),
    })
}

/// Reads `call(arg, …)`, a capture, a number or a word off the head of `rest`.
fn expression(rest: &mut &str, captures: &[&str]) -> Result<Expr, String> {
    let end = rest.find(['(', ')', ',']).unwrap_or(rest.len());
    let word = rest[..end].trim();
    let open = rest[end..].starts_with('(');
    *rest = &rest[end..];
    if word.is_empty() {
        return Err("an argument is missing".to_owned());
    }
    if !open {
        if let Ok(number) = word.parse() {
            return Ok(Expr::Int(number));
        }
        if captures.contains(&word) {
            return Ok(Expr::Capture(word.to_owned()));
        }
        if builtin(word).is_some() {
            return Err(format!("{word} is not in the pattern"));
        }
        return Ok(Expr::Word(word.to_owned()));
    }
    let function: Function = word.parse()?;
    *rest = &rest[1..];
    let mut arguments = Vec::new();
    loop {
        *rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix(')') {
            *rest = after.trim_start();
            break;
        }
        arguments.push(expression(rest, captures)?);
        *rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix(',') {
            *rest = after;
        } else if !rest.starts_with(')') {
            return Err(format!("{word}(…) is not closed"));
        }
    }
    let (least, most) = function.arity();
    if !(least..=most).contains(&arguments.len()) {
        let found = arguments.len();
        return Err(format!("{word} takes {least} to {most} arguments, not {found}"));
    }
    Ok(Expr::Call(function, arguments))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grammar_is_sound() {
        let grammar = Grammar::load(&Source::builtin()).unwrap();
        assert!(grammar.rules.len() > 100);
    }

    #[test]
    fn faults_name_their_line() {
        for (text, problem) in [
            ("DATE today", "times.rules:1: a rule needs -> and a value"),
            (
                "\n# x\nDAET today -> shift(D, 0)",
                "times.rules:3: unknown kind \"DAET\"; one of [\"DATE\", \"TIME\", \"DURATION\", \"SET\"]",
            ),
            ("DATE today -> shfit(D, 0)", "times.rules:1: unknown function \"shfit\""),
            ("DATE today -> shift(D)", "times.rules:1: shift takes 2 to 2 arguments, not 1"),
            ("DATE today -> day(YEAR, 1, 1)", "times.rules:1: YEAR is not in the pattern"),
            ("DATE MONTH -> month(MONTH)", "times.rules:1: unknown class MONTH"),
            ("DATE Today -> shift(D, 0)", "times.rules:1: words are lower case, unlike \"Today\""),
            ("DATE today? -> shift(D, 0)", "times.rules:1: the pattern may match nothing"),
            ("DATE today -> shift(D, 0) if sunny", "times.rules:1: unknown guard \"sunny\""),
            ("DATE today -> shift(D, 0", "times.rules:1: shift(…) is not closed"),
            ("DATE today -> shift(D, 0) x", "times.rules:1: \"x\" is left over behind the value"),
            ("class A x=1 x=2", "times.rules:1: \"x\" is twice in class A"),
            ("class YEAR x=1", "times.rules:1: YEAR is a built-in class"),
            ("mod SOON at once", "times.rules:1: unknown modifier \"SOON\""),
            (
                "form day today -> shift(D, 0)",
                "times.rules:1: form names are upper case, unlike \"day\"",
            ),
            ("DATE late @DAY -> part(@DAY, NI)", "times.rules:1: unknown form @DAY"),
            (
                "form A x @A -> @A\nDATE @A -> @A",
                "times.rules:2: its forms hold one another too deep",
            ),
            ("DATE today -> shift(D, 0) mod SOON", "times.rules:1: unknown modifier \"SOON\""),
        ] {
            assert_eq!(Grammar::parse(text).unwrap_err().to_string(), problem);
        }
    }
}
