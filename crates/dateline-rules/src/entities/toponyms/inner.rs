//! Places inside longer names.

use std::ops::Range;

use super::super::lexicon::Lexicon;
use super::super::mentions::Name;
use super::candidates::candidates;
use crate::reading::Kind;
use crate::tree::Tree;

/// The places inside an organization's name: "Zed County Sheriff's Office", "University of Zed",
/// "City of Zed". The longest that is listed at its start or behind "of" or "in".
pub(super) fn inner(tree: &Tree<'_>, org: &Name, lexicon: &Lexicon) -> Vec<Range<usize>> {
    const LONGEST: usize = 4;
    let tokens = &org.tokens;
    let place_name = org.kind == Kind::Place;
    let behind = |t: usize| matches!(tree.word(t - 1), "of" | "in" | "at");
    let starts = tokens.clone().filter(|&t| t == tokens.start || behind(t));
    let whole = |end: usize| end == tokens.end;
    let body = tokens.clone().any(|t| {
        let word = tree.word(t);
        lexicon.heads_body(word) || place_name && lexicon.subtype_of_noun(word).is_some()
    });
    let place = |start: usize| {
        let ends = (start + 1..=tokens.end.min(start + LONGEST)).rev();
        let mut ends = ends.filter(|&end| {
            end > start && !(start == tokens.start && whole(end) && tokens.len() > 1)
        });
        ends.find(|&end| !candidates(tree, &(start..end), lexicon).is_empty()).map(|end| start..end)
    };
    if !body && tokens.len() > 1 || place_name && tokens.len() == 1 {
        return Vec::new();
    }
    starts.filter_map(place).collect()
}
