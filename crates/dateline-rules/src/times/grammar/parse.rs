//! Reading `times.rules` and saying what is wrong with it.

use super::expression::expression;
use super::forms::{expand, form};
use super::names::{KINDS, builtin, guard_named, is_class_name, modifier_named};
use super::{Class, Expr, Grammar, Item, Rule, Term};
use crate::data::{RuleError, Source};

const FILE: &str = "times.rules";

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
                words.extend(class.keys().cloned());
            } else if part.chars().any(char::is_uppercase) {
                return Err(format!("words are lower case, unlike {part:?}"));
            } else {
                words.push(part.to_owned());
            }
        }
        words.sort();
        Ok(Item { term: Term::Words(words), optional, context })
    }
}

fn context(item: &Item) -> Option<Vec<String>> {
    match &item.term {
        Term::Words(words) if item.context => Some(words.clone()),
        _ => None,
    }
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

    #[test]
    fn endless_rules_are_refused() {
        let deep = format!("DATE today -> {}", "part(".repeat(100_000));
        let error = Grammar::parse(&deep).unwrap_err().to_string();
        assert_eq!(error, "times.rules:1: calls hold one another too deep");
        let forms = ["A @B -> @B\n", "B @C -> @C\n", "C x -> 1\n"];
        let forms: String = forms.iter().flat_map(|f| vec![format!("form {f}"); 300]).collect();
        let error = Grammar::parse(&format!("{forms}DATE @A -> @A")).unwrap_err().to_string();
        assert_eq!(error, "times.rules:901: its forms make more than 10000 rules of it");
        let twice = |name, held: &str| format!("form {name} {} -> 1\n", held.repeat(300));
        let forms = [twice("A", "@B "), twice("B", "@C "), twice("C", "x ")].concat();
        let error = Grammar::parse(&format!("{forms}DATE @A -> @A")).unwrap_err().to_string();
        assert_eq!(error, "times.rules:4: its forms make more than 10000 bytes of it");
    }
}
