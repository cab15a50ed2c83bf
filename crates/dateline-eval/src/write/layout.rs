//! Where a document's spans stand in one joined text.

use std::ops::Range;

use dateline::record::Location;
use dateline::{Document, Field, OffsetUnit};

use super::Source;
use crate::axis::FieldMaps;

/// What stands between title and text, as in `Article::source`.
const GAP: &str = "\n\n";

/// Title and text joined, and the way from a document's offsets into them.
pub(crate) struct Layout<'a> {
    pub(crate) source: String,
    unit: OffsetUnit,
    maps: FieldMaps<'a>,
}

impl<'a> Layout<'a> {
    pub(crate) fn new(document: &Document, source: Source<'a>) -> Layout<'a> {
        let joined = match source.title {
            Some(title) => [title, GAP, source.text].concat(),
            None => source.text.to_owned(),
        };
        Layout {
            source: joined,
            unit: crate::verify::unit_of(&document.offsets).unwrap_or_default(),
            maps: FieldMaps::new(source.title, source.text),
        }
    }

    /// The span of a location in code points (`.0`) and bytes (`.1`) of the joined text; `None` for
    /// one that does not lie in it.
    pub(crate) fn span(&self, location: &Location) -> Option<(Range<usize>, Range<usize>)> {
        let map = self.maps.of(location.field)?;
        let (points, bytes) = match (location.field, &self.maps.title) {
            (Field::Text, Some(title)) => {
                let end = title.end();
                (end.point + GAP.len(), end.byte + GAP.len())
            }
            _ => (0, 0),
        };
        let start = map.find(self.unit, location.start)?;
        let end = map.find(self.unit, location.end).filter(|end| end.byte > start.byte)?;
        Some((start.point + points..end.point + points, start.byte + bytes..end.byte + bytes))
    }
}
