//! One axis of offsets per article, and offsets of any unit placed on it.
//!
//! Scorers compare spans as pairs of code point offsets. Title and text are two fields with offsets
//! of their own; the axis lays them end to end: the title from 0, the text one code point after the
//! title's end.

use dateline::{Field, OffsetUnit};

use crate::matching::Span;
use crate::sample::{Sample, Stretch};

/// Places the offsets of one article's fields on one axis. Both sides of a comparison use the
/// axis of the gold sample.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Axis {
    /// Where the text begins.
    text: usize,
}

impl Axis {
    /// The axis of an article whose title is `title`.
    pub fn of_title(title: Option<&str>) -> Axis {
        Axis { text: title.map_or(0, |title| title.chars().count() + 1) }
    }

    /// Where a stretch, in code points of its field, lies on the axis.
    pub fn span(&self, at: &Stretch) -> Span {
        let shift = match at.field {
            Field::Title => 0,
            Field::Text => self.text,
        };
        (at.start + shift, at.end + shift)
    }

    /// All spans that count as an item: its own, then the alternatives.
    pub fn accepted(&self, at: &Stretch, alternatives: &[Stretch]) -> Vec<Span> {
        std::iter::once(at).chain(alternatives).map(|at| self.span(at)).collect()
    }

    /// The stretches within which items are compared; `None` means everywhere.
    pub fn annotated(&self, gold: &Sample) -> Option<Vec<Span>> {
        (!gold.annotated.is_empty())
            .then(|| gold.annotated.iter().map(|at| self.span(at)).collect())
    }
}

impl Sample {
    /// The axis of this article. Counts the title's code points: ask once an article.
    pub fn axis(&self) -> Axis {
        Axis::of_title(self.title.as_deref())
    }
}

/// Bytes between two marks of a [`PointMap`]: what a look-up scans at most.
const STRIDE: usize = 128;

/// Finds places of one text by offsets of any unit: O(log n) a look-up, built in one pass.
///
/// The counterpart of `dateline_text::OffsetMap`, which only leads from bytes outwards.
#[derive(Clone, Debug)]
pub struct PointMap<'t> {
    text: &'t str,
    /// Every `STRIDE` bytes, and at 0.
    marks: Vec<Place>,
    end: Place,
}

/// One place between two characters, counted in every unit from the start of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// UTF-8 bytes.
    pub byte: usize,
    /// Code points.
    pub point: usize,
    /// UTF-16 code units.
    pub utf16: usize,
}

impl Place {
    /// The offset in `unit`.
    pub fn in_unit(&self, unit: OffsetUnit) -> usize {
        match unit {
            OffsetUnit::Byte => self.byte,
            OffsetUnit::Codepoint => self.point,
            OffsetUnit::Utf16 => self.utf16,
        }
    }

    fn step(&mut self, ch: char) {
        self.byte += ch.len_utf8();
        self.point += 1;
        self.utf16 += ch.len_utf16();
    }
}

impl<'t> PointMap<'t> {
    /// The map of `text`.
    pub fn new(text: &'t str) -> PointMap<'t> {
        let (mut marks, mut at) = (Vec::new(), Place::default());
        if text.is_ascii() {
            let length = text.len();
            return PointMap {
                text,
                marks,
                end: Place { byte: length, point: length, utf16: length },
            };
        }
        for ch in text.chars() {
            if at.byte >= marks.len() * STRIDE {
                marks.push(at);
            }
            at.step(ch);
        }
        PointMap { text, marks, end: at }
    }

    /// The text the map was built from.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The place after the last character.
    pub fn end(&self) -> Place {
        self.end
    }

    /// The place `offset` units from the start; `None` past the end, and inside a character (a
    /// byte offset that cuts a code point, a UTF-16 offset that cuts a surrogate pair).
    pub fn find(&self, unit: OffsetUnit, offset: usize) -> Option<Place> {
        if offset > self.end.in_unit(unit) {
            return None;
        }
        let after = self.marks.partition_point(|mark| mark.in_unit(unit) <= offset);
        let Some(mark) = after.checked_sub(1).map(|index| self.marks[index]) else {
            return Some(Place { byte: offset, point: offset, utf16: offset });
        };
        let mut at = mark;
        for ch in self.text[mark.byte..].chars() {
            if at.in_unit(unit) >= offset {
                break;
            }
            at.step(ch);
        }
        (at.in_unit(unit) == offset).then_some(at)
    }

    /// The characters between two code point offsets.
    pub fn slice(&self, start: usize, end: usize) -> Option<&'t str> {
        let start = self.find(OffsetUnit::Codepoint, start)?;
        let end = self.find(OffsetUnit::Codepoint, end)?;
        self.text.get(start.byte..end.byte)
    }
}

/// Maps of an article's fields.
#[derive(Clone, Debug)]
pub struct FieldMaps<'t> {
    /// Absent where the article has no title of its own.
    pub title: Option<PointMap<'t>>,
    /// The text.
    pub text: PointMap<'t>,
}

impl<'t> FieldMaps<'t> {
    /// The maps of an article.
    pub fn new(title: Option<&'t str>, text: &'t str) -> FieldMaps<'t> {
        FieldMaps { title: title.map(PointMap::new), text: PointMap::new(text) }
    }

    /// The map of a field; `None` for the title of an article without one.
    pub fn of(&self, field: Field) -> Option<&PointMap<'t>> {
        match field {
            Field::Title => self.title.as_ref(),
            Field::Text => Some(&self.text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn title_and_text_lie_end_to_end() {
        let sample = Sample { title: Some("Zoë".to_owned()), ..Sample::default() };
        let at = |field, start, end| sample.axis().span(&Stretch { field, start, end });
        assert_eq!(at(Field::Title, 0, 3), (0, 3));
        assert_eq!(at(Field::Text, 0, 2), (4, 6));
        let bare = Sample::default().axis();
        assert_eq!(bare.span(&Stretch { field: Field::Text, start: 0, end: 2 }), (0, 2));
    }

    #[test]
    fn offsets_inside_a_character_have_no_place() {
        let map = PointMap::new("a😀b");
        assert_eq!(map.find(OffsetUnit::Byte, 2), None);
        assert_eq!(map.find(OffsetUnit::Utf16, 2), None);
        assert_eq!(map.find(OffsetUnit::Utf16, 3), Some(Place { byte: 5, point: 2, utf16: 3 }));
        assert_eq!(map.find(OffsetUnit::Codepoint, 4), None);
    }

    proptest! {
        #[test]
        fn every_unit_leads_to_the_same_place(text in "(\\PC|\\r\\n|[e\u{301}😀𝒜]){0,300}") {
            let map = PointMap::new(&text);
            let mut at = Place::default();
            let check = |at: Place| {
                for unit in [OffsetUnit::Byte, OffsetUnit::Codepoint, OffsetUnit::Utf16] {
                    prop_assert_eq!(map.find(unit, at.in_unit(unit)), Some(at));
                }
                Ok(())
            };
            for ch in text.chars() {
                check(at)?;
                at.step(ch);
            }
            check(at)?;
            prop_assert_eq!(map.end(), at);
            prop_assert_eq!(map.find(OffsetUnit::Utf16, at.utf16 + 1), None);
        }
    }
}
