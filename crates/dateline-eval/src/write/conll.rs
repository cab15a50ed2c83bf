//! IOB2 tags over our tokens.

use std::fmt::Write as _;
use std::ops::Range;

use dateline::{Document, Text};

use super::Layout;
use super::limits::{lose, lose_unread};
use crate::notes::Notes;

const HELD: &[&str] = &["entity mention"];

pub(crate) fn write(document: &Document, text: &Text, losses: &mut Notes) -> String {
    lose(document, HELD, losses);
    lose_unread(text, losses);
    let layout = Layout::new(document, text.into());
    let mut spans = Vec::new();
    for entity in &document.entities {
        for mention in &entity.mentions {
            if mention.kind != "name" {
                losses.note(format!("entity mention ({})", mention.kind));
                continue;
            }
            match layout.span(&mention.location).and_then(|(_, bytes)| tokens(text, bytes)) {
                Some(tokens) => spans.push((tokens, entity.kind.as_str())),
                None => losses.note("entity mention that is no run of tokens of one sentence"),
            }
        }
    }
    // Of mentions that nest or overlap the longest stays, then the first.
    spans.sort_by_key(|(tokens, _)| (std::cmp::Reverse(tokens.len()), tokens.start));
    let mut tags: Vec<Option<(char, &str)>> = vec![None; text.tokens().len()];
    for (tokens, kind) in spans {
        if tags[tokens.clone()].iter().any(Option::is_some) {
            losses.note("entity mention inside or across another");
            continue;
        }
        for index in tokens.clone() {
            tags[index] = Some((if index == tokens.start { 'B' } else { 'I' }, kind));
        }
    }
    let id = document.id.replace(['\n', '\r', '\t', ')'], " ");
    let mut out = format!("-DOCSTART- ({id})\tO\n\n");
    for sentence in text.sentences() {
        for index in sentence.tokens.clone() {
            let word = text.word(index).replace(['\t', '\n', '\r'], " ");
            let _ = match tags[index] {
                Some((place, kind)) => writeln!(out, "{word}\t{place}-{kind}"),
                None => writeln!(out, "{word}\tO"),
            };
        }
        out.push('\n');
    }
    out
}

/// The tokens of one sentence that a span of bytes covers exactly.
pub(crate) fn tokens(text: &Text, bytes: Range<usize>) -> Option<Range<usize>> {
    let all = text.tokens();
    let first = all.binary_search_by_key(&bytes.start, |token| token.span.start).ok()?;
    let last = all.binary_search_by_key(&bytes.end, |token| token.span.end).ok()?;
    (first <= last && all[first].sentence == all[last].sentence).then_some(first..last + 1)
}
