//! Values as the file writes them: `shift(D, -1)`.

use super::Expr;
use super::names::builtin;
use crate::times::calendar::Function;

/// How deep calls may hold calls. Deeper ones mean nothing, and very deep ones would exhaust the
/// stack.
const DEPTH: usize = 8;

/// Reads `call(arg, …)`, a capture, a number or a word off the head of `rest`.
pub(super) fn expression(rest: &mut &str, captures: &[&str]) -> Result<Expr, String> {
    within(rest, captures, DEPTH)
}

fn within(rest: &mut &str, captures: &[&str], depth: usize) -> Result<Expr, String> {
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
    let depth = depth.checked_sub(1).ok_or("calls hold one another too deep")?;
    let function: Function = word.parse()?;
    *rest = &rest[1..];
    let mut arguments = Vec::new();
    loop {
        *rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix(')') {
            *rest = after.trim_start();
            break;
        }
        arguments.push(within(rest, captures, depth)?);
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
