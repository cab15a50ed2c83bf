//! Zoning and segmentation of any text.
//!
//! The first byte says what the article is made of (see `article`); the rest is its text.
#![no_main]

use dateline_text::{
    Article, OffsetMap, OffsetUnit, Text, ZoneKind, is_blank, segment, segment_body,
};
use libfuzzer_sys::fuzz_target;
use unicode_segmentation::UnicodeSegmentation;

fuzz_target!(|data: &[u8]| {
    let Some((&kind, rest)) = data.split_first() else { return };
    let article = article(kind, &String::from_utf8_lossy(rest));
    let text = segment(&article);
    check(&article, &text);
    assert_eq!(segment(&article), text, "the same article gives another text");
    check(&article, &segment_body(&article));
    offsets(&text);
});

/// `0`: text alone. `1`: the first line is the title. `2`: the first line is the publisher. `3`: both.
fn article(kind: u8, text: &str) -> Article {
    let kind = kind.wrapping_sub(b'0');
    let mut rest = text;
    let mut line = |is_there: bool| {
        let (line, after) = is_there.then(|| rest.split_once('\n')).flatten()?;
        rest = after;
        Some(line.to_owned())
    };
    let title = line(kind & 1 > 0);
    let source = line(kind & 2 > 0);
    Article { title, source, ..Article::from_text("a", rest) }
}

/// The laws of `dateline_text`'s own tests.
fn check(article: &Article, text: &Text) {
    let source = article.source();
    assert_eq!(text.source(), source);
    let (zones, sentences, tokens) = (text.zones(), text.sentences(), text.tokens());
    // Spans are on character boundaries, in order, and nest.
    let again = Text::new(article, zones.to_vec(), sentences.to_vec(), tokens.to_vec());
    assert_eq!(again.as_ref(), Ok(text));

    // Every character that is not blank is in one zone; in title and body, in one token.
    let mut zone = vec![None; source.len()];
    for z in zones {
        zone[z.span.range()].fill(Some(z.kind));
    }
    let mut token = vec![false; source.len()];
    for t in tokens {
        token[t.span.range()].fill(true);
        assert!(!text.surface(t.span).contains(is_blank), "a blank in a token at {:?}", t.span);
    }
    for (at, c) in source.char_indices().filter(|(_, c)| !is_blank(*c)) {
        let read = matches!(zone[at], Some(ZoneKind::Title | ZoneKind::Body));
        assert!(zone[at].is_some(), "{c:?} at {at} is in no zone");
        assert_eq!(token[at], read, "{c:?} at {at}");
    }
    let mut next = 0;
    for sentence in sentences {
        // Zones are in order, as sentences are.
        while zones.get(next).is_some_and(|z| z.span.end <= sentence.span.start) {
            next += 1;
        }
        let within = zones.get(next).is_some_and(|z| z.span.contains(sentence.span));
        assert!(within && zones[next].kind == sentence.zone, "a sentence at {:?}", sentence.span);
        let mut last = sentence.span.start;
        for token in &tokens[sentence.tokens.clone()] {
            assert!(source[last..token.span.start].chars().all(is_blank), "text between tokens");
            last = token.span.end;
        }
        assert_eq!(last, sentence.span.end);
    }
    // No grapheme without blanks is split.
    let mut starts = vec![false; source.len()];
    for token in tokens {
        starts[token.span.start] = true;
    }
    for (at, grapheme) in source.grapheme_indices(true) {
        if !grapheme.contains(is_blank) {
            assert!(!starts[at + 1..at + grapheme.len()].contains(&true), "{grapheme:?} is split");
        }
    }
}

/// Converted offsets count what they say, to the end of the last token.
fn offsets(text: &Text) {
    let source = text.source();
    let Some(last) = text.tokens().last() else { return };
    let before = &source[..last.span.end];
    let expected = [
        (OffsetUnit::Byte, before.len()),
        (OffsetUnit::Codepoint, before.chars().count()),
        (OffsetUnit::Utf16, before.encode_utf16().count()),
    ];
    for (unit, expected) in expected {
        assert_eq!(OffsetMap::new(source, unit).convert(source, last.span.end), expected);
    }
}
