//! Forms: patterns that others hold under a name.

use super::names::is_class_name;

/// A pattern that others hold under a name, and the value it lends them.
#[derive(Debug)]
pub(super) struct Form<'a> {
    pub(super) name: &'a str,
    pub(super) pattern: &'a str,
    pub(super) value: &'a str,
}

/// `NAME pattern -> value`.
pub(super) fn form(line: &str) -> Result<Form<'_>, String> {
    let (left, value) = line.split_once(" -> ").ok_or("a form needs -> and a value")?;
    let (name, pattern) = left.split_once(' ').ok_or("a form needs a name and a pattern")?;
    if !is_class_name(name) {
        return Err(format!("form names are upper case, unlike {name:?}"));
    }
    Ok(Form { name, pattern, value })
}

/// How deep forms may hold forms.
const DEPTH: usize = 4;
/// Into how many rules one may expand: forms of one name multiply at every depth.
const MOST: usize = 10_000;
/// How many bytes each may have: forms that are named twice double at every depth.
const LONGEST: usize = 10_000;

/// A rule for each form that it names (`@NAME` in its pattern and in its value); itself without.
pub(super) fn expand(line: &str, forms: &[Form<'_>]) -> Result<Vec<String>, String> {
    let mut lines = vec![line.to_owned()];
    for _ in 0..DEPTH {
        if lines.iter().all(|line| !line.contains('@')) {
            return Ok(lines);
        }
        let mut once = Vec::new();
        for line in &lines {
            once.extend(expand_once(line, forms)?);
            if once.len() > MOST {
                return Err(format!("its forms make more than {MOST} rules of it"));
            }
        }
        lines = once;
    }
    Err("its forms hold one another too deep".to_owned())
}

fn expand_once(line: &str, forms: &[Form<'_>]) -> Result<Vec<String>, String> {
    let Some((_, rest)) = line.split_once('@') else { return Ok(vec![line.to_owned()]) };
    let end = rest.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(rest.len());
    let (name, named) = (&rest[..end], format!("@{}", &rest[..end]));
    let (left, right) = line.split_once(" -> ").ok_or("a rule needs -> and a value")?;
    let length = |text: &str, by: &str| text.len() + text.matches(&named).count() * by.len();
    let put = |form: &Form<'_>| {
        if length(left, form.pattern) + length(right, form.value) > LONGEST {
            return Err(format!("its forms make more than {LONGEST} bytes of it"));
        }
        let (left, right) = (left.replace(&named, form.pattern), right.replace(&named, form.value));
        Ok(format!("{left} -> {right}"))
    };
    let lines: Result<Vec<String>, String> =
        forms.iter().filter(|f| f.name == name).map(put).collect();
    match lines {
        Ok(lines) if lines.is_empty() => Err(format!("unknown form {named}")),
        lines => lines,
    }
}
