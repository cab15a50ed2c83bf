use std::ops::Range;

use super::{OUTSIDE, Prefix, Scheme, Tag};

/// An entity among the tokens of one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagSpan<'a> {
    /// Its tokens, numbered from 0.
    pub tokens: Range<usize>,
    /// Its type.
    pub kind: &'a str,
}

/// The entities of one sentence by the rules of conlleval, as seqeval's default mode extends them
/// to `E-` and `S-`; in order. For legal tags of any scheme these are the entities the scheme
/// means.
pub fn decode<'a>(tags: &[Tag<'a>]) -> Vec<TagSpan<'a>> {
    let mut spans = Vec::new();
    let (mut previous, mut start) = (OUTSIDE, 0);
    for (index, tag) in tags.iter().copied().chain([OUTSIDE]).enumerate() {
        let continues = previous.is_open() && tag.goes_on() && previous.kind == tag.kind;
        if continues {
            previous = tag;
            continue;
        }
        if previous != OUTSIDE {
            spans.push(TagSpan { tokens: start..index, kind: previous.kind });
        }
        (previous, start) = (tag, index);
    }
    spans
}

/// The entities of one sentence that are whole and legal in `scheme`, as seqeval's strict mode
/// reads them; in order. A run that begins without its `B-`, or in BIOES and BILOU ends without its
/// last tag, is none. In IO, which seqeval does not have, every run of `I-` is one.
pub fn decode_strict<'a>(tags: &[Tag<'a>], scheme: Scheme) -> Vec<TagSpan<'a>> {
    let after = |index: usize| tags.get(index).copied().unwrap_or(OUTSIDE);
    let mut spans = Vec::new();
    let (mut index, mut previous) = (0, OUTSIDE);
    while index < tags.len() {
        let first = tags[index];
        let mut end = index + 1;
        if begins(previous, first, scheme) {
            while continues(tags[end - 1], after(end), scheme) {
                end += 1;
            }
            if is_whole(tags[end - 1], after(end), scheme) {
                spans.push(TagSpan { tokens: index..end, kind: first.kind });
            }
        }
        previous = tags[end - 1];
        index = end;
    }
    spans
}

/// True if an entity begins at `tag`.
fn begins(previous: Tag<'_>, tag: Tag<'_>, scheme: Scheme) -> bool {
    let same = tag.kind == previous.kind;
    match (scheme, tag.prefix) {
        (Scheme::Io, Prefix::Inside) => true,
        (Scheme::Iob1, Prefix::Inside) => previous.prefix != Prefix::Inside || !same,
        (Scheme::Iob1, Prefix::Begin) => previous.is_open() && same,
        (Scheme::Iob2 | Scheme::Bioes | Scheme::Bilou, Prefix::Begin) => true,
        (Scheme::Bioes, Prefix::Single) | (Scheme::Bilou, Prefix::Unit) => true,
        _ => false,
    }
}

/// True if `tag` is of the entity of `previous`.
fn continues(previous: Tag<'_>, tag: Tag<'_>, scheme: Scheme) -> bool {
    let goes_on = tag.goes_on() && scheme.has(tag.prefix);
    goes_on && previous.is_open() && tag.kind == previous.kind
}

/// True if an entity whose last tag is `last` is whole where `next` follows.
fn is_whole(last: Tag<'_>, next: Tag<'_>, scheme: Scheme) -> bool {
    match scheme {
        Scheme::Bioes | Scheme::Bilou => last.is_last(),
        // A single B- before the B- of another type is none in IOB1.
        Scheme::Iob1 => {
            let begin = |tag: Tag<'_>| tag.prefix == Prefix::Begin;
            !(begin(last) && begin(next) && last.kind != next.kind)
        }
        Scheme::Io | Scheme::Iob2 => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tags::parsed;

    fn shown(spans: &[TagSpan<'_>]) -> String {
        let shown = |span: &TagSpan<'_>| {
            format!("{}[{}..{}]", span.kind, span.tokens.start, span.tokens.end)
        };
        spans.iter().map(shown).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn decodes_as_conlleval_does() {
        let cases = [
            ("I-PER I-PER O I-LOC", "PER[0..2] LOC[3..4]"),
            ("I-PER B-PER I-LOC", "PER[0..1] PER[1..2] LOC[2..3]"),
            ("B-PER I-PER B-PER O", "PER[0..2] PER[2..3]"),
            ("O I-PER I-LOC", "PER[1..2] LOC[2..3]"),
            ("B-PER I-PER E-PER S-LOC S-LOC", "PER[0..3] LOC[3..4] LOC[4..5]"),
            ("B-PER L-PER U-LOC O", "PER[0..2] LOC[2..3]"),
            // Unfinished and unopened runs.
            ("B-PER O E-PER E-PER", "PER[0..1] PER[2..3] PER[3..4]"),
            ("B-PER E-LOC I-LOC", "PER[0..1] LOC[1..2] LOC[2..3]"),
            ("O O", ""),
        ];
        for (tags, expected) in cases {
            assert_eq!(shown(&decode(&parsed(tags))), expected, "{tags}");
        }
        assert!(decode(&[]).is_empty());
    }

    #[test]
    fn only_whole_legal_runs() {
        let cases = [
            ("O I-PER O B-LOC I-LOC I-PER", Scheme::Iob2, "LOC[3..5]"),
            ("B-PER B-PER I-LOC", Scheme::Iob2, "PER[0..1] PER[1..2]"),
            ("I-PER I-PER B-PER O B-LOC", Scheme::Iob1, "PER[0..2] PER[2..3]"),
            ("B-PER I-PER O S-LOC B-ORG E-ORG", Scheme::Bioes, "LOC[3..4] ORG[4..6]"),
            ("E-PER B-PER E-LOC S-LOC", Scheme::Bioes, "LOC[3..4]"),
            ("B-PER I-PER O", Scheme::Bioes, ""),
            ("B-PER L-PER U-LOC I-LOC", Scheme::Bilou, "PER[0..2] LOC[2..3]"),
            ("I-PER I-PER O I-LOC", Scheme::Io, "PER[0..2] LOC[3..4]"),
            // Tags of another scheme are in no legal run.
            ("B-PER I-PER I-LOC", Scheme::Io, "PER[1..2] LOC[2..3]"),
            ("B-PER L-PER S-LOC", Scheme::Bioes, "LOC[2..3]"),
        ];
        for (tags, scheme, expected) in cases {
            assert_eq!(shown(&decode_strict(&parsed(tags), scheme)), expected, "{tags}");
        }
    }
}
