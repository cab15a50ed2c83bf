//! Entity tags of tokens: IO, IOB1, IOB2, BIOES and BILOU, told apart and decoded.
//!
//! IOB1 is the scheme of Ramshaw and Marcus (1995) and of CoNLL-2003 as published: `B-` only where
//! an entity touches another of its type. In IOB2 every entity begins with `B-`.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

/// How entities are written as tags of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// `I-` on every token of an entity; neighbours of one type cannot be told apart.
    Io,
    /// `B-` only where an entity follows another of its type.
    Iob1,
    /// `B-` on the first token of every entity (BIO).
    Iob2,
    /// `B-`, `I-`, `E-` on the last token, `S-` on a single one.
    Bioes,
    /// BIOES with `L-` for last and `U-` for a single one.
    Bilou,
}

impl Scheme {
    /// The scheme's usual name.
    pub fn as_str(self) -> &'static str {
        match self {
            Scheme::Io => "IO",
            Scheme::Iob1 => "IOB1",
            Scheme::Iob2 => "IOB2",
            Scheme::Bioes => "BIOES",
            Scheme::Bilou => "BILOU",
        }
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Scheme {
    type Err = String;

    fn from_str(name: &str) -> Result<Scheme, String> {
        match name.to_ascii_lowercase().as_str() {
            "io" => Ok(Scheme::Io),
            "iob1" => Ok(Scheme::Iob1),
            "iob2" | "bio" => Ok(Scheme::Iob2),
            "bioes" | "iobes" => Ok(Scheme::Bioes),
            "bilou" => Ok(Scheme::Bilou),
            _ => Err(format!("unknown tag scheme {name:?}; one of io, iob1, iob2, bioes, bilou")),
        }
    }
}

/// What is done about tags that are illegal in their scheme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Runs {
    /// Read as conlleval and seqeval (default mode) do: a change of type begins an entity, and so
    /// does `I-` after `O`; an unfinished run ends where it stops.
    #[default]
    Lenient,
    /// Read as seqeval's strict mode does: only runs that are whole and legal in the scheme are
    /// entities; tags outside of them are left out and counted.
    Legal,
    /// An illegal tag is an error.
    Strict,
}

/// Place of a token in its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Prefix {
    Outside,
    Begin,
    Inside,
    End,
    Single,
}

/// One tag, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tag<'a> {
    pub(crate) prefix: Prefix,
    pub(crate) kind: &'a str,
}

pub(crate) const OUTSIDE: Tag<'static> = Tag { prefix: Prefix::Outside, kind: "" };

impl<'a> Tag<'a> {
    /// `None` for what is no tag.
    pub(crate) fn parse(tag: &'a str) -> Option<Tag<'a>> {
        if tag == "O" {
            return Some(OUTSIDE);
        }
        let (prefix, kind) = tag.split_once('-')?;
        let prefix = match prefix {
            "B" => Prefix::Begin,
            "I" => Prefix::Inside,
            "E" | "L" => Prefix::End,
            "S" | "U" => Prefix::Single,
            _ => return None,
        };
        (!kind.is_empty()).then_some(Tag { prefix, kind })
    }

    fn is_inside(&self) -> bool {
        matches!(self.prefix, Prefix::Begin | Prefix::Inside)
    }

    /// Why this tag cannot follow `previous` in `scheme`.
    pub(crate) fn fault(&self, previous: Tag<'_>, scheme: Scheme) -> Option<&'static str> {
        use Prefix::{Begin, End, Inside, Outside, Single};
        let same = self.kind == previous.kind;
        match scheme {
            Scheme::Io => match self.prefix {
                Outside | Inside => None,
                _ => Some("IO has I- and O only"),
            },
            Scheme::Iob1 => match self.prefix {
                Outside | Inside => None,
                Begin if previous.is_inside() && same => None,
                Begin => Some("B- stands only after an entity of its own type"),
                _ => Some("IOB1 has B-, I- and O only"),
            },
            Scheme::Iob2 => match self.prefix {
                Outside | Begin => None,
                Inside if previous.is_inside() && same => None,
                Inside => Some("an entity begins with B-"),
                _ => Some("IOB2 has B-, I- and O only"),
            },
            Scheme::Bioes | Scheme::Bilou => {
                let open = previous.is_inside();
                match self.prefix {
                    Outside | Begin | Single if open => Some("the entity before it is not closed"),
                    Outside | Begin | Single => None,
                    Inside | End if open && same => None,
                    Inside | End if open => Some("the entity before it is not closed"),
                    Inside | End => Some("no entity is open"),
                }
            }
        }
    }
}

/// Counts over a file's tags, by which their scheme is told.
#[derive(Clone, Debug, Default)]
pub(crate) struct Census {
    begin: u64,
    inside: u64,
    /// `E-` or `S-`.
    end: u64,
    /// `L-` or `U-`.
    last: u64,
    /// Tags against IOB1 and against IOB2, where the file has only `B-`, `I-` and `O`.
    against_iob1: u64,
    against_iob2: u64,
    previous: Option<String>,
}

impl Census {
    /// Counts one tag of a sentence; false if it is none.
    pub(crate) fn count(&mut self, text: &str) -> bool {
        let Some(tag) = Tag::parse(text) else { return false };
        match (tag.prefix, text.as_bytes()[0]) {
            (Prefix::Outside, _) => {}
            (Prefix::Begin, _) => self.begin += 1,
            (Prefix::Inside, _) => self.inside += 1,
            (_, b'L' | b'U') => self.last += 1,
            _ => self.end += 1,
        }
        if tag.is_inside() {
            let previous = self.previous.as_deref().and_then(Tag::parse).unwrap_or(OUTSIDE);
            self.against_iob1 += u64::from(tag.fault(previous, Scheme::Iob1).is_some());
            self.against_iob2 += u64::from(tag.fault(previous, Scheme::Iob2).is_some());
        }
        if tag.prefix == Prefix::Outside {
            self.previous = None;
        } else {
            let previous = self.previous.get_or_insert_default();
            previous.clear();
            previous.push_str(text);
        }
        true
    }

    pub(crate) fn end_sentence(&mut self) {
        self.previous = None;
    }

    /// The scheme that the tags show; of IOB1 and IOB2 the one with fewer illegal tags.
    pub(crate) fn scheme(&self) -> Scheme {
        if self.last > self.end {
            Scheme::Bilou
        } else if self.end > 0 {
            Scheme::Bioes
        } else if self.begin == 0 && self.inside > 0 {
            Scheme::Io
        } else if self.against_iob1 < self.against_iob2 {
            Scheme::Iob1
        } else {
            Scheme::Iob2
        }
    }
}

/// The entities of one sentence by the rules of conlleval, as seqeval's default mode extends them
/// to `E-` and `S-`: token ranges and types, in order. For legal tags of any scheme these are the
/// entities the scheme means.
pub fn decode<'a>(tags: impl IntoIterator<Item = &'a str>) -> Vec<(Range<usize>, &'a str)> {
    let mut entities = Vec::new();
    let (mut previous, mut start, mut length) = (OUTSIDE, 0, 0);
    for (index, tag) in tags.into_iter().enumerate() {
        let tag = Tag::parse(tag).unwrap_or(OUTSIDE);
        if ends(previous, tag) {
            entities.push((start..index, previous.kind));
        }
        if starts(previous, tag) {
            start = index;
        }
        previous = tag;
        length = index + 1;
    }
    if ends(previous, OUTSIDE) {
        entities.push((start..length, previous.kind));
    }
    entities
}

fn ends(previous: Tag<'_>, tag: Tag<'_>) -> bool {
    use Prefix::{Begin, End, Outside, Single};
    match previous.prefix {
        Outside => false,
        End | Single => true,
        _ => matches!(tag.prefix, Outside | Begin | Single) || tag.kind != previous.kind,
    }
}

fn starts(previous: Tag<'_>, tag: Tag<'_>) -> bool {
    use Prefix::{Begin, End, Outside, Single};
    match tag.prefix {
        Outside => false,
        Begin | Single => true,
        _ => matches!(previous.prefix, Outside | End | Single) || tag.kind != previous.kind,
    }
}

/// The entities of one sentence that are whole and legal in `scheme`, as seqeval's strict mode
/// reads them: token ranges and types, in order. IO, which seqeval does not have, is read as
/// [`decode`] reads it.
pub fn decode_legal<'a>(
    tags: impl IntoIterator<Item = &'a str>,
    scheme: Scheme,
) -> Vec<(Range<usize>, &'a str)> {
    let tags: Vec<&str> = tags.into_iter().collect();
    if scheme == Scheme::Io {
        return decode(tags);
    }
    let mut tags: Vec<Tag<'_>> =
        tags.into_iter().map(|tag| Tag::parse(tag).unwrap_or(OUTSIDE)).collect();
    tags.push(OUTSIDE);
    let mut entities = Vec::new();
    let (mut index, mut previous) = (0, OUTSIDE);
    while index < tags.len() {
        let first = tags[index];
        if begins(previous, first, scheme) {
            let mut end = index + 1;
            while end < tags.len() && continues(tags[end - 1], tags[end], scheme) {
                end += 1;
            }
            if end < tags.len() && closes(tags[end - 1], tags[end], scheme) {
                entities.push((index..end, first.kind));
            }
            index = end;
        } else {
            index += 1;
        }
        previous = tags[index - 1];
    }
    entities
}

fn begins(previous: Tag<'_>, tag: Tag<'_>, scheme: Scheme) -> bool {
    use Prefix::{Begin, Inside, Outside, Single};
    let same = tag.kind == previous.kind;
    match (scheme, tag.prefix) {
        (Scheme::Iob1, Inside) => match previous.prefix {
            Outside | Begin => true,
            _ => !same,
        },
        (Scheme::Iob1, Begin) => previous.is_inside() && same,
        (Scheme::Iob2, Begin) => true,
        (Scheme::Bioes | Scheme::Bilou, Begin | Single) => true,
        _ => false,
    }
}

fn continues(previous: Tag<'_>, tag: Tag<'_>, scheme: Scheme) -> bool {
    let next = match scheme {
        Scheme::Bioes | Scheme::Bilou => matches!(tag.prefix, Prefix::Inside | Prefix::End),
        _ => tag.prefix == Prefix::Inside,
    };
    next && previous.is_inside() && tag.kind == previous.kind
}

/// Whether an entity whose last tag is `last` is whole where `next` follows.
fn closes(last: Tag<'_>, next: Tag<'_>, scheme: Scheme) -> bool {
    match scheme {
        Scheme::Bioes | Scheme::Bilou => matches!(last.prefix, Prefix::End | Prefix::Single),
        // A single B- before the B- of another type is none in IOB1.
        Scheme::Iob1 => {
            let begins = next.prefix == Prefix::Begin;
            !(last.prefix == Prefix::Begin && begins && last.kind != next.kind)
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scheme(sentences: &[&str]) -> Scheme {
        let mut census = Census::default();
        for sentence in sentences {
            assert!(sentence.split(' ').all(|tag| census.count(tag)));
            census.end_sentence();
        }
        census.scheme()
    }

    #[test]
    fn schemes_are_told_apart() {
        let cases: [(&[&str], Scheme); 9] = [
            (&["O I-PER I-PER O", "I-LOC"], Scheme::Io),
            (&["O I-PER B-PER O", "I-LOC"], Scheme::Iob1),
            (&["O B-PER I-PER O", "B-LOC"], Scheme::Iob2),
            (&["B-PER B-PER O"], Scheme::Iob2),
            // One illegal I- among many IOB2 tags does not make them IOB1.
            (&["B-PER I-PER O", "B-LOC O", "O I-ORG"], Scheme::Iob2),
            (&["B-PER E-PER O S-LOC"], Scheme::Bioes),
            (&["B-PER L-PER O U-LOC"], Scheme::Bilou),
            (&["O O"], Scheme::Iob2),
            // A type with a hyphen of its own.
            (&["I-MISC-ORG O"], Scheme::Io),
        ];
        for (sentences, expected) in cases {
            assert_eq!(scheme(sentences), expected, "{sentences:?}");
        }
    }

    #[test]
    fn decodes_as_conlleval_does() {
        let read = |tags: &str| {
            let found = decode(tags.split(' '));
            let found = found.iter().map(|(r, kind)| format!("{kind}[{}..{}]", r.start, r.end));
            found.collect::<Vec<_>>().join(" ")
        };
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
            assert_eq!(read(tags), expected, "{tags}");
        }
    }

    #[test]
    fn only_whole_legal_runs() {
        let read = |tags: &str, scheme| {
            let found = decode_legal(tags.split(' '), scheme);
            let found = found.iter().map(|(r, kind)| format!("{kind}[{}..{}]", r.start, r.end));
            found.collect::<Vec<_>>().join(" ")
        };
        let cases = [
            ("O I-PER O B-LOC I-LOC I-PER", Scheme::Iob2, "LOC[3..5]"),
            ("B-PER B-PER I-LOC", Scheme::Iob2, "PER[0..1] PER[1..2]"),
            ("I-PER I-PER B-PER O B-LOC", Scheme::Iob1, "PER[0..2] PER[2..3]"),
            ("B-PER I-PER O S-LOC B-ORG E-ORG", Scheme::Bioes, "LOC[3..4] ORG[4..6]"),
            ("E-PER B-PER E-LOC S-LOC", Scheme::Bioes, "LOC[3..4]"),
            ("B-PER L-PER U-LOC I-LOC", Scheme::Bilou, "PER[0..2] LOC[2..3]"),
            ("I-PER I-PER O I-LOC", Scheme::Io, "PER[0..2] LOC[3..4]"),
        ];
        for (tags, scheme, expected) in cases {
            assert_eq!(read(tags, scheme), expected, "{tags}");
        }
    }

    #[test]
    fn illegal_tags_are_named() {
        let fault = |previous, tag, scheme| {
            let parse = |tag| Tag::parse(tag).unwrap();
            parse(tag).fault(parse(previous), scheme)
        };
        assert_eq!(fault("O", "I-PER", Scheme::Iob2), Some("an entity begins with B-"));
        assert_eq!(fault("B-LOC", "I-PER", Scheme::Iob2), Some("an entity begins with B-"));
        assert_eq!(fault("B-PER", "I-PER", Scheme::Iob2), None);
        assert_eq!(fault("O", "I-PER", Scheme::Iob1), None);
        assert!(fault("O", "B-PER", Scheme::Iob1).is_some());
        assert_eq!(fault("B-PER", "O", Scheme::Bioes), Some("the entity before it is not closed"));
        assert_eq!(fault("S-PER", "E-PER", Scheme::Bioes), Some("no entity is open"));
        assert_eq!(fault("B-PER", "L-PER", Scheme::Bilou), None);
        assert!(fault("O", "B-PER", Scheme::Io).is_some());
    }
}
