//! Tag sequences (IO, IOB1, IOB2, BIOES, BILOU) and the spans they stand for.

/// How tags mark where a span begins and ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scheme {
    /// `I-X` inside, `O` outside; neighbours of one type can't be told apart. Types may stand
    /// without a prefix.
    Io,
    /// `B-X` only where a span follows one of the same type at once (CoNLL-2003 as published).
    Iob1,
    /// `B-X` at every beginning (BIO).
    Iob2,
    /// `B`, `I`, `E` and `S` for a span of one token.
    Bioes,
    /// `B`, `I`, `L` and `U` for a span of one token.
    Bilou,
}

impl Scheme {
    /// As printed.
    pub fn name(self) -> &'static str {
        match self {
            Scheme::Io => "IO",
            Scheme::Iob1 => "IOB1",
            Scheme::Iob2 => "IOB2",
            Scheme::Bioes => "BIOES",
            Scheme::Bilou => "BILOU",
        }
    }
}

/// A span of tokens: first token, one past the last, type.
pub type TagSpan = (usize, usize, String);

/// A tag that does not fit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("tag {tag:?} at token {index}: {problem}")]
pub struct TagError {
    /// 0-based token of the sequence.
    pub index: usize,
    /// The tag.
    pub tag: String,
    /// What is wrong with it.
    pub problem: &'static str,
}

/// A tag in its parts; the prefix in terms of BIOES.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Tag<'a> {
    prefix: char,
    kind: &'a str,
}

const OUTSIDE: Tag<'static> = Tag { prefix: 'O', kind: "" };

fn split(tag: &str, scheme: Scheme) -> Option<Tag<'_>> {
    if matches!(tag, "O" | "o" | "") {
        return Some(OUTSIDE);
    }
    let (prefix, kind) = match tag.split_once(['-', '_']) {
        Some((prefix, kind)) if prefix.len() == 1 => (prefix, kind),
        _ if scheme == Scheme::Io => return Some(Tag { prefix: 'I', kind: tag }),
        _ => return None,
    };
    let prefix = match (scheme, prefix) {
        (_, "I") => 'I',
        (Scheme::Io, _) => return None,
        (_, "B") => 'B',
        (Scheme::Bioes, "E") | (Scheme::Bilou, "L") => 'E',
        (Scheme::Bioes, "S") | (Scheme::Bilou, "U") => 'S',
        _ => return None,
    };
    (!kind.is_empty()).then_some(Tag { prefix, kind })
}

/// The spans of a sequence of tags.
///
/// Lenient decoding follows conlleval: a tag that can't continue what stands before begins a span.
/// Strict decoding keeps only spans that the scheme allows as they stand, by the rules of seqeval's
/// strict mode: a run that begins without its `B` (or, in BIOES and BILOU, ends without its last
/// tag) is no span. Tags that are none of the scheme are an error in both.
pub fn decode<S: AsRef<str>>(
    tags: &[S],
    scheme: Scheme,
    strict: bool,
) -> Result<Vec<TagSpan>, TagError> {
    let mut parsed = Vec::with_capacity(tags.len() + 1);
    for (index, tag) in tags.iter().enumerate() {
        let tag = tag.as_ref();
        parsed.push(split(tag, scheme).ok_or_else(|| TagError {
            index,
            tag: tag.to_string(),
            problem: "no tag of the scheme",
        })?);
    }
    parsed.push(OUTSIDE);
    Ok(if strict { decode_strict(&parsed, scheme) } else { decode_lenient(&parsed) })
}

/// What a sequence has that its scheme does not allow: continued spans that never began, spans left
/// open, needless beginnings. Lenient decoding reads such tags as conlleval does, strict decoding
/// leaves their spans out; a reader tells people about them.
pub fn problems<S: AsRef<str>>(tags: &[S], scheme: Scheme) -> Vec<TagError> {
    let mut found = Vec::new();
    let mut report = |index: usize, problem| {
        let tag = tags.get(index).map_or(String::new(), |tag| tag.as_ref().to_string());
        found.push(TagError { index, tag, problem });
    };
    let mut before = OUTSIDE;
    for index in 0..=tags.len() {
        let tag = match tags.get(index).map(|tag| split(tag.as_ref(), scheme)) {
            None => OUTSIDE,
            Some(Some(tag)) => tag,
            Some(None) => {
                report(index, "no tag of the scheme");
                before = OUTSIDE;
                continue;
            }
        };
        let open = matches!(before.prefix, 'B' | 'I') && before.kind == tag.kind;
        match scheme {
            Scheme::Io => {}
            Scheme::Iob1 if tag.prefix == 'B' && before.kind != tag.kind => {
                report(index, "begins a span that does not follow one of its type");
            }
            Scheme::Iob1 => {}
            Scheme::Iob2 if tag.prefix == 'I' && !open => {
                report(index, "continues a span that was not begun");
            }
            Scheme::Iob2 => {}
            Scheme::Bioes | Scheme::Bilou => {
                let continues = matches!(tag.prefix, 'I' | 'E');
                if matches!(before.prefix, 'B' | 'I') && !(continues && open) {
                    report(index - 1, "leaves its span open");
                }
                if continues && !open {
                    report(index, "continues a span that was not begun");
                }
            }
        }
        before = tag;
    }
    found
}

fn decode_lenient(tags: &[Tag<'_>]) -> Vec<TagSpan> {
    let mut spans = Vec::new();
    let mut start = 0;
    let mut before = OUTSIDE;
    for (index, tag) in tags.iter().copied().enumerate() {
        if ends(before, tag) {
            spans.push((start, index, before.kind.to_string()));
        }
        if begins(before, tag) {
            start = index;
        }
        before = tag;
    }
    spans
}

/// seqeval's strict reading: a span is begun, continued and ended only by what its scheme allows.
fn decode_strict(tags: &[Tag<'_>], scheme: Scheme) -> Vec<TagSpan> {
    let mut spans = Vec::new();
    let (mut index, mut before) = (0, OUTSIDE);
    while index < tags.len() {
        let first = tags[index];
        let mut end = index + 1;
        if begins_strictly(before, first, scheme) {
            while end < tags.len() && continues_strictly(tags[end - 1], tags[end], scheme) {
                end += 1;
            }
            if end < tags.len() && ends_strictly(tags[end - 1], tags[end], scheme) {
                spans.push((index, end, first.kind.to_string()));
            }
        }
        before = tags[end - 1];
        index = end;
    }
    spans
}

fn begins_strictly(before: Tag<'_>, tag: Tag<'_>, scheme: Scheme) -> bool {
    let same = before.kind == tag.kind;
    match (scheme, before.prefix, tag.prefix) {
        (Scheme::Io, _, prefix) => prefix == 'I' && !same,
        (Scheme::Iob1, 'O' | 'B', 'I') => true,
        (Scheme::Iob1, 'I', 'I') => !same,
        (Scheme::Iob1, 'I' | 'B', 'B') => same,
        (Scheme::Iob1, _, _) => false,
        (_, _, prefix) => matches!(prefix, 'B' | 'S'),
    }
}

fn continues_strictly(before: Tag<'_>, tag: Tag<'_>, scheme: Scheme) -> bool {
    let inside = match scheme {
        Scheme::Bioes | Scheme::Bilou => matches!(tag.prefix, 'I' | 'E'),
        _ => tag.prefix == 'I',
    };
    inside && matches!(before.prefix, 'B' | 'I') && before.kind == tag.kind
}

fn ends_strictly(before: Tag<'_>, tag: Tag<'_>, scheme: Scheme) -> bool {
    let same = before.kind == tag.kind;
    match (scheme, before.prefix, tag.prefix) {
        (Scheme::Bioes | Scheme::Bilou, prefix, _) => matches!(prefix, 'E' | 'S'),
        (_, 'I' | 'B', 'O') => true,
        (_, 'I' | 'B', 'I') => !same,
        (Scheme::Iob1, 'B', 'B') => same,
        (_, 'I' | 'B', 'B') => true,
        _ => false,
    }
}

/// conlleval's rule: a span ends between the two tags.
fn ends(before: Tag<'_>, tag: Tag<'_>) -> bool {
    match (before.prefix, tag.prefix) {
        ('O', _) => false,
        ('E' | 'S', _) | (_, 'B' | 'S' | 'O') => true,
        _ => before.kind != tag.kind,
    }
}

/// conlleval's rule: a span begins between the two tags.
fn begins(before: Tag<'_>, tag: Tag<'_>) -> bool {
    match (before.prefix, tag.prefix) {
        (_, 'O') => false,
        (_, 'B' | 'S') | ('E' | 'S' | 'O', _) => true,
        _ => before.kind != tag.kind,
    }
}

/// What a scan of sequences says about their scheme.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    prefixes: std::collections::BTreeSet<char>,
    bare: bool,
    /// An `I` that begins a span.
    begins_with_i: bool,
    /// A `B` where IOB1 would have an `I`.
    needless_b: bool,
}

impl Evidence {
    /// Takes in a sequence.
    pub fn add<S: AsRef<str>>(&mut self, tags: &[S]) {
        let mut before = "";
        for tag in tags {
            let tag = tag.as_ref();
            if matches!(tag, "O" | "o" | "") {
                before = "";
                continue;
            }
            let (prefix, kind) = match tag.split_once(['-', '_']) {
                Some((prefix, kind)) if prefix.len() == 1 => (prefix, kind),
                _ => ("", tag),
            };
            match prefix.chars().next() {
                Some(prefix) => {
                    self.prefixes.insert(prefix);
                    self.begins_with_i |= prefix == 'I' && before != kind;
                    self.needless_b |= prefix == 'B' && before != kind;
                }
                None => self.bare = true,
            }
            before = kind;
        }
    }

    /// The scheme; `None` if no scheme has all these prefixes.
    pub fn scheme(&self) -> Option<Scheme> {
        let only = |allowed: &str| self.prefixes.iter().all(|prefix| allowed.contains(*prefix));
        let has = |prefix: char| self.prefixes.contains(&prefix);
        if self.bare {
            return self.prefixes.is_empty().then_some(Scheme::Io);
        }
        if only("IB") {
            Some(match (has('B'), self.begins_with_i, self.needless_b) {
                (false, true, _) => Scheme::Io,
                (true, true, false) => Scheme::Iob1,
                _ => Scheme::Iob2,
            })
        } else if only("IBES") {
            Some(Scheme::Bioes)
        } else if only("IBLU") {
            Some(Scheme::Bilou)
        } else {
            None
        }
    }
}

/// The scheme of some sequences; `None` if no scheme has all their prefixes.
///
/// With `I` and `B` only: IO if there is no `B`, IOB1 if `B` stands only after its own type and
/// some `I` begins a span, else IOB2.
pub fn detect<S: AsRef<str>>(sequences: &[Vec<S>]) -> Option<Scheme> {
    let mut evidence = Evidence::default();
    for tags in sequences {
        evidence.add(tags);
    }
    evidence.scheme()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(tags: &str, scheme: Scheme, strict: bool) -> Vec<(usize, usize, String)> {
        decode(&tags.split(' ').collect::<Vec<_>>(), scheme, strict).expect("tags of the scheme")
    }

    fn span(start: usize, end: usize, kind: &str) -> TagSpan {
        (start, end, kind.to_string())
    }

    #[test]
    fn schemes_of_one_and_the_same_spans() {
        let expected = [span(0, 2, "A"), span(2, 3, "A"), span(4, 5, "B")];
        for (tags, scheme) in [
            ("I-A I-A B-A O I-B", Scheme::Iob1),
            ("B-A I-A B-A O B-B", Scheme::Iob2),
            ("B-A E-A S-A O S-B", Scheme::Bioes),
            ("B-A L-A U-A O U-B", Scheme::Bilou),
        ] {
            assert_eq!(spans(tags, scheme, false), expected, "{tags}");
            assert_eq!(spans(tags, scheme, true), expected, "{tags}");
            let sequence: Vec<&str> = tags.split(' ').collect();
            assert_eq!(detect(&[sequence]), Some(scheme), "{tags}");
        }
        assert_eq!(spans("A A O B", Scheme::Io, true), [span(0, 2, "A"), span(3, 4, "B")]);
        assert_eq!(detect(&[vec!["A", "O"]]), Some(Scheme::Io));
        assert_eq!(detect(&[vec!["I-A", "O"]]), Some(Scheme::Io));
        assert_eq!(detect(&[vec!["B-A", "X-A"]]), None);
    }

    #[test]
    fn a_run_without_its_beginning_is_a_span_only_to_lenient_eyes() {
        assert_eq!(spans("O I-A I-A I-B", Scheme::Iob2, false), [span(1, 3, "A"), span(3, 4, "B")]);
        assert_eq!(spans("O I-A I-A I-B", Scheme::Iob2, true), []);
        assert_eq!(spans("B-A I-A O", Scheme::Bioes, false), [span(0, 2, "A")]);
        assert_eq!(spans("B-A I-A O", Scheme::Bioes, true), []);
    }

    #[test]
    fn problems_are_named_with_their_token() {
        let of = |tags: &str, scheme| -> Vec<(usize, &'static str)> {
            let tags: Vec<&str> = tags.split(' ').collect();
            problems(&tags, scheme).into_iter().map(|of| (of.index, of.problem)).collect()
        };
        let (unbegun, open) = ("continues a span that was not begun", "leaves its span open");
        assert_eq!(of("B-A I-A O I-A I-B", Scheme::Iob2), [(3, unbegun), (4, unbegun)]);
        assert_eq!(of("B-A I-A O S-A", Scheme::Bioes), [(1, open)]);
        assert_eq!(of("B-A L-B O B-A", Scheme::Bilou), [(0, open), (1, unbegun), (3, open)]);
        let needless = "begins a span that does not follow one of its type";
        assert_eq!(of("B-A B-A I-B B-A", Scheme::Iob1), [(0, needless), (3, needless)]);
        assert_eq!(of("B-A E-A S-A O", Scheme::Bioes), []);
        assert_eq!(of("O E-A", Scheme::Iob2), [(1, "no tag of the scheme")]);
    }

    #[test]
    fn a_strange_tag_is_named() {
        let error = decode(&["O", "E-A"], Scheme::Iob2, false).expect_err("E in IOB2");
        assert_eq!(error.to_string(), "tag \"E-A\" at token 1: no tag of the scheme");
    }
}
