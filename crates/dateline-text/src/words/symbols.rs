use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::chunk::{Chunk, is_word};

static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)(?:https?|ftp)://[^\s<>\x22\u{201C}\u{201D}]+",
        r"|mailto:[^\s<>]+",
        r"|www\.[a-z0-9-]+\.[^\s<>\x22\u{201C}\u{201D}]+",
        r"|[a-z0-9][a-z0-9._%+-]*@[a-z0-9][a-z0-9.-]*[a-z0-9]",
        r"|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|gov|edu|co\.uk|org\.uk|ac\.uk|gov\.uk|com\.au|info|biz|tv)\b(?:/[^\s<>\x22\u{201C}\u{201D}]*)?",
        r"|\b[a-z0-9_]+\.(?:pdf|docx?|xlsx?|html?|php|jpe?g|png|gif|txt|zip|mp[34]|exe)\b",
        r"|[#@][a-z_][a-z0-9_]*",
    ))
    .expect("the address pattern is fixed and tested")
});

/// Web and mail addresses, file names, hashtags and handles in a chunk.
pub(super) fn addresses(chunk: &str) -> impl Iterator<Item = Range<usize>> {
    // Most chunks have no mark inside and skip the pattern.
    let candidate =
        chunk.len() > 2 && chunk.bytes().any(|b| matches!(b, b'@' | b'#' | b':' | b'.'));
    let mut found = candidate.then(|| ADDRESS.find_iter(chunk));
    std::iter::from_fn(move || {
        loop {
            let found = found.as_mut()?.next()?;
            let surface = trim(found.as_str());
            let before = chunk[..found.start()].chars().next_back();
            let tag = surface.starts_with(['#', '@']);
            if surface.len() > 1 && !(tag && before.is_some_and(is_word)) {
                return Some(found.start()..found.start() + surface.len());
            }
        }
    })
}

/// Without the marks of the sentence around it.
fn trim(address: &str) -> &str {
    let mut rest = address;
    loop {
        let cut =
            rest.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '"', '\u{2019}', '*', '…']);
        let closed = match cut.as_bytes().last() {
            Some(b')') if !cut.contains('(') => &cut[..cut.len() - 1],
            Some(b']') if !cut.contains('[') => &cut[..cut.len() - 1],
            _ => cut,
        };
        if closed.len() == rest.len() {
            return rest;
        }
        rest = closed;
    }
}

/// Tokens that start with a mark though letters or digits follow: 'em, '90s, US$.
pub(super) fn lead(chunk: &Chunk, i: usize) -> Option<usize> {
    let c = chunk.at(i);
    if super::clitics::is_apostrophe(c) && !is_word(chunk.before(i)) {
        let to = chunk.run(i + 1, is_word);
        if to - i > 6 {
            return None;
        }
        let word = chunk.slice(i + 1, to).to_ascii_lowercase();
        let year = word.strip_suffix('s').unwrap_or(&word);
        let is_year = year.len() == 2 && year.bytes().all(|b| b.is_ascii_digit());
        let is_short = matches!(word.as_str(), "em" | "til" | "n" | "cause" | "bout" | "round");
        let is_clitic = matches!(word.as_str(), "s" | "ll" | "re" | "ve" | "d" | "m") && i == 0;
        let closes = super::clitics::is_apostrophe(chunk.at(to));
        return ((is_year || is_short || is_clitic) && !closes).then_some(to);
    }
    if matches!(c, 'n' | 'N') && i == 0 && chunk.len() == 3 {
        let rest = [chunk.at(1), chunk.at(2).to_ascii_lowercase()];
        return (super::clitics::is_apostrophe(rest[0]) && rest[1] == 't').then_some(3);
    }
    if c.is_ascii_uppercase() {
        // US$ 5, A$ 5, HK$ 5
        let to = chunk.run(i, |c| c.is_ascii_uppercase());
        return (to - i <= 3 && chunk.at(to) == '$' && !is_word(chunk.before(i))).then_some(to + 1);
    }
    None
}

const EMOTICONS: [&str; 16] = [
    ":-)", ":-(", ";-)", ":-D", ":-P", ":)", ":(", ";)", ":D", ":P", "=)", "=(", ":/", "^_^", "<3",
    ":'(",
];

/// Whether a word is an emoticon.
pub(crate) fn is_emoticon(word: &str) -> bool {
    EMOTICONS.contains(&word)
}

/// The end of the mark at `i`: a run of periods, of the same dash or symbol, an emoticon, or one
/// grapheme.
pub(super) fn scan(chunk: &Chunk, i: usize) -> usize {
    let c = chunk.at(i);
    if matches!(c, ':' | ';' | '=' | '^' | '<') {
        let rest = chunk.rest(i);
        let found = EMOTICONS.iter().find(|e| rest.starts_with(**e));
        if let Some(face) = found
            && !is_word(chunk.at(i + face.len()))
            && !is_word(chunk.before(i))
        {
            return i + face.len();
        }
    }
    match c {
        '!' | '?' => chunk.run(i, |c| matches!(c, '!' | '?')),
        '.' | '…' => chunk.run(i, |c| matches!(c, '.' | '…')),
        '-' | '=' | '*' | '_' | '~' | '#' | '+' | '<' | '>' | '|' | '—' | '–' | '•' => {
            chunk.run(i, |other| other == c)
        }
        '\'' | '`' | '‘' | '’' if chunk.at(i + 1) == c => i + 2,
        '‘' if chunk.at(i + 1) == '’' => i + 2,
        _ => i + 1,
    }
}
