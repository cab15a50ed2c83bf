//! Text from bytes of any encoding.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};

use crate::Reason;

/// The text, and a note for the user where it was not UTF-8. UTF-8 stays as it is, byte for byte,
/// a byte order mark too: offsets refer to the user's text. `hint` is the name of an encoding, as
/// a page or its server states it; such names are often wrong, so that valid UTF-8 is UTF-8.
pub(crate) fn decode(bytes: &[u8], hint: Option<&str>) -> Result<(String, Option<String>), Reason> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok((text.to_owned(), None));
    }
    let utf16 = match bytes {
        [0xFF, 0xFE, rest @ ..] => Some((UTF_16LE, rest)),
        [0xFE, 0xFF, rest @ ..] => Some((UTF_16BE, rest)),
        _ => None,
    };
    if let Some((encoding, rest)) = utf16 {
        let text = whole(rest, encoding).ok_or(Reason::Binary)?;
        let note = "UTF-16: offsets refer to the text in UTF-8, without its byte order mark";
        return Ok((text, Some(note.to_owned())));
    }
    // Before the hint: a page in UTF-8 with one wrong byte is still no page in Latin-1.
    if let Some(offset) = damage(bytes) {
        return Err(Reason::Utf8 { offset });
    }
    if let Some((text, encoding)) = hint
        .and_then(|hint| Encoding::for_label(hint.as_bytes()))
        .filter(|encoding| is_plausible(encoding))
        .and_then(|encoding| Some((whole(bytes, encoding)?, encoding)))
    {
        return Ok((text, Some(note(encoding))));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let (text, encoding) = match whole(bytes, guess) {
        Some(text) => (text, guess),
        // It has a character for every byte.
        None => (WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(), WINDOWS_1252),
    };
    Ok((text, Some(note(encoding))))
}

fn note(encoding: &'static Encoding) -> String {
    format!("not UTF-8: read as {}", encoding.name().to_ascii_lowercase())
}

/// The text, if all of it is valid.
fn whole(bytes: &[u8], encoding: &'static Encoding) -> Option<String> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(text.into_owned())
}

/// UTF-16 without a byte order mark would make text of anything; the two others are no encodings
/// of text.
fn is_plausible(encoding: &'static Encoding) -> bool {
    ![UTF_8, UTF_16LE, UTF_16BE, REPLACEMENT, X_USER_DEFINED].contains(&encoding)
}

/// Offset of the first invalid byte, if the rest shows that the text is UTF-8: other encodings
/// rarely make sequences that are valid UTF-8.
fn damage(bytes: &[u8]) -> Option<u64> {
    let (mut valid, mut invalid) = (0, 0);
    let (mut offset, mut first) = (0, None);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        offset += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            invalid += 1;
            first = first.or(Some(offset as u64));
            offset += chunk.invalid().len();
        }
    }
    first.filter(|_| valid > invalid)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(to_bytes).collect()
    }

    #[test]
    fn utf_8_is_kept_whatever_the_hint() {
        for text in ["", "Caf\u{e9} in Velmora", "\u{feff}With a mark", "a\0b"] {
            for hint in [None, Some("windows-1252"), Some("utf-16"), Some("klingon")] {
                assert_eq!(decode(text.as_bytes(), hint), Ok((text.to_owned(), None)));
            }
        }
    }

    #[test]
    fn older_encodings_are_told_by_the_hint_or_guessed() {
        let bytes = b"The caf\xe9 \x93Tern\x94 in Velmora reopened, its owner said.";
        let text = "The caf\u{e9} \u{201c}Tern\u{201d} in Velmora reopened, its owner said.";
        for hint in [None, Some("iso-8859-1"), Some("utf-8"), Some("utf-16"), Some("no such")] {
            let note = "not UTF-8: read as windows-1252".to_owned();
            assert_eq!(decode(bytes, hint), Ok((text.to_owned(), Some(note))), "{hint:?}");
        }
        let (text, note) = decode(b"Mayor Ho\xb9ek", Some("ISO-8859-2")).unwrap();
        assert_eq!(text, "Mayor Ho\u{161}ek");
        assert_eq!(note.as_deref(), Some("not UTF-8: read as iso-8859-2"));
    }

    #[test]
    fn utf_16_is_told_by_its_mark() {
        let text = "Caf\u{e9} \u{1f44d}";
        for bytes in [utf16(text, u16::to_le_bytes), utf16(text, u16::to_be_bytes)] {
            let (read, note) = decode(&bytes, None).unwrap();
            assert_eq!(read, text);
            assert!(note.is_some_and(|note| note.starts_with("UTF-16: ")));
        }
        assert_eq!(decode(b"\xFF\xFEa", None), Err(Reason::Binary));
    }

    #[test]
    fn damaged_utf_8_is_not_read_as_something_else() {
        let bytes = b"Caf\xc3\xa9 K\xc3\xb6nig in \xe2\x80 Velmora";
        assert_eq!(decode(bytes, None), Err(Reason::Utf8 { offset: 16 }));
        assert_eq!(decode(bytes, Some("utf-8")), Err(Reason::Utf8 { offset: 16 }));
    }

    proptest! {
        #[test]
        fn never_panics(bytes: Vec<u8>, hint in proptest::option::of("[a-z0-9-]{0,12}")) {
            let decoded = decode(&bytes, hint.as_deref());
            if let Ok(text) = String::from_utf8(bytes) {
                prop_assert_eq!(decoded, Ok((text, None)));
            }
        }

        #[test]
        fn utf_8_comes_back(text: String, hint in "iso-8859-1|shift_jis|utf-16|gbk") {
            prop_assert_eq!(decode(text.as_bytes(), Some(&hint)), Ok((text, None)));
        }
    }
}
