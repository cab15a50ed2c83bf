//! Where a document's spans stand in one joined text.

use dateline::record::Location;
use dateline::{Document, Field, OffsetUnit};

use super::Source;
use crate::axis::{PointMap, Span};

/// What stands between title and text, as in `Article::source`.
const GAP: &str = "\n\n";

/// Title and text joined, and the way from a document's offsets into them.
pub(crate) struct Layout<'a> {
    pub(crate) source: String,
    unit: OffsetUnit,
    title: Option<PointMap<'a>>,
    text: PointMap<'a>,
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
            title: source.title.map(PointMap::new),
            text: PointMap::new(source.text),
        }
    }

    /// The span of a location in code points (`.0`) and bytes (`.1`) of the joined text; `None` for
    /// one that does not lie in it.
    pub(crate) fn span(&self, location: &Location) -> Option<(Span, Span)> {
        let (map, points, bytes) = match (location.field, &self.title) {
            (Field::Title, None) => return None,
            (Field::Title, Some(map)) => (map, 0, 0),
            (Field::Text, None) => (&self.text, 0, 0),
            (Field::Text, Some(title)) => {
                let end = title.end();
                (&self.text, end.point + GAP.len(), end.byte + GAP.len())
            }
        };
        let start = map.find(self.unit, location.start)?;
        let end = map.find(self.unit, location.end).filter(|end| end.byte > start.byte)?;
        Some((
            Span { start: start.point + points, end: end.point + points },
            Span { start: start.byte + bytes, end: end.byte + bytes },
        ))
    }
}
