//! What the fuzz targets share: files to write their input to, trees over any text, and the laws of
//! documents.

use std::path::PathBuf;
use std::sync::OnceLock;

use dateline_rules::Document;
use dateline_text::{
    Annotations, Deprel, EntityAnnotation, EntityKind, OffsetUnit, Text, TokenAnnotation, Upos,
    Xpos,
};

/// A folder of this process alone. `scripts/fuzz` puts it into memory and removes it.
pub fn folder() -> &'static PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = std::env::temp_dir().join(format!("dateline-fuzz-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("the folder of temporary files can be written");
        folder
    })
}

/// A generator of numbers that need not be good, only the same for the same input (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % end.max(1)
    }
}

/// Annotations such as a model could give: any labels, any tree. With seed 0, plausible ones: names
/// and numbers are what they look like, and each word hangs on the one before it.
pub fn annotate(text: &Text, seed: u8) -> Annotations {
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15 ^ u64::from(seed));
    let mut annotations = Annotations { windows: 1, ..Annotations::default() };
    for sentence in text.sentences() {
        let first = sentence.tokens.start;
        for index in sentence.tokens.clone() {
            let word = text.word(index);
            let before = index - first;
            let annotation = if seed == 0 {
                plausible(word, (before > 0).then(|| index - 1))
            } else {
                let head = (before > 0).then(|| first + numbers.below(before));
                TokenAnnotation {
                    upos: Upos::ALL[numbers.below(Upos::ALL.len())],
                    xpos: Xpos::ALL[numbers.below(Xpos::ALL.len())],
                    lemma: word.to_lowercase(),
                    head,
                    deprel: match head {
                        None => Deprel::Root,
                        Some(_) => Deprel::ALL[numbers.below(Deprel::ALL.len())],
                    },
                    event: 0.75,
                }
            };
            annotations.tokens.push(annotation);
        }
        let mut free = first;
        for start in sentence.tokens.clone() {
            if seed == 0 || start < free || numbers.below(4) > 0 {
                continue;
            }
            free = (start + 1 + numbers.below(4)).min(sentence.tokens.end);
            let kind = EntityKind::ALL[numbers.below(EntityKind::ALL.len())];
            annotations.entities.push(EntityAnnotation { tokens: start..free, kind, score: 0.75 });
        }
    }
    annotations
}

fn plausible(word: &str, head: Option<usize>) -> TokenAnnotation {
    let first = word.chars().next().unwrap_or(' ');
    let (upos, deprel) = match word {
        "is" | "was" | "met" | "said" | "fell" => (Upos::Verb, Deprel::Root),
        "will" | "would" => (Upos::Aux, Deprel::Aux),
        _ if first.is_numeric() => (Upos::Num, Deprel::Nummod),
        _ if first.is_uppercase() => (Upos::Propn, Deprel::Flat),
        _ if first.is_alphabetic() => (Upos::Noun, Deprel::Obl),
        _ => (Upos::Punct, Deprel::Punct),
    };
    TokenAnnotation {
        upos,
        xpos: Xpos::ALL[0],
        lemma: word.to_lowercase(),
        head,
        deprel: if head.is_none() { Deprel::Root } else { deprel },
        event: 0.75,
    }
}

/// Every location of `document` slices to its text: in the joined source, and in its field once
/// offsets are converted, whatever the unit.
pub fn check_document(document: &Document, text: &Text) {
    let mut read = document.clone();
    read.for_each_location(|at| {
        assert_eq!(text.source().get(at.start..at.end), Some(at.text.as_str()), "in the source");
        assert!(at.start < at.end, "an empty location at {}", at.start);
    });
    for unit in [OffsetUnit::Byte, OffsetUnit::Codepoint, OffsetUnit::Utf16] {
        let mut converted = document.clone();
        converted.convert(text, unit);
        converted.for_each_location(|at| {
            let field = text.field(at.field);
            let found: Option<String> = match unit {
                OffsetUnit::Byte => field.get(at.start..at.end).map(str::to_owned),
                OffsetUnit::Codepoint => {
                    Some(field.chars().skip(at.start).take(at.end - at.start).collect())
                }
                OffsetUnit::Utf16 => {
                    let units = field.encode_utf16().skip(at.start).take(at.end - at.start);
                    String::from_utf16(&units.collect::<Vec<_>>()).ok()
                }
            };
            assert_eq!(found.as_deref(), Some(at.text.as_str()), "in its field as {unit:?}");
        });
    }
    for time in &document.times {
        assert!(time.value.as_deref() != Some(""), "a time with an empty value: {time:?}");
    }
    if let Some(published) = &document.published {
        let date: Result<jiff::civil::Date, _> = published.value.parse();
        assert!(date.is_ok(), "published {:?}", published.value);
    }
}
