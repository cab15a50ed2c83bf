use serde::{Deserialize, Serialize};

/// The unit in which offsets are handed out. Inside Dateline all offsets are bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OffsetUnit {
    /// Unicode code points, as Python counts (the default).
    #[default]
    Codepoint,
    /// UTF-8 bytes, as Rust counts.
    Byte,
    /// UTF-16 code units, as JavaScript, Java and C# count.
    Utf16,
}

impl OffsetUnit {
    /// The name used in the output record.
    pub fn as_str(self) -> &'static str {
        match self {
            OffsetUnit::Codepoint => "codepoint",
            OffsetUnit::Byte => "byte",
            OffsetUnit::Utf16 => "utf16",
        }
    }
}

/// Converts byte offsets of one text into another unit in O(log n), built in one pass.
///
/// Pure ASCII needs no table: all units agree.
#[derive(Clone, Debug)]
pub struct OffsetMap {
    /// (byte offset, code points before it, UTF-16 units before it), one per `STRIDE` bytes.
    marks: Vec<(usize, usize, usize)>,
    unit: OffsetUnit,
    ascii: bool,
}

const STRIDE: usize = 128;

impl OffsetMap {
    /// A map from bytes of `text` to `unit`.
    pub fn new(text: &str, unit: OffsetUnit) -> Self {
        let ascii = text.is_ascii();
        let mut marks = Vec::new();
        if !ascii && unit != OffsetUnit::Byte {
            let (mut points, mut units, mut next) = (0, 0, 0);
            for (byte, ch) in text.char_indices() {
                if byte >= next {
                    marks.push((byte, points, units));
                    next = byte + STRIDE;
                }
                points += 1;
                units += ch.len_utf16();
            }
        }
        OffsetMap { marks, unit, ascii }
    }

    /// Converts the byte offset `byte` of `text`, the text the map was built from.
    ///
    /// `byte` must be a character boundary; an offset past the end counts as the end.
    pub fn convert(&self, text: &str, byte: usize) -> usize {
        let byte = byte.min(text.len());
        if self.ascii || self.unit == OffsetUnit::Byte || self.marks.is_empty() {
            return byte;
        }
        let at = self.marks.partition_point(|mark| mark.0 <= byte).saturating_sub(1);
        let (from, points, units) = self.marks[at];
        let between = text.get(from..byte).unwrap_or("").chars();
        match self.unit {
            OffsetUnit::Codepoint => points + between.count(),
            _ => units + between.map(char::len_utf16).sum::<usize>(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_counting(text in "\\PC{0,400}") {
            let points = OffsetMap::new(&text, OffsetUnit::Codepoint);
            let utf16 = OffsetMap::new(&text, OffsetUnit::Utf16);
            for byte in (0..=text.len()).filter(|b| text.is_char_boundary(*b)) {
                prop_assert_eq!(points.convert(&text, byte), text[..byte].chars().count());
                prop_assert_eq!(utf16.convert(&text, byte), text[..byte].encode_utf16().count());
            }
        }
    }
}
